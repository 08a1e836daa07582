"""States of a firm's order and of the cooperative's purchase order to the supplier."""

from mungchi.common.states import Machine

ORDER = Machine(
    name="order",
    start=("awaiting_payment",),
    moves={
        "awaiting_payment": ("paid", "cancelled"),
        # Back when a confirmation of money turns out to be a mistake.
        "paid": ("awaiting_payment", "shipped", "cancelled"),
        "shipped": ("received",),
    },
)

PURCHASE_ORDER = Machine(
    name="purchase_order",
    start=("issued",),
    moves={"issued": ("confirmed", "refused"), "confirmed": ("fulfilled",)},
)
