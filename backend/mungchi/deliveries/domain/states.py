"""States of a shipment."""

from typing import Final

from mungchi.common.states import Machine
from mungchi.common.text import Text

SHIPMENT_LABELS: Final[dict[str, Text]] = {
    "shipped": Text(ko="배송 중", en="on its way"),
    "received": Text(ko="수령 완료", en="received"),
}

SHIPMENT = Machine(
    name="shipment",
    labels=SHIPMENT_LABELS,
    start=("shipped",),
    moves={"shipped": ("received",)},
)
