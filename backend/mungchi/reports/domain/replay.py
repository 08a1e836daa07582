"""What a purchase history says about buying together: who could have pooled what, and the sums.

Pure. Amounts are integers in the minor unit of one currency.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from mungchi.common.money import supply_value

Month = tuple[int, int]
FEWEST_FIRMS = 2


@dataclass(frozen=True, slots=True)
class Bought:
    """One past purchase of an item: a line of the history."""

    firm: UUID
    quantity: int
    unit_price: Decimal
    day: date


@dataclass(slots=True)
class FirmsMonth:
    """What one firm bought of one item in one month."""

    quantity: int = 0
    highest_price: Decimal = Decimal(0)
    paid_minor: int = 0

    def add(self, line: Bought, currency: str) -> None:
        """Count one more line."""
        self.quantity += line.quantity
        self.highest_price = max(self.highest_price, line.unit_price)
        self.paid_minor += supply_value(line.quantity, line.unit_price, currency)


def by_month(lines: Iterable[Bought], currency: str) -> dict[Month, dict[UUID, FirmsMonth]]:
    """Group one item's lines by calendar month and firm, months in order, firms as they came."""
    months: dict[Month, dict[UUID, FirmsMonth]] = defaultdict(lambda: defaultdict(FirmsMonth))
    for line in lines:
        months[line.day.year, line.day.month][line.firm].add(line, currency)
    return {month: dict(months[month]) for month in sorted(months)}


def tiers_that_matter(
    tiers: Sequence[tuple[int, Decimal]], firms: Iterable[FirmsMonth]
) -> list[tuple[int, Decimal]]:
    """Leave out tiers that cannot decide a campaign of these firms (pack 1, no capacity).

    A tier carries when the firms whose limit accepts its price want its quantity; of tiers that
    the same firms accept only the deepest that carries can be the outcome. What is left has at most
    as many tiers as there are different limits, and at least one.
    """
    wanted = [(firm.highest_price, firm.quantity) for firm in firms]
    deepest: dict[int, tuple[int, Decimal]] = {}
    for least, price in tiers:
        demand = sum(quantity for limit, quantity in wanted if limit >= price)
        if demand >= least:
            deepest[demand] = (least, price)
    return list(deepest.values()) or [tiers[0]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One campaign of the replay after its clearing.

    firms: of each awarded firm (quantity, what it paid really, what it would have paid).
    tiers: how many the ladder has; reached: which one carried, from 1; 0 when it failed.
    """

    item: UUID
    month: Month
    tiers: int
    reached: int
    unit_price: Decimal | None
    firms: Mapping[UUID, tuple[int, int, int]]

    @property
    def succeeded(self) -> bool:
        """Whether it came to a purchase."""
        return self.reached > 0


@dataclass(slots=True)
class Sum:
    """Totals of some part of the replay."""

    campaigns: int = 0
    awards: int = 0
    quantity: int = 0
    paid_minor: int = 0
    pooled_minor: int = 0

    @property
    def saved_minor(self) -> int:
        """Paid less pooled."""
        return self.paid_minor - self.pooled_minor

    @property
    def saved_percent(self) -> Decimal:
        """(paid - pooled) / paid to two places, half up; 0 when nothing was paid."""
        if not self.paid_minor:
            return Decimal("0.00")
        share = Decimal(100 * self.saved_minor) / Decimal(self.paid_minor)
        return share.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)

    def add(self, quantity: int, paid: int, pooled: int) -> None:
        """Count one awarded firm."""
        self.awards += 1
        self.quantity += quantity
        self.paid_minor += paid
        self.pooled_minor += pooled


@dataclass(slots=True)
class Replay:
    """The whole replay: what was read, and what came of each campaign."""

    currency: str
    lines: int
    rejected: Mapping[str, int]
    groups: int = 0
    outcomes: list[Outcome] = field(default_factory=list)

    def total(self) -> Sum:
        """Totals of all campaigns that succeeded."""
        return _sum(self.outcomes)

    def months(self) -> dict[Month, Sum]:
        """Totals by month, in order."""
        parts: dict[Month, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            parts[outcome.month].append(outcome)
        return {month: _sum(parts[month]) for month in sorted(parts)}

    def items(self) -> dict[UUID, Sum]:
        """Totals by item, most saved first."""
        parts: dict[UUID, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            parts[outcome.item].append(outcome)
        return _most_saved_first({item: _sum(rows) for item, rows in parts.items()})

    def firms(self) -> dict[UUID, Sum]:
        """Totals by firm, most saved first; `campaigns` counts those it got something in."""
        sums: dict[UUID, Sum] = defaultdict(Sum)
        for outcome in self.outcomes:
            for firm, figures in outcome.firms.items():
                sums[firm].add(*figures)
                sums[firm].campaigns += 1
        return _most_saved_first(sums)

    def depths(self) -> dict[tuple[int, int], int]:
        """Number of campaigns by (tiers of the ladder, tier that carried; 0 for failed)."""
        counts: dict[tuple[int, int], int] = defaultdict(int)
        for outcome in self.outcomes:
            counts[outcome.tiers, outcome.reached] += 1
        return dict(sorted(counts.items()))

    def as_json(self) -> dict[str, Any]:
        """The figures in the agreed order."""
        total = self.total()
        return {
            "lines": self.lines,
            "rejected": dict(self.rejected),
            "groups": self.groups,
            "campaigns": len(self.outcomes),
            "succeeded": sum(outcome.succeeded for outcome in self.outcomes),
            "awarded_firms": total.awards,
            "awarded_quantity": total.quantity,
            "paid_minor": total.paid_minor,
            "pooled_minor": total.pooled_minor,
            "saved_percent": float(total.saved_percent),
        }


def _sum(outcomes: Sequence[Outcome]) -> Sum:
    total = Sum(campaigns=len(outcomes))
    for outcome in outcomes:
        for figures in outcome.firms.values():
            total.add(*figures)
    return total


def _most_saved_first(sums: Mapping[UUID, Sum]) -> dict[UUID, Sum]:
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1].saved_minor, str(pair[0]))))
