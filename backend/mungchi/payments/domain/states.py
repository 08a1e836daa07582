"""States of a payment: one obligation of one firm for one order."""

from typing import Final

from mungchi.common.states import Machine
from mungchi.common.text import Text

PAYMENT_LABELS: Final[dict[str, Text]] = {
    "awaiting_transfer": Text(ko="입금 대기", en="awaiting transfer"),
    "paid": Text(ko="입금 확인", en="paid"),
    "cancelled": Text(ko="취소", en="cancelled"),
    "refund_due": Text(ko="환불 예정", en="refund due"),
    "refunded": Text(ko="환불 완료", en="refunded"),
}

PAYMENT = Machine(
    name="payment",
    labels=PAYMENT_LABELS,
    start=("awaiting_transfer",),
    moves={
        "awaiting_transfer": ("paid", "cancelled"),
        "paid": ("awaiting_transfer", "refund_due"),
        "refund_due": ("refunded",),
    },
)
