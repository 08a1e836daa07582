"""The fill phase: what is offered is taken, what is taken fills, and nobody is harmed by it."""

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.campaigns.domain.markets import market, markets

from mungchi.campaigns.domain import filling
from mungchi.campaigns.domain.clearing import Clearing, clear
from mungchi.campaigns.domain.filling import Refusal, Taken, anything_to_fill, judge, ways
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold

LADDER = [(1, 120), (40, 100), (100, 90)]


def offered(present: Market, key: str = filling.NEWCOMER) -> list[tuple[int, int, bool]]:
    return [(way.more, int(way.unit_price), way.deeper) for way in ways(present, key)]


def new(present: Market, quantity: int, **more: object) -> Commitment:
    last = max((one.arrival for one in present.commitments), default=0)
    return Commitment("new", last + 1, quantity, **more)


def test_a_broken_pack_is_completed_and_the_next_tier_reached() -> None:
    present = market(LADDER, [{"quantity": 31}, {"quantity": 24}], pack=12)
    # 55: four packs are ordered and 7 cut; 5 more complete the fifth, 17 more the sixth, and 53
    # more make nine packs, which reach the tier from 100.
    assert offered(present) == [(5, 100, False), (17, 100, False), (53, 90, True)]
    assert offered(present, "b") == offered(present)


def test_what_does_not_fill_is_refused() -> None:
    present = market(LADDER, [{"quantity": 31}, {"quantity": 24}], pack=12)
    assert judge(present, new(present, 4)) is Refusal.FILLS_NOTHING
    assert isinstance(judge(present, new(present, 5)), Taken)
    # A pack more is not asked for where none is open.
    whole = market(LADDER, [{"quantity": 48}, {"quantity": 12}], pack=12)
    assert judge(whole, new(whole, 12)) is Refusal.FILLS_NOTHING
    assert offered(whole) == [(48, 90, True)]


def test_tolerance_and_a_higher_limit_fill_too() -> None:
    people = [{"quantity": 31}, {"quantity": 24}, {"quantity": 29, "limit": Decimal(95)}]
    present = market(LADDER, people, pack=12)
    held = present.commitments[0]
    assert isinstance(judge(present, replace(held, tolerance=5)), Taken)
    assert judge(present, replace(held, tolerance=4)) is Refusal.FILLS_NOTHING
    # The third is kept out at 100; with a limit of 100 it fills two packs more and one stays open.
    raised = ways(present, "c")[0]
    assert (raised.more, raised.change.limit, raised.change.arrival) == (0, Decimal(100), 2)


def test_a_campaign_that_would_fail_is_saved_by_who_makes_it_happen() -> None:
    lonely = market([(10, 120), (50, 100)], [{"quantity": 7}], threshold=Threshold(10, 2))
    assert clear(lonely).tier is None
    assert offered(lonely) == [(3, 120, True), (43, 100, True)]
    # The one that is in it cannot be the second firm.
    assert offered(lonely, "a") == []


def test_nothing_is_left_where_all_is_full() -> None:
    assert not anything_to_fill(market(LADDER, [{"quantity": 100}, {"quantity": 20}], pack=12))
    assert not anything_to_fill(market(LADDER, [{"quantity": 60}], capacity=60))
    assert anything_to_fill(market(LADDER, [{"quantity": 60}]))
    # Two firms are missing: no one of them is taken alone.
    assert not anything_to_fill(market(LADDER, [{"quantity": 60}], threshold=Threshold(1, 3)))


def test_nothing_is_taken_back() -> None:
    present = market(LADDER, [{"quantity": 40, "tolerance": 3, "minimum": 5}])
    held = present.commitments[0]
    for less in (
        {"quantity": 39}, {"tolerance": 2}, {"minimum": 6}, {"limit": Decimal(150)},
    ):  # fmt: skip
        assert judge(present, replace(held, **less)) is Refusal.TAKES_BACK, less
    assert judge(present, replace(held, quantity=43, tolerance=0)) is Refusal.FILLS_NOTHING
    assert isinstance(judge(present, replace(held, quantity=100, tolerance=0)), Taken)


def test_who_takes_from_others_or_gets_less_itself_is_refused() -> None:
    scarce = market([(1, 120), (50, 100)], [{"quantity": 30}, {"quantity": 15}], capacity=50)
    # 10 more reach the tier, and there are 50: the first would be cut.
    assert judge(scarce, new(scarce, 10)) is Refusal.TAKES_FROM_OTHERS
    assert isinstance(judge(scarce, new(scarce, 5)), Taken)
    late = replace(scarce, rule=Rule.FIRST_COME)
    assert judge(late, new(late, 20)) is Refusal.NOT_ALL_OF_IT


def a_change(present: Market, seed: int) -> Commitment:
    """Any change at all: of one that is in it, or of a new one."""
    rng = random.Random(seed)
    quantity = rng.randint(1, 20)
    more = {
        "quantity": quantity, "tolerance": rng.choice([0, 0, 2, 5]),
        "minimum": rng.choice([0, 0, quantity]),
        "limit": rng.choice([None, None, Decimal(rng.randint(1, 12))]),
    }  # fmt: skip
    if present.commitments and rng.random() < 0.5:
        held = rng.choice(present.commitments)
        more["quantity"] += held.quantity
        return replace(held, **more, arrival=1000)
    return Commitment("new", 1000, **more)


def harmed(before: Clearing, after: Clearing, by: str) -> list[str]:
    got = after.awards()
    dearer = before.unit_price is not None and (
        after.unit_price is None or after.unit_price > before.unit_price
    )
    less = [
        v.commitment.key for v in before.verdicts
        if v.commitment.key != by and got[v.commitment.key] < min(v.awarded, v.commitment.quantity)
    ]  # fmt: skip
    return [*less, *(["the price"] if dearer else [])]


@given(markets(), st.integers(0, 2**32 - 1))
def test_what_is_taken_harms_nobody_and_gives_all_that_it_asks_for(
    present: Market, seed: int
) -> None:
    change, before = a_change(present, seed), clear(present)
    taken = judge(present, change)
    if not isinstance(taken, Taken):
        return
    after = clear(filling._with(present, change))
    assert after == taken.clearing
    assert harmed(before, after, change.key) == []
    assert after.awards()[change.key] >= change.quantity
    assert after.quantity > before.quantity or after.tier != before.tier
    assert after.quantity % present.pack == 0


@given(markets(), st.integers(0, 2**32 - 1))
def test_the_order_of_rows_means_nothing(present: Market, seed: int) -> None:
    rows = list(present.commitments)
    random.Random(seed).shuffle(rows)
    other = replace(present, commitments=tuple(rows))
    change = a_change(present, seed)
    assert judge(present, change) == judge(other, change)
    assert offered(present) == offered(other)


@given(markets())
def test_what_is_offered_is_taken(present: Market) -> None:
    for key in (filling.NEWCOMER, *(one.key for one in present.commitments)):
        for way in ways(present, key):
            taken = judge(present, way.change)
            assert isinstance(taken, Taken)
            assert (taken.deeper, taken.clearing.unit_price) == (way.deeper, way.unit_price)
            held = next((one for one in present.commitments if one.key == key), None)
            assert way.change.quantity == (held.quantity if held else 0) + way.more


@given(markets(minimums=False))
def test_the_least_that_is_taken_is_offered(present: Market) -> None:
    """Against trying every quantity."""
    top = max(tier.min_quantity for tier in present.tiers) + 2 * present.pack + 20
    taken = [
        quantity for quantity in range(1, top)
        if isinstance(judge(present, new(present, quantity)), Taken)
    ]  # fmt: skip
    least = offered(present)
    assert (least[0][0] if least else None) == (taken[0] if taken else None)
    assert anything_to_fill(present) == bool(taken)


@given(markets(), st.lists(st.integers(0, 30), min_size=1, max_size=6))
def test_a_whole_phase_leaves_nobody_worse_off(present: Market, picks: list[int]) -> None:
    began, market_now = clear(present), present
    mine: dict[str, int] = {}
    for number, pick in enumerate(picks):
        keys = [f"n{number}", *(one.key for one in market_now.commitments)]
        key = keys[pick % len(keys)]
        found = ways(market_now, key)
        if not found:
            continue
        change = found[pick % len(found)].change
        market_now = filling._with(market_now, change)
        mine[key] = change.quantity
    ended = clear(market_now)
    got = ended.awards()
    assert harmed(began, ended, "") == []
    assert all(got[key] >= quantity for key, quantity in mine.items())
