"""Reading people, firms and memberships."""

from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.permissions import SECOND_FACTOR_ROLES
from mungchi.accounts.domain.roles import keeper_beside
from mungchi.accounts.models import (
    ApiKey,
    Cooperative,
    Division,
    Firm,
    Membership,
    Seat,
    SeatInvitation,
    Session,
    User,
)
from mungchi.accounts.queries.cooperatives import (
    applications_of,
    cooperatives_for_the_platform,
    locked_account_change,
    locked_cooperative,
    member_fees_at,
    office_of,
    other_coordinators,
    paused_since,
    seen_by_the_platform,
    shared_active_cooperative,
    trail_of,
    waiting_account_change,
)
from mungchi.accounts.queries.papers import (
    document_with_content,
    documents_visible_to,
    firms_never_looked_up,
    member_seen_by,
    own_firm,
)
from mungchi.accounts.queries.partners import (
    active_partners_of,
    locked_partnership,
    names_of,
    partner_ids_of,
    partnership_seen_by,
    partnerships_over,
    partnerships_visible_to,
)
from mungchi.accounts.queries.searching import firm_ids_called
from mungchi.accounts.queries.spending import approval_limit_of, currencies_of
from mungchi.accounts.queries.wishes import left_alone
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import Erasure

__all__ = [
    "active_partners_of",
    "applications_of",
    "approval_limit_of",
    "cooperative_ids_of",
    "cooperatives_for_the_platform",
    "cooperatives_of",
    "cooperatives_open_to_application",
    "currencies_of",
    "divisions_visible_to",
    "divisions_with_members",
    "document_with_content",
    "documents_visible_to",
    "ending_with",
    "firm_ids_called",
    "firms_matching",
    "firms_never_looked_up",
    "keys_visible_to",
    "left_alone",
    "lock_person",
    "locked_account_change",
    "locked_cooperative",
    "locked_key",
    "locked_membership",
    "locked_partnership",
    "locked_seat",
    "member_fees_at",
    "member_seen_by",
    "membership_seen_by",
    "memberships_visible_to",
    "names_of",
    "needs_second_factor",
    "office_of",
    "other_coordinators",
    "own_firm",
    "partner_ids_of",
    "partnership_seen_by",
    "partnerships_over",
    "partnerships_visible_to",
    "paused_since",
    "people_to_erase",
    "second_factor_state",
    "seen_by_the_platform",
    "sessions_of",
    "shared_active_cooperative",
    "suppliers_visible_to",
    "trail_of",
    "waiting_account_change",
    "with_people",
]


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """A cooperative's office sees its members; a firm its own memberships."""
    rows = Membership.objects.select_related("firm", "division", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    return rows.none()


def with_people(rows: QuerySet[Membership]) -> QuerySet[Membership]:
    """Memberships with `represented` (the firm has people) and `owner_invited` (by this office)."""
    pending = SeatInvitation.objects.filter(
        firm_id=OuterRef("firm_id"), host_id=OuterRef("cooperative_id"), state="pending"
    )
    return rows.annotate(
        represented=Exists(Seat.objects.filter(firm_id=OuterRef("firm_id"))),
        owner_invited=Exists(pending),
    )


def divisions_visible_to(actor: Actor) -> QuerySet[Division]:
    """The office's own divisions."""
    return Division.objects.filter(cooperative_id=actor.cooperative_id) if actor.is_office else (
        Division.objects.none()
    )  # fmt: skip


def divisions_with_members(actor: Actor) -> QuerySet[Division]:
    """The office's own divisions with `members`: how many belong to each, suspended ones too."""
    return divisions_visible_to(actor).annotate(
        members=Count("membership", filter=Q(membership__state__in=["active", "suspended"]))
    )


def membership_seen_by(actor: Actor, pk: UUID) -> Membership:
    """One membership that the actor may see; raise NotFound."""
    row = with_people(memberships_visible_to(actor)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_membership(actor: Actor, pk: UUID) -> Membership:
    """Lock one membership that the actor may see; raise NotFound."""
    row = (
        memberships_visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise NotFound
    return row


def ending_with(user: User) -> dict[str, object]:
    """What ends with a person's account: its seats, each with `last`, and how many API keys."""
    others = Seat.objects.filter(user__is_active=True).exclude(user=user)
    there = Q(firm_id=OuterRef("firm_id"), firm__isnull=False) | Q(
        cooperative_id=OuterRef("cooperative_id"), cooperative__isnull=False
    )
    rows = Seat.objects.filter(user=user).select_related("firm", "cooperative").order_by("id")
    seats = list(rows.annotate(kept=Exists(others.filter(there, role=OuterRef("role")))))
    for seat in seats:
        keeper = keeper_beside(seat.role)
        seat.last = bool(keeper) and seat.role == keeper and not seat.kept  # type: ignore[attr-defined]
    keys = ApiKey.objects.filter(seat__user=user, revoked_at__isnull=True).count()
    return {"seats": seats, "keys": keys, "possible": not any(seat.last for seat in seats)}  # type: ignore[attr-defined]


def people_to_erase() -> list[int]:
    """Erasures of people whose accounts are closed and who are still in the database."""
    rows = Erasure.objects.filter(erased_at__isnull=True).order_by("id")
    return list(rows.values_list("pk", flat=True))


def lock_person(user_id: UUID) -> None:
    """Lock a person: what the person signs in with is changed by one at a time."""
    User.objects.select_for_update(no_key=True).get(pk=user_id)


def needs_second_factor(user: User) -> bool:
    """Whether a seat of the person, or its right to the admin site, asks for a second factor."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_staff or user.seats.filter(role__in=SECOND_FACTOR_ROLES).exists()


def second_factor_state(user: User, role: str) -> str:
    """present, absent, or missing: the person, acting in this role, can do nothing without."""
    if user.has_second_factor():
        return "present"
    needed = user.is_staff or role in SECOND_FACTOR_ROLES
    return "missing" if settings.SECOND_FACTOR_REQUIRED and needed else "absent"


def sessions_of(user: User) -> QuerySet[Session]:
    """The sessions in which a person is signed in."""
    return Session.objects.filter(user=user, expire_date__gt=clock.now())


def keys_visible_to(actor: Actor) -> QuerySet[ApiKey]:
    """The keys of the actor's own seat, also those that have ended."""
    return ApiKey.objects.filter(seat_id=actor.seat_id)


def locked_seat(actor: Actor) -> Seat:
    """Lock the actor's own seat; raise NotFound when it has just been taken away."""
    seat = Seat.objects.select_for_update(no_key=True).filter(pk=actor.seat_id).first()
    if seat is None:
        raise NotFound
    return seat


def locked_key(actor: Actor, pk: UUID) -> ApiKey:
    """Lock one key of the actor's seat; raise NotFound."""
    key = keys_visible_to(actor).select_for_update(no_key=True).filter(pk=pk).first()
    if key is None:
        raise NotFound
    return key


def cooperatives_open_to_application() -> QuerySet[Cooperative]:
    """Every active cooperative, for a firm that wants to join one."""
    return Cooperative.objects.filter(state="active")


def cooperatives_of(firm_id: UUID) -> QuerySet[Cooperative]:
    """The active cooperatives in which the firm is an active member."""
    return Cooperative.objects.filter(
        memberships__firm_id=firm_id, memberships__state="active", state="active"
    )


def cooperative_ids_of(actor: Actor) -> list[UUID]:
    """The cooperatives whose member or office the actor is: one query for a firm, none else."""
    if actor.cooperative_id:
        return [actor.cooperative_id]
    if actor.firm_id:
        return list(
            Membership.objects.filter(firm_id=actor.firm_id, state="active").values_list(
                "cooperative_id", flat=True
            )
        )
    return []


def suppliers_visible_to(actor: Actor) -> QuerySet[Firm]:
    """Firms that post offers, for an office that invites them."""
    return Firm.objects.filter(supplies=True) if actor.is_office else Firm.objects.none()


def firms_matching(rows: QuerySet[Firm], text: str) -> QuerySet[Firm]:
    """Firms whose name or business number contains `text`."""
    digits = text.replace("-", "")
    by_number = Q(business_number__startswith=digits) if digits.isdigit() else Q()
    return rows.filter(Q(name__holds=text) | by_number)
