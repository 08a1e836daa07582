"""The clearing: worked examples, exhaustive search, and the properties of the rule."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.campaigns.domain.markets import market, markets
from tests.campaigns.domain.reference import (
    clear_slowly,
    deepest_by_subsets,
    thin,
    without_minimums,
)
from tests.campaigns.domain.rules import broken_rules

from mungchi.campaigns.domain.clearing import Failure, Outcome, clear, inputs_hash
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold
from mungchi.campaigns.domain.settlement import Rationing

LADDER = [(1, 120), (50, 100), (100, 90), (200, 80)]


def five() -> list[dict[str, object]]:
    pairs = [(120, 30), (95, 40), (92, 25), (85, 60), (80, 50)]
    return [{"limit": Decimal(limit), "quantity": quantity} for limit, quantity in pairs]


def test_the_worked_example_reaches_the_deepest_tier_with_everybody() -> None:
    result = clear(market(LADDER, five()))
    assert result.unit_price == 80
    assert result.quantity == 205
    assert result.awards() == {"a": 30, "b": 40, "c": 25, "d": 60, "e": 50}
    assert [row.demand for row in result.tiers] == [30, 30, 95, 205]
    assert [row.carries for row in result.tiers] == [True, False, False, True]
    assert (result.rationing, result.rule) == (Rationing.NONE, None)


def test_without_the_last_firm_only_the_list_price_carries() -> None:
    result = clear(market(LADDER, five()[:4]))
    assert result.unit_price == 120
    assert result.awards() == {"a": 30, "b": 0, "c": 0, "d": 0}
    assert [v.kind for v in result.verdicts] == ["awarded", *["priced_out"] * 3]


def test_tolerances_fill_the_last_pack_equally() -> None:
    people = [{"quantity": 5, "tolerance": 4}, {"quantity": 8, "tolerance": 1}]
    result = clear(market([(1, 10)], people, pack=8))
    assert result.awards() == {"a": 7, "b": 9}
    assert (result.rationing, result.rule) == (Rationing.TOLERANCE_FILL, Rule.UNIFORM)


def test_a_pack_is_never_made_of_tolerance_alone() -> None:
    result = clear(market([(1, 10)], [{"quantity": 8, "tolerance": 50}], pack=8))
    assert result.awards() == {"a": 8}


@pytest.mark.parametrize("rule", list(Rule))
def test_pack_rounding_is_cut_uniformly_whatever_the_campaigns_rule(rule: Rule) -> None:
    people = [{"quantity": 3}, {"quantity": 9}, {"quantity": 10}]
    result = clear(market([(1, 10)], people, pack=10, capacity=90, rule=rule))
    assert result.awards() == {"a": 3, "b": 9, "c": 8}
    assert (result.rationing, result.rule) == (Rationing.PACK_ROUNDING, Rule.UNIFORM)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.UNIFORM, {"a": 10, "b": 5, "c": 10}),
        (Rule.PROPORTIONAL, {"a": 11, "b": 3, "c": 11}),
        (Rule.FIRST_COME, {"a": 20, "b": 5, "c": 0}),
    ],
)
def test_capacity_is_shared_by_the_campaigns_rule(rule: Rule, expected: dict[str, int]) -> None:
    people = [{"quantity": 20}, {"quantity": 5}, {"quantity": 20}]
    result = clear(market([(1, 10)], people, capacity=25, rule=rule))
    assert result.awards() == expected
    assert (result.rationing, result.rule) == (Rationing.CAPACITY, rule)


@pytest.mark.parametrize("rule", list(Rule))
def test_the_threshold_of_firms_is_about_those_that_get_something(rule: Rule) -> None:
    """The first asks for all there is, or for so much that nobody else's share is a unit."""
    people = [{"quantity": 90}, {"quantity": 1}]
    case = market([(5, 10)], people, capacity=20, threshold=Threshold(1, 2), rule=rule)
    result = clear(case)
    if rule is Rule.UNIFORM:
        assert result.awards() == {"a": 19, "b": 1}
        return
    assert (result.outcome, result.failure) == (Outcome.FAILED, Failure.TOO_FEW_SERVED)
    assert [row.carries for row in result.tiers] == [False]
    assert {v.kind for v in result.verdicts} == {"not_allocated"}


def test_a_tier_that_serves_too_few_gives_way_to_one_that_serves_enough() -> None:
    """At 9 the first takes all; at 10 it is not in, and two others share."""
    people = [{"quantity": 20, "limit": Decimal(9)}, {"quantity": 6}, {"quantity": 4}]
    case = market(
        [(1, 10), (15, 9)], people, capacity=20, threshold=Threshold(1, 2), rule=Rule.FIRST_COME
    )
    result = clear(case)
    assert (result.unit_price, result.awards()) == (10, {"a": 0, "b": 6, "c": 4})
    assert result.verdicts[0].kind == "priced_out"


def test_a_last_pack_that_is_left_out_may_leave_too_few() -> None:
    people = [{"quantity": 1}] * 5
    case = market([(1, 10)], people, pack=4, threshold=Threshold(1, 5))
    assert clear(case).failure is Failure.TOO_FEW_SERVED
    assert clear(case).tiers[0].missing == 3
    eight = replace(case, commitments=(*case.commitments, Commitment("f", 9, 3)))
    assert clear(eight).firms() == 6


def test_whoever_is_dropped_first_may_leave_enough_for_the_others() -> None:
    people = [
        {"quantity": 100}, {"quantity": 100, "minimum": 100}, {"quantity": 1}, {"quantity": 1}
    ]  # fmt: skip
    case = market(
        [(1, 10)], people, capacity=100, threshold=Threshold(1, 3), rule=Rule.PROPORTIONAL
    )
    assert clear(case).awards() == {"a": 98, "b": 0, "c": 1, "d": 1}


def test_the_one_furthest_below_its_minimum_is_dropped_with_the_reason() -> None:
    people = [{"quantity": 20, "minimum": 12}, {"quantity": 5}, {"quantity": 20, "minimum": 20}]
    result = clear(market([(1, 10)], people, capacity=25))
    assert result.awards() == {"a": 20, "b": 5, "c": 0}
    last = result.verdicts[2]
    assert (last.kind, last.offered, last.unit_price) == ("below_minimum", 10, 10)


def test_of_two_equal_ones_the_newer_is_dropped() -> None:
    people = [{"quantity": 10, "minimum": 10}, {"quantity": 10, "minimum": 10}]
    assert clear(market([(1, 10)], people, capacity=10)).awards() == {"a": 10, "b": 0}


def test_dropping_somebody_can_lead_to_a_shallower_tier() -> None:
    people = [{"quantity": 9, "minimum": 9}, {"quantity": 6, "minimum": 6}]
    result = clear(market([(1, 10), (8, 9)], people, capacity=8))
    assert (result.unit_price, result.awards()) == (10, {"a": 0, "b": 6})


@pytest.mark.parametrize(
    ("people", "terms", "failure"),
    [
        ([], {}, Failure.NO_COMMITMENTS),
        ([{"quantity": 9}], {"pack": 5, "capacity": 4}, Failure.CAPACITY_BELOW_PACK),
        ([{"quantity": 9}], {"capacity": 0}, Failure.CAPACITY_BELOW_PACK),
        ([{"quantity": 9}], {"capacity": 4}, Failure.CAPACITY_TOO_SMALL),
        ([{"quantity": 9}], {"threshold": Threshold(1, 2)}, Failure.NOT_ENOUGH_FIRMS),
        ([{"quantity": 4}], {}, Failure.NOT_ENOUGH_QUANTITY),
        ([{"quantity": 9}], {"threshold": Threshold(10, 1)}, Failure.NOT_ENOUGH_QUANTITY),
        ([{"quantity": 9, "minimum": 9}], {"capacity": 7}, Failure.SMALLEST_QUANTITIES),
    ],
)
def test_every_way_of_failing(
    people: list[dict[str, object]], terms: dict[str, object], failure: Failure
) -> None:
    result = clear(market([(5, 10)], people, **terms))
    assert (result.outcome, result.failure) == (Outcome.FAILED, failure)
    assert (result.quantity, result.unit_price, result.tier) == (0, None, None)
    assert not any(result.awards().values())


def test_verdicts_of_a_failure() -> None:
    people = [{"quantity": 2, "limit": Decimal(8)}, {"quantity": 2}, {"quantity": 9, "minimum": 9}]
    result = clear(market([(5, 10), (8, 9)], people, capacity=8, threshold=Threshold(1, 2)))
    kinds = {v.commitment.key: v.kind for v in result.verdicts}
    assert kinds == {"a": "priced_out", "b": "not_allocated", "c": "below_minimum"}


@settings(max_examples=400)
@given(markets(people=8, minimums=False))
def test_equals_exhaustive_search_over_all_groups(case: Market) -> None:
    assume(not thin(case))
    result = clear(case)
    found = deepest_by_subsets(case)
    assert result.tier == (None if found is None else found[0])
    if found is not None:
        inside = {c.key for c in case.commitments if c.accepts(result.unit_price)}
        # The greatest fixed point: it contains every other group that could buy there.
        assert all(group <= inside for group in found[1])
        assert frozenset(inside) in found[1]
        not_priced_out = {v.commitment.key for v in result.verdicts if v.kind != "priced_out"}
        assert not_priced_out == inside


@settings(max_examples=1500)
@given(markets(people=9))
def test_keeps_every_rule(case: Market) -> None:
    assert broken_rules(case, clear(case)) == []


@settings(max_examples=400)
@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_means_nothing(case: Market, rng: random.Random) -> None:
    rows = list(case.commitments)
    rng.shuffle(rows)
    shuffled = replace(case, commitments=tuple(rows))
    assert clear(shuffled) == clear(case)
    assert inputs_hash(shuffled) == inputs_hash(case)


def changed(case: Market, index: int, **values: object) -> Market:
    rows = list(case.commitments)
    rows[index] = replace(rows[index], **values)
    return replace(case, commitments=tuple(rows))


@settings(max_examples=800)
@given(markets(minimums=False), st.data())
def test_more_demand_never_raises_the_price(case: Market, data: st.DataObject) -> None:
    assume(case.commitments)
    at = data.draw(st.integers(0, len(case.commitments) - 1))
    one = case.commitments[at]
    before = clear(case)
    more = [changed(case, at, quantity=one.quantity + data.draw(st.integers(1, 30)))]
    if one.limit is not None:
        more += [changed(case, at, limit=one.limit + 3), changed(case, at, limit=None)]
    joiner = Commitment("new", 10_000, data.draw(st.integers(1, 30)))
    more.append(replace(case, commitments=(*case.commitments, joiner)))
    for grown in more:
        after = clear(grown)
        # Where what there is would go to too few, more demand may harm, but by the uniform rule.
        if case.rule is not Rule.UNIFORM and (thin(case) or thin(grown)):
            continue
        assert before.unit_price is None or after.unit_price is not None
        assert before.unit_price is None or after.unit_price <= before.unit_price


@settings(max_examples=800)
@given(markets(minimums=False), st.data())
def test_a_false_limit_never_gains(case: Market, data: st.DataObject) -> None:
    """The price for a firm that is in does not depend on its limit; out of limit it stays out."""
    assume(case.commitments)
    at = data.draw(st.integers(0, len(case.commitments) - 1))
    one = case.commitments[at]
    lie = changed(case, at, limit=data.draw(st.sampled_from([None, *map(Decimal, range(1, 13))])))
    assume(case.rule is Rule.UNIFORM or not (thin(case) or thin(lie)))
    honest, false = clear(case), clear(lie)
    if one.accepts(false.unit_price or Decimal(10**6)) and false.awards()[one.key]:
        # Whenever the lie gets it in at a price it can accept, the truth does too, no dearer.
        assert honest.unit_price is not None
        assert honest.unit_price <= false.unit_price


@settings(max_examples=300)
@given(markets())
def test_minimums_change_nothing_when_nobody_is_dropped(case: Market) -> None:
    result = clear(case)
    assume(not any(v.kind == "below_minimum" for v in result.verdicts))
    assert clear(without_minimums(case)).awards() == result.awards()


def test_hash_tells_markets_apart_and_ignores_trailing_zeros() -> None:
    base = market(LADDER, five())
    same = replace(
        base, tiers=tuple(replace(t, unit_price=t.unit_price + Decimal("0.00")) for t in base.tiers)
    )
    assert inputs_hash(same) == inputs_hash(base)
    others = [
        replace(base, pack=2),
        replace(base, capacity=500),
        replace(base, rule=Rule.FIRST_COME),
        replace(base, threshold=Threshold(2, 1)),
        replace(base, threshold=Threshold(1, 2)),
        replace(base, tiers=base.tiers[:3]),
        changed(base, 0, quantity=31),
        changed(base, 0, tolerance=1),
        changed(base, 0, minimum=1),
        changed(base, 0, limit=None),
        changed(base, 0, limit=Decimal("120.5")),
        changed(base, 0, arrival=99),
        changed(base, 0, key="z"),
    ]
    assert len({inputs_hash(one) for one in [base, *others]}) == len(others) + 1


def test_the_slow_reference_knows_the_worked_example_too() -> None:
    tier, awards, dropped = clear_slowly(market(LADDER, five()))
    assert (tier, sum(awards.values()), dropped) == (3, 205, {})
