"""Which introductions a seat sees, and what of them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Membership
from mungchi.accounts.queries.partners import partner_ids_of
from mungchi.common import clock
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
    """The cooperatives among whose members an office introduces firms: its own and partners."""
    partners = partner_ids_of([cooperative_id], clock.now())[cooperative_id]
    return [cooperative_id, *partners]


def introductions_visible_to(actor: Actor) -> QuerySet[Introduction]:
    """An office sees those it carries, a firm those it is one side of."""
    rows = Introduction.objects.select_related(
        "cooperative", "partner", "seeker", "giver", "listing", "seeker_person", "giver_person"
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


def home_of_giver(
    cooperative_id: UUID, *, seeker_id: UUID, giver_id: UUID, abroad: bool
) -> Cooperative | None:
    """The cooperative whose active member the giver is: the one that carries, else with `abroad` a
    partner (the first by name). None when there is none, or the seeker is no member of the first.
    """
    found = Membership.objects.filter(
        cooperative_id__in=cooperatives_reached_from(cooperative_id),
        firm_id__in=[seeker_id, giver_id],
        state="active",
    ).select_related("cooperative")
    rows = list(found.order_by("cooperative__name", "cooperative_id"))
    if not any((m.firm_id, m.cooperative_id) == (seeker_id, cooperative_id) for m in rows):
        return None
    homes = [m.cooperative for m in rows if m.firm_id == giver_id]
    own = next((one for one in homes if one.pk == cooperative_id), None)
    return own or next(iter(homes if abroad else []), None)


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
