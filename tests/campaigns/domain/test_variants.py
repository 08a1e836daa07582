"""Quantities by variant: shared exactly, never beyond what was asked, priced line by line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.campaigns.domain.terms import free_variant
from mungchi.campaigns.domain.variants import (
    carried,
    dearest,
    shared,
    told,
    tolerance_part,
    values,
    with_tolerance,
    worth,
)
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.common.money import supply_value

PARTS = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)
RED = {"id": "r", "name": "빨강", "name_en": "Red", "code": ""}
BLUE = {"id": "b", "name": "파랑", "name_en": "", "code": "B"}
GREY = {"id": "g", "name": "회색", "name_en": "Grey", "code": ""}


@st.composite
def awards(draw: st.DrawFn) -> tuple[list[int], int, int, int]:
    """Parts, the place that the tolerance goes to, the tolerance, and an award within them."""
    parts = draw(PARTS)
    tolerance = draw(st.integers(0, 50))
    return (parts, draw(st.integers(0, len(parts) - 1)), tolerance,
            draw(st.integers(0, sum(parts) + tolerance)))  # fmt: skip


@given(awards())
def test_an_award_is_shared_to_the_last_unit_and_nobody_gets_what_it_did_not_ask_for(
    case: tuple[list[int], int, int, int],
) -> None:
    parts, place, tolerance, awarded = case
    got = shared(parts, awarded, place)

    assert sum(got) == awarded
    most = with_tolerance(parts, tolerance, place)
    assert all(0 <= one <= limit for one, limit in zip(got, most, strict=True))
    if awarded <= sum(parts):
        exact = [Decimal(part) * awarded / sum(parts) for part in parts]
        assert all(abs(one - each) < 1 for one, each in zip(got, exact, strict=True))
        # Who asked for more of a variant gets no less of it.
        ranked = sorted(zip(parts, got, strict=True))
        assert [one for _, one in ranked] == sorted(one for _, one in ranked)


@given(PARTS, st.integers(1, 1000), st.integers(0, 7))
def test_tolerance_is_all_of_the_variant_that_is_named(
    parts: list[int], more: int, named: int
) -> None:
    place = named % len(parts)
    assert tolerance_part(parts, more, place) == place
    got = shared(parts, sum(parts) + more, place)
    assert [one - part for one, part in zip(got, parts, strict=True)] == [
        more if at == place else 0 for at in range(len(parts))
    ]


@pytest.mark.parametrize(
    ("parts", "awarded", "expected"),
    [
        ((6, 4), 5, (3, 2)),
        # exact 3.33.., 3.33.., 3.33..: what is left goes to the first
        ((5, 5, 5), 10, (4, 3, 3)),
        # exact 0.5, 1.5: equal remainders, the first wins
        ((1, 3), 2, (1, 1)),
        ((0, 7), 3, (0, 3)),
        ((2, 8), 0, (0, 0)),
        ((), 9, ()),
    ],
)
def test_shared_by_hand(parts: tuple[int, ...], awarded: int, expected: tuple[int, ...]) -> None:
    assert shared(parts, awarded) == expected


def test_tolerance_goes_to_what_most_is_wanted_of_unless_another_is_named() -> None:
    assert tolerance_part((3, 9, 9), 2) == 1
    assert tolerance_part((3, 9, 9), 2, 0) == 0
    assert tolerance_part((3, 9), 0, 1) is None
    assert tolerance_part((), 5) is None
    assert with_tolerance((3, 9), 2) == (3, 11)


@given(
    PARTS,
    st.decimals("0.01", "1000", places=6),
    st.lists(st.decimals("-0.009", "50", places=6), min_size=8, max_size=8),
    st.sampled_from(["KRW", "USD", "KWD"]),
)
def test_what_it_comes_to_is_the_sum_of_its_lines(
    parts: list[int], base: Decimal, differences: list[Decimal], currency: str
) -> None:
    mine = differences[: len(parts)]
    lines = values(parts, base, mine, currency)
    assert lines == tuple(
        supply_value(part, base + one, currency) for part, one in zip(parts, mine, strict=True)
    )
    assert worth(sum(parts), base, currency, parts, mine) == sum(lines)
    assert worth(sum(parts), base, currency) == supply_value(sum(parts), base, currency)


def test_each_line_is_rounded_by_itself() -> None:
    # 1 at 10.4 and 1 at 10.4: two lines of 10, not one of 21 (20.8).
    assert worth(2, Decimal("10.4"), "KRW", (1, 1), (Decimal(), Decimal())) == 20
    assert worth(2, Decimal("10.4"), "KRW") == 21


@given(PARTS, st.integers(0, 40), st.integers(0, 40))
def test_the_most_that_a_commitment_comes_to_is_reached_by_no_award(
    parts: list[int], tolerance: int, less: int
) -> None:
    differences = [Decimal(3 * place - 4) for place in range(len(parts))]
    wanted = Wanted(sum(parts), tolerance, parts=tuple(parts),
                    tolerance_to=tolerance_part(parts, tolerance))  # fmt: skip
    most = wanted.comes_to_at_most(Decimal(100), "KRW", 1000, differences)
    awarded = max(0, sum(parts) + tolerance - less)
    got = shared(parts, awarded, wanted.tolerance_to)
    assert worth(awarded, Decimal(100), "KRW", got, differences) * 110 // 100 <= most


def test_a_limit_speaks_of_the_price_without_differences() -> None:
    wanted = Wanted(10, price_limit=Decimal(90), parts=(4, 6))
    assert wanted.comes_to_at_most(Decimal(120), "KRW", 0, [Decimal(), Decimal(5)]) == 930


def test_parts_of_one_campaign_are_parts_of_another_where_it_has_the_variants() -> None:
    here, there = [RED, BLUE], [GREY, BLUE, RED]
    assert carried((6, 4), 1, here, there) == ((0, 4, 6), 1)
    assert carried((6, 0), 0, here, [GREY, RED]) == ((0, 6), 1)
    # The tolerance's variant is not there, of which nothing else is wanted.
    assert carried((6, 0), 1, here, [RED]) == ((6,), None)
    assert carried((6, 4), None, here, [RED]) is None
    assert carried((6, 4), None, here, []) is None
    assert carried((), None, [], [RED]) is None
    assert carried((), None, [], []) == ((), None)


def test_in_words_what_there_is_nothing_of_is_left_out() -> None:
    text = told([RED, BLUE, GREY], (1200, 4, 0))
    assert (text.ko, text.en) == ("빨강 1,200, 파랑 4", "Red 1,200, 파랑 4")


def test_no_variant_is_free_at_any_tier() -> None:
    ladder = [(1, Decimal(120)), (50, Decimal(80))]
    assert free_variant(ladder, [Decimal(), Decimal("-79.999999")]) is None
    assert free_variant(ladder, [Decimal(), Decimal(-80)]) == 1
    assert dearest([Decimal(-3), Decimal(-1)]) == 0
    assert dearest([Decimal(-3), Decimal(7)]) == 7
