"""The outlook: the tier table, the distances, the cliff, the quote; equal to the clearing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.campaigns.domain.markets import markets

from mungchi.campaigns.domain.clearing import Outcome, clear
from mungchi.campaigns.domain.market import Commitment, Market, Threshold
from mungchi.campaigns.domain.outlook import (
    Cliff,
    Terms,
    TierDemand,
    demand_by_tier,
    nearest_tier,
    orderable,
    outlook,
    quote,
    tier_table,
)
from mungchi.campaigns.domain.serving import counted, depends, served


def rows(*values: tuple[int, object, int], tolerance: int = 0, firms: int = 2) -> list[TierDemand]:
    return [
        TierDemand(quantity, Decimal(str(price)), demand, tolerance, firms)
        for quantity, price, demand in values
    ]


def terms_of(case: Market) -> Terms:
    return Terms(case.pack, case.capacity, case.threshold)


@pytest.mark.parametrize(
    ("demand", "tolerance", "pack", "capacity", "expected"),
    [
        (0, 50, 10, None, 0),
        (9, 0, 10, None, 0),
        (9, 1, 10, None, 10),
        (1, 9, 10, None, 10),
        (1, 8, 10, None, 0),
        (20, 50, 10, None, 20),
        (25, 5, 10, 29, 20),
        (25, 0, 1, None, 25),
        (25, 0, 1, 0, 0),
        (5, 9, 10, 9, 0),
    ],
)
def test_orderable(
    demand: int, tolerance: int, pack: int, capacity: int | None, expected: int
) -> None:
    assert orderable(demand, tolerance, Terms(pack, capacity)) == expected


def test_worked_example_before_the_last_firm_came() -> None:
    now = outlook(rows((1, 120, 30), (50, 100, 30), (100, 90, 95), (200, 80, 155)), Terms())
    assert (now.current, now.unit_price, now.quantity) == (0, 120, 30)
    assert [row.missing for row in now.tiers] == [0, 20, 5, 45]
    assert [row.reached_percent for row in now.tiers] == [100, 60, 95, 77]
    assert now.next_tier is not None
    # The tier at 90 lacks 5 units, the one before it 20: it is the one to aim for.
    assert (now.next_tier.unit_price, now.next_tier.missing) == (90, 5)
    assert now.next_tier.saving_per_unit == 30
    assert now.list_price == 120


def test_nothing_carries_yet() -> None:
    now = outlook(rows((10, 9, 3), (20, 8, 18)), Terms(threshold=Threshold(1, 3)))
    assert (now.current, now.unit_price, now.quantity, now.demand) == (None, None, 0, 0)
    assert now.next_tier is not None
    assert (now.next_tier.index, now.next_tier.missing, now.next_tier.missing_firms) == (1, 2, 1)


def test_a_tier_beyond_the_capacity_is_no_aim() -> None:
    now = outlook(rows((1, 9, 18), (25, 8, 18)), Terms(pack=10, capacity=29))
    assert [row.missing for row in now.tiers] == [0, None]
    assert now.next_tier is None


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        # 100 x 80 = 8,000 against 79, 80 and 81 x 100
        (79, None),
        (80, None),
        (81, Cliff(1, Decimal(80), 100, 19)),
    ],
)
def test_cliff_only_where_ordering_more_costs_less(quantity: int, expected: Cliff | None) -> None:
    assert outlook(rows((1, 100, quantity), (100, 80, quantity)), Terms()).cliff == expected


def test_cliff_counts_whole_packs_and_the_capacity() -> None:
    table = rows((1, 100, 90), (95, 80, 90))
    assert outlook(table, Terms(pack=10)).cliff == Cliff(1, Decimal(80), 100, 10)
    assert outlook(table, Terms(pack=10, capacity=99)).cliff is None


@settings(max_examples=500)
@given(markets(minimums=False))
def test_outlook_is_what_the_clearing_does(case: Market) -> None:
    counts = served(case.tiers, case.in_order(), terms_of(case), case.rule)
    rows = counted(demand_by_tier(case.tiers, case.commitments), counts)
    now = outlook(rows, terms_of(case))
    result = clear(case)
    assert now.tiers == result.tiers
    assert (now.current, now.unit_price, now.quantity) == (
        result.tier,
        result.unit_price,
        result.quantity,
    )


@settings(max_examples=800)
@given(markets(minimums=False))
def test_sums_tell_how_many_get_something_unless_it_is_counted(case: Market) -> None:
    terms = terms_of(case)
    rows = demand_by_tier(case.tiers, case.commitments)
    counts = served(case.tiers, case.in_order(), terms, case.rule)
    assert depends(rows, terms, case.rule) == any(count is not None for count in counts)
    # With a ladder of one tier that asks for nothing everybody who accepts it is in.
    for index, tier in enumerate(case.tiers):
        alone = replace(case, tiers=(replace(tier, min_quantity=1),), threshold=Threshold(1, 1))
        row = tier_table(counted(rows, counts), terms)[index]
        if case.threshold.firms > 1:
            assert row.served == clear(alone).firms()


@settings(max_examples=500)
@given(markets())
def test_demand_counts_those_who_accept_the_price(case: Market) -> None:
    for row in demand_by_tier(case.tiers, case.commitments):
        inside = [one for one in case.commitments if one.accepts(row.unit_price)]
        assert row.demand == sum(one.quantity for one in inside)
        assert row.tolerance == sum(one.tolerance for one in inside)
        assert row.firms == len(inside)


@settings(max_examples=800)
@given(markets(minimums=False), st.data())
def test_missing_is_exactly_what_makes_a_tier_carry(case: Market, data: st.DataObject) -> None:
    relaxed = Terms(case.pack, case.capacity, replace(case.threshold, firms=0))
    base = demand_by_tier(case.tiers, case.commitments)
    for row, outcome in zip(base, tier_table(base, relaxed), strict=True):
        assert outcome.carries == (outcome.missing == 0)
        if outcome.missing is None:
            big = replace(row, demand=row.demand + 10_000)
            assert not tier_table([big], relaxed)[0].carries
        elif outcome.missing:
            enough = replace(row, demand=row.demand + outcome.missing)
            short = replace(row, demand=row.demand + outcome.missing - 1)
            assert tier_table([enough], relaxed)[0].carries
            assert not tier_table([short], relaxed)[0].carries


@settings(max_examples=500)
@given(markets(minimums=False), st.integers(1, 30), st.integers(0, 5), st.data())
def test_quote_is_the_outlook_with_the_firm_in_it(
    case: Market, quantity: int, tolerance: int, data: st.DataObject
) -> None:
    limit = data.draw(st.none() | st.integers(1, 12).map(Decimal))
    joined = replace(
        case,
        commitments=(*case.commitments, Commitment("me", 10**6, quantity, tolerance, 0, limit)),
    )
    said = quote(
        demand_by_tier(case.tiers, case.commitments),
        terms_of(case),
        quantity=quantity,
        tolerance=tolerance,
        limit=limit,
        served=served(case.tiers, joined.in_order(), terms_of(case), case.rule),
    )
    result = clear(joined)
    mine = result.verdicts[-1]
    assert said.price_now == result.unit_price
    assert said.kept_out == (mine.kind == "priced_out" and result.outcome is Outcome.SUCCEEDED)
    assert said.may_be_cut or said.kept_out or result.tier is None or mine.awarded >= quantity
    if mine.awarded:
        assert said.highest_price is not None
        assert result.unit_price <= said.highest_price


def test_quote_says_the_highest_price_and_what_a_minimum_risks() -> None:
    table = rows((1, 100, 50), (100, 80, 50))
    free = quote(table, Terms(capacity=55), quantity=10, minimum=10)
    assert (free.price_now, free.highest_price) == (100, 100)
    assert (free.may_be_cut, free.may_be_dropped) == (True, True)
    assert not quote(table, Terms(capacity=55), quantity=10).may_be_dropped
    strict = quote(table, Terms(), quantity=10, limit=Decimal(95))
    assert (strict.kept_out, strict.highest_price) == (True, 80)
    assert strict.next_tier is not None
    assert (strict.next_tier.unit_price, strict.next_tier.missing) == (80, 40)
    never = quote(table, Terms(), quantity=10, limit=Decimal(79))
    assert (never.kept_out, never.highest_price) == (True, None)


@given(markets())
def test_nearest_tier_lacks_least(case: Market) -> None:
    table = tier_table(demand_by_tier(case.tiers, case.commitments), terms_of(case))
    best = nearest_tier(table)
    assume(best is not None)
    assert all(r.missing is None or r.missing >= table[best].missing for r in table)
