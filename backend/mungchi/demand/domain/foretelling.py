"""What firms will buy next month, item by item, told from what they bought before. Pure.

How many firms buy an item in a month is taken for a Poisson count whose mean drifts: what was seen
is remembered a little less with every month (a gamma-Poisson filter with a discount: Harvey and
Fernandes 1989, West and Harrison 1997). How much they buy in all is a sum of so many quantities of
the size the item is bought in; its distribution is exact (Panjer 1981). The three numbers of the
filter are those under which the past itself would have been foretold best, one month ahead; nothing
is set by hand, and nothing from the month that is foretold is looked at.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final, Generic, NamedTuple, TypeVar

from mungchi.demand.domain.totals import Count, Sizes, quantile

FEWEST_FIRMS: Final = 2
# From fewer months there is nothing to learn how fast demand changes.
FEWEST_MONTHS: Final = 3
# Nothing bought in the last days of a month says nothing about whether the file has them.
DAYS_THAT_MAY_LACK: Final = 7

Month = tuple[int, int]
Item = TypeVar("Item", bound=Hashable)
# Of one item: what each firm that bought it bought in a month.
Months = dict[Month, tuple[int, ...]]


class Line(NamedTuple, Generic[Item]):
    """A purchase, as far as foretelling looks at it."""

    item: Item
    firm: Hashable
    quantity: int
    day: date


@dataclass(frozen=True, slots=True)
class Filter:
    """How the number of firms is followed.

    keep: what is left of a month's weight a month later. firms and months: what is believed of an
    item of which nothing is known: as if so many firms had bought it in so many months.
    """

    keep: float
    firms: float
    months: float

    def count(self, counts: Sequence[int], unknown: int = 0) -> Count:
        """The number of firms next month, after these numbers month by month.

        unknown: so many months since are not known; they say nothing, and the others fade.
        """
        seen = weight = 0.0
        for count in counts:
            seen, weight = (seen + count) * self.keep, (weight + 1) * self.keep
        faded = self.keep**unknown
        return Count(self.firms + seen * faded, self.months + weight * faded)


@dataclass(frozen=True, slots=True)
class Foretold:
    """What is foretold of an item for one month.

    probability: that at least FEWEST_FIRMS firms buy it; firms: how many then, on average.
    quantity: how much in all, with the least expected absolute error, and never less than
    FEWEST_FIRMS of the smallest purchases there were. low, high: if they buy, half of the time it
    is between these.
    """

    probability: float
    firms: float
    quantity: int
    low: int
    high: int


KEEP: Final = (0.95, 0.85, 0.75, 0.65, 0.55, 0.45)
FIRMS: Final = (0.1, 0.2, 0.3, 0.5, 0.8, 1.2)
PER_MONTH: Final = (0.2, 0.4, 0.6, 0.8, 1.2, 2.0)


def month_of(day: date) -> Month:
    """The calendar month of a day."""
    return day.year, day.month


def month_after(month: Month) -> Month:
    """The next calendar month."""
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def months_between(first: Month, end: Month) -> list[Month]:
    """The calendar months from `first` to the one before `end`."""
    months = []
    while first < end:
        months.append(first)
        first = month_after(first)
    return months


def by_item(lines: Iterable[Line[Item]]) -> dict[Item, Months]:
    """What each firm bought of each item in each month in all, without saying which firm."""
    bought: dict[Item, dict[Month, Counter[Hashable]]] = defaultdict(lambda: defaultdict(Counter))
    for line in lines:
        bought[line.item][month_of(line.day)][line.firm] += line.quantity
    return {
        item: {month: tuple(firms.values()) for month, firms in months.items()}
        for item, months in bought.items()
    }


def foretell(
    lines: Iterable[Line[Item]], month: Month, *, known_until: Month | None = None
) -> dict[Item, Foretold]:
    """The items that at least FEWEST_FIRMS firms will buy in `month`, likeliest first.

    Lines of that month and later are not looked at; nor those from `known_until` on, the first
    month of which not everything is known yet, when that is earlier. Nothing is foretold from fewer
    than FEWEST_MONTHS months.
    """
    end = min(month, known_until or month)
    past = by_item(line for line in lines if month_of(line.day) < end)
    first = min((min(months) for months in past.values()), default=end)
    span = months_between(first, end)
    if len(span) < FEWEST_MONTHS:
        return {}
    counts = {item: [len(months.get(each, ())) for each in span] for item, months in past.items()}
    followed = best_filter(list(counts.values()))
    unknown = len(months_between(end, month))
    expected = {item: followed.count(series, unknown) for item, series in counts.items()}
    chances = {item: count.at_least_two() for item, count in expected.items()}
    return {
        item: _foretold(expected[item], chances[item], past[item]) for item in worth_naming(chances)
    }


def known_months(last: date, today: date) -> Month:
    """The first month not known whole, of a history that ends with `last`.

    A history that ends in the last days of a month has all of it; the running month never is.
    """
    whole = month_after(month_of(last))
    if (last + timedelta(days=DAYS_THAT_MAY_LACK)).month == last.month:
        whole = month_of(last)
    return min(whole, month_of(today))


def worth_naming(chances: Mapping[Item, float]) -> list[Item]:
    """Those items, likeliest first, that make the expected F1 of the whole list the largest.

    With so many named, the F1 to be expected is about twice their sum of chances over how many are
    named and how many are to be expected at all.
    """
    ranked = sorted(chances, key=lambda item: (-chances[item], str(item)))
    expected = sum(chances.values())
    best, named, so_far = 0.0, 0, 0.0
    for count, item in enumerate(ranked, 1):
        so_far += chances[item]
        if 2 * so_far / (count + expected) > best:
            best, named = 2 * so_far / (count + expected), count
    return ranked[:named]


def _foretold(count: Count, chance: float, months: Months) -> Foretold:
    sizes = Sizes.of(size for bought in months.values() for size in bought)
    # The median of what will be bought, nothing being bought when too few firms want it.
    counted_on = quantile(count, sizes, chance - 0.5) if chance > 0.5 else 0
    return Foretold(
        probability=chance,
        firms=count.mean_from_two(),
        quantity=max(counted_on, FEWEST_FIRMS * sizes.smallest),
        low=quantile(count, sizes, 0.25 * chance),
        high=quantile(count, sizes, 0.75 * chance),
    )


def best_filter(series: Sequence[Sequence[int]]) -> Filter:
    """The filter under which the past was likeliest, each month told from those before it.

    series: of each item, how many firms bought it in each month; all as long, two months at least.
    An item counts from the month after it was first bought.
    """
    alike = Counter(map(tuple, series))
    best, chosen = -math.inf, None
    for keep in KEEP:
        cells = _cells(alike, keep)
        for firms, per_month in product(FIRMS, PER_MONTH):
            likelihood = sum(
                times * Count(firms + seen, firms / per_month + weight).log_chance(count)
                for (seen, weight, count), times in cells.items()
            )
            if likelihood > best:
                best, chosen = likelihood, Filter(keep, firms, firms / per_month)
    if chosen is None:
        raise ValueError("no past to learn from")
    return chosen


def _cells(alike: Mapping[tuple[int, ...], int], keep: float) -> Counter[tuple[float, float, int]]:
    """(what was seen before, its weight, what came then) with how often it was so."""
    cells: Counter[tuple[float, float, int]] = Counter()
    for counts, times in alike.items():
        seen = weight = 0.0
        for count in counts:
            if seen:
                cells[seen, weight, count] += times
            seen, weight = (seen + count) * keep, (weight + 1) * keep
    return cells
