"""States of a payment: one obligation of one firm for one order."""

from mungchi.common.states import Machine

PAYMENT = Machine(
    name="payment",
    start=("awaiting_transfer",),
    moves={
        "awaiting_transfer": ("paid", "cancelled"),
        "paid": ("awaiting_transfer", "refund_due"),
        "refund_due": ("refunded",),
    },
)
