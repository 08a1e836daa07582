"""The supplier of an open campaign changes its offer, and the firms for which it may be worse are
asked again.

A change takes the campaign's exclusive lock, so that it comes before or after each firm that joins:
who comes after it has the new terms. What may be worse for any firm waits for the word of the
host's office, which chose the offer by its terms; what is as good or better for everybody does not.
See docs/decisions/0030-a-changed-offer-asks-again.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.campaigns import queries
from mungchi.campaigns.domain.market import Tier
from mungchi.campaigns.domain.reoffering import ENOUGH_TIME, Change, Offered, change, read, written
from mungchi.campaigns.models import Campaign, Commitment, Offer, OfferChange
from mungchi.campaigns.operations import by_variant, offers
from mungchi.campaigns.operations.answering import NotTheSecond
from mungchi.campaigns.operations.changing import end_change, locked_change
from mungchi.campaigns.operations.moving import note
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import record
from mungchi.common.jobs import wake_pipeline
from mungchi.common.money import plain
from mungchi.common.text import Text

# An extension by less than this is not reminded of once more.
REMIND_AGAIN: Final = timedelta(hours=48)


class OfferNotChangeable(Conflict):
    """Only the offer that an open campaign stands on is changed, before the deadline."""

    code = "offer_not_changeable"
    message = Text(
        ko="모집 중인 공동구매의 제안만, 마감 전에 바꿀 수 있습니다.",
        en="Only the offer of an open campaign can be changed, before its deadline.",
    )


class NothingChanged(Conflict):
    """These are the terms that are in force."""

    code = "nothing_changed"
    message = Text(
        ko="지금 조건과 같습니다. 바꿀 조건을 고쳐 주십시오.",
        en="These are the terms as they stand. Please change what is to be otherwise.",
    )


class ChangeWaits(Conflict):
    """Another change waits for the office."""

    code = "change_waits"
    message = Text(
        ko="사무국의 확인을 기다리는 변경이 이미 있습니다. 먼저 그것을 거두어 주십시오.",
        en="Another change waits for the office. Please take that back first.",
    )


class ChangeDoesNotWait(Conflict):
    """It was answered, taken back, or came too late."""

    code = "change_does_not_wait"
    message = Text(
        ko="이미 처리되었거나 거두어진 변경 요청입니다. 화면을 새로 고쳐 주십시오.",
        en="This change has been answered or taken back. Please reload the page.",
    )


class TooLateToAsk(Conflict):
    """Firms need time to answer."""

    code = "too_late_to_ask"
    message = Text(
        ko="기업이 다시 답해야 하는 변경은 마감 24시간 전까지만 받아들일 수 있습니다. 먼저 마감을 "
        "연장해 주십시오.",
        en="A change that firms have to answer can be accepted until 24 hours before the deadline. "
        "Please extend the deadline first.",
    )


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would be."""

    campaign: Campaign
    old: Offered
    new: Offered
    found: Change


def try_change(*, actor: Actor, offer_id: UUID, **terms: Any) -> Trial:
    """What a change would be, without sending it; takes what change_offer takes.

    It says what may be worse and not for whom: that would tell limits and quantities to a supplier
    who tries ladder after ladder. Raises NotFound, OfferNotChangeable, OfferInvalid.
    """
    with transaction.atomic():
        campaign, offer, at = _own(actor, offer_id)
        old, new = queries.offered_by(offer), _checked(offer, campaign, at, terms)
        return Trial(campaign, old, new, change(old, new))


def change_offer(*, actor: Actor, offer_id: UUID, why: str = "", **terms: Any) -> OfferChange:
    """The supplier changes the offer of an open campaign; takes the terms of post_offer.

    In force at once where no term may be worse for anybody, else once the host's office accepts.
    The same again, while it waits, changes nothing. Raises NotFound, OfferNotChangeable,
    OfferInvalid, NothingChanged, ChangeWaits.
    """
    with transaction.atomic():
        campaign, offer, at = _own(actor, offer_id)
        old = queries.offered_by(offer)
        new = _checked(offer, campaign, at, terms)
        waiting = OfferChange.objects.filter(campaign=campaign, state="waiting").first()
        if waiting is not None:
            if waiting.terms == written(new):
                return waiting
            raise ChangeWaits
        if written(new) == written(old):
            raise NothingChanged
        row = OfferChange.objects.create(
            campaign=campaign, offer=offer, before=written(old), terms=written(new), why=why,
            worse=list(change(old, new).worse), asked_by_id=actor.user_id, asked_at=at,
        )  # fmt: skip
        row.offer = offer
        if not row.worse:
            _put_in_force(campaign, row, actor=actor, at=at)
            return row
        record(
            row, kind="offer_change_asked", actor=actor, at=at, moved=("", "waiting"), why=why,
            thread=campaign.pk, cooperative_id=campaign.host_id, firm_id=offer.supplier_id,
            data={"worse": row.worse},
        )  # fmt: skip
        wake_pipeline()
        return row


def accept_change(*, actor: Actor, change_id: UUID) -> OfferChange:
    """The host's office accepts: the terms are in force, and firms for which they may be worse are
    asked. Accepted before: changes nothing.

    Raises NotFound, ChangeDoesNotWait, OfferNotChangeable, NotTheSecond where the coordinator's own
    firm is concerned, OfferInvalid where the offer would end before the deadline, TooLateToAsk.
    """
    with transaction.atomic():
        campaign, row, at = _waiting(actor, change_id)
        if row.state == "accepted":
            return row
        _check_answerable(actor, campaign, row, at)
        _put_in_force(campaign, row, actor=actor, at=at)
        return row


def refuse_change(*, actor: Actor, change_id: UUID, why: str) -> OfferChange:
    """The host's office refuses, with a reason: the terms stay. Refused before: changes nothing.

    Raises NotFound, ChangeDoesNotWait, OfferNotChangeable, NotTheSecond.
    """
    with transaction.atomic():
        campaign, row, at = _waiting(actor, change_id)
        if row.state == "refused":
            return row
        _check_answerable(actor, campaign, row, at)
        row.refusal = why
        end_change(row, "refused", campaign, actor=actor, at=at, why=why, also=("refusal",))
        wake_pipeline()
        return row


def withdraw_change(*, actor: Actor, change_id: UUID) -> OfferChange:
    """The supplier takes a change back before it is answered. Again: changes nothing.

    Raises NotFound, ChangeDoesNotWait.
    """
    with transaction.atomic():
        found = OfferChange.objects.filter(
            pk=change_id, offer__supplier_id=actor.firm_id, offer__supplier_id__isnull=False
        ).first()
        if found is None or not actor.is_firm:
            raise NotFound
        campaign = queries.locked(found.campaign_id)
        row = locked_change(found.pk)
        if row.state == "withdrawn":
            return row
        if row.state != "waiting":
            raise ChangeDoesNotWait
        end_change(row, "withdrawn", campaign, actor=actor, at=clock.now())
        return row


def remind_of_answers(*, change_id: UUID) -> int:
    """Write down that firms have not answered within a day of the deadline; again only after a long
    extension."""
    with transaction.atomic():
        row = OfferChange.objects.select_for_update(no_key=True).get(pk=change_id)
        campaign = Campaign.objects.get(pk=row.campaign_id)
        at = clock.now()
        closes: datetime | None = campaign.closes_at
        if campaign.state != "open" or closes is None or closes <= at:
            return 0
        if row.reminded_at is not None and row.reminded_at >= closes - REMIND_AGAIN:
            return 0
        row.reminded_at = at
        row.save(update_fields=["reminded_at"])
        note(campaign, kind="offer_still_unanswered", actor=SYSTEM, at=at,
             data={"closes_at": closes.isoformat(), "version": row.version})  # fmt: skip
        return 1


def _put_in_force(campaign: Campaign, row: OfferChange, *, actor: Actor, at: datetime) -> None:
    """Make the terms of a waiting change the offer's, as a new version of it, and mark who has to
    answer: one statement, however many they are. The campaign is locked.

    In front of the wall: a supplier does not see whom a better offer lets out of answering.
    """
    offer, new = row.offer, read(row.terms)
    campaign.awarded_offer = offer
    before = queries.closing_now(campaign)
    with wall.in_front():
        asks = queries.asking(campaign, new)
        row.version = campaign.terms_version + 1
        end_change(row, "accepted", campaign, actor=actor, at=at, also=("version",))
        offers.replace_terms(
            offer, campaign, at, **{
                **_named(new),
                "tiers": [(tier.min_quantity, tier.unit_price) for tier in new.tiers],
                "differences": by_variant.as_said(campaign, new.differences),
            },
        )  # fmt: skip
        campaign.terms_version = row.version
        campaign.save(update_fields=["terms_version"])
        active = Commitment.objects.filter(campaign=campaign, state="active")
        active.annotate(asks=asks).filter(~Q(must_answer=F("asks"))).update(must_answer=asks)
        row.asked = queries.to_answer(campaign).count()
        row.save(update_fields=["asked"])
        if row.asked and row.worse and campaign.closes_at - at < ENOUGH_TIME:
            raise TooLateToAsk
        now = queries.closing_now(campaign)
        note(campaign, kind="offer_changed", actor=actor, at=at, data={
            "version": row.version, "worse": row.worse, "asked": row.asked,
            "price_before": before and plain(before[1]), "price": now and plain(now[1]),
        })  # fmt: skip
    wake_pipeline()


def _named(terms: Offered) -> dict[str, Any]:
    """The terms by their names, but for the ladder."""
    return {
        name: getattr(terms, name)
        for name in ("pack_size", "capacity", "lead_time_days", "delivery_cost", "valid_until",
                     "note")
    }  # fmt: skip


def _own(actor: Actor, offer_id: UUID) -> tuple[Campaign, Offer, datetime]:
    """Lock the campaign that the actor's own offer is for. Raises NotFound, OfferNotChangeable."""
    found = Offer.objects.filter(pk=offer_id, supplier_id=actor.firm_id).first()
    if found is None or not actor.is_firm:
        raise NotFound
    campaign = queries.locked(found.campaign_id)
    at = clock.now()
    if campaign.awarded_offer_id != offer_id:
        raise OfferNotChangeable
    _check_open(campaign, at)
    return campaign, Offer.objects.get(pk=offer_id), at


def _checked(offer: Offer, campaign: Campaign, at: datetime, terms: dict[str, Any]) -> Offered:
    """The new terms; differences that are not said stay. Raises OfferInvalid, DifferenceUnknown."""
    rungs: list[tuple[int, Decimal]] = list(terms["tiers"])
    said = terms.get("differences")
    differences = offer.differences if said is None else by_variant.in_order(campaign, said)
    terms = {**terms, "differences": tuple(differences)}
    offers.check_terms(offer, campaign, at, **terms)
    rest = {name: value for name, value in terms.items() if name != "tiers"}
    return Offered(tiers=tuple(Tier(least, price) for least, price in rungs), **rest)


def _waiting(actor: Actor, change_id: UUID) -> tuple[Campaign, OfferChange, datetime]:
    """Lock the campaign of a change that is for the actor's office; the change as it is then."""
    found = OfferChange.objects.filter(pk=change_id).first()
    if found is None:
        raise NotFound
    campaign = queries.locked_by_host(actor, found.campaign_id)
    return campaign, locked_change(change_id), clock.now()


def _check_answerable(actor: Actor, campaign: Campaign, row: OfferChange, at: datetime) -> None:
    if row.state != "waiting":
        raise ChangeDoesNotWait
    _check_open(campaign, at)
    if queries.is_involved(actor.user_id, campaign.pk):
        raise NotTheSecond


def _check_open(campaign: Campaign, at: datetime) -> None:
    if campaign.state != "open" or campaign.closes_at is None or at >= campaign.closes_at:
        raise OfferNotChangeable
