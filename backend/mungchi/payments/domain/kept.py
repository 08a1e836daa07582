"""What is kept of payments and refunds, in words."""

from typing import Final

from mungchi.common.kept import Kept, said
from mungchi.common.text import Text
from mungchi.payments.domain.states import (
    BANK_LINE_LABELS,
    PAYMENT_LABELS,
    PAYOUT_LABELS,
    REFUND_LABELS,
)
from mungchi.payments.domain.terms import BASES

WAYS: Final = {"bank_transfer": Text(ko="계좌 이체", en="bank transfer")}

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
            "credited": said("청구에서 뺀 금액", "Taken off", "money"),
        },
        {"order_id": "what it is for", "cooperative_id": "whose it is", "firm_id": "whose it is",
         "provider": "told by the tries", "currency": "the campaign's",
         "mandate_id": "told by the tries", "charge_at": "follows from the tries",
         "reminded": "its reminders say it", "created_at": "the time of the row"},
    ),
    "payments.firmaccount": Kept(
        Text(ko="돈을 받을 계좌", en="Account for money"),
        "payments_firmaccount",
        {
            "bank_name": said("은행", "Bank"),
            "bank_account": said("계좌번호", "Account number"),
            "bank_holder": said("예금주", "Account holder"),
        },
        {"firm_id": "whose it is", "changed_by_id": "who did it", "changed_at": "the time of it"},
    ),
    "payments.refund": Kept(
        Text(ko="환불", en="Refund"),
        "payments_refund",
        {
            "number": said("순번", "Number", "number"),
            "state": said("상태", "State", "code", REFUND_LABELS),
            "amount": said("환불액", "Amount", "money"),
            "vat": said("부가세", "VAT", "money"),
            "host_fee": said("주최 조합 수수료", "Host's fee", "money"),
            "partner_fee": said("소속 조합 수수료", "Own cooperative's fee", "money"),
            "way": said("방법", "Way", "code", WAYS),
            "why": said("사유", "Reason"),
            "note": said("비고", "Note"),
            "sent_at": said("보낸 때", "Sent at", "moment"),
            "settled_at": said("끝난 때", "Settled at", "moment"),
        },
        {"payment_id": "what it is of", "cooperative_id": "whose it is", "firm_id": "whose it is",
         "cause": "told by its events", "currency": "the campaign's",
         "supply_value": "the rest of the amount", "delivery": "a part of the amount",
         "host_fee_vat": "a part of the amount", "partner_fee_vat": "a part of the amount",
         "external_id": "the provider's", "asked_at": "follows from the calls",
         "created_at": "the time of the row"},
    ),
    "payments.payout": Kept(
        Text(ko="공급사 지급", en="Payout"),
        "payments_payout",
        {
            "number": said("순번", "Number", "number"),
            "state": said("상태", "State", "code", PAYOUT_LABELS),
            "amount": said("지급액", "Amount", "money"),
            "deducted": said("환불 공제", "Refunds deducted", "money"),
            "earlier": said("먼저 지급한 금액", "Paid before", "money"),
            "bank_name": said("은행", "Bank"),
            "bank_account": said("계좌번호", "Account number"),
            "bank_holder": said("예금주", "Account holder"),
            "outstanding": said("준비할 때 남은 외상", "On account when prepared", "money"),
            "early": said("수령 전 지급 사유", "Why before receipt"),
            "note": said("비고", "Note"),
            "alone": said("혼자 승인", "Approved alone", "yes"),
            "sent_date": said("송금일", "Sent on", "day"),
        },
        {"campaign_id": "what it is about", "cooperative_id": "whose it is",
         "supplier_id": "whose it is", "way": "transfers only, so far",
         "currency": "the campaign's", "goods": "the purchase order's",
         "delivery": "the purchase order's", "vat": "the purchase order's",
         "fees": "the orders'", "requested_by_id": "who made the row",
         "requested_at": "the time of the row", "approved_by_id": "who moved it",
         "approved_at": "the time of the move", "sent_at": "the time of the move",
         "external_id": "the provider's"},
    ),
    "payments.terms": Kept(
        Text(ko="외상 조건", en="Terms"),
        "payments_terms",
        {
            "offered": said("외상 받음", "Offered", "yes"),
            "basis": said("기준", "Counted from", "code", BASES),
            "days": said("일수", "Days", "number"),
            "default_limit": said("기본 한도", "Usual limit", "money"),
            "currency": said("통화", "Currency"),
            "grace_days": said("연체 허용 일수", "Days of grace", "number"),
            "holds_payout": said("입금 뒤 공급사 지급", "Payouts wait for it", "yes"),
        },
        {"cooperative_id": "whose it is", "changed_by_id": "who did it",
         "changed_at": "the time of it"},
    ),
    "payments.creditline": Kept(
        Text(ko="외상 한도", en="Credit limit"),
        "payments_creditline",
        {
            "amount": said("한도", "Limit", "money"),
            "currency": said("통화", "Currency"),
            "why": said("사유", "Reason"),
        },
        {"cooperative_id": "whose it is", "firm_id": "whose it is",
         "changed_by_id": "who did it", "changed_at": "the time of it"},
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
