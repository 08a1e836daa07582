"""States of a shipment and of a claim."""

from typing import Final

from mungchi.common.kept import codes
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
CLAIM_LABELS: Final = codes(
    open=("공급사 답변 대기", "waits for the supplier"),
    offered=("기업 확인 대기", "waits for the firm"),
    deciding=("사무국 결정 대기", "waits for the office"),
    accepted=("처리 중", "being put right"),
    settled=("처리 완료", "put right"),
    refused=("거절", "refused"),
    withdrawn=("철회", "withdrawn"),
)

CLAIM = Machine(
    name="claim",
    labels=CLAIM_LABELS,
    start=("open",),
    moves={
        "open": ("offered", "deciding", "accepted", "withdrawn"),
        # The supplier proposed something else than the firm wanted.
        "offered": ("accepted", "refused", "deciding", "withdrawn"),
        # They do not agree, or somebody was silent past their time.
        "deciding": ("accepted", "refused", "withdrawn"),
        # The refund is made by the pipeline; a replacement is sent and received.
        "accepted": ("settled",),
    },
)
