"""How good foretelling is, told month by month, beside "same as last month". Pure."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from mungchi.demand.domain.foretelling import (
    FEWEST_FIRMS,
    Foretold,
    Line,
    Month,
    by_item,
    foretell,
    month_after,
    month_of,
    months_between,
)

# Foretelling is measured from the fifth month on: before it, too little is known.
MONTHS_TO_LEARN: Final = 4

Amounts = Mapping[Hashable, int]
Foretell = Callable[[Sequence[Line[Any]], Month], Mapping[Any, Foretold]]


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts pooled over the months; wape: the sum of absolute errors over what was wanted."""

    months: int
    precision: float
    recall: float
    f1: float
    wape: float

    def as_json(self) -> dict[str, Any]:
        """The figures in the agreed order."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Walked:
    """One month: item -> quantity that was foretold, that the month before had, that came."""

    month: Month
    foretold: Amounts
    as_before: Amounts
    bought: Amounts


def wanted(lines: Iterable[Line[Any]]) -> dict[Month, dict[Hashable, int]]:
    """Of each month, the items that at least FEWEST_FIRMS firms bought, and how much in all."""
    found: dict[Month, dict[Hashable, int]] = {}
    for item, months in by_item(lines).items():
        for month, sizes in months.items():
            if len(sizes) >= FEWEST_FIRMS:
                found.setdefault(month, {})[item] = sum(sizes)
    return found


def walk(lines: Sequence[Line[Any]], telling: Foretell = foretell) -> Iterator[Walked]:
    """Each month from the fifth on, told from the months before it."""
    if not lines:
        return
    days = [line.day for line in lines]
    bought = wanted(lines)
    span = months_between(month_of(min(days)), month_after(month_of(max(days))))
    for before, month in zip(span[MONTHS_TO_LEARN - 1 :], span[MONTHS_TO_LEARN:], strict=False):
        told = telling(lines, month)
        yield Walked(
            month,
            {item: each.quantity for item, each in told.items()},
            bought.get(before, {}),
            bought.get(month, {}),
        )


def measure(months: Iterable[tuple[Amounts, Amounts]]) -> Measures:
    """The measures of (foretold, bought), one pair a month; what is neither is not counted."""
    count = right = told = came = error = quantity = 0
    for foretold, bought in months:
        count += 1
        right += len(foretold.keys() & bought.keys())
        told += len(foretold)
        came += len(bought)
        quantity += sum(bought.values())
        error += sum(
            abs(foretold.get(item, 0) - bought.get(item, 0))
            for item in foretold.keys() | bought.keys()
        )
    return Measures(
        months=count,
        precision=_share(right, told),
        recall=_share(right, came),
        f1=_share(2 * right, told + came),
        wape=_share(error, quantity),
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
