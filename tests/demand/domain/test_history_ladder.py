"""The ladder that a purchase history shows."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mungchi.demand.domain.history_ladder import ladder


def tiers(*pairs: tuple[int, str]) -> list[tuple[int, Decimal]]:
    """Return pairs with prices as Decimals."""
    return [(quantity, Decimal(price)) for quantity, price in pairs]


def test_a_real_quantity_break_becomes_a_ladder() -> None:
    lines = tiers((2, "2.08"), (9, "2.08"), (10, "1.79"), (50, "1.79"), (100, "1.65"))
    assert ladder(lines) == tiers((1, "2.08"), (10, "1.79"), (100, "1.65"))


def test_a_price_that_is_not_lower_than_all_before_is_left_out() -> None:
    lines = tiers((5, "3"), (6, "4"), (7, "3.5"), (8, "2"))
    assert ladder(lines) == tiers((1, "3"), (8, "2"))


def test_of_two_prices_at_one_quantity_the_lower_stands_alone() -> None:
    assert ladder(tiers((4, "3"), (4, "2"))) == tiers((1, "2"))


def test_equal_prices_written_differently_are_one() -> None:
    assert ladder(tiers((4, "3.0"), (2, "3"))) == tiers((1, "3"))


def test_no_lines_no_tiers() -> None:
    assert ladder([]) == []


PRICES = st.decimals(min_value="0.01", max_value=99, places=2)


@given(st.lists(st.tuples(st.integers(1, 50), PRICES), min_size=1))
def test_quantities_rise_and_prices_fall_whatever_the_order(
    lines: list[tuple[int, Decimal]],
) -> None:
    made = ladder(lines)
    assert made == ladder(sorted(lines, reverse=True))
    assert made[0][0] == 1
    assert all(a[0] < b[0] and a[1] > b[1] for a, b in pairwise(made))
    assert made[-1][1] == min(price for _, price in lines)
