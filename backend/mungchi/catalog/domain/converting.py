"""Saying a quantity or a price in another unit than the item's: exact or not at all. Pure.

An item is counted in one unit. A ratio says how many of another unit are how many of that one:
12 each = 1 box, 1 roll = 50 m, 1,000 kg = 1 t. Everything is whole numbers; nothing is rounded.
"""

from collections.abc import Mapping
from decimal import Context, Decimal
from math import gcd, lcm
from typing import Final, NamedTuple

from mungchi.catalog.domain.units import MEASURES
from mungchi.common.money import PRICE_DECIMALS, plain

MOST: Final = 1_000_000
_SMALLEST: Final = 10**PRICE_DECIMALS
# Wide enough for the largest price with all its decimals; never rounds silently.
_EXACT: Final = Context(prec=60)


class Ratio(NamedTuple):
    """`said` of a unit are `base` of the item's unit, in lowest terms."""

    said: int
    base: int


SAME: Final = Ratio(1, 1)


def ratio(said: int, base: int) -> Ratio:
    """The ratio in lowest terms."""
    common = gcd(said, base)
    return Ratio(said // common, base // common)


def ratios(unit: str, conversions: Mapping[str, Ratio]) -> dict[str, Ratio]:
    """Every unit in which an item counted in `unit` may be said, with its ratio.

    conversions: what was written down of the item. Measures of one kind follow: an item whose box
    holds 20 kg may be said in grams and tonnes as well.
    """
    found: dict[str, Ratio] = {}
    for known, one in {unit: SAME, **conversions}.items():
        kind, size = MEASURES.get(known, (known, 1))
        alike = {other: of for other, (its, of) in MEASURES.items() if its == kind}
        for other, of in (alike or {known: 1}).items():
            found.setdefault(other, ratio(one.said * size, one.base * of))
    return found


def kind_of(unit: str) -> str:
    """What a unit measures; units that convert into no other are a kind of their own."""
    return MEASURES.get(unit, (unit, 1))[0]


def to_base(quantity: int, one: Ratio) -> int | None:
    """The quantity in the item's unit; None when it does not come out whole."""
    whole, rest = divmod(quantity * one.base, one.said)
    return None if rest else whole


def nearest(quantity: int, one: Ratio) -> list[int]:
    """The quantities in the said unit nearest below (if there is one) and above that do."""
    below = quantity // one.said * one.said
    return [at for at in (below, below + one.said) if at > 0]


def price_to_base(price: Decimal, one: Ratio) -> Decimal | None:
    """The price of one of the item's unit, None when it has more than PRICE_DECIMALS decimals.

    price: of one of the said unit. A box of 12 at 12,000 is a piece at 1,000.
    """
    scaled, rest = divmod(int(_EXACT.scaleb(price, PRICE_DECIMALS)) * one.said, one.base)
    return None if rest else _EXACT.scaleb(Decimal(scaled), -PRICE_DECIMALS)


def price_from_base(price: Decimal, one: Ratio) -> Decimal | None:
    """The price of one of the said unit; None when it cannot be written exactly."""
    return price_to_base(price, Ratio(one.base, one.said))


def nearest_prices(price: Decimal, one: Ratio) -> list[str]:
    """Prices with as many decimals as `price` has that do convert: the next below and above."""
    digits = len(plain(price).partition(".")[2])
    # In steps of the last digit that was written.
    at = int(_EXACT.scaleb(price, digits))
    grain = one.said * _SMALLEST // 10**digits
    step = lcm(grain, one.base) // grain
    below = at // step * step
    return [
        plain(_EXACT.scaleb(Decimal(each), -digits)) for each in (below, below + step) if each > 0
    ]
