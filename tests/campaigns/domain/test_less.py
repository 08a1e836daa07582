"""The clearing again on what the supplier confirmed: by hand, and at random."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mungchi.campaigns.domain.less import Stake, less_hash, sentence_for, share_less
from mungchi.campaigns.domain.market import Rule
from mungchi.campaigns.domain.sentences import PLAIN


def stake(at: int, *parts: int, extra: tuple[int, ...] = (), minimum: int = 0) -> Stake:
    return Stake(str(at), at, parts, extra or (0,) * len(parts), minimum)


def of(stakes, offered, *, pack: int = 1, rule: Rule = Rule.UNIFORM) -> list[tuple[int, ...]]:
    less = share_less(stakes, offered, pack, rule)
    return [less.awards[one.key] for one in stakes]


THREE = [stake(1, 30), stake(2, 40), stake(3, 50)]


@pytest.mark.parametrize(
    ("rule", "awards"),
    [
        (Rule.UNIFORM, [(30,), (30,), (30,)]),
        (Rule.PROPORTIONAL, [(23,), (30,), (37,)]),
        (Rule.FIRST_COME, [(30,), (40,), (20,)]),
    ],
)
def test_each_rule_shares_what_is_confirmed(rule: Rule, awards: list[tuple[int]]) -> None:
    assert of(THREE, [90], rule=rule) == awards


def test_tolerance_goes_first() -> None:
    stakes = [stake(1, 35, extra=(5,)), stake(2, 40)]
    assert of(stakes, [70]) == [(30,), (40,)]


def test_who_would_get_too_little_gets_nothing_and_the_others_no_more_than_before() -> None:
    stakes = [stake(1, 30), stake(2, 40), stake(3, 50, minimum=45)]
    less = share_less(stakes, [100], 1, Rule.UNIFORM)
    assert [less.of(one.key) for one in stakes] == [30, 40, 0]
    assert (less.quantity, less.dropped) == (70, {"3": 35})


def test_by_variant_each_is_shared_by_itself_and_smallest_quantities_are_of_the_whole() -> None:
    stakes = [stake(1, 10, 20), stake(2, 30, 10, minimum=30), stake(3, 20, 0)]
    assert of(stakes, [60, 30]) == [(10, 20), (30, 10), (20, 0)]
    # 60 and 30 were awarded. Of the first 33: 10, 12, 11; the second firm has 22 of its least 30.
    assert of(stakes, [33, 30]) == [(10, 20), (0, 0), (20, 0)]


def test_by_variant_of_two_equal_ones_the_newer_is_dropped() -> None:
    less = share_less([stake(1, 10, 0, minimum=10), stake(2, 10, 0, minimum=10)], [10, 0], 1,
                      Rule.UNIFORM)  # fmt: skip
    assert (less.awards, less.dropped) == ({"1": (10, 0), "2": (0, 0)}, {"2": 5})


def test_by_variant_who_lacks_most_of_its_smallest_quantity_is_dropped_first() -> None:
    """Five each: half of what the first insists on, and five sixths for the second."""
    stakes = [stake(1, 10, 0, minimum=10), stake(2, 10, 0, minimum=6)]
    less = share_less(stakes, [10, 0], 1, Rule.PROPORTIONAL)
    assert (less.awards, less.dropped) == ({"1": (0, 0), "2": (10, 0)}, {"1": 5})


def test_by_variant_who_insists_on_nothing_and_gets_nothing_is_not_dropped() -> None:
    less = share_less([stake(1, 10, 0), stake(2, 10, 0)], [5, 0], 1, Rule.FIRST_COME)
    assert (less.awards, less.dropped) == ({"1": (5, 0), "2": (0, 0)}, {})


def test_by_variant_tolerance_of_one_does_not_make_up_for_the_smallest_quantity_of_all() -> None:
    """Of what was lessened before, tolerance may be left in one part where another was cut."""
    stakes = [stake(1, 13, 8, extra=(3, 0), minimum=20), stake(2, 9, 10)]
    less = share_less(stakes, [19, 18], 1, Rule.UNIFORM)
    assert (less.awards, less.dropped) == ({"1": (0, 0), "2": (9, 10)}, {"1": 18})


def test_by_variant_a_pack_that_breaks_when_somebody_is_dropped_is_left_out() -> None:
    stakes = [stake(1, 13, 7), stake(2, 10, 0, minimum=10)]
    less = share_less(stakes, [14, 6], 10, Rule.UNIFORM)
    assert (less.awards, less.quantity) == ({"1": (4, 6), "2": (0, 0)}, 10)
    assert less.dropped == {"2": 7}
    # Twelve are left, the same of both variants: the last variant gives two.
    stakes = [stake(1, 6, 8), stake(2, 6, 0, minimum=6)]
    assert of(stakes, [9, 6], pack=5) == [(6, 4), (0, 0)]
    # Nine are left, no pack.
    stakes = [stake(1, 3, 7), stake(2, 10, 0, minimum=10)]
    assert of(stakes, [4, 6], pack=10) == [(0, 0), (0, 0)]


def test_by_variant_what_breaks_a_pack_goes_to_nobody() -> None:
    stakes = [stake(1, 11, 9), stake(2, 5, 5, minimum=10), stake(3, 3, 7)]
    less = share_less(stakes, [15, 15], 10, Rule.UNIFORM)
    assert less.quantity % 10 == 0
    assert less.of("2") == 0 or less.of("2") >= 10


def test_more_of_a_part_than_was_awarded_is_refused() -> None:
    with pytest.raises(ValueError, match="more is offered"):
        share_less(THREE, [121], 1, Rule.UNIFORM)


def test_the_hash_is_of_what_is_read() -> None:
    assert less_hash("a", THREE, [90]) == less_hash("a", THREE[::-1], [90])
    assert less_hash("a", THREE, [90]) != less_hash("a", THREE, [91])
    assert less_hash("a", THREE, [90]) != less_hash("b", THREE, [90])


def test_the_hash_of_a_record_is_found_again_years_later() -> None:
    text = b'["a",[["1",[30,4]],["2",[40,0]]],[60,4]]'
    stakes = [stake(2, 40, 0), stake(1, 30, 4)]
    assert less_hash("a", stakes, [60, 4]) == hashlib.sha256(text).hexdigest()


def test_each_firm_is_told_its_own_result() -> None:
    less = sentence_for(50, 40, None, 0, Decimal(9), PLAIN)
    assert "you get 40 instead of 50, at the same price of 9." in less.en
    assert "배정이 50에서 40으로 줄었습니다. 단가는 9 그대로입니다." in less.ko
    too_little = sentence_for(50, 0, 30, 45, Decimal(9), PLAIN)
    assert "you could have had 30, below the 45 that you" in too_little.en
    assert "30만 배정될 수 있었고, 받으려던 최소 수량 45에 못 미쳐" in too_little.ko
    nothing = sentence_for(50, 0, None, 0, Decimal(9), PLAIN)
    assert "nothing was left for you" in nothing.en
    assert sentence_for(50, 0, 0, 45, Decimal(9), PLAIN) == nothing


@st.composite
def cases(draw) -> tuple[list[Stake], list[int], int, Rule]:
    parts = draw(st.integers(1, 3))
    pack = draw(st.sampled_from([1, 1, 4, 10]))
    stakes = []
    for at in range(draw(st.integers(1, 9))):
        got = [draw(st.integers(0, 40)) for _ in range(parts)]
        if not sum(got):
            got[0] = 1
        extra = [draw(st.integers(0, min(3, max(n - 1, 0)))) for n in got]
        minimum = draw(st.integers(0, sum(got) - sum(extra)))
        stakes.append(Stake(str(at), at, tuple(got), tuple(extra), minimum))
    most = [sum(one.parts[at] for one in stakes) for at in range(parts)]
    offered = [draw(st.integers(0, each)) for each in most]
    over = sum(offered) % pack
    for at in range(parts):
        take = min(over, offered[at])
        offered[at] -= take
        over -= take
    assume(sum(offered) < sum(most))  # else it is not less
    return stakes, offered, pack, draw(st.sampled_from(list(Rule)))


@given(cases())
def test_whatever_is_confirmed_sums_minimums_and_packs_hold(case) -> None:
    stakes, offered, pack, rule = case
    less = share_less(stakes, offered, pack, rule)
    assert set(less.awards) == {one.key for one in stakes}
    assert less.quantity == sum(less.of(one.key) for one in stakes)
    assert less.quantity <= sum(offered)
    assert less.quantity % pack == 0
    for at, most in enumerate(offered):
        assert sum(less.awards[one.key][at] for one in stakes) <= most
    for one in stakes:
        got = less.awards[one.key]
        assert all(0 <= now <= was for now, was in zip(got, one.parts, strict=True))
        assert sum(got) == 0 or sum(got) >= one.minimum
        assert (one.key in less.dropped) <= (sum(got) == 0)
    # Without smallest quantities nothing of what is offered is left over, but for a broken pack.
    if not any(one.minimum for one in stakes):
        assert sum(offered) - less.quantity < max(pack, 1)


@given(cases())
def test_the_order_of_rows_means_nothing(case) -> None:
    stakes, offered, pack, rule = case
    one = share_less(stakes, offered, pack, rule)
    other = share_less(stakes[::-1], offered, pack, rule)
    assert (one.awards, one.dropped) == (other.awards, other.dropped)


@given(cases())
def test_a_variant_that_nobody_took_changes_nothing(case) -> None:
    """Without packs, all of one variant is shared as where there are no variants."""
    stakes, offered, _, rule = case
    plain = [replace(one, parts=(one.quantity,), extra=(0,)) for one in stakes]
    most = sum(one.quantity for one in stakes)
    some = max(1, min(sum(offered), most - 1))
    alone = share_less(plain, [some], 1, rule)
    beside = [replace(one, parts=(one.quantity, 0), extra=(0, 0)) for one in stakes]
    both = share_less(beside, [some, 0], 1, rule)
    assert {key: parts[0] for key, parts in both.awards.items()} == {
        key: parts[0] for key, parts in alone.awards.items()
    }
    assert both.dropped == alone.dropped
