"""The three rationing rules: examples worked by hand, and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.campaigns.domain.reference import by_ratio, in_turn, pour

from mungchi.campaigns.domain.allocation import (
    RULES,
    first_come,
    proportional,
    uniform,
    with_surplus,
)
from mungchi.campaigns.domain.market import Rule

ASKED = st.lists(st.integers(0, 40), max_size=9)


@st.composite
def requests(draw: st.DrawFn) -> tuple[list[int], int]:
    asked = draw(ASKED)
    return asked, draw(st.integers(0, sum(asked)))


@pytest.mark.parametrize(
    ("asked", "total", "expected"),
    [
        ([10, 2, 30], 20, [9, 2, 9]),
        ([10, 2, 30], 21, [10, 2, 9]),
        ([10, 2, 30], 22, [10, 2, 10]),
        ([5, 5, 5], 7, [3, 2, 2]),
        ([5, 5, 5], 2, [1, 1, 0]),
        ([1, 9, 1, 9], 9, [1, 4, 1, 3]),
        ([4, 4], 8, [4, 4]),
        ([4, 4], 0, [0, 0]),
        ([], 0, []),
    ],
)
def test_uniform_by_hand(asked: list[int], total: int, expected: list[int]) -> None:
    assert uniform(asked, total) == expected


@pytest.mark.parametrize(
    ("asked", "total", "expected"),
    [
        ([10, 20, 30], 30, [5, 10, 15]),
        # exact shares 3.33.., 3.33.., 3.33..: the unit left goes to the earliest
        ([7, 7, 7], 10, [4, 3, 3]),
        # exact shares 0.5, 1.5, 3: two remainders of a half, the earlier one wins
        ([1, 3, 6], 5, [1, 1, 3]),
        # exact shares 0.4, 1.6, 2: the largest remainder is the second
        ([2, 8, 10], 4, [0, 2, 2]),
        ([0, 0], 0, [0, 0]),
        ([], 0, []),
    ],
)
def test_proportional_by_hand(asked: list[int], total: int, expected: list[int]) -> None:
    assert proportional(asked, total) == expected


@pytest.mark.parametrize(
    ("asked", "total", "expected"),
    [
        ([10, 2, 30], 11, [10, 1, 0]),
        ([10, 2, 30], 10, [10, 0, 0]),
        ([10, 2, 30], 42, [10, 2, 30]),
        ([10], 0, [0]),
    ],
)
def test_first_come_by_hand(asked: list[int], total: int, expected: list[int]) -> None:
    assert first_come(asked, total) == expected


def test_surplus_is_shared_equally_and_capped_at_each_tolerance() -> None:
    assert with_surplus([10, 10, 10], [1, 8, 8], 38) == [11, 14, 13]


@pytest.mark.parametrize("tolerances", [[1], [1, 1, 1]])
def test_each_has_a_tolerance(tolerances: list[int]) -> None:
    with pytest.raises(ValueError, match="argument 2 is"):
        with_surplus([10, 10], tolerances, 21)


@given(requests())
def test_rules_equal_their_unit_by_unit_forms(request_: tuple[list[int], int]) -> None:
    asked, total = request_
    assert uniform(asked, total) == pour(asked, total)
    assert first_come(asked, total) == in_turn(asked, total)
    if sum(asked):
        assert proportional(asked, total) == by_ratio(asked, total)


@given(requests())
def test_every_rule_hands_out_the_total_within_what_was_asked(
    request_: tuple[list[int], int],
) -> None:
    asked, total = request_
    for rule in Rule:
        awards = RULES[rule](asked, total)
        assert sum(awards) == total
        assert all(0 <= got <= quantity for got, quantity in zip(awards, asked, strict=True))


@given(requests(), st.data())
def test_uniform_rule_rewards_no_false_quantity(
    request_: tuple[list[int], int], data: st.DataObject
) -> None:
    """With single-peaked wishes (more is better up to the true quantity) a lie never gains."""
    asked, total = request_
    if not asked:
        return
    liar = data.draw(st.integers(0, len(asked) - 1))
    lie = data.draw(st.integers(0, 60))
    told = [*asked[:liar], lie, *asked[liar + 1 :]]
    honest = uniform(asked, total)[liar]
    if total <= sum(told):
        false = uniform(told, total)[liar]
        # Above the true quantity is no gain either; at most the same amount is of use.
        assert min(false, asked[liar]) <= honest


def test_proportional_rule_does_reward_a_false_quantity() -> None:
    """The control of the test above: it can tell a rule that invites exaggeration."""
    assert proportional([10, 10], 10)[0] == 5
    assert proportional([20, 10], 10)[0] == 7


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("total", [-1, 4])
def test_totals_out_of_range_are_refused(rule: Rule, total: int) -> None:
    with pytest.raises(ValueError, match="cannot hand out"):
        RULES[rule]([1, 2], total)
