"""What the cooperative could take itself: enough, and no unit more than it needs."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from tests.campaigns.domain.markets import market, markets

from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.domain.market import Commitment, Market, Threshold
from mungchi.campaigns.domain.topping_up import topping_up

LADDER = [(1, 120), (50, 100), (100, 90)]


def with_own(given_market: Market, quantity: int) -> Market:
    last = max((one.arrival for one in given_market.commitments), default=0)
    own = Commitment("own", last + 1, quantity, minimum=quantity)
    return replace(given_market, commitments=(*given_market.commitments, own))


def test_what_is_missing_at_the_next_tier_and_what_it_gives() -> None:
    people = [{"quantity": 30}, {"quantity": 12}, {"quantity": 20, "limit": Decimal(90)}]
    present = market(LADDER, people)
    now = clear(present)
    found = topping_up(present, now)
    assert now.unit_price == 120
    assert found is not None
    assert (found.quantity, found.unit_price) == (8, Decimal(100))
    assert found.clearing.awards() == {"a": 30, "b": 12, "c": 0}
    assert found.firms_more(now) == 0


def test_a_lower_price_that_brings_others_in_may_take_less() -> None:
    people = [{"quantity": 30}, {"quantity": 68, "limit": Decimal(90)}]
    present = market(LADDER, people)
    found = topping_up(present, clear(present))
    assert found is not None
    assert (found.quantity, found.unit_price) == (2, Decimal(90))
    assert found.firms_more(clear(present)) == 1


def test_nothing_at_the_deepest_tier_and_nothing_beyond_the_capacity() -> None:
    full = market(LADDER, [{"quantity": 100}])
    assert topping_up(full, clear(full)) is None
    scarce = market(LADDER, [{"quantity": 10}], capacity=40)
    assert topping_up(scarce, clear(scarce)) is None


def test_one_firm_too_few_takes_one_unit_of_one_buyer_more() -> None:
    lonely = market([(1, 120)], [{"quantity": 10}], threshold=Threshold(1, 2))
    assert clear(lonely).unit_price is None
    found = topping_up(lonely, clear(lonely))
    assert found is not None
    assert found.quantity == 1


@given(markets())
def test_it_reaches_a_deeper_tier_and_one_unit_less_does_not_reach_that_one(
    present: Market,
) -> None:
    now = clear(present)
    found = topping_up(present, now)
    if found is None:
        return
    reached = -1 if now.tier is None else now.tier
    result = clear(with_own(present, found.quantity))
    assert result.tier is not None
    assert result.tier > reached
    assert result.awards()["own"] == found.quantity
    assert {key: won for key, won in result.awards().items() if key != "own"} == (
        found.clearing.awards()
    )
    if found.quantity > 1:
        fewer = clear(with_own(present, found.quantity - 1))
        assert fewer.tier is None or fewer.tier <= reached or fewer.tier != result.tier
