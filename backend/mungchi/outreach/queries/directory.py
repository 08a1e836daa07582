"""Who sees which listings. One function says how far they reach."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Membership
from mungchi.accounts.queries import cooperative_ids_of, firms_matching
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.outreach.models import Listing

DRAFT_STANDS = ("draft", "sourcing", "open")


def cooperatives_in_reach(actor: Actor) -> list[UUID]:
    """The cooperatives whose members' listings this seat sees: those it belongs to, and no other.

    Partner cooperatives would be added here, and nowhere else.
    """
    return cooperative_ids_of(actor)


def listings_visible_to(actor: Actor) -> QuerySet[Listing]:
    """What active members of the seat's cooperatives offer at present; a firm sees all its own."""
    rows = Listing.objects.select_related("firm", "category")
    shown = Q(
        Exists(
            Membership.objects.filter(
                firm_id=OuterRef("firm_id"),
                cooperative_id__in=cooperatives_in_reach(actor),
                state="active",
            )
        ),
        state="active",
    )
    if actor.is_firm:
        return rows.filter(shown | Q(firm_id=actor.firm_id))
    return rows.filter(shown) if actor.is_office else rows.none()


def listing_seen_by(actor: Actor, pk: UUID) -> Listing:
    """One listing that the actor may see; raise NotFound."""
    row = listings_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def own_listings(actor: Actor) -> QuerySet[Listing]:
    """What the actor's firm offers or has offered."""
    rows = Listing.objects.select_related("firm", "category")
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def locked_own_listing(actor: Actor, pk: UUID) -> Listing:
    """Lock one listing of the actor's firm; raise NotFound for any other."""
    row = own_listings(actor).filter(pk=pk).select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise NotFound
    return row


def locked_listing(actor: Actor, pk: UUID) -> Listing:
    """Lock one listing that the actor may see; raise NotFound."""
    row = (
        listings_visible_to(actor)
        .filter(pk=pk)
        .select_for_update(no_key=True, of=("self",))
        .first()
    )
    if row is None:
        raise NotFound
    return row


def standing_campaign(listing: Listing, cooperative_id: UUID | None) -> Campaign | None:
    """The campaign that a cooperative has drafted from a listing and that has not closed yet."""
    return Campaign.objects.filter(
        listing_campaign__listing=listing, host_id=cooperative_id, state__in=DRAFT_STANDS
    ).first()


def listings_matching(rows: QuerySet[Listing], text: str) -> QuerySet[Listing]:
    """Listings whose title, description or firm contains `text`."""
    firms = firms_matching(Firm.objects.all(), text)
    return rows.filter(
        Q(title__icontains=text) | Q(description__icontains=text) | Q(firm__in=firms)
    )


def shared_cooperatives(actor: Actor, firm_id: UUID) -> list[Cooperative]:
    """The cooperatives of the actor in which another firm is an active member, by name."""
    return list(
        Cooperative.objects.filter(
            pk__in=cooperative_ids_of(actor),
            memberships__firm_id=firm_id,
            memberships__state="active",
        ).order_by("name", "id")
    )
