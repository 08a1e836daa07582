"""The figures a cooperative reads out at its assembly, division by division. Pure.

Savings are against the first tier of the offer that was awarded: what the same quantities would
have cost at the price for the smallest purchase. They say nothing about other suppliers' prices.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from mungchi.reports.domain.savings import kept, value_at


@dataclass(frozen=True, slots=True)
class Bought:
    """One order: minor units, VAT and delivery excluded. `first_price` is the first tier's;
    `returned`: how much of the supply value went back, which counts as not bought."""

    firm_id: UUID
    campaign_id: UUID
    quantity: int
    supply_value: int
    first_price: Decimal
    currency: str
    # By variant, where there are any: (quantity, difference).
    parts: tuple[tuple[int, Decimal], ...] = ()
    returned: int = 0


@dataclass(slots=True)
class Figures:
    """The figures of one division, of members without one, or of all. Amounts in minor units."""

    members: int = 0
    joined: int = 0
    taking_part: int = 0
    campaigns: int = 0
    supply_value: int = 0
    savings: int = 0
    left_out: int = 0
    contacted: int = 0
    returned: int = 0
    introduced: int = 0
    worked_out: int = 0
    introduction_value: int = 0


@dataclass(frozen=True, slots=True)
class Introduced:
    """An introduction that was made: counted where the firm that sought something belongs."""

    firm_id: UUID
    worked_out: bool
    value: int


@dataclass(frozen=True, slots=True)
class Events:
    """What happened in the period. returned: (firm, when)."""

    bought: Sequence[Bought]
    joined: Sequence[UUID]
    contacted: Sequence[UUID]
    returned: Sequence[tuple[UUID, datetime]]
    introduced: Sequence[Introduced]


@dataclass(slots=True)
class Assembly:
    """Figures by division (None: without one), of all, and returns by month and division."""

    divisions: dict[UUID | None, Figures]
    total: Figures
    months: dict[str, dict[UUID | None, int]] = field(default_factory=dict)


def assemble(
    *,
    divisions: Iterable[UUID],
    division_of: Mapping[UUID, UUID | None],
    members: Iterable[UUID],
    left_out: Iterable[UUID],
    events: Events,
    months: Sequence[str],
    zone: str,
) -> Assembly:
    """Count everything by division and in all.

    division_of: of every firm that is or was a member; one that is missing counts without one.
    months: "2026-05" of the period, so that one without a return stands there as well.
    """
    rows: dict[UUID | None, Figures] = {one: Figures() for one in (*divisions, None)}
    total = Figures()

    def of(firm: UUID) -> Figures:
        return rows[division_of.get(firm)]

    def count(name: str, firms: Iterable[UUID]) -> None:
        for firm in set(firms):
            setattr(of(firm), name, getattr(of(firm), name) + 1)
            setattr(total, name, getattr(total, name) + 1)

    count("members", members)
    count("joined", events.joined)
    count("left_out", left_out)
    count("contacted", events.contacted)
    count("taking_part", (one.firm_id for one in events.bought))
    _count_money(events.bought, of, total, division_of, rows)
    _count_introductions(events.introduced, of, total)
    by_month = {month: dict.fromkeys(rows, 0) for month in months}
    for firm, at in events.returned:
        division = division_of.get(firm)
        by_month[f"{at.astimezone(ZoneInfo(zone)):%Y-%m}"][division] += 1
        rows[division].returned += 1
        total.returned += 1
    return Assembly(divisions=rows, total=total, months=by_month)


def _count_money(
    bought: Iterable[Bought],
    of: Callable[[UUID], Figures],
    total: Figures,
    division_of: Mapping[UUID, UUID | None],
    rows: Mapping[UUID | None, Figures],
) -> None:
    campaigns: dict[UUID | None, set[UUID]] = defaultdict(set)
    everywhere: set[UUID] = set()
    for one in bought:
        left = one.supply_value - one.returned
        first = value_at(one.first_price, one.quantity, one.currency, one.parts)
        first = kept(first, one.supply_value, left)
        for row in (of(one.firm_id), total):
            row.supply_value += left
            row.savings += first - left
        campaigns[division_of.get(one.firm_id)].add(one.campaign_id)
        everywhere.add(one.campaign_id)
    for division, row in rows.items():
        row.campaigns = len(campaigns[division])
    total.campaigns = len(everywhere)


def _count_introductions(
    introduced: Iterable[Introduced], of: Callable[[UUID], Figures], total: Figures
) -> None:
    for one in introduced:
        for row in (of(one.firm_id), total):
            row.introduced += 1
            row.worked_out += one.worked_out
            row.introduction_value += one.value


def months_between(first: date, last: date) -> list[str]:
    """Every month that days from `first` to `last` touch: "2026-05"."""
    months = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        months.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months
