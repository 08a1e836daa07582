"""Firms as members of cooperatives: applying, admitting, suspending."""

from uuid import UUID

from django.db import transaction

from mungchi.accounts import queries
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import MEMBERSHIP
from mungchi.accounts.models import Membership
from mungchi.common import clock
from mungchi.common.errors import Invalid
from mungchi.common.history import record, set_state
from mungchi.common.text import Text


class CooperativeNotOpen(Invalid):
    """The cooperative named does not take applications."""

    code = "cooperative_not_open"
    field = "cooperative"
    message = Text(ko="가입할 수 없는 협동조합입니다.", en="You cannot apply to this cooperative.")


def apply_for_membership(*, actor: Actor, cooperative_id: UUID) -> Membership:
    """The actor's firm asks to become a member; asking twice changes nothing.

    Raises CooperativeNotOpen.
    """
    cooperative = queries.cooperatives_open_to_application().filter(pk=cooperative_id).first()
    if cooperative is None:
        raise CooperativeNotOpen
    with transaction.atomic():
        membership, new = Membership.objects.get_or_create(
            cooperative=cooperative, firm_id=actor.firm_id
        )
        if new:
            _record_membership(membership, actor, kind="membership_applied")
        return membership


def admit_member(*, actor: Actor, membership_id: UUID) -> Membership:
    """The office admits a firm, or takes a suspended one back."""
    return _move_member(actor, membership_id, to="active", kind="member_admitted", why="")


def suspend_member(*, actor: Actor, membership_id: UUID, why: str) -> Membership:
    """The office suspends a member: it sees what it is in, and can join nothing new."""
    return _move_member(actor, membership_id, to="suspended", kind="member_suspended", why=why)


def _move_member(actor: Actor, pk: UUID, *, to: str, kind: str, why: str) -> Membership:
    with transaction.atomic():
        membership = queries.locked_membership(actor, pk)
        if membership.state == to:
            return membership
        at = clock.now()
        if to == "active" and membership.joined_at is None:
            membership.joined_at = at
        set_state(
            membership,
            to,
            machine=MEMBERSHIP,
            kind=kind,
            actor=actor,
            at=at,
            also=("joined_at",),
            why=why,
            cooperative_id=membership.cooperative_id,
            firm_id=membership.firm_id,
        )
        return membership


def _record_membership(membership: Membership, actor: Actor, *, kind: str) -> None:
    record(
        membership,
        kind=kind,
        actor=actor,
        at=clock.now(),
        moved=("", membership.state),
        cooperative_id=membership.cooperative_id,
        firm_id=membership.firm_id,
    )
