"""When a need comes back. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from mungchi.common.text import Text

WEEK, MONTH = "week", "month"
RHYTHMS: Final = (WEEK, MONTH)
MOST_EVERY: Final = 52
MOST_AHEAD: Final = 90

# Why a plan stops by itself.
ENDS: Final[dict[str, Text]] = {
    "not_a_member": Text(
        ko="이 협동조합의 조합원이 아니어서", en="your firm is not an active member there any more"
    ),
    "item_not_offered": Text(
        ko="이 협동조합에 그 품목이 없어서", en="the cooperative has no such item any more"
    ),
}


def date_number(first: date, every: int, rhythm: str, number: int) -> date:
    """The day of the occasion so many after the first, which is number 0.

    Months keep the day of the first date, or end where it would be past their end: from 31 January
    every month come 28 February and 31 March.
    """
    if rhythm == WEEK:
        return first + timedelta(weeks=every * number)
    months = first.year * 12 + first.month - 1 + every * number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def next_number(first: date, every: int, rhythm: str, number: int, today: date) -> int:
    """The first occasion from `number` on that is not over at `today`."""
    while date_number(first, every, rhythm, number) < today:
        number += 1
    return number
