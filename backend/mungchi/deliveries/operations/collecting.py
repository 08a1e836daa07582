"""Where and when members of a cooperative collect what they ordered.

Each cooperative has its own points, and says for each campaign that its members are in where and on
which days they collect: the host for its own members, a partner for its own.
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.domain.states import ENDED
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.deliveries import queries
from mungchi.deliveries.models import Collection, PickupPoint


class PointExists(Conflict):
    """Points of a cooperative are told apart by their names."""

    code = "point_exists"
    message = Text(
        ko="같은 이름의 수령 장소가 있습니다.", en="There is a pick-up point with this name."
    )


class PointClosed(Conflict):
    """Nothing new is collected at a point that was closed."""

    code = "point_closed"
    message = Text(ko="닫은 수령 장소입니다.", en="This pick-up point was closed.")


class PointUnknown(Invalid):
    """The point is not one of the cooperative's own."""

    code = "point_unknown"
    field = "point"
    message = Text(
        ko="우리 조합의 수령 장소를 선택해 주십시오.",
        en="Please choose one of your own pick-up points.",
    )


class DaysWrong(Invalid):
    """The last day is not before the first."""

    code = "days_wrong"
    field = "last_date"
    message = Text(
        ko="마지막 날은 첫날보다 앞설 수 없습니다.",
        en="The last day must not be before the first.",
    )


class CollectionOver(Conflict):
    """A campaign that has ended has nothing more to collect."""

    code = "collection_over"
    message = Text(
        ko="끝난 공동구매에는 수령 장소를 정할 수 없습니다.",
        en="This campaign has ended; there is nothing more to collect.",
    )


def add_point(*, actor: Actor, name: str, address: str, hours: str) -> PickupPoint:
    """The office opens a pick-up point. Raises PointExists."""
    try:
        with transaction.atomic():
            point = PickupPoint.objects.create(
                cooperative_id=actor.cooperative_id, name=name, address=address, hours=hours
            )
            _record_point(point, actor, kind="point_added", after=_figures(point))
            return point
    except IntegrityError:
        raise PointExists from None


def change_point(*, actor: Actor, point_id: UUID, **changes: str) -> PickupPoint:
    """The office changes name, address or hours. Raises NotFound, PointClosed, PointExists."""
    try:
        with transaction.atomic():
            point = queries.locked_point(actor, point_id)
            if point.closed_at is not None:
                raise PointClosed
            fresh = {n: v for n, v in changes.items() if getattr(point, n) != v}
            if not fresh:
                return point
            before = {name: getattr(point, name) for name in fresh}
            for name, value in fresh.items():
                setattr(point, name, value)
            point.save(update_fields=list(fresh))
            _record_point(point, actor, kind="point_changed", before=before, after=fresh)
            return point
    except IntegrityError:
        raise PointExists from None


def close_point(*, actor: Actor, point_id: UUID) -> PickupPoint:
    """The office closes a point: what was set to be collected there stays. Again: no change."""
    with transaction.atomic():
        point = queries.locked_point(actor, point_id)
        if point.closed_at is None:
            point.closed_at = clock.now()
            point.save(update_fields=["closed_at"])
            _record_point(point, actor, kind="point_closed")
        return point


def set_collection(
    *,
    actor: Actor,
    campaign_id: UUID,
    point_id: UUID,
    first_date: date,
    last_date: date,
    note: str = "",
) -> Collection:
    """The office says where and when its own members collect; the same point again: other days.

    Raises NotFound for a campaign that it does not see, CollectionOver, PointUnknown, DaysWrong.
    """
    if last_date < first_date:
        raise DaysWrong
    with transaction.atomic():
        campaign = campaigns.visible_to(actor).filter(pk=campaign_id).first()
        if campaign is None or not actor.is_office:
            raise NotFound
        if campaign.state in ENDED or campaign.published_at is None:
            raise CollectionOver
        point = queries.points_visible_to(actor).filter(pk=point_id, closed_at=None).first()
        if point is None:
            raise PointUnknown
        # The point's lock keeps two settings of the same from making two rows.
        queries.locked_point(actor, point.pk)
        row = Collection.objects.filter(campaign=campaign, point=point).first()
        wanted = {"first_date": first_date, "last_date": last_date, "note": note}
        if row is not None and all(getattr(row, n) == v for n, v in wanted.items()):
            return row
        before = {} if row is None else {n: str(getattr(row, n)) for n in wanted}
        row = row or Collection(campaign=campaign, point=point, cooperative_id=actor.cooperative_id)
        for name, value in wanted.items():
            setattr(row, name, value)
        row.save()
        after = {name: str(value) for name, value in wanted.items()}
        _record(row, campaign, actor, kind="collection_set", before=before, after=after)
        wake_pipeline()
        return row


def drop_collection(*, actor: Actor, collection_id: UUID) -> None:
    """The office takes a place and its days back. Raises NotFound."""
    with transaction.atomic():
        row = queries.locked_collection(actor, collection_id)
        before = {"first_date": str(row.first_date), "last_date": str(row.last_date)}
        _record(row, row.campaign, actor, kind="collection_dropped", before=before, after={})
        row.delete()


def _figures(point: PickupPoint) -> dict[str, str]:
    return {"name": point.name, "address": point.address, "hours": point.hours}


def _record_point(point: PickupPoint, actor: Actor, *, kind: str, **data: Any) -> None:
    record(
        point, kind=kind, actor=actor, at=clock.now(), cooperative_id=point.cooperative_id,
        data=data,
    )  # fmt: skip


def _record(row: Collection, campaign: Campaign, actor: Actor, *, kind: str, **data: Any) -> None:
    # What a campaign's trail shows is its host's to read; whose members it is about is in the data.
    record(
        row, kind=kind, actor=actor, at=clock.now(), thread=campaign.pk,
        cooperative_id=campaign.host_id,
        data={**data, "point": row.point.name, "cooperative": str(row.cooperative_id)},
    )  # fmt: skip
