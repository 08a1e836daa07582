"""Who sits where."""

from uuid import UUID

from django.db.models import QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.roles import keeper_beside
from mungchi.accounts.models import Cooperative, Firm, Membership, Seat, SeatInvitation, User
from mungchi.common.errors import NotFound

# In these a member firm belongs to its cooperative.
STANDING = ("active", "suspended")


def seats_visible_to(actor: Actor) -> QuerySet[Seat]:
    """The seats of the place the actor acts for, with their people."""
    rows = Seat.objects.select_related("user", "firm", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    return rows.none()


def lock_place(*, firm_id: UUID | None, cooperative_id: UUID | None) -> Firm | Cooperative:
    """Lock the firm or cooperative whose seats are about to change; raise NotFound.

    Whoever changes who sits where takes this lock first, so that of two owners who demote each
    other the second finds what the first has done.
    """
    place: Firm | Cooperative | None
    if firm_id:
        place = Firm.objects.select_for_update(no_key=True).filter(pk=firm_id).first()
    else:
        place = Cooperative.objects.select_for_update(no_key=True).filter(pk=cooperative_id).first()
    if place is None:
        raise NotFound
    return place


def others_keep(seat: Seat) -> bool:
    """Whether the seat's place has another active person in the role it cannot be without."""
    rows = Seat.objects.filter(firm_id=seat.firm_id, cooperative_id=seat.cooperative_id)
    return (
        rows.filter(role=keeper_beside(seat.role), user__is_active=True)
        .exclude(pk=seat.pk)
        .exists()
    )


def seat_there(user: User, *, firm_id: UUID | None, cooperative_id: UUID | None) -> Seat | None:
    """The person's seat at a place."""
    return (
        Seat.objects.select_related("user", "firm", "cooperative")
        .filter(user=user, firm_id=firm_id, cooperative_id=cooperative_id)
        .first()
    )


def is_unrepresented(firm_id: UUID) -> bool:
    """Whether nobody has a seat in the firm."""
    return not Seat.objects.filter(firm_id=firm_id).exists()


def owner_is_invited(cooperative_id: UUID, firm_id: UUID) -> bool:
    """Whether an office's invitation to own the firm waits for an answer."""
    return SeatInvitation.objects.filter(
        firm_id=firm_id, host_id=cooperative_id, state="pending"
    ).exists()


def stands(cooperative_id: UUID, firm_id: UUID) -> bool:
    """Whether the firm belongs to the cooperative, suspended or not."""
    return Membership.objects.filter(
        cooperative_id=cooperative_id, firm_id=firm_id, state__in=STANDING
    ).exists()
