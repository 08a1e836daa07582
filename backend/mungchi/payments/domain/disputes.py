"""Disputes: what they are called, what of them is new, and when people are reminded. Pure."""

from datetime import datetime, timedelta
from typing import Final

from mungchi.common.kept import codes
from mungchi.common.text import Text

# Why a payer's bank takes a charge back, in its words; another: as the provider calls it.
REASONS: Final[dict[str, Text]] = codes(
    fraudulent=("본인이 결제하지 않았다고 함", "not authorised by the payer"),
    product_not_received=("물건을 받지 못했다고 함", "goods not received"),
    product_unacceptable=("물건에 문제가 있다고 함", "goods not as described"),
    duplicate=("두 번 결제되었다고 함", "charged twice"),
    credit_not_processed=("환불받지 못했다고 함", "refund not received"),
    subscription_canceled=("이미 해지했다고 함", "cancelled before"),
    unrecognized=("모르는 결제라고 함", "not recognised"),
    incorrect_account_details=("계좌 정보 오류", "wrong account details"),
    insufficient_funds=("잔액 부족", "not enough money"),
    bank_cannot_process=("은행이 처리하지 못함", "the bank could not process it"),
    debit_not_authorized=("출금에 동의하지 않았다고 함", "debit not authorised"),
    customer_initiated=("결제자가 제기", "begun by the payer"),
    general=("일반", "general"),
)
# So long before evidence is due people are reminded: first, then last.
REMINDED_BEFORE: Final = (timedelta(days=3), timedelta(days=1))
# How many files the office may keep with a dispute.
MOST_FILES: Final = 10
# So many days from today a firm may be given at most to pay again.
MOST_DAYS: Final = 90


def reason_of(code: str) -> Text:
    """Why, in words."""
    return REASONS.get(code) or Text(ko=f"기타({code})", en=f"other ({code})")


def is_old(told_at: datetime | None, asked_at: datetime) -> bool:
    """Whether a fact that was asked for then is older than what was applied last."""
    return told_at is not None and asked_at < told_at


def reminders_due(found_at: datetime, due_by: datetime, at: datetime) -> int:
    """How many reminders have come due at a moment, up to two; none after evidence was due.

    A reminder whose time was over when the dispute was found is not for it: it was told then.
    """
    if at >= due_by:
        return 0
    return max(
        (
            number
            for number, before in enumerate(REMINDED_BEFORE, 1)
            if found_at < due_by - before <= at
        ),
        default=0,
    )
