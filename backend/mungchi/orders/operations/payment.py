"""What the payments of a campaign mean for its orders; called by payments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common.history import event, record_all, set_state
from mungchi.orders import queries
from mungchi.orders.domain.states import ORDER
from mungchi.orders.models import Order


def mark_order_paid(*, actor: Actor, order_id: UUID, at: datetime) -> Order:
    """The money for an order is there. Called within the payment's transaction.

    Raises MoveNotDeclared when the order does not await it.
    """
    return _move(actor, order_id, "paid", kind="order_paid", at=at)


def mark_order_unpaid(*, actor: Actor, order_id: UUID, at: datetime, why: str) -> Order:
    """The money was not there after all. Called within the payment's transaction."""
    return _move(actor, order_id, "awaiting_payment", kind="order_unpaid", at=at, why=why)


def mark_orders_on_account(*, order_ids: Sequence[UUID], at: datetime) -> None:
    """Their firms pay on terms: nothing is waited for before the purchase order goes out. Called
    within the payments' transaction."""
    rows = queries.locked_orders(order_ids)
    Order.objects.filter(pk__in=order_ids).update(state="paid")
    record_all([
        event(row, kind="order_on_account", actor=SYSTEM, at=at, moved=(row.state, "paid"),
              thread=row.campaign_id, cooperative_id=row.host_id, firm_id=row.firm_id)
        for row in rows
    ])  # fmt: skip


def _move(
    actor: Actor, order_id: UUID, to: str, *, kind: str, at: datetime, why: str = ""
) -> Order:
    (order,) = queries.locked_orders([order_id])
    set_state(
        order, to, machine=ORDER, kind=kind, actor=actor, at=at, why=why,
        thread=order.campaign_id, cooperative_id=order.host_id, firm_id=order.firm_id,
    )  # fmt: skip
    return order


def lapse_orders(*, order_ids: Sequence[UUID], at: datetime) -> None:
    """Their payments lapsed: cancel orders. Called within the payments' transaction."""
    rows = queries.locked_orders(order_ids)
    Order.objects.filter(pk__in=order_ids).update(state="cancelled")
    record_all([
        event(row, kind="order_lapsed", actor=SYSTEM, at=at, moved=(row.state, "cancelled"),
              thread=row.campaign_id, cooperative_id=row.host_id, firm_id=row.firm_id)
        for row in rows
    ])  # fmt: skip


def mark_free_orders_paid(*, campaign_id: UUID, at: datetime) -> int:
    """Orders that come to nothing in money need no payment; return how many there were.

    A quantity of one at a price of a fraction of a won is an order over zero.
    """
    rows = list(
        Order.objects.select_for_update(no_key=True).filter(
            campaign_id=campaign_id, state="awaiting_payment", total=0
        )
    )
    if rows:
        Order.objects.filter(pk__in=[row.pk for row in rows]).update(state="paid")
        record_all([
            event(row, kind="order_paid", actor=SYSTEM, at=at, moved=("awaiting_payment", "paid"),
                  thread=row.campaign_id, cooperative_id=row.host_id, firm_id=row.firm_id)
            for row in rows
        ])  # fmt: skip
    return len(rows)
