"""Reading shipments: which rows a seat sees, and which campaigns have everything delivered."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from mungchi.accounts.access import Actor
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.deliveries.models import Shipment
from mungchi.orders.models import Order, PurchaseOrder


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
    """How many units were sent so far for each of these orders; none is missing from it."""
    sums = Shipment.objects.filter(order__in=order_ids).values("order_id").annotate(
        sum=Sum("quantity")
    )  # fmt: skip
    sent = {row["order_id"]: int(row["sum"]) for row in sums}
    return {order_id: sent.get(order_id, 0) for order_id in order_ids}


def all_answered(order: Order) -> bool:
    """Whether all of an order was sent, and the firm has answered for every shipment."""
    rows = Shipment.objects.filter(order=order)
    sent = rows.aggregate(sum=Sum("quantity"))["sum"] or 0
    return sent == order.quantity and not rows.exclude(state="received").exists()


def campaigns_received() -> list[UUID]:
    """Campaigns being delivered none of whose orders is still to be received."""
    open_orders = Order.objects.filter(
        campaign_id=OuterRef("pk"), state__in=["awaiting_payment", "paid", "shipped"]
    )
    return list(
        Campaign.objects.filter(~Exists(open_orders), state="delivering").values_list(
            "pk", flat=True
        )
    )


def is_received(campaign_id: UUID) -> bool:
    """Whether every order of a campaign was received."""
    rows = Order.objects.filter(campaign_id=campaign_id)
    return rows.exists() and not rows.exclude(state="received").exists()
