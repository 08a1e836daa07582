"""Who is to be told: seats, by the place they are in. Each function is one query."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mungchi.accounts.models import Cooperative, Firm, Membership, Seat
from mungchi.campaigns.models import Campaign, CampaignPart, Commitment, Guest, Invitation, Question
from mungchi.deliveries.queries import still_in
from mungchi.demand.models import Need

# Those who deal and those who run; viewers and auditors look when they want to.
DEALING: Final = ("owner", "buyer")
RUNNING: Final = ("coordinator",)

# (seat, person, firm or None)
Told = tuple[UUID, UUID, UUID | None]


def office(cooperative_id: UUID | None) -> list[Told]:
    """The coordinators of a cooperative."""
    return _told(Seat.objects.filter(cooperative_id=cooperative_id, role__in=RUNNING))


def firm(firm_id: UUID | None) -> list[Told]:
    """Those who deal for a firm."""
    return _told(Seat.objects.filter(firm_id=firm_id, role__in=DEALING))


def firms(ids: Iterable[Any]) -> list[Told]:
    """Those who deal for any of these firms; `ids` may be a query of firm ids."""
    return _told(Seat.objects.filter(firm__in=ids, role__in=DEALING))


def operators() -> list[Told]:
    """The operators of the platform."""
    return _told(Seat.objects.filter(role="operator"))


def anywhere(user_id: UUID | None) -> list[Told]:
    """A person's first seat, wherever it is."""
    return _told(Seat.objects.filter(user_id=user_id))[:1]


def person(user_id: UUID, cooperative_id: UUID) -> list[Told]:
    """One person's seat in a cooperative's office."""
    return _told(Seat.objects.filter(user_id=user_id, cooperative_id=cooperative_id))


def sitting(seats: QuerySet[Seat]) -> list[Told]:
    """Some particular seats, whatever their role."""
    return _told(seats)


def reached(campaign: Campaign) -> QuerySet[Cooperative]:
    """The cooperatives whose members may join a campaign."""
    if campaign.reach == "all":
        return Cooperative.objects.filter(Q(state="active") | Q(pk=campaign.host_id))
    chosen = Q(pk=campaign.host_id)
    if campaign.reach == "partners":
        chosen |= Q(pk__in=campaign.partners.values("pk"))
    return Cooperative.objects.filter(chosen)


def reached_members(campaign: Campaign) -> QuerySet[Membership]:
    """The active memberships through which a campaign may be joined."""
    rows = Membership.objects.filter(cooperative__in=reached(campaign).order_by(), state="active")
    if campaign.reach == "division":
        return rows.filter(division_id=campaign.division_id, division_id__isnull=False)
    return rows


def who_may_join(campaign: Campaign) -> list[Told]:
    """Those who deal for the members that a campaign reaches."""
    return firms(reached_members(campaign).values("firm_id"))


def needing(campaign: Campaign, price: Decimal | None) -> list[Told]:
    """Those who deal for members that it reaches who state a need for its item and are not in it.

    With a price: only where the need would pay as much.
    """
    inside = Commitment.objects.filter(campaign=campaign, state="active").values("firm_id")
    member = reached_members(campaign).filter(
        firm_id=OuterRef("firm_id"), cooperative_id=OuterRef("cooperative_id")
    )
    needs = Need.objects.filter(
        Exists(member), item_id=campaign.item_id, state__in=["open", "in_campaign"]
    ).exclude(firm_id__in=inside)
    if price is not None:
        needs = needs.filter(Q(price_limit__isnull=True) | Q(price_limit__gte=price))
    if campaign.awarded_offer is not None:
        needs = needs.exclude(firm_id=campaign.awarded_offer.supplier_id)
    return firms(needs.values("firm_id"))


def whose_needs_fit(campaign: Campaign) -> set[UUID | None]:
    """Firms with needs that a campaign was made for: of its pool, and of partners beside it."""
    found: set[UUID | None] = set()
    if campaign.pool_id is not None:
        pooled = Need.objects.filter(pool_id=campaign.pool_id, state="in_campaign")
        found |= set(pooled.values_list("firm_id", flat=True))
    fits = CampaignPart.objects.filter(
        campaign=campaign, cooperative_id=OuterRef("cooperative_id"), item_id=OuterRef("item_id"),
        first_day__lte=OuterRef("needed_by"), last_day__gte=OuterRef("needed_by"),
    )  # fmt: skip
    beside = Need.objects.filter(
        Exists(fits), state="open", cooperative__in=reached(campaign).order_by(),
        item__in=campaign.parts.values("item"),
    )  # fmt: skip
    return found | set(beside.values_list("firm_id", flat=True))


def guests(campaign: Campaign) -> list[Told]:
    """Those who deal for the firms admitted to a campaign."""
    return firms(Guest.objects.filter(campaign=campaign, removed_at=None).values("firm_id"))


def offices(cooperatives: QuerySet[Cooperative]) -> list[Told]:
    """The coordinators of any of these cooperatives."""
    return _told(Seat.objects.filter(cooperative__in=cooperatives.order_by(), role__in=RUNNING))


def committed(campaign: Campaign) -> list[Told]:
    """Those who deal for the firms in a campaign."""
    rows = Commitment.objects.filter(campaign=campaign, state="active")
    return firms(rows.values("firm_id"))


def counted(campaign: Campaign) -> list[Told]:
    """Of those, the ones who have no changed offer to answer: they hear of that by itself."""
    rows = Commitment.objects.filter(campaign=campaign, state="active", must_answer=False)
    return firms(rows.values("firm_id"))


def committed_through(campaign: Campaign, cooperative_id: UUID) -> list[Told]:
    """Those who deal for the firms that take part in a campaign through one cooperative; once there
    are orders, for those whose order stands."""
    rows = Commitment.objects.filter(campaign=campaign, cooperative_id=cooperative_id)
    return firms(still_in(rows).values("firm_id"))


def offering(campaign: Campaign) -> list[Told]:
    """Those who deal for the suppliers whose offers on a campaign stand."""
    rows = campaign.offers.filter(state__in=["submitted", "awarded"])
    return firms(rows.values("supplier_id"))


def awarded(campaign: Campaign) -> list[Told]:
    """Those who deal for the supplier whose offer was chosen."""
    return firms(campaign.offers.filter(state="awarded").values("supplier_id"))


def invited(campaign: Campaign) -> list[Told]:
    """Those who deal for the suppliers invited to a campaign."""
    return firms(Invitation.objects.filter(campaign=campaign).values("supplier_id"))


def concerned_suppliers(campaign: Campaign) -> list[Told]:
    """Those who deal for suppliers that were invited to a campaign, asked about it, or offer."""
    standing = campaign.offers.exclude(state="withdrawn").order_by().values("supplier_id")
    asked = Invitation.objects.filter(campaign=campaign).order_by().values("supplier_id")
    asking = Question.objects.filter(campaign=campaign).order_by().values("firm_id")
    return _told(
        Seat.objects.filter(
            Q(firm__in=standing) | Q(firm__in=asked) | Q(firm__in=asking), role__in=DEALING
        )
    )


def suppliers() -> list[Told]:
    """Those who deal for any firm that supplies."""
    return firms(Firm.objects.filter(supplies=True).values("pk"))


def _told(rows: QuerySet[Seat]) -> list[Told]:
    active = rows.filter(user__is_active=True).order_by("id")
    return list(active.values_list("id", "user_id", "firm_id"))
