"""Who sees which listings. One function says how far they reach."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Membership
from mungchi.accounts.queries import cooperative_ids_of, firms_matching
from mungchi.accounts.queries.partners import partner_ids_of
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.outreach.models import Listing

DRAFT_STANDS = ("draft", "sourcing", "open", "filling")


@dataclass(frozen=True, slots=True)
class InReach:
    """The cooperatives a seat belongs to, and by each of them its active partners."""

    own: Sequence[UUID]
    partners: Mapping[UUID, set[UUID]]

    @property
    def abroad(self) -> set[UUID]:
        """Partners to which the seat does not belong itself."""
        return set().union(*self.partners.values()) - set(self.own)


def cooperatives_in_reach(actor: Actor) -> InReach:
    """The cooperatives whose members' listings this seat sees: two queries.

    Of partners it sees what their members have opened to partners, and nothing of a cooperative
    that is a partner no more, is suspended or has left.
    """
    own = cooperative_ids_of(actor)
    return InReach(own, partner_ids_of(own, clock.now()) if own else {})


def listings_visible_to(actor: Actor) -> QuerySet[Listing]:
    """What active members of cooperatives in reach offer at present; a firm sees all its own."""
    rows = Listing.objects.select_related("firm", "category")
    reach = cooperatives_in_reach(actor)
    shown = Q(_of_members(reach.own), state="active")
    if reach.abroad:
        shown |= Q(_of_members(reach.abroad), state="active", for_partners=True)
    if actor.is_firm:
        return rows.filter(shown | Q(firm_id=actor.firm_id))
    return rows.filter(shown) if actor.is_office else rows.none()


def _of_members(cooperatives: Collection[UUID]) -> Exists:
    """Whether the firm of a listing is an active member of one of these."""
    return Exists(
        Membership.objects.filter(
            firm_id=OuterRef("firm_id"), cooperative_id__in=cooperatives, state="active"
        )
    )


def listings_of(actor: Actor, rows: QuerySet[Listing], where: str) -> QuerySet[Listing]:
    """Of these visible listings: "own" cooperatives' members', or "partners" alone."""
    own = _of_members(cooperatives_in_reach(actor).own)
    return rows.filter(own if where == "own" else ~own)


def listings_in(actor: Actor, rows: QuerySet[Listing], cooperative_id: UUID) -> QuerySet[Listing]:
    """Of these visible listings: those of one cooperative's members; none of one out of reach.

    That a member is also one of a partner's is seen by what it opened to partners, and not else.
    """
    reach = cooperatives_in_reach(actor)
    if cooperative_id in reach.own:
        return rows.filter(_of_members([cooperative_id]))
    if cooperative_id in reach.abroad:
        return rows.filter(_of_members([cooperative_id]), for_partners=True)
    return rows.none()


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


def carriers_of(actor: Actor, listing: Listing) -> list[Cooperative]:
    """The actor's cooperatives that may bring its firm together with the listing's, by name.

    Those that both are in; where there is none, those with a partner that the other firm is in, if
    it has opened the listing to partners.
    """
    reach = cooperatives_in_reach(actor)
    theirs = Membership.objects.filter(firm_id=listing.firm_id, state="active")
    homes = set(
        theirs.filter(cooperative__in={*reach.own, *reach.abroad}).values_list(
            "cooperative_id", flat=True
        )
    )
    carrying = carried_by(reach, homes, for_partners=listing.for_partners)
    return list(Cooperative.objects.filter(pk__in=carrying).order_by("name", "id"))


def carried_by(reach: InReach, homes: set[UUID], *, for_partners: bool) -> set[UUID]:
    """The same, from the cooperatives that the other firm is in."""
    shared = homes & set(reach.own)
    if shared or not for_partners:
        return shared
    return {own for own in reach.own if reach.partners[own] & homes}
