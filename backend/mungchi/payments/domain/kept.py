"""What is kept of payments and refunds, in words."""

from typing import Final

from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.payments.domain.states import PAYMENT_LABELS

KEPT: Final[dict[str, Kept]] = {
    "payments.payment": Kept(
        Text(ko="입금", en="Payment"),
        "payments_payment",
        {
            "reference": said("입금자 표시", "Reference"),
            "state": said("상태", "State", "code", PAYMENT_LABELS),
            "amount": said("금액", "Amount", "money"),
            "due_at": said("입금 기한", "Due", "until"),
            "instructions": said("안내한 계좌", "Account told", "account"),
            "depositor": said("입금자", "Depositor"),
            "received_date": said("입금일", "Received on", "day"),
            "paid_at": said("확인한 때", "Confirmed at", "moment"),
        },
        {"order_id": "what it is for", "cooperative_id": "whose it is", "firm_id": "whose it is",
         "provider": "transfers only, so far", "currency": "the campaign's",
         "created_at": "the time of the row"},
    ),
}  # fmt: skip
