"""When a saved method is charged again, and how long an answer is waited for. Pure.

The calendar is that of a decline which may pass (too little on the account, the bank did not
answer): days 1, 3 and 5 after the first try, four tries at most, none after the money is due.
"""

from datetime import datetime, timedelta
from typing import Final

from mungchi.common.kept import codes
from mungchi.common.text import Text

RETRY_DAYS: Final = (1, 3, 5)
MOST_TRIES: Final = 1 + len(RETRY_DAYS)
# A call that was not answered for so long was mostly made by a process that is no more. It may be
# answered yet: three tries of twenty seconds take longer.
ASK_AGAIN_AFTER: Final = timedelta(minutes=1)
# Providers forget keys after a day; what was first sent longer ago is looked up, never sent again.
RESEND_WITHIN: Final = timedelta(hours=20)
# What a provider failed at, and has in no list so long after it was sent, did not happen.
GIVE_UP_AFTER: Final = timedelta(minutes=10)
# Nothing may be in a state that passes by itself for longer than this.
PASSING: Final = timedelta(minutes=15)
# What the provider says it is still working on is asked about so often.
LOOK_AGAIN_AFTER: Final = timedelta(minutes=10)
# After a refusal that is the account's and not the firm's.
ACCOUNT_PAUSE: Final = timedelta(minutes=15)

# Refusals that say nothing about the firm: the cooperative's own account does not work.
OF_THE_ACCOUNT: Final = frozenset({"key_invalid", "permission_missing", "mode_mismatch"})

# Why a payment that was to be charged is not: the firm pays by transfer instead.
NOT_CHARGED: Final[dict[str, Text]] = codes(
    no_method=("등록된 결제 수단이 없음", "no saved method"),
    method_ended=("결제 수단이 해지됨", "the saved method was removed"),
    consent_ended=("결제 동의가 끝남", "the agreement to charge has ended"),
    above_consent=("동의한 금액을 넘음", "above the amount agreed to"),
    amount_not_carried=("이 수단으로 결제할 수 없는 금액", "an amount this method cannot carry"),
    charge_cancelled=("결제대행사에서 취소됨", "cancelled at the provider"),
    chosen=("계좌이체를 선택함", "the firm chose to transfer"),
    account_off=("조합이 카드 결제를 중단함", "the cooperative takes no cards any more"),
)


def next_try(first_at: datetime, tries: int, due_at: datetime) -> datetime | None:
    """When a soft decline is tried again after so many tries; None: not any more.

    `first_at` is when the first of them was made.
    """
    if not 1 <= tries < MOST_TRIES:
        return None
    at = first_at + timedelta(days=RETRY_DAYS[tries - 1])
    return at if at < due_at else None


# An event about something that we do not know yet is looked at again after each of these, then the
# office is asked.
PARKED_FOR: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
# The list of events is read so often, and from so long before what was read last: an event may be
# listed late.
POLL_EVERY: Final = timedelta(minutes=5)
POLL_OVERLAP: Final = timedelta(minutes=10)


def look_again(at: datetime, tries: int) -> datetime | None:
    """When an event that could not be applied is looked at again; None: not any more."""
    return at + PARKED_FOR[tries - 1] if 1 <= tries <= len(PARKED_FOR) else None
