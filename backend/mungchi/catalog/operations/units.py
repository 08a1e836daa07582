"""What other units are of an item: written down by whoever looks after the item."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.domain.converting import MOST, Ratio, kind_of, ratio
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Item, ItemConversion
from mungchi.catalog.operations.items import UnitUnknown
from mungchi.common import clock
from mungchi.common.errors import Invalid
from mungchi.common.history import record
from mungchi.common.text import Text


class UnitConvertsItself(Invalid):
    """It is the item's own unit, or a measure that follows from one that is known already."""

    code = "unit_converts_itself"
    field = "units"
    message = Text(
        ko="{unit} 단위는 적지 않아도 환산됩니다. 그 줄을 지워 주십시오.",
        en="{unit} converts by itself. Please remove that line.",
    )


class ConversionWrong(Invalid):
    """Both sides are whole numbers within reason."""

    code = "conversion_wrong"
    field = "units"
    message = Text(
        ko="환산 수량은 양쪽 모두 1 이상 100만 이하의 정수여야 합니다.",
        en="Both sides of a conversion must be whole numbers from 1 to 1,000,000.",
    )


def set_units(*, actor: Actor, item_id: UUID, units: Mapping[str, tuple[int, int]]) -> Item:
    """An office says what other units are of an item of its own, an operator of everybody's.

    units: unit -> (so many of it, are so many of the item's unit); what is not named is not known
    any more. Needs that were stated stay as they were said and counted. The same again changes
    nothing. Raises NotFound, UnitUnknown, UnitConvertsItself, ConversionWrong.
    """
    with transaction.atomic():
        item = queries.locked_item_looked_after(actor, item_id)
        wanted = _checked(item.unit, units)
        there = {row.unit: row for row in item.conversions.all()}
        before = {unit: Ratio(row.said, row.base) for unit, row in there.items()}
        if before == wanted:
            return item
        for unit, row in there.items():
            if unit not in wanted:
                row.delete()
        for unit, one in wanted.items():
            if before.get(unit) != one:
                ItemConversion.objects.update_or_create(
                    item=item, unit=unit, defaults={"said": one.said, "base": one.base}
                )
        record(item, kind="item_units_set", actor=actor, at=clock.now(),
               cooperative_id=item.cooperative_id,
               data={"item": item.name, "units": _written(before, item.unit),
                     "new_units": _written(wanted, item.unit)})  # fmt: skip
    return item


def _checked(own: str, units: Mapping[str, tuple[int, int]]) -> dict[str, Ratio]:
    kinds = {kind_of(own)}
    wanted: dict[str, Ratio] = {}
    for unit, (said, base) in units.items():
        if unit not in UNITS:
            raise UnitUnknown
        if kind_of(unit) in kinds:
            raise UnitConvertsItself(unit=UNITS[unit])
        if not (1 <= said <= MOST and 1 <= base <= MOST):
            raise ConversionWrong
        kinds.add(kind_of(unit))
        wanted[unit] = ratio(said, base)
    return wanted


def _written(units: Mapping[str, Ratio], own: str) -> str:
    return ", ".join(f"{one.said} {unit} = {one.base} {own}" for unit, one in sorted(units.items()))
