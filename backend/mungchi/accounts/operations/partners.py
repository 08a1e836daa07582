"""Cooperatives become partners by mutual agreement, and part with notice.

Partners may let each other's members into a campaign. Ending it hurts no campaign that is open:
whom it reaches was settled when it opened.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts import queries
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.domain.states import PARTNERSHIP
from mungchi.accounts.models import Cooperative, Partnership
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import MoveNotDeclared, record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text

ONE_PER_PAIR = "a_pair_of_cooperatives_has_one_partnership"
LONGEST_NOTICE = timedelta(days=366)


class PartnerNotChoosable(Invalid):
    """A partner is another cooperative, and active."""

    code = "partner_not_choosable"
    field = "cooperative"
    message = Text(
        ko="협력을 제안할 수 없는 협동조합입니다.",
        en="A partnership cannot be proposed to this cooperative.",
    )


class PartnershipExists(Conflict):
    """The two are partners, or one has proposed it to the other."""

    code = "partnership_exists"
    message = Text(
        ko="이미 협력하고 있거나 답을 기다리는 제안이 있는 협동조합입니다.",
        en="There is a partnership, or a proposal waiting for an answer, with this cooperative.",
    )


class NotYoursToAnswer(Conflict):
    """Who proposed calls it off, who was asked answers."""

    code = "not_yours_to_answer"
    message = Text(
        ko="제안한 쪽은 거두고, 제안받은 쪽은 수락하거나 거절할 수 있습니다.",
        en="Who proposed may call it off; who was asked accepts or declines.",
    )


class NoticeGiven(Conflict):
    """It ends already, on another day."""

    code = "notice_given"
    message = Text(
        ko="이미 종료일이 정해진 협력입니다.", en="The day on which it ends is settled already."
    )


class NoticeDayWrong(Invalid):
    """The last day lies between today and a year from now."""

    code = "notice_day_wrong"
    field = "last_day"
    message = Text(
        ko="마지막 날은 오늘부터 1년 안의 날이어야 합니다.",
        en="The last day must be today or within a year from now.",
    )


def propose_partnership(*, actor: Actor, cooperative_id: UUID, message: str) -> Partnership:
    """The office proposes a partnership to another cooperative's office.

    Its own proposal again: no change. Raises PartnerNotChoosable when either of the two is not
    active, PartnershipExists.
    """
    try:
        with transaction.atomic():
            if not _both_active(actor.cooperative_id, cooperative_id):
                raise PartnerNotChoosable
            waiting = Partnership.objects.filter(
                asking_id=actor.cooperative_id, asked_id=cooperative_id, state="proposed"
            ).first()
            if waiting is not None:
                return waiting
            at = clock.now()
            row = Partnership.objects.create(
                asking_id=actor.cooperative_id, asked_id=cooperative_id, message=message,
                proposed_at=at,
            )  # fmt: skip
            record(
                row, kind="partnership_proposed", actor=actor, at=at, moved=("", "proposed"),
                thread=row.pk, cooperative_id=actor.cooperative_id, why=message,
            )  # fmt: skip
            wake_pipeline()
            return row
    except IntegrityError as error:
        if ONE_PER_PAIR not in str(error):
            raise
        raise PartnershipExists from None


def accept_partnership(*, actor: Actor, partnership_id: UUID) -> Partnership:
    """The office that was asked agrees. Again: changes nothing.

    Raises NotFound, NotYoursToAnswer, PartnerNotChoosable.
    """
    with transaction.atomic():
        row = queries.locked_partnership(actor, partnership_id)
        if row.state == "active":
            return row
        if row.asked_id != actor.cooperative_id:
            raise NotYoursToAnswer
        if not _both_active(row.asking_id, row.asked_id):
            raise PartnerNotChoosable
        _move(row, "active", actor, kind="partnership_accepted")
        return row


def decline_partnership(*, actor: Actor, partnership_id: UUID, why: str) -> Partnership:
    """The office that was asked declines. Again: changes nothing."""
    with transaction.atomic():
        row = queries.locked_partnership(actor, partnership_id)
        if row.state == "declined":
            return row
        if row.asked_id != actor.cooperative_id:
            raise NotYoursToAnswer
        _move(row, "declined", actor, kind="partnership_declined", why=why)
        return row


def withdraw_partnership(*, actor: Actor, partnership_id: UUID) -> Partnership:
    """The office that proposed calls it off before an answer. Again: changes nothing."""
    with transaction.atomic():
        row = queries.locked_partnership(actor, partnership_id)
        if row.state == "withdrawn":
            return row
        if row.asking_id != actor.cooperative_id:
            raise NotYoursToAnswer
        _move(row, "withdrawn", actor, kind="partnership_withdrawn")
        return row


def end_partnership(*, actor: Actor, partnership_id: UUID, last_day: date, why: str) -> Partnership:
    """Either office gives notice: partners until the end of `last_day` in its own zone.

    The same day again: no change. Raises NotFound, NoticeGiven, NoticeDayWrong, MoveNotDeclared.
    """
    with transaction.atomic():
        row = queries.locked_partnership(actor, partnership_id)
        at = clock.now()
        ends_at = _end_of(last_day, actor, at)
        if row.state == "active" and row.ends_at is not None:
            if row.ends_at == ends_at:
                return row
            raise NoticeGiven
        if row.state != "active":
            raise MoveNotDeclared(PARTNERSHIP, row.state)
        row.ends_at, row.reason = ends_at, why
        row.save(update_fields=["ends_at", "reason"])
        record(
            row, kind="partnership_ending", actor=actor, at=at, why=why, thread=row.pk,
            cooperative_id=actor.cooperative_id, data={"after": {"ends_at": ends_at.isoformat()}},
        )  # fmt: skip
        wake_pipeline()
        wake_pipeline(at=ends_at)
        return row


def close_partnership(*, partnership_id: UUID) -> int:
    """A notice has run out. Return 1, or 0 when there is nothing to do (any more)."""
    with transaction.atomic():
        row = Partnership.objects.select_for_update(no_key=True).get(pk=partnership_id)
        at = clock.now()
        if row.state != "active" or row.ends_at is None or row.ends_at > at:
            return 0
        set_state(row, "ended", machine=PARTNERSHIP, kind="partnership_ended", actor=SYSTEM, at=at,
                  thread=row.pk, cooperative_id=row.asking_id)  # fmt: skip
        return 1


def _both_active(one: UUID | None, other: UUID) -> bool:
    """Whether two different cooperatives are active, held so until the transaction ends."""
    if one == other or one is None:
        return False
    # In one order, so that two proposals to each other cannot wait for each other.
    return all(queries.shared_active_cooperative(pk) for pk in sorted([one, other]))


def _end_of(day: date, actor: Actor, at: datetime) -> datetime:
    cooperative = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if cooperative is None:
        raise NotFound
    zone = cooperative.timezone
    if not at.astimezone(zone).date() <= day <= (at + LONGEST_NOTICE).date():
        raise NoticeDayWrong
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)


def _move(row: Partnership, to: str, actor: Actor, *, kind: str, why: str = "") -> None:
    at = clock.now()
    row.answered_at, row.reason = at, why
    set_state(
        row, to, machine=PARTNERSHIP, kind=kind, actor=actor, at=at, why=why, thread=row.pk,
        also=("answered_at", "reason"), cooperative_id=actor.cooperative_id,
    )  # fmt: skip
    wake_pipeline()
