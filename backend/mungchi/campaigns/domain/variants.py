"""Variants of a campaign's item: asked for and priced apart, counted together. Pure.

The variants of a campaign stand in an order that is fixed before its first offer. Quantities and
differences by variant are sequences in that order; a campaign without variants has empty ones
everywhere, and then everything here says what is said without them.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from mungchi.common.money import split, supply_value
from mungchi.common.text import Text

# One variant: its id in the catalogue, and name, English name and code as they were.
Variant = Mapping[str, str]

MOST_VARIANTS: Final = 30


def tolerance_part(parts: Sequence[int], tolerance: int, named: int | None = None) -> int | None:
    """The variant to which a tolerance goes: the one that is named, else the one that most is
    wanted of (of several the first); None where there is nothing to go anywhere."""
    if not parts or not tolerance:
        return None
    return named if named is not None else max(range(len(parts)), key=lambda at: (parts[at], -at))


def with_tolerance(
    parts: Sequence[int], tolerance: int, goes_to: int | None = None
) -> tuple[int, ...]:
    """The most of each variant that a firm would take."""
    at = tolerance_part(parts, tolerance, goes_to)
    return tuple(part + (tolerance if place == at else 0) for place, part in enumerate(parts))


def shared(parts: Sequence[int], awarded: int, goes_to: int | None = None) -> tuple[int, ...]:
    """Share what a firm is awarded over its variants, to the last unit.

    What is above the quantity is tolerance and goes to the variant that was named for it. A cut is
    in proportion to what was asked of each, by the largest remainder, of equal ones to the earlier
    variant: none gets more than was asked of it. `parts` empty: nothing is shared.
    """
    if not parts:
        return ()
    asked = sum(parts)
    if awarded >= asked:
        return with_tolerance(parts, awarded - asked, goes_to)
    return tuple(split(awarded, list(parts)))


def prices(base: Decimal, differences: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The unit price of each variant at a tier's price."""
    return tuple(base + difference for difference in differences)


def values(
    parts: Sequence[int], base: Decimal, differences: Sequence[Decimal], currency: str
) -> tuple[int, ...]:
    """The supply value of each variant in minor units: a document line each, rounded half up."""
    each = prices(base, differences)
    return tuple(supply_value(n, one, currency) for n, one in zip(parts, each, strict=True))


def worth(
    quantity: int,
    base: Decimal,
    currency: str,
    parts: Sequence[int] = (),
    differences: Sequence[Decimal] = (),
) -> int:
    """The supply value of a quantity in minor units, VAT excluded.

    By variant the sum of the lines, each rounded half up by itself; without variants one line. VAT
    is counted on the sum, rounded down once.
    """
    if not parts:
        return supply_value(quantity, base, currency)
    return sum(values(parts, base, differences, currency))


def dearest(differences: Sequence[Decimal]) -> Decimal:
    """The largest difference, 0 where none makes a unit dearer."""
    return max([Decimal(), *differences])


def carried(
    parts: Sequence[int], goes_to: int | None, variants: Sequence[Variant],
    others: Sequence[Variant],
) -> tuple[tuple[int, ...], int | None] | None:  # fmt: skip
    """What is asked of the variants of one campaign as parts of another's.

    None where the other one cannot take it: it lacks a variant that is asked for, or one of the two
    has variants and the other none.
    """
    if not others:
        return None if parts else ((), None)
    if not parts:
        return None
    place = {one["id"]: at for at, one in enumerate(others)}
    moved = [0] * len(others)
    for quantity, variant in zip(parts, variants, strict=True):
        if quantity and variant["id"] not in place:
            return None
        if quantity:
            moved[place[variant["id"]]] = quantity
    goes = None if goes_to is None else place.get(variants[goes_to]["id"])
    return tuple(moved), goes


def named(variant: Variant) -> Text:
    """What a variant is called in both languages."""
    return Text(ko=variant["name"], en=variant["name_en"] or variant["name"])


def told(variants: Sequence[Variant], parts: Sequence[int]) -> Text:
    """Quantities by variant in words, without those of which there is nothing: "빨강 6, 파랑 4"."""
    said = [
        (named(one), quantity) for one, quantity in zip(variants, parts, strict=False) if quantity
    ]
    return Text(
        ko=", ".join(f"{name.ko} {quantity:,}" for name, quantity in said),
        en=", ".join(f"{name.en} {quantity:,}" for name, quantity in said),
    )
