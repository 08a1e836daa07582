"""Smallest acceptable quantities: the fast form against the plain loop, and its speed."""

import random
import time
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.campaigns.domain.markets import random_market
from tests.campaigns.domain.reference import by_ratio, clear_slowly, in_turn, pour

from mungchi.campaigns.domain import proportional
from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold, Tier
from mungchi.campaigns.domain.shortages import shortage


def compare(seed: int, people: int, largest: int) -> tuple[str, bool]:
    case = random_market(seed, people=people, largest=largest)
    result = clear(case)
    tier, awards, dropped = clear_slowly(case)
    prices = [one.unit_price for one in case.tiers]
    got = {
        v.commitment.key: (v.offered, prices.index(v.unit_price))
        for v in result.verdicts
        if v.kind == "below_minimum"
    }
    assert (result.tier, result.awards(), got) == (tier, awards, dropped), f"seed {seed}"
    return f"{result.rationing} {case.rule}", bool(dropped)


@pytest.mark.parametrize("start", range(0, 12_000, 3_000))
def test_equals_the_plain_loop_on_small_markets(start: int) -> None:
    seen = Counter(compare(seed, 9, 12) for seed in range(start, start + 3_000))
    for rule in Rule:
        assert seen[f"capacity {rule}", True] > 20
        assert seen[f"capacity {rule}", False] > 20
    assert sum(number for (kind, drop), number in seen.items() if "rounding" in kind and drop) > 3


@pytest.mark.parametrize("largest", [3, 30, 5_000])
def test_equals_the_plain_loop_on_larger_markets(largest: int) -> None:
    seen = Counter(compare(seed, 60, largest) for seed in range(200))
    assert sum(number for (_, drop), number in seen.items() if drop) > 20


PLAIN = {Rule.UNIFORM: pour, Rule.PROPORTIONAL: by_ratio, Rule.FIRST_COME: in_turn}


@pytest.mark.parametrize("rule", list(Rule))
@pytest.mark.parametrize("seed", range(60))
def test_each_drop_equals_sharing_out_again(rule: Rule, seed: int) -> None:
    """Drop by drop with orders that move up and down, as pack rounding makes them do."""
    rng = random.Random(seed)
    count = rng.choice([3, 20, 150, 400])
    largest = rng.choice([2, 9, 100, 10**6]) if rule is Rule.PROPORTIONAL else rng.choice([3, 40])
    asked = [rng.randint(1, largest) for _ in range(count)]
    least = [rng.choice([0, q, rng.randint(0, q)]) for q in asked]
    kept = set(range(count))
    fast = shortage(rule, asked, least)
    order = rng.randint(1, max(1, sum(asked) // rng.choice([2, 5, 50])))
    drops = 0
    while sum(asked[i] for i in kept) > order:
        left = sorted(kept)
        got = PLAIN[rule]([asked[i] for i in left], order)
        risky = [
            (Fraction(mine, least[i]), -i, mine)
            for i, mine in zip(left, got, strict=True)
            if mine < least[i]
        ]
        expected = (-min(risky)[1], min(risky)[2]) if risky else None
        assert fast.worst(order) == expected, f"seed {seed}"
        if expected is None:
            break
        fast.drop(expected[0])
        kept.discard(expected[0])
        drops += 1
        if rule is Rule.UNIFORM:
            order = max(1, min(order + rng.randint(-9, 9), sum(asked[i] for i in kept) - 1))
    assert drops or expected is None


@pytest.mark.parametrize("picky", range(0, 201, 3))
def test_equal_remainders_of_different_quantities_go_to_the_earliest(picky: int) -> None:
    """With a third of the demand there, 1, 4 and 7 all tie with a remainder of a third.

    Only one commitment has a minimum, so the answer tells what just that one would get: the
    first 67 of 201 get the unit more, whatever their quantity.
    """
    rng = random.Random(picky)
    asked = [rng.choice([1, 4, 7]) for _ in range(201)]
    least = [asked[i] if i == picky else 0 for i in range(201)]
    mine = asked[picky] // 3 + (1 if picky < 67 else 0)
    assert by_ratio(asked, sum(asked) // 3)[picky] == mine
    expected = (picky, mine) if mine < asked[picky] else None
    assert shortage(Rule.PROPORTIONAL, asked, least).worst(sum(asked) // 3) == expected


def test_the_class_form_of_the_proportional_rule_is_really_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Refuse to share out again, so that only the class form can answer."""

    def refuse(*_: object) -> list[int]:
        raise AssertionError("shared out again")

    monkeypatch.setattr(proportional, "proportional", refuse)
    asked = list(range(1, 301))
    fast = shortage(Rule.PROPORTIONAL, asked, asked)
    got = by_ratio(asked, 200)
    assert fast.worst(200) == (max(i for i, x in enumerate(got) if x == 0), 0)


def crowd(rule: Rule, count: int, *, minimum: bool, capacity: int | None, limits: bool) -> Market:
    """A crowd with quantities 1..1000 in a fixed, mixed-up order."""
    commitments = []
    for index in range(count):
        quantity = index * 7919 % 1000 + 1
        limit = Decimal(80 + index * 31 % 60) if limits else None
        commitments.append(
            Commitment(str(index), index, quantity, 0, quantity if minimum else 0, limit)
        )
    tiers = tuple(Tier(1 + 10 * i, Decimal(130 - 5 * i)) for i in range(8))
    return Market(tiers, tuple(commitments), 1, capacity, Threshold(), rule)


@pytest.mark.parametrize("rule", list(Rule))
def test_70000_all_or_nothing_against_a_small_capacity_take_seconds(rule: Rule) -> None:
    case = crowd(rule, 70_000, minimum=True, capacity=10_000, limits=False)
    started = time.process_time()
    result = clear(case)
    took = time.process_time() - started
    dropped = sum(1 for v in result.verdicts if v.kind == "below_minimum")
    assert dropped > 69_000
    assert 0 < result.quantity <= 10_000
    # Processor time: about 3 s on the slowest machine that measured it; the plain loop takes hours.
    assert took < 15, f"{rule}: {took:.2f} s"


@pytest.mark.parametrize("capacity", [None, 9_000_000])
def test_70000_commitments_and_8_tiers_clear_in_a_second(capacity: int | None) -> None:
    case = crowd(Rule.UNIFORM, 70_000, minimum=False, capacity=capacity, limits=True)
    started = time.process_time()
    result = clear(case)
    took = time.process_time() - started
    assert result.tier == 7
    # Processor time, 0.3 s when measured; three times the limit, for a machine that is busy.
    assert took < 3, f"capacity {capacity}: {took:.2f} s"
