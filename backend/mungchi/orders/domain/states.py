"""States of a firm's order and of the cooperative's purchase order to the supplier."""

from typing import Final

from mungchi.common.states import Machine
from mungchi.common.text import Text

ORDER_LABELS: Final[dict[str, Text]] = {
    "awaiting_payment": Text(ko="결제 대기", en="awaiting payment"),
    "paid": Text(ko="결제 완료", en="paid"),
    "shipped": Text(ko="배송 중", en="shipped"),
    "received": Text(ko="수령 완료", en="received"),
    "cancelled": Text(ko="취소", en="cancelled"),
}

PURCHASE_ORDER_LABELS: Final[dict[str, Text]] = {
    "issued": Text(ko="발주", en="issued"),
    "confirmed": Text(ko="수주 확인", en="confirmed"),
    "refused": Text(ko="거절", en="refused"),
    "cancelled": Text(ko="취소", en="cancelled"),
    "fulfilled": Text(ko="이행 완료", en="fulfilled"),
}

LESS_LABELS: Final[dict[str, Text]] = {
    "asked": Text(ko="조합 확인 대기", en="waits for the cooperative"),
    "accepted": Text(ko="조합이 받아들임", en="accepted by the cooperative"),
    "done": Text(ko="적용됨", en="in force"),
    "ended": Text(ko="공동구매를 끝냄", en="the campaign was ended"),
    "withdrawn": Text(ko="거둠", en="taken back"),
}

ORDER = Machine(
    name="order",
    labels=ORDER_LABELS,
    start=("awaiting_payment",),
    moves={
        "awaiting_payment": ("paid", "cancelled"),
        # Back when a confirmation of money turns out to be a mistake.
        # Received with nothing sent: a claim ended the waiting for all of it.
        "paid": ("awaiting_payment", "shipped", "received", "cancelled"),
        "shipped": ("received",),
    },
)

PURCHASE_ORDER = Machine(
    name="purchase_order",
    labels=PURCHASE_ORDER_LABELS,
    start=("issued",),
    moves={
        # Cancelled when its campaign is called off before the supplier answered.
        "issued": ("confirmed", "refused", "cancelled"),
        "confirmed": ("fulfilled",),
    },
)

# The supplier confirms less than was ordered: the host accepts it, or ends the campaign; until then
# the supplier may answer otherwise. What was accepted ends with a campaign that fails first.
CONFIRMED_LESS = Machine(
    name="confirmed_less",
    labels=LESS_LABELS,
    start=("asked",),
    moves={"asked": ("accepted", "ended", "withdrawn"), "accepted": ("done", "ended")},
)
LESS_OPEN: Final = ("asked", "accepted")
