"""A split award: nobody gets more than it asked for, at no higher price, and no part is lost."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from tests.campaigns.domain.test_comparing import ANYBODY, bid, random_bids, wanting

from mungchi.campaigns.domain.comparing import Conditions, tried
from mungchi.campaigns.domain.market import Commitment, Rule, Threshold
from mungchi.campaigns.domain.splitting import first_part, forced, least_of_first, split


def test_what_the_first_leaves_is_bought_of_the_second_at_its_own_price() -> None:
    demand = wanting((100, None), (60, 95), (40, 92))
    first, second = bid("a", (1, 90), capacity=120), bid("b", (1, 100), (50, 94))
    found = split(first, second, demand, ANYBODY)
    assert forced(first, found.first)
    # Shared out equally, 40 each; 60 and 20 are left, and at 94 the last firm wants no more.
    assert [found.first.clearing.awards()[c.key] for c in demand] == [40, 40, 40]
    assert found.wanted == 80
    assert found.second.clearing.unit_price == Decimal(94)
    assert (found.quantity, found.firms, found.whole) == (200, 3, 3)
    assert found.each == Fraction(120 * 90 + 80 * 94, 200)


def test_a_limit_below_the_second_price_is_kept() -> None:
    demand = wanting((100, 91), (100, None))
    found = split(bid("a", (1, 90), capacity=100), bid("b", (1, 95)), demand, ANYBODY)
    assert found.wanted == 100
    assert found.second.clearing.awards() == {"0": 0, "1": 50}
    assert (found.quantity, found.whole) == (150, 1)


def test_the_first_part_asks_for_no_more_than_it_can_supply() -> None:
    demand = wanting((80, None), (80, None))
    conditions = Conditions(Threshold(150, 2), Rule.UNIFORM, 0)
    first = bid("a", (1, 90), capacity=105, pack=10)
    assert least_of_first(150, 10, 105) == 100
    assert least_of_first(150, 10, None) == least_of_first(150, 10, 400) == 150
    assert tried(first, demand, conditions).cost is None
    found = split(first, bid("b", (1, 95)), demand, conditions)
    assert forced(first, found.first)
    assert (found.first.quantity, found.second.quantity, found.whole) == (100, 60, 2)


def test_enough_capacity_forces_nothing() -> None:
    demand = wanting((50, None), (50, None))
    for capacity in (100, 130, None):
        first = bid("a", (1, 90), capacity=capacity)
        assert not forced(first, first_part(first, demand, ANYBODY))
    # Nor does a pack that is not filled, or a price that is not accepted.
    packs = bid("a", (1, 90), capacity=200, pack=30)
    assert not forced(packs, first_part(packs, demand, ANYBODY))
    dear = bid("a", (1, 90), capacity=50)
    assert not forced(dear, first_part(dear, wanting((80, 50)), ANYBODY))


@given(st.integers(0, 2**32 - 1))
def test_nobody_gets_more_or_pays_more_than_it_said(seed: int) -> None:
    bids, rng = random_bids(seed)
    if len(bids) == 1:
        return
    demand = []
    for at in range(rng.randint(1, 8)):
        quantity = rng.randint(1, 30)
        demand.append(Commitment(
            str(at), at, quantity, tolerance=rng.choice([0, 0, 3]),
            minimum=rng.choice([0, 0, quantity]),
            limit=rng.choice([None, Decimal(rng.randint(1, 20))]),
        ))  # fmt: skip
    found = split(bids[0], bids[1], demand, ANYBODY)
    first, second = found.first.clearing, found.second.clearing
    got = [first.awards(), second.awards()]
    for one in demand:
        parts = [awards.get(one.key, 0) for awards in got]
        assert sum(parts) <= one.quantity + one.tolerance
        for result, part in zip((first, second), parts, strict=True):
            assert not part or (result.unit_price is not None and one.accepts(result.unit_price))
        assert parts[0] == 0 or parts[0] >= one.minimum
        # All or nothing is not broken up: the rest is bought only of what was begun.
        assert not sum(parts) or sum(parts) >= one.minimum
    assert found.quantity == sum(sum(awards.values()) for awards in got)
    alone = first_part(bids[0], demand, ANYBODY)
    assert found.quantity >= alone.quantity
    again = split(bids[0], bids[1], list(reversed(demand)), ANYBODY)
    assert (again.quantity, again.firms, again.whole, again.each) == (
        found.quantity, found.firms, found.whole, found.each,
    )  # fmt: skip
