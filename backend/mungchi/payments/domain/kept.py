"""What is kept of payments and refunds, in words."""

from typing import Final

from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.payments.domain.states import BANK_LINE_LABELS, PAYMENT_LABELS

KEPT: Final[dict[str, Kept]] = {
    "payments.payment": Kept(
        Text(ko="입금", en="Payment"),
        "payments_payment",
        {
            "reference": said("입금자 표시", "Reference"),
            "state": said("상태", "State", "code", PAYMENT_LABELS),
            "amount": said("금액", "Amount", "money"),
            "due_at": said("입금 기한", "Due", "until"),
            "lapses_at": said("유예 끝", "Lapses at", "until"),
            "instructions": said("안내한 계좌", "Account told", "account"),
            "depositor": said("입금자", "Depositor"),
            "received_date": said("입금일", "Received on", "day"),
            "paid_at": said("확인한 때", "Confirmed at", "moment"),
            "allotted": said("통장 내역에서 배정한 금액", "Allotted from statements", "money"),
        },
        {"order_id": "what it is for", "cooperative_id": "whose it is", "firm_id": "whose it is",
         "provider": "transfers only, so far", "currency": "the campaign's",
         "reminded": "its reminders say it", "created_at": "the time of the row"},
    ),
    "payments.bankline": Kept(
        Text(ko="통장 입금 내역", en="Bank line"),
        "payments_bankline",
        {
            "day": said("거래일", "Day", "day"),
            "time": said("거래 시각", "Time"),
            "amount": said("입금액", "Amount", "money"),
            "currency": said("통화", "Currency"),
            "depositor": said("보낸 분", "Depositor"),
            "text": said("적요", "Text"),
            "balance": said("거래 후 잔액", "Balance", "money"),
            "state": said("상태", "State", "code", BANK_LINE_LABELS),
            "open": said("가수금으로 남은 금액", "Left in suspense", "money"),
            "why": said("사유", "Reason"),
        },
        {"cooperative_id": "whose it is", "statement_id": "which file brought it in",
         "fingerprint": "a digest of the others", "old": "follows from the day",
         "created_at": "the time of the row"},
    ),
}  # fmt: skip
