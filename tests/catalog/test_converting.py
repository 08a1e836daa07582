"""Other units than the item's: exact, or not at all."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from mungchi.catalog.domain.converting import (
    Ratio,
    nearest,
    nearest_prices,
    price_from_base,
    price_to_base,
    ratio,
    ratios,
    to_base,
)
from mungchi.catalog.domain.unit_words import unit_called
from mungchi.catalog.domain.units import MEASURES, UNITS


def test_measures_of_one_kind_follow_by_themselves() -> None:
    assert ratios("tonne", {}) == {
        "tonne": Ratio(1, 1), "kg": Ratio(1_000, 1), "gram": Ratio(1_000_000, 1),
    }  # fmt: skip
    assert ratios("each", {"box": Ratio(1, 12)}) == {"each": Ratio(1, 1), "box": Ratio(1, 12)}
    # A roll of 50 m, of an item counted in rolls: centimetres follow from metres.
    assert ratios("roll", {"metre": Ratio(50, 1)})["centimetre"] == Ratio(5_000, 1)
    assert ratios("metre", {"roll": Ratio(1, 50)})["centimetre"] == Ratio(100, 1)
    assert set(MEASURES) <= set(UNITS)


def test_a_quantity_comes_out_whole_or_not_at_all() -> None:
    twelve_in_a_box = Ratio(12, 1)
    assert to_base(36, twelve_in_a_box) == 3
    assert to_base(30, twelve_in_a_box) is None
    assert nearest(30, twelve_in_a_box) == [24, 36]
    assert nearest(7, twelve_in_a_box) == [12]
    assert to_base(3, Ratio(1, 12)) == 36
    # Five kilograms are two bags.
    assert [to_base(kg, Ratio(5, 2)) for kg in (5, 6, 10)] == [2, None, 4]
    assert nearest(6, Ratio(5, 2)) == [5, 10]


def test_a_price_is_exact_or_refused_with_the_nearest_that_are() -> None:
    box_of_twelve = Ratio(1, 12)
    assert price_to_base(Decimal("12000"), box_of_twelve) == Decimal("1000")
    assert price_to_base(Decimal("10000"), box_of_twelve) is None
    assert nearest_prices(Decimal("10000"), box_of_twelve) == ["9999", "10002"]
    assert nearest_prices(Decimal("0.50"), Ratio(1, 3)) == ["0.3", "0.6"]
    assert price_from_base(Decimal("833.25"), box_of_twelve) == Decimal("9999")
    assert price_to_base(Decimal("100"), Ratio(12, 1)) == Decimal("1200")


def test_whatever_is_converted_is_what_fractions_say() -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _ in range(2_000):
        one = ratio(chance.randint(1, 400), chance.randint(1, 400))
        quantity = chance.randint(1, 10_000)
        exact = Fraction(quantity * one.base, one.said)
        found = to_base(quantity, one)
        assert (found == exact) if exact.denominator == 1 else (found is None), seed
        around = nearest(quantity, one)
        assert all(to_base(each, one) for each in around), seed
        assert around[-1] > quantity >= around[0] or around[0] > quantity, seed
        price = Decimal(chance.randint(1, 10**8)).scaleb(-chance.randint(0, 6))
        rate = Fraction(price) * one.said / one.base
        converted = price_to_base(price, one)
        assert converted is None or Fraction(converted) == rate, seed
        assert (converted is None) == ((10**6 * rate).denominator > 1), seed
        for text in nearest_prices(price, one):
            assert price_to_base(Decimal(text), one) is not None, (seed, price, one)


@pytest.mark.parametrize(
    ("word", "unit"),
    [("EA", "each"), (" 개 ", "each"), ("BOX", "box"), ("박스", "box"), ("㎏", "kg"), ("KG", "kg"),
     ("ℓ", "litre"), ("Ｍ", "metre"), ("R/L", None), ("box(12EA)", None), ("", None),
     ("pcs.", "each"), ("포대", "bag"), ("T", "tonne")],
)  # fmt: skip
def test_words_of_bookkeepers(word: str, unit: str | None) -> None:
    assert unit_called(word) == unit
