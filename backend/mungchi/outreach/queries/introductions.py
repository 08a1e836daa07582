"""Which introductions a seat sees, and what of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Membership
from mungchi.common.errors import NotFound
from mungchi.outreach.domain.states import MADE, WAITING
from mungchi.outreach.models import Introduction


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach a firm: what it agreed to share, read only when both have agreed."""

    firm: Firm
    person: str
    email: str
    phone: str
    address: str


def cooperatives_reached_from(cooperative_id: UUID) -> list[UUID]:
    """The cooperatives among whose members an office brings firms together: its own.

    Partner cooperatives would be added here, and nowhere else.
    """
    return [cooperative_id]


def introductions_visible_to(actor: Actor) -> QuerySet[Introduction]:
    """An office sees those it carries, a firm those it is one side of."""
    rows = Introduction.objects.select_related(
        "cooperative", "seeker", "giver", "listing", "seeker_person", "giver_person"
    )
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(Q(seeker_id=actor.firm_id) | Q(giver_id=actor.firm_id))
    return rows.none()


def introduction_seen_by(actor: Actor, pk: UUID) -> Introduction:
    """One introduction that the actor may see; raise NotFound."""
    row = introductions_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_introduction(actor: Actor, pk: UUID) -> Introduction:
    """Lock one introduction that the actor may see; raise NotFound."""
    row = (
        introductions_visible_to(actor)
        .filter(pk=pk)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if row is None:
        raise NotFound
    return row


def are_members(cooperative_id: UUID, firm_ids: Sequence[UUID]) -> bool:
    """Whether all of these firms are active members within the cooperative's reach."""
    found = Membership.objects.filter(
        cooperative_id__in=cooperatives_reached_from(cooperative_id),
        firm_id__in=firm_ids,
        state="active",
    )
    return found.values("firm_id").distinct().count() == len(set(firm_ids))


def reach_of(row: Introduction, side: str) -> Reach | None:
    """How the firm on a side of a made introduction is reached; None while it is not made."""
    if row.state not in MADE:
        return None
    firm: Firm = getattr(row, side)
    person = getattr(row, f"{side}_person")
    return Reach(
        firm=firm,
        person=person.called if person else firm.representative,
        email=person.email if person else "",
        phone=getattr(row, f"{side}_phone") or firm.phone,
        address=firm.address,
    )


def overdue_introductions(at: datetime) -> QuerySet[Introduction]:
    """Introductions whose time to answer is over."""
    return Introduction.objects.filter(state__in=WAITING, expires_at__lte=at).order_by(
        "expires_at", "id"
    )


def to_ask_about(cooperative_id: UUID | None, today: date) -> QuerySet[Introduction]:
    """Made introductions of which the office means to ask by now what came of them."""
    return Introduction.objects.filter(
        cooperative_id=cooperative_id, state="introduced", follow_up_date__lte=today
    )
