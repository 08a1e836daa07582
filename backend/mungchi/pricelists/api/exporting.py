"""The price list as a spreadsheet, in the form in which it can be brought in again."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mungchi.catalog.models import Item
from mungchi.common.listing import Column
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.pricelists.domain.columns import ABREAST, FIELDS, STEPS
from mungchi.pricelists.domain.terms import PERIODS
from mungchi.pricelists.models import StandingOffer, StandingTier

INCLUDED = Text(ko="포함", en="included")
EXCLUDED = Text(ko="별도", en="excluded")
WIDTHS = {"item_name": 32, "cooperatives": 32, "note": 32, "code": 18}


@dataclass(frozen=True, slots=True)
class Line:
    """Eight tiers at most of one standing offer."""

    row: StandingOffer
    item: Item
    tiers: Sequence[StandingTier]


def rows_of(page: Iterable[StandingOffer]) -> list[Line]:
    """One line for every eight tiers of each."""
    found = []
    for row in page:
        tiers = list(row.tiers.all())
        found += [
            Line(row, row.item, tiers[start : start + ABREAST])
            for start in range(0, max(1, len(tiers)), ABREAST)
        ]
    return found


def _tier(step: int, name: str) -> Callable[[Line], Any]:
    def value(line: Line) -> Any:
        return getattr(line.tiers[step - 1], name) if step <= len(line.tiers) else None

    return value


VALUES: dict[str, Callable[[Line], Any]] = {
    "code": lambda line: line.row.code,
    "item_code": lambda line: line.item.code,
    "item_name": lambda line: line.item.name,
    **{f"quantity{step}": _tier(step, "min_quantity") for step in STEPS},
    **{f"price{step}": _tier(step, "unit_price") for step in STEPS},
    "pack_size": lambda line: line.row.pack_size,
    "minimum": lambda line: line.row.minimum,
    "capacity": lambda line: line.row.capacity,
    "capacity_per": lambda line: PERIODS[line.row.capacity_per],
    "lead_time_days": lambda line: line.row.lead_time_days,
    "delivery_cost": lambda line: from_minor(line.row.delivery_cost, line.row.currency),
    "currency": lambda line: line.row.currency,
    "vat_included": lambda line: INCLUDED if line.row.vat_included else EXCLUDED,
    "valid_from": lambda line: line.row.valid_from,
    "valid_until": lambda line: line.row.valid_until,
    "cooperatives": lambda line: ", ".join(
        sorted(one.cooperative.name for one in line.row.audience.all())
    ),
    "note": lambda line: line.row.note,
}
COLUMNS = [
    Column(Text(ko="공급사", en="Supplier"), lambda line: line.row.supplier.name, 24),
    *(Column(label, VALUES[name], WIDTHS.get(name, 13)) for name, label in FIELDS.items()),
]
# Without what says whose it is: a file is always the supplier's own.
TEMPLATE = COLUMNS[1:]
