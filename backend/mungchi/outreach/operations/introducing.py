"""Bringing two firms together: asked for or proposed, agreed by both, and what came of it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.jobs import wake_pipeline
from mungchi.common.text import Text
from mungchi.outreach import queries
from mungchi.outreach.domain.states import (
    ASK_AFTER,
    ENDED_WITHOUT,
    INTRODUCTION,
    MADE,
    PATIENCE,
)
from mungchi.outreach.models import Introduction, Listing

EXPIRED_AT_ONCE = 500
MOST_VALUE = 10**15


class OwnListing(Conflict):
    """A firm needs no introduction to itself."""

    code = "own_listing"
    message = Text(ko="우리 기업이 등록한 항목입니다.", en="This is your own firm's listing.")


class ListingNotShown(Conflict):
    """The listing was taken down."""

    code = "listing_not_shown"
    message = Text(ko="지금은 제공하지 않는 항목입니다.", en="This is not on offer at present.")


class CooperativeNotShared(Invalid):
    """Whoever brings two firms together has both as members, or a partner has the other."""

    code = "cooperative_not_shared"
    field = "cooperative"
    message = Text(
        ko="두 기업이 함께 속했거나 상대 기업의 조합과 협력하는 협동조합을 선택해 주십시오.",
        en="Please choose a cooperative that both firms are members of, or that is a partner of "
        "the other firm's.",
    )


class NotBothMembers(Invalid):
    """The office brings its members together, or one with who lists something to partners."""

    code = "not_both_members"
    field = "giver"
    message = Text(
        ko="우리 조합의 서로 다른 조합원사 두 곳, 또는 우리 조합원사와 협력 조합에 공개된 항목의 "
        "기업을 선택해 주십시오.",
        en="Please choose two different members, or a member and a firm by what it lists to "
        "partner cooperatives.",
    )


class IntroductionOpen(Conflict):
    """The two firms are being introduced already."""

    code = "introduction_open"
    message = Text(
        ko="두 기업 사이에 답을 기다리는 연결이 이미 있습니다.",
        en="An introduction of these two firms is already waiting for an answer.",
    )


class IntroductionEnded(Conflict):
    """It is not to be; who said so is not told."""

    code = "introduction_ended"
    message = Text(
        ko="이 연결은 지금은 이루어지지 않습니다.", en="This introduction is not to be for now."
    )


class AlreadyIntroduced(Conflict):
    """Both know how to reach each other; that cannot be taken back."""

    code = "already_introduced"
    message = Text(ko="이미 연결되었습니다.", en="The two firms have been introduced already.")


class NotIntroduced(Conflict):
    """An outcome is of an introduction that was made."""

    code = "not_introduced"
    message = Text(
        ko="양쪽이 동의해 연결된 뒤에 결과를 남길 수 있습니다.",
        en="There is an outcome only once both firms have been introduced.",
    )


class ValueWrong(Invalid):
    """A value is of something that worked out, zero or more."""

    code = "value_wrong"
    field = "value"
    message = Text(
        ko="거래 금액은 성사된 경우에만 0 이상의 정수로 적습니다.",
        en="A value is a whole amount, zero or more, of dealings that worked out.",
    )


def ask_for_introduction(
    *,
    actor: Actor,
    listing_id: UUID,
    reason: str,
    phone: str = "",
    cooperative_id: UUID | None = None,
) -> Introduction:
    """A firm asks to be introduced to the firm behind a listing, and agrees by asking.

    The cooperative is the one both are members of, or the asking firm's whose partner has the
    other; where there are several it is named. `phone` is
    what the other firm is to call. Raises NotFound, OwnListing, ListingNotShown,
    CooperativeNotShared, IntroductionOpen.
    """
    with transaction.atomic():
        listing = queries.listing_seen_by(actor, listing_id)
        if listing.firm_id == actor.firm_id:
            raise OwnListing
        if listing.state != "active":
            raise ListingNotShown
        at, home = clock.now(), _carrier(actor, listing, cooperative_id)
        assert actor.firm_id is not None  # noqa: S101 - a firm asks
        return _open(
            Introduction(
                cooperative=home,
                partner=_partner(home.pk, actor.firm_id, listing.firm_id, listing),
                seeker_id=actor.firm_id,
                giver_id=listing.firm_id,
                listing=listing,
                by_office=False,
                reason=reason,
                state="accepted",
                seeker_agreed_at=at,
                seeker_person_id=actor.user_id,
                seeker_phone=phone,
            ),
            actor,
            at,
        )


def propose_introduction(
    *,
    actor: Actor,
    seeker_id: UUID,
    giver_id: UUID,
    reason: str,
    listing_id: UUID | None = None,
) -> Introduction:
    """The office proposes to bring two of its members together, or one with a firm whose listing is
    open to partners; both are asked.

    Raises NotBothMembers, NotFound for a listing that is not the giver's, IntroductionOpen.
    """
    assert actor.cooperative_id is not None  # noqa: S101 - an office has one
    if seeker_id == giver_id:
        raise NotBothMembers
    with transaction.atomic():
        listing = queries.listing_seen_by(actor, listing_id) if listing_id else None
        if listing is not None and listing.firm_id != giver_id:
            raise NotFound
        partner = _partner(actor.cooperative_id, seeker_id, giver_id, listing)
        return _open(
            Introduction(
                cooperative=Cooperative.objects.get(pk=actor.cooperative_id),
                partner=partner,
                seeker_id=seeker_id,
                giver_id=giver_id,
                listing=listing,
                by_office=True,
                reason=reason,
                state="proposed",
            ),
            actor,
            clock.now(),
        )


def accept_introduction(*, actor: Actor, introduction_id: UUID, phone: str = "") -> Introduction:
    """A firm agrees; when both have, each sees how to reach the other. Again: changes nothing.

    Raises NotFound, IntroductionEnded (also when the other is a member no more, or of
    a cooperative that is no partner any more).
    """
    with transaction.atomic():
        row = queries.locked_introduction(actor, introduction_id)
        at = clock.now()
        _check_waiting(row, at, made_is_fine=True)
        side = row.side_of(actor.firm_id)
        if row.state in MADE or getattr(row, f"{side}_agreed_at"):
            return row
        if not queries.home_of_giver(
            row.cooperative_id, seeker_id=row.seeker_id, giver_id=row.giver_id,
            abroad=row.partner_id is not None,
        ):  # fmt: skip
            raise IntroductionEnded
        setattr(row, f"{side}_agreed_at", at)
        setattr(row, f"{side}_person_id", actor.user_id)
        setattr(row, f"{side}_phone", phone)
        also = (f"{side}_agreed_at", f"{side}_person", f"{side}_phone")
        if getattr(row, f"{row.other_side(actor.firm_id)}_agreed_at") is None:
            _move(row, "accepted", "introduction_accepted", actor, at, also)
            return row
        row.introduced_at = at
        row.follow_up_date = (at + ASK_AFTER).astimezone(row.cooperative.timezone).date()
        _move(row, "introduced", "introduction_made", actor, at,
              (*also, "introduced_at", "follow_up_date"))  # fmt: skip
        return row


def decline_introduction(*, actor: Actor, introduction_id: UUID, why: str = "") -> Introduction:
    """A firm would rather not; the other hears "not now", the office hears who and why.

    Again by the same firm: changes nothing. Raises NotFound, AlreadyIntroduced, IntroductionEnded.
    """
    with transaction.atomic():
        row = queries.locked_introduction(actor, introduction_id)
        if row.state == "declined" and row.declined_by_id == actor.firm_id:
            return row
        at = clock.now()
        _check_waiting(row, at)
        row.declined_by_id, row.decline_reason = actor.firm_id, why
        _move(row, "declined", "introduction_declined", actor, at,
              ("declined_by", "decline_reason"), why=why)  # fmt: skip
        return row


def withdraw_introduction(*, actor: Actor, introduction_id: UUID) -> Introduction:
    """The office, or the firm that asked, takes it back. Again: changes nothing.

    Raises NotFound (also for a firm that did not ask), AlreadyIntroduced, IntroductionEnded.
    """
    with transaction.atomic():
        row = queries.locked_introduction(actor, introduction_id)
        if actor.is_firm and (row.by_office or row.seeker_id != actor.firm_id):
            raise NotFound
        if row.state == "withdrawn":
            return row
        at = clock.now()
        _check_waiting(row, at)
        _move(row, "withdrawn", "introduction_withdrawn", actor, at)
        return row


def record_outcome(
    *,
    actor: Actor,
    introduction_id: UUID,
    worked_out: bool,
    note: str,
    value: int | None = None,
) -> Introduction:
    """The office writes down what came of an introduction; it may do so again.

    `value` in minor units, of dealings that worked out. Raises NotFound, NotIntroduced, ValueWrong.
    """
    if value is not None and not (worked_out and 0 <= value <= MOST_VALUE):
        raise ValueWrong
    with transaction.atomic():
        row = queries.locked_introduction(actor, introduction_id)
        if row.state not in MADE:
            raise NotIntroduced
        at, to = clock.now(), "worked_out" if worked_out else "came_to_nothing"
        row.outcome_at, row.outcome_note, row.value = at, note, value
        row.follow_up_date = None
        also = ("outcome_at", "outcome_note", "value", "follow_up_date")
        if row.state != to:
            _move(row, to, "introduction_outcome", actor, at, also, why=note,
                  data={"value": value})  # fmt: skip
        else:
            row.save(update_fields=also)
            record(row, kind="introduction_outcome_changed", actor=actor, at=at, why=note,
                   cooperative_id=row.cooperative_id, data={"value": value})  # fmt: skip
        return row


def ask_again_on(*, actor: Actor, introduction_id: UUID, day: date | None) -> Introduction:
    """The office means to ask on `day` what came of it; None takes the reminder away.

    Raises NotFound, NotIntroduced.
    """
    with transaction.atomic():
        row = queries.locked_introduction(actor, introduction_id)
        if row.state not in MADE:
            raise NotIntroduced
        if row.follow_up_date != day:
            row.follow_up_date = day
            row.save(update_fields=["follow_up_date"])
            record(row, kind="introduction_follow_up", actor=actor, at=clock.now(),
                   cooperative_id=row.cooperative_id, data={"date": str(day)})  # fmt: skip
        return row


def expire_introductions(*, at: datetime) -> int:
    """Close proposals that nobody answered in time; return how many."""
    with transaction.atomic():
        rows = list(
            queries.overdue_introductions(at).select_for_update(no_key=True, skip_locked=True)[
                :EXPIRED_AT_ONCE
            ]
        )
        for row in rows:
            _move(row, "expired", "introduction_expired", SYSTEM, at)
        return len(rows)


def _carrier(actor: Actor, listing: Listing, cooperative_id: UUID | None) -> Cooperative:
    carriers = queries.carriers_of(actor, listing)
    if cooperative_id is not None:
        carriers = [one for one in carriers if one.pk == cooperative_id]
    if len(carriers) != 1:
        raise CooperativeNotShared
    return carriers[0]


def _partner(
    cooperative_id: UUID, seeker_id: UUID, giver_id: UUID, listing: Listing | None
) -> Cooperative | None:
    """The partner cooperative whose member the giver is; None when it is one of the same."""
    home = queries.home_of_giver(
        cooperative_id, seeker_id=seeker_id, giver_id=giver_id,
        abroad=listing is not None and listing.for_partners,
    )  # fmt: skip
    if home is None:
        raise NotBothMembers
    return home if home.pk != cooperative_id else None


def _open(row: Introduction, actor: Actor, at: datetime) -> Introduction:
    row.created_at, row.expires_at = at, at + PATIENCE
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "two_firms_have_one_open_introduction" in str(error):
            raise IntroductionOpen from None
        raise
    record(
        row,
        kind="introduction_proposed" if row.by_office else "introduction_asked",
        actor=actor,
        at=at,
        moved=("", row.state),
        why=row.reason,
        cooperative_id=row.cooperative_id,
        firm_id=None if row.by_office else row.seeker_id,
    )
    wake_pipeline()
    return row


def _check_waiting(row: Introduction, at: datetime, *, made_is_fine: bool = False) -> None:
    if row.state in MADE:
        if made_is_fine:
            return
        raise AlreadyIntroduced
    if row.state in ENDED_WITHOUT or at >= row.expires_at:
        raise IntroductionEnded


def _move(
    row: Introduction,
    to: str,
    kind: str,
    actor: Actor,
    at: datetime,
    also: tuple[str, ...] = (),
    **about: Any,
) -> None:
    set_state(row, to, machine=INTRODUCTION, kind=kind, actor=actor, at=at, also=also,
              cooperative_id=row.cooperative_id, firm_id=actor.firm_id, **about)  # fmt: skip
    wake_pipeline()
