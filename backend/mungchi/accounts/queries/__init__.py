"""Reading people, firms, memberships and cooperatives."""

from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Division, Firm, Membership
from mungchi.accounts.queries.cooperatives import (
    applications_of,
    cooperatives_for_the_platform,
    locked_account_change,
    locked_cooperative,
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
    partnership_seen_by,
    partnerships_over,
    partnerships_visible_to,
)
from mungchi.common.errors import NotFound

__all__ = [
    "active_partners_of",
    "applications_of",
    "cooperative_ids_of",
    "cooperatives_for_the_platform",
    "cooperatives_of",
    "cooperatives_open_to_application",
    "divisions_visible_to",
    "document_with_content",
    "documents_visible_to",
    "firms_matching",
    "firms_never_looked_up",
    "locked_account_change",
    "locked_cooperative",
    "locked_membership",
    "locked_partnership",
    "member_seen_by",
    "memberships_visible_to",
    "names_of",
    "office_of",
    "other_coordinators",
    "own_firm",
    "partnership_seen_by",
    "partnerships_over",
    "partnerships_visible_to",
    "paused_since",
    "seen_by_the_platform",
    "shared_active_cooperative",
    "suppliers_visible_to",
    "trail_of",
    "waiting_account_change",
]


def memberships_visible_to(actor: Actor) -> QuerySet[Membership]:
    """A cooperative's office sees its members; a firm its own memberships."""
    rows = Membership.objects.select_related("firm", "division", "cooperative")
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    if actor.is_firm:
        return rows.filter(firm_id=actor.firm_id)
    return rows.none()


def divisions_visible_to(actor: Actor) -> QuerySet[Division]:
    """The office's own divisions."""
    return Division.objects.filter(cooperative_id=actor.cooperative_id) if actor.is_office else (
        Division.objects.none()
    )  # fmt: skip


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
    return rows.filter(Q(name__icontains=text) | by_number)
