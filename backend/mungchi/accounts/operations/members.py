"""Firms as members of cooperatives: applying, being invited, admitted, suspended, leaving.

Two sides agree to a membership. A firm applies and its cooperative admits it, or a cooperative that
names a firm with people of its own invites it and the firm's owner accepts. A firm that nobody
represents is nobody's to ask: it becomes a member at once.
"""

from uuid import UUID

from django.db import IntegrityError, transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import MEMBERSHIP
from mungchi.accounts.models import Membership
from mungchi.accounts.queries import people
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.history import MoveNotDeclared, record, set_state
from mungchi.common.text import Text


class CooperativeNotOpen(Invalid):
    """The cooperative named does not take applications."""

    code = "cooperative_not_open"
    field = "cooperative"
    message = Text(ko="가입할 수 없는 협동조합입니다.", en="You cannot apply to this cooperative.")


class FirmDecides(Conflict):
    """The firm has people of its own; only its owner can say yes."""

    code = "firm_decides"
    message = Text(
        ko="이 기업에는 대표가 있습니다. 초대를 보내면 기업 대표가 수락할 수 있습니다.",
        en="This firm has people of its own. Invite it; its owner decides.",
    )


class CodeTaken(Invalid):
    """Another member has this code."""

    code = "member_code_taken"
    field = "member_code"
    message = Text(
        ko="다른 조합원사가 쓰는 조합원 번호입니다.", en="Another member firm has this code."
    )


class DivisionUnknown(Invalid):
    """The division named is none of this cooperative's."""

    code = "division_unknown"
    field = "division"
    message = Text(ko="없는 분과입니다.", en="There is no such division.")


def apply_for_membership(*, actor: Actor, cooperative_id: UUID) -> Membership:
    """The actor's firm asks to become a member; asking twice changes nothing.

    A firm that was invited becomes one by asking: both have agreed then. Raises CooperativeNotOpen.
    """
    cooperative = queries.cooperatives_open_to_application().filter(pk=cooperative_id).first()
    if cooperative is None:
        raise CooperativeNotOpen
    with transaction.atomic():
        membership, new = Membership.objects.get_or_create(
            cooperative=cooperative, firm_id=actor.firm_id
        )
        if new:
            _record_new(membership, actor, kind="membership_applied")
            return membership
        row = queries.locked_membership(actor, membership.pk)
        if row.state == "invited":
            _move(row, "active", actor, kind="membership_accepted")
        elif row.state == "left":
            _move(row, "applied", actor, kind="membership_applied")
        return row


def admit_member(*, actor: Actor, membership_id: UUID) -> Membership:
    """The office admits a firm that applied, or takes a suspended one back.

    Raises NotFound, FirmDecides, MoveNotDeclared.
    """
    with transaction.atomic():
        row = queries.locked_membership(actor, membership_id)
        if row.state == "active":
            return row
        decides = row.state == "left" and not people.is_unrepresented(row.firm_id)
        if row.state == "invited" or decides:
            raise FirmDecides
        return _move(row, "active", actor, kind="member_admitted")


def suspend_member(*, actor: Actor, membership_id: UUID, why: str) -> Membership:
    """The office suspends a member: it stays in what it is in, and can join nothing new."""
    return _move_locked(actor, membership_id, "suspended", kind="member_suspended", why=why)


def decline_application(*, actor: Actor, membership_id: UUID, why: str) -> Membership:
    """The office does not admit an applicant; it may apply again. Raises MoveNotDeclared."""
    return _move_from("applied", actor, membership_id, kind="application_declined", why=why)


def invite_member(*, actor: Actor, membership_id: UUID) -> Membership:
    """The office asks a firm that has left to come back; its owner decides."""
    return _move_locked(actor, membership_id, "invited", kind="membership_invited")


def name_firm(
    *,
    actor: Actor,
    cooperative_id: UUID,
    firm_id: UUID,
    code: str = "",
    division_id: UUID | None = None,
) -> Membership:
    """A cooperative names a firm that has no membership there yet, in a list or a purchase history.

    One that nobody represents is a member at once, one with people of its own is invited. The
    caller holds the cooperative's row, and knows that nobody else has the code.
    """
    invited = not people.is_unrepresented(firm_id)
    row = Membership.objects.create(
        cooperative_id=cooperative_id,
        firm_id=firm_id,
        member_code=code,
        division_id=division_id,
        state="invited" if invited else "active",
        joined_at=None if invited else clock.now(),
    )
    _record_new(row, actor, kind="membership_invited" if invited else "member_entered")
    return row


def bring_back(*, actor: Actor, membership: Membership) -> Membership:
    """A cooperative names a firm that had left: as in `name_firm`. The caller holds the row."""
    if people.is_unrepresented(membership.firm_id):
        return _move(membership, "active", actor, kind="member_entered")
    return _move(membership, "invited", actor, kind="membership_invited")


def withdraw_membership_invitation(*, actor: Actor, membership_id: UUID) -> Membership:
    """The office takes back that it invited a firm. Raises MoveNotDeclared."""
    return _move_from("invited", actor, membership_id, kind="membership_invitation_withdrawn")


def accept_membership(*, actor: Actor, membership_id: UUID) -> Membership:
    """A firm's owner accepts its cooperative's invitation; again changes nothing.

    Raises NotFound, MoveNotDeclared.
    """
    return _move_from("invited", actor, membership_id, "active", kind="membership_accepted")


def decline_membership(*, actor: Actor, membership_id: UUID) -> Membership:
    """A firm's owner declines its cooperative's invitation. Raises NotFound, MoveNotDeclared."""
    return _move_from("invited", actor, membership_id, kind="membership_declined")


def record_left(*, actor: Actor, membership: Membership, why: str, kind: str) -> Membership:
    """A member has left its cooperative: by its own wish (`kind` membership_left), or the office's
    record (member_left). The caller holds the row, and knows that it is free to.

    See orders.operations.leaving, which looks at what is running.
    """
    return _move(membership, "left", actor, kind=kind, why=why)


def change_member(
    *, actor: Actor, membership_id: UUID, division_id: UUID | None, member_code: str
) -> Membership:
    """The office files a member under another division or code. Raises DivisionUnknown, CodeTaken.

    Again with the same: no change, and no row of history.
    """
    try:
        with transaction.atomic():
            row = queries.locked_membership(actor, membership_id)
            before = _filed(row)
            row.division = None
            if division_id is not None:
                row.division = queries.divisions_visible_to(actor).filter(pk=division_id).first()
                if row.division is None:
                    raise DivisionUnknown
            row.member_code = member_code.strip()
            if _filed(row) == before:
                return row
            row.save(update_fields=["division", "member_code"])
            record(
                row,
                kind="member_changed",
                actor=actor,
                at=clock.now(),
                cooperative_id=row.cooperative_id,
                firm_id=row.firm_id,
                data={"before": before, "after": _filed(row)},
            )
            return row
    except IntegrityError as error:
        if "member_codes_differ" not in str(error):
            raise
        raise CodeTaken from None


def _filed(row: Membership) -> dict[str, str]:
    return {"division": row.division.name if row.division else "", "code": row.member_code}


def _move_locked(actor: Actor, pk: UUID, to: str, *, kind: str, why: str = "") -> Membership:
    with transaction.atomic():
        row = queries.locked_membership(actor, pk)
        return row if row.state == to else _move(row, to, actor, kind=kind, why=why)


def _move_from(
    before: str, actor: Actor, pk: UUID, to: str = "left", *, kind: str, why: str = ""
) -> Membership:
    """Move a row from the one state in which this may happen; where it leads already, nothing."""
    with transaction.atomic():
        row = queries.locked_membership(actor, pk)
        if row.state == to:
            return row
        if row.state != before:
            raise MoveNotDeclared(MEMBERSHIP, row.state)
        return _move(row, to, actor, kind=kind, why=why)


def _move(row: Membership, to: str, actor: Actor, *, kind: str, why: str = "") -> Membership:
    at = clock.now()
    if to == "active" and row.state != "suspended":
        row.joined_at = at
    set_state(
        row,
        to,
        machine=MEMBERSHIP,
        kind=kind,
        actor=actor,
        at=at,
        also=("joined_at",),
        why=why,
        cooperative_id=row.cooperative_id,
        firm_id=row.firm_id,
    )
    return row


def _record_new(membership: Membership, actor: Actor, *, kind: str) -> None:
    record(
        membership,
        kind=kind,
        actor=actor,
        at=clock.now(),
        moved=("", membership.state),
        cooperative_id=membership.cooperative_id,
        firm_id=membership.firm_id,
    )
