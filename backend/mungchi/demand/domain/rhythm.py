"""How often and how much a firm buys of an item, from its past purchases. Pure.

Robust throughout: medians, and what is far from them set apart, because one large order or one late
month is no other rhythm. What is no rhythm gives none: a proposal that is wrong costs trust.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Final

# Purchases less than this apart are one occasion: two invoices of one week.
ONE_OCCASION: Final = timedelta(days=4)
FEWEST_OCCASIONS: Final = 4
# Older ones tell of how it was.
OCCASIONS_SEEN: Final = 12
# A gap fits the rhythm when it is within this share of the usual one, or within these days.
FITS: Final = 0.35
FITS_DAYS: Final = 4
MOST_MUST_FIT: Final = 0.7
# So many times the usual quantity is a large order of its own.
BULK: Final = 4
# After so many usual gaps without a purchase the firm has stopped.
STOPPED_AFTER: Final = 2
YEAR: Final = 365
YEAR_FITS: Final = 35
# Between two seasons nothing is bought for so long.
BETWEEN_SEASONS: Final = timedelta(days=150)
# How far ahead it is worth speaking of.
AHEAD: Final = timedelta(days=60)
# What is due already is still wanted in a week.
SOONEST: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Bought:
    """A line of the history. A negative quantity is a return."""

    day: date
    quantity: int
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was bought at one time, and the last price of it; bulk: far more than usual."""

    day: date
    quantity: int
    unit_price: Decimal | None
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """kind: "regular" (every so many days) or "yearly" (a season).

    quantity: what is usual at one time, or in one season. expected: the day of the next purchase;
    it is today at the earliest. evidence: the occasions it is told from, in order.
    """

    kind: str
    every_days: int
    quantity: int
    expected: date
    evidence: tuple[Occasion, ...]

    @property
    def last_price(self) -> Decimal | None:
        """What was paid last."""
        prices = [each.unit_price for each in self.evidence if each.unit_price is not None]
        return prices[-1] if prices else None

    def due_by(self, today: date) -> date | None:
        """By when to propose it; None while that is too far ahead."""
        if self.expected > today + AHEAD:
            return None
        return max(self.expected, today + SOONEST)


def occasions(lines: Iterable[Bought]) -> list[Occasion]:
    """The times at which something was bought and kept, in order, large orders marked.

    A return takes from the latest purchases before it; what is taken back whole was none.
    """
    bought: list[Occasion] = []
    for line in sorted(lines, key=lambda each: (each.day, -each.quantity)):
        if line.quantity < 0:
            _take_back(bought, -line.quantity)
        elif bought and line.day - bought[-1].day < ONE_OCCASION:
            last = bought[-1]
            bought[-1] = Occasion(last.day, last.quantity + line.quantity, line.unit_price)
        elif line.quantity:
            bought.append(Occasion(line.day, line.quantity, line.unit_price))
    kept = bought[-OCCASIONS_SEEN:]
    return (
        [
            Occasion(each.day, each.quantity, each.unit_price, each.quantity > BULK * usual)
            for usual in [median(each.quantity for each in kept)]
            for each in kept
        ]
        if kept
        else []
    )


def _take_back(bought: list[Occasion], quantity: int) -> None:
    while bought and quantity:
        last = bought.pop()
        if last.quantity > quantity:
            bought.append(Occasion(last.day, last.quantity - quantity, last.unit_price))
            return
        quantity -= last.quantity


def usual_quantity(kept: Sequence[Occasion]) -> int:
    """The median of what is bought at one time, large orders left out."""
    return max(1, round(median([each.quantity for each in kept if not each.bulk] or [1])))


def rhythm(lines: Iterable[Bought], today: date) -> Rhythm | None:
    """The rhythm in which a firm buys an item; None when there is none, or it has stopped."""
    kept = occasions(line for line in lines if line.day <= today)
    return _regular(kept, today) or _yearly(kept, today)


def _regular(kept: Sequence[Occasion], today: date) -> Rhythm | None:
    if len(kept) < FEWEST_OCCASIONS:
        return None
    gaps = [(after.day - before.day).days for before, after in pairwise(kept)]
    usual = round(median(gaps))
    near = max(FITS_DAYS, FITS * usual)
    fitting = sum(abs(gap - usual) <= near for gap in gaps)
    last = kept[-1].day
    if fitting < MOST_MUST_FIT * len(gaps) or usual * 2 > YEAR:
        return None
    if (today - last).days > STOPPED_AFTER * usual:
        return None
    expected = max(today, last + timedelta(days=usual))
    return Rhythm("regular", usual, usual_quantity(kept), expected, tuple(kept))


def _yearly(kept: Sequence[Occasion], today: date) -> Rhythm | None:
    """At least two seasons that begin a year apart, long pauses between them."""
    seasons: list[list[Occasion]] = []
    for each in kept:
        if seasons and each.day - seasons[-1][-1].day < BETWEEN_SEASONS:
            seasons[-1].append(each)
        else:
            seasons.append([each])
    begins = [season[0].day for season in seasons]
    apart = [(after - before).days for before, after in pairwise(begins)]
    if not apart or any(abs(days - YEAR) > YEAR_FITS for days in apart):
        return None
    expected = begins[-1] + timedelta(days=YEAR)
    if expected < today - timedelta(days=YEAR_FITS):
        return None
    quantity = round(median(sum(each.quantity for each in season) for season in seasons))
    return Rhythm("yearly", YEAR, quantity, max(today, expected), tuple(kept))
