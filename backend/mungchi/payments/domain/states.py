"""States of a payment (one obligation of one firm for one order) and of what the bank says."""

from typing import Final

from mungchi.common.kept import codes
from mungchi.common.states import Machine
from mungchi.common.text import Text

PAYMENT_LABELS: Final[dict[str, Text]] = {
    "awaiting_transfer": Text(ko="입금 대기", en="awaiting transfer"),
    "paid": Text(ko="입금 확인", en="paid"),
    "lapsed": Text(ko="기한 지나 취소", en="lapsed"),
    "cancelled": Text(ko="취소", en="cancelled"),
    "refund_due": Text(ko="환불 예정", en="refund due"),
    "refunded": Text(ko="환불 완료", en="refunded"),
}

PAYMENT = Machine(
    name="payment",
    labels=PAYMENT_LABELS,
    start=("awaiting_transfer",),
    moves={
        "awaiting_transfer": ("paid", "lapsed", "cancelled"),
        "paid": ("awaiting_transfer", "refund_due"),
        "refund_due": ("refunded",),
    },
)

# As long as a payment is in one of these, its money may still come, and its order stands.
MAY_STILL_PAY: Final = ("awaiting_transfer",)
# Those of them that lapse by the clock: not what is on its way at a provider just then.
LAPSING: Final = ("awaiting_transfer",)

BANK_LINE_LABELS: Final[dict[str, Text]] = {
    "suspense": Text(ko="가수금", en="in suspense"),
    "matched": Text(ko="배정됨", en="matched"),
    "set_aside": Text(ko="공동구매 외", en="set aside"),
    "to_return": Text(ko="반환 예정", en="to return"),
    "returned": Text(ko="반환함", en="returned"),
}

BANK_STATEMENT = Machine(
    name="bank_statement",
    labels=codes(uploaded=("올림", "uploaded"), done=("가져옴", "taken in")),
    start=("uploaded",),
    moves={"uploaded": ("done",)},
)

# A line of the bank's statement: `suspense` and `to_return` as long as some of it is for nothing.
BANK_LINE = Machine(
    name="bank_line",
    labels=BANK_LINE_LABELS,
    start=("suspense",),
    moves={
        "suspense": ("matched", "set_aside", "to_return"),
        "to_return": ("suspense", "returned", "matched"),
        "matched": ("suspense",),
        "set_aside": ("suspense",),
        "returned": ("suspense",),
    },
)
OPEN_LINES: Final = ("suspense", "to_return")
