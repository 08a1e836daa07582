"""Reading shipments: which rows a seat sees, and which campaigns have everything delivered."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Campaign, Commitment
from mungchi.common.errors import NotFound
from mungchi.deliveries.domain.claims import HOLDING
from mungchi.deliveries.models import Claim, Collection, PickupPoint, Shipment
from mungchi.deliveries.queries.claims import (
    Claimable,
    Rules,
    arrived,
    claim_seen_by,
    claimable_of,
    claims_out_of_time,
    claims_to_remind,
    claims_to_settle,
    claims_visible_to,
    has_seat_beside,
    holding_claims_of,
    locked_claim,
    not_sent_any_more,
    photo_seen_by,
    replaced,
    rules_of,
    units_before,
    unsent_of,
    variants_left,
)
from mungchi.orders.models import Order, PurchaseOrder

__all__ = [
    "Claimable",
    "Rules",
    "all_answered",
    "arrived",
    "campaigns_received",
    "claim_seen_by",
    "claimable_of",
    "claims_out_of_time",
    "claims_to_remind",
    "claims_to_settle",
    "claims_visible_to",
    "collection_seen_by",
    "collections_visible_to",
    "has_seat_beside",
    "holding_claims_of",
    "is_received",
    "locked_claim",
    "locked_collection",
    "locked_point",
    "not_sent_any_more",
    "photo_seen_by",
    "points_visible_to",
    "purchase_order_for",
    "replaced",
    "rules_of",
    "sent_quantities",
    "sent_to",
    "still_in",
    "units_before",
    "unsent_of",
    "variants_left",
    "visible_to",
]


def visible_to(actor: Actor) -> QuerySet[Shipment]:
    """A firm sees what was sent to it or by it; an office what concerns its members or its
    campaigns."""
    rows = Shipment.objects.select_related("order__firm", "order__campaign", "receipt")
    if actor.is_firm:
        return rows.filter(Q(order__firm_id=actor.firm_id) | Q(supplier_id=actor.firm_id))
    if actor.is_office:
        return rows.filter(
            Q(order__cooperative_id=actor.cooperative_id) | Q(order__host_id=actor.cooperative_id)
        )
    return rows.none()


def sent_to(actor: Actor, pk: UUID) -> Shipment:
    """A shipment to the actor's own firm; raise NotFound."""
    row = Shipment.objects.filter(order__firm_id=actor.firm_id, pk=pk).first()
    if row is None or not actor.is_firm:
        raise NotFound
    return row


def purchase_order_for(actor: Actor, order_ids: Sequence[UUID]) -> PurchaseOrder:
    """The purchase order to the actor's firm behind the first of these orders; raise NotFound."""
    row = (
        PurchaseOrder.objects.select_related("cooperative")
        .filter(campaign__orders__in=order_ids[:1], supplier_id=actor.firm_id)
        .first()
    )
    if row is None or not actor.is_firm:
        raise NotFound
    return row


def sent_quantities(order_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many units were sent so far for each of these orders, replacements apart; none is missing
    from it."""
    rows = Shipment.objects.filter(order__in=order_ids, claim__isnull=True)
    sums = rows.values("order_id").annotate(sum=Sum("quantity"))
    sent = {row["order_id"]: int(row["sum"]) for row in sums}
    return {order_id: sent.get(order_id, 0) for order_id in order_ids}


def all_answered(order: Order) -> bool:
    """Whether all of an order was sent that is still waited for, and the firm has answered for
    every shipment; replacements are their claims'."""
    rows = Shipment.objects.filter(order=order, claim__isnull=True)
    return unsent_of(order) == 0 and not rows.exclude(state="received").exists()


def campaigns_received() -> list[UUID]:
    """Campaigns being delivered none of whose orders is still to be received, nor a claim to be put
    right."""
    open_orders = Order.objects.filter(
        campaign_id=OuterRef("pk"), state__in=["awaiting_payment", "paid", "shipped"]
    )
    claims = Claim.objects.filter(order__campaign_id=OuterRef("pk"), state__in=HOLDING)
    return list(
        Campaign.objects.filter(
            ~Exists(open_orders), ~Exists(claims), state="delivering"
        ).values_list("pk", flat=True)
    )  # fmt: skip


def is_received(campaign_id: UUID) -> bool:
    """Whether every order of a campaign was received that stands: not those that were not paid in
    time, nor those of which nothing was left when the supplier confirmed less."""
    rows = Order.objects.filter(campaign_id=campaign_id).exclude(state="cancelled")
    return rows.exists() and not rows.exclude(state="received").exists()


def points_visible_to(actor: Actor) -> QuerySet[PickupPoint]:
    """The office's own pick-up points."""
    if not actor.is_office:
        return PickupPoint.objects.none()
    return PickupPoint.objects.filter(cooperative_id=actor.cooperative_id)


def locked_point(actor: Actor, pk: UUID) -> PickupPoint:
    """Lock one of the office's own points; raise NotFound."""
    row = points_visible_to(actor).select_for_update(no_key=True).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def collections_visible_to(actor: Actor) -> QuerySet[Collection]:
    """Where and when goods are collected, as far as it concerns this seat.

    An office: its own, and all of the campaigns that it hosts. A firm: those of the cooperative
    through which it takes part; the supplier all of the campaigns that it was ordered from.
    """
    rows = Collection.objects.select_related("point", "cooperative", "campaign")
    if actor.is_office:
        return rows.filter(
            Q(cooperative_id=actor.cooperative_id) | Q(campaign__host_id=actor.cooperative_id)
        )
    if not actor.is_firm:
        return rows.none()
    through = still_in(Commitment.objects.filter(
        campaign_id=OuterRef("campaign_id"), cooperative_id=OuterRef("cooperative_id"),
        firm_id=actor.firm_id,
    ))  # fmt: skip
    ordered = PurchaseOrder.objects.filter(
        campaign_id=OuterRef("campaign_id"), supplier_id=actor.firm_id
    )
    return rows.filter(Q(Exists(through)) | Q(Exists(ordered)))


def still_in(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Those of these commitments for which goods may come: whose orders stand, where orders were
    made."""
    made = Order.objects.filter(campaign_id=OuterRef("campaign_id"))
    stands = made.filter(firm_id=OuterRef("firm_id")).exclude(state="cancelled")
    return commitments.filter(~Exists(made) | Exists(stands), state="active")


def collection_seen_by(actor: Actor, pk: UUID) -> Collection:
    """One of them; raise NotFound."""
    row = collections_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_collection(actor: Actor, pk: UUID) -> Collection:
    """Lock one that the office set itself; raise NotFound."""
    row = (
        collections_visible_to(actor)
        .select_for_update(no_key=True, of=("self",))
        .filter(pk=pk, cooperative_id=actor.cooperative_id)
        .first()
    )
    if row is None or not actor.is_office:
        raise NotFound
    return row
