"""Everything that can happen to an order or a purchase order, one function an event."""

from mungchi.orders.operations.leaving import (
    CannotLeaveYet,
    StillRunning,
    leave_cooperative,
    record_leaving,
)
from mungchi.orders.operations.less import (
    LessChanged,
    accept_by_two,
    carry_out_less,
    confirm_less,
    decide_less,
    remind_of_less,
)
from mungchi.orders.operations.payment import (
    lapse_orders,
    mark_free_orders_paid,
    mark_order_paid,
    mark_order_unpaid,
    mark_orders_on_account,
)
from mungchi.orders.operations.placing import cancel_orders, place_orders
from mungchi.orders.operations.purchasing import (
    confirm_purchase_order,
    fulfil_purchase_order,
    issue_purchase_order,
    refuse_purchase_order,
)
from mungchi.orders.operations.shipping import mark_order_received, mark_orders_shipped

__all__ = [
    "CannotLeaveYet",
    "LessChanged",
    "StillRunning",
    "accept_by_two",
    "cancel_orders",
    "carry_out_less",
    "confirm_less",
    "confirm_purchase_order",
    "decide_less",
    "fulfil_purchase_order",
    "issue_purchase_order",
    "lapse_orders",
    "leave_cooperative",
    "mark_free_orders_paid",
    "mark_order_paid",
    "mark_order_received",
    "mark_order_unpaid",
    "mark_orders_on_account",
    "mark_orders_shipped",
    "place_orders",
    "record_leaving",
    "refuse_purchase_order",
    "remind_of_less",
]
