"""What shipments and receipts mean for orders; called by deliveries."""

from collections.abc import Sequence
from datetime import datetime

from mungchi.accounts.access import Actor
from mungchi.common.history import event, record_all, set_state
from mungchi.orders.domain.states import ORDER
from mungchi.orders.models import Order


def mark_orders_shipped(*, actor: Actor, orders: Sequence[Order], at: datetime) -> None:
    """First goods of these (locked) orders are on their way; those already shipped stay so."""
    first = [order for order in orders if order.state == "paid"]
    Order.objects.filter(pk__in=[order.pk for order in first]).update(state="shipped")
    for order in first:
        order.state = "shipped"
    record_all([
        event(order, kind="order_shipped", actor=actor, at=at, moved=("paid", "shipped"),
              thread=order.campaign_id, cooperative_id=order.host_id, firm_id=order.firm_id)
        for order in first
    ])  # fmt: skip


def mark_order_received(*, actor: Actor, order: Order, at: datetime) -> None:
    """Everything that comes for a (locked) order has been sent and answered for by the firm."""
    set_state(
        order, "received", machine=ORDER, kind="order_received", actor=actor, at=at,
        thread=order.campaign_id, cooperative_id=order.host_id, firm_id=order.firm_id,
    )  # fmt: skip
