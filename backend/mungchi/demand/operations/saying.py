"""What a firm says in another unit than the item's, counted in the item's: exactly, or refused."""

from dataclasses import dataclass
from decimal import Decimal

from mungchi.catalog.domain.converting import (
    Ratio,
    nearest,
    nearest_prices,
    price_to_base,
    to_base,
)
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Item
from mungchi.catalog.queries import units_of
from mungchi.common.errors import Invalid
from mungchi.common.text import Text


class UnitNotOfItem(Invalid):
    """Nobody has said what this unit is of the item."""

    code = "unit_not_of_item"
    field = "unit"
    message = Text(
        ko="이 품목은 {unit} 단위로 환산할 수 없습니다. {own} 단위로 적거나, 담당자에게 환산을 "
           "등록해 달라고 요청해 주십시오.",
        en="Nobody has said what one {unit} is of this item. Please say it in {own}, or ask the "
           "coordinator to add the unit.",
    )  # fmt: skip


class QuantityNotWhole(Invalid):
    """In the item's unit it would be a broken number."""

    code = "quantity_not_whole"
    field = "quantity"
    message = Text(
        ko="{own} 단위로 나누어떨어지지 않는 수량입니다. 가까운 수량: {nearest}",
        en="That does not come out whole in {own}. The nearest that does: {nearest}",
    )


class PriceNotExact(Invalid):
    """For one of the item's unit the price would have to be rounded, and a limit is not."""

    code = "price_not_exact"
    field = "price_limit"
    message = Text(
        ko="{own} 단위의 단가로 정확히 나누어지지 않습니다. 가까운 단가: {nearest}",
        en="For one {own} that price cannot be written exactly. The nearest that can: {nearest}",
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """What was said, in the item's unit; and as it was said, where that was another."""

    quantity: int | None
    price_limit: Decimal | None
    said_unit: str = ""
    said_quantity: int | None = None


def counted(
    item: Item,
    *,
    unit: str | None,
    quantity: int | None,
    price_limit: Decimal | None,
    held: tuple[str, Ratio] | None = None,
) -> Counted:
    """Count a quantity and a price limit in the item's unit; either may be absent.

    unit: what both are said in; None or "": the item's own. held: a unit with the ratio by which it
    was counted before, which a price alone keeps to. Raises UnitNotOfItem, QuantityNotWhole,
    PriceNotExact.
    """
    if not unit or unit == item.unit:
        return Counted(quantity, price_limit)
    if held is not None and quantity is None and held[0] == unit:
        one = held[1]
    else:
        known = units_of([item])[item.pk]
        if unit not in known:
            raise UnitNotOfItem(unit=_name(unit), own=UNITS[item.unit])
        one = known[unit]
    whole = None if quantity is None else to_base(quantity, one)
    if quantity is not None and whole is None:
        raise QuantityNotWhole(own=UNITS[item.unit], nearest=_either(quantity, one, unit))
    limit = None if price_limit is None else price_to_base(price_limit, one)
    if price_limit is not None and limit is None:
        prices = " / ".join(f"{Decimal(each):,}" for each in nearest_prices(price_limit, one))
        raise PriceNotExact(own=UNITS[item.unit], nearest=prices)
    return Counted(whole, limit, unit, quantity)


def _name(unit: str) -> Text:
    return UNITS.get(unit, Text(ko=unit, en=unit))


def _either(quantity: int, one: Ratio, unit: str) -> Text:
    """The quantities that do, in words: 5팩 / 10팩."""
    counts = [f"{at:,}" for at in nearest(quantity, one)]
    name = _name(unit)
    return Text(
        ko=" / ".join(f"{count}{name.ko}" for count in counts),
        en=" or ".join(f"{count} {name.en}" for count in counts),
    )
