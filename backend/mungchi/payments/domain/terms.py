"""Buying on terms: when it is due, whether one more order may be, and how old a debt is. Pure.

Amounts in minor units. A day is the cooperative's; what is due "by a day" ends at the midnight
after it.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, Literal
from uuid import UUID

from mungchi.common.kept import codes
from mungchi.common.text import Text

Basis = Literal["closing", "month_end"]
# From which day the days of the terms are counted. Both are known before a firm commits.
BASES: Final[dict[str, Text]] = codes(
    closing=("마감일부터", "days from the closing"),
    month_end=("마감한 달의 말일부터", "days from the end of the month of the closing"),
)
MOST_DAYS: Final = 120

# Why an order that its firm wanted to pay on terms is paid by transfer.
NOT_GIVEN: Final[dict[str, Text]] = codes(
    not_offered=("조합이 외상을 받지 않음", "the cooperative gives no terms any more"),
    no_limit=("외상 한도가 없음", "the firm has no limit"),
    other_currency=("한도와 통화가 다름", "the limit is in another currency"),
    overdue=("기한이 지난 외상이 있음", "something on account is overdue"),
    above_limit=("남은 외상 한도를 넘음", "more than is left of the limit"),
)

# Of what is on account a firm is reminded so long before it is due, when it is, and so long after.
SOON: Final = timedelta(days=3)
STILL: Final = timedelta(days=7)
DUE_SOON, DUE, STILL_DUE = 1, 2, 3
REMINDERS: Final = {
    DUE_SOON: "account_due_soon",
    DUE: "account_overdue",
    STILL_DUE: "account_still_overdue",
}

# How old a debt is: days since the day after the last on which it could be paid in time.
AGES: Final[dict[str, Text]] = codes(
    not_due=("기한 전", "not due"),
    to_30=("1~30일 경과", "1 to 30 days"),
    to_60=("31~60일 경과", "31 to 60 days"),
    to_90=("61~90일 경과", "61 to 90 days"),
    over_90=("91일 이상 경과", "over 90 days"),
)
_UNTIL: Final = ((30, "to_30"), (60, "to_60"), (90, "to_90"))


def last_day(basis: str, days: int, closed_on: date) -> date:
    """The last day on which an order that was closed on a day can be paid in time."""
    if basis == "month_end":
        closed_on = month_end(closed_on)
    return closed_on + timedelta(days=days)


def due_at(basis: str, days: int, closed_at: datetime, zone: tzinfo) -> datetime:
    """00:00 of the day after the last one, in the cooperative's zone."""
    last = last_day(basis, days, closed_at.astimezone(zone).date())
    return datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def days_over(due: datetime, at: datetime, zone: tzinfo) -> int:
    """On which day after its last one a debt is; 0: it can still be paid in time."""
    if at < due:
        return 0
    return (at.astimezone(zone).date() - due.astimezone(zone).date()).days + 1


def age(days: int) -> str:
    """One of AGES, by days_over."""
    if days <= 0:
        return "not_due"
    return next((name for until, name in _UNTIL if days <= until), "over_90")


def blocked(oldest: datetime | None, grace_days: int, at: datetime, zone: tzinfo) -> bool:
    """Whether what was due first (None: nothing is open) is overdue for more than the grace."""
    return oldest is not None and days_over(oldest, at, zone) > grace_days


def reminder_of(asked_at: datetime, due: datetime, at: datetime) -> int:
    """The last reminder that has come due at a moment; 0: none. None before it is due where less
    than that was given to pay."""
    if at >= due + STILL:
        return STILL_DUE
    if at >= due:
        return DUE
    return DUE_SOON if asked_at < due - SOON <= at else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What a firm may still buy on terms. `why`: a code of NOT_GIVEN where it may not at all."""

    limit: int
    open: int
    why: str = ""

    @property
    def left(self) -> int:
        """What is left of the limit; a limit that was lowered may leave less than nothing: 0."""
        return 0 if self.why else max(self.limit - self.open, 0)

    def refuses(self, amount: int) -> str:
        """Why an order of this amount cannot be paid on terms; empty: it can."""
        return self.why or ("above_limit" if amount > self.left else "")


@dataclass(frozen=True, slots=True)
class Owing:
    """What is open of a payment, and when it is due."""

    payment: UUID
    due_at: datetime
    open: int


def spread(amount: int, owing: Iterable[Owing]) -> list[tuple[UUID, int]]:
    """What one transfer pays: the oldest debt first, each up to what is open of it.

    What is left over is in none of them; the shares sum to the amount or to all that is open.
    """
    shares = []
    for one in sorted(owing, key=lambda each: (each.due_at, each.payment)):
        share = min(amount, one.open)
        if share > 0:
            shares.append((one.payment, share))
            amount -= share
    return shares
