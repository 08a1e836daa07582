"""Comparing offers: what is recommended is beaten by none, and curves turn where they say."""

import random
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaigns.domain.markets import random_market

from mungchi.campaigns.domain import advice
from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.domain.comparing import (
    GROWTHS,
    Compared,
    Conditions,
    able,
    beats_or_equals,
    compare,
    counts,
    recommend,
)
from mungchi.campaigns.domain.curves import Bid, cheapest_by_quantity, drawn, landed_at
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold, Tier
from mungchi.common.text import Text

ANYBODY = Conditions(Threshold(1, 1), Rule.UNIFORM, 0)
SAYS = advice.Says(
    name={key: key.upper() for key in "abcdefgh"},
    price=lambda exact: Text(ko=f"{float(exact):g}", en=f"{float(exact):g}"),
    quantity=lambda value: Text(ko=f"{value}캔", en=f"{value} cans"),
)


def bid(key: str, *tiers: tuple[int, object], **terms: object) -> Bid:
    given = {"pack": 1, "capacity": None, "delivery": Decimal(0), "lead_time_days": 5, **terms}
    ladder = tuple(Tier(least, Decimal(str(price))) for least, price in tiers)
    return Bid(key, ladder, **given)  # type: ignore[arg-type]


def wanting(*pairs: tuple[int, object]) -> tuple[Commitment, ...]:
    return tuple(
        Commitment(str(at), at, quantity, limit=None if limit is None else Decimal(str(limit)))
        for at, (quantity, limit) in enumerate(pairs)
    )


def compared(*bids: Bid, demand: tuple[Commitment, ...]) -> list[Compared]:
    return compare([(one, True) for one in bids], demand, ANYBODY)


def random_bids(seed: int) -> tuple[list[Bid], random.Random]:
    """A few offers in a narrow range of values, so that ties and near misses are common."""
    rng = random.Random(seed)
    bids = []
    for index in range(rng.randint(1, 5)):
        source = random_market(rng.randrange(2**32))
        bids.append(Bid(
            key="abcdefgh"[index], tiers=source.tiers, pack=rng.choice([1, 1, 2, 5]),
            capacity=source.capacity or None, delivery=Decimal(rng.choice([0, 0, 10, 40])),
            lead_time_days=rng.randint(1, 4),
        ))  # fmt: skip
    if rng.random() < 0.3:
        first = bids[0]
        bids.append(Bid("h", first.tiers, first.pack, first.capacity, first.delivery,
                        first.lead_time_days))  # fmt: skip
    return bids, rng


def test_each_trial_is_the_clearing_itself_with_delivery_and_fee_on_top() -> None:
    demand = wanting((100, None), (50, 95), (30, 80))
    offer = bid("a", (1, 120), (150, 90), delivery=Decimal(300), capacity=160)
    conditions = Conditions(Threshold(1, 2), Rule.UNIFORM, 250)
    (found,) = compare([(offer, True)], demand, conditions)
    now = found.at(0)
    assert (now.quantity, now.firms, now.refused, now.short) == (150, 2, 1, 0)
    assert now.cost is not None
    assert now.cost.each == Fraction(90) + Fraction(300, 150) + Fraction(90) * Fraction(25, 1000)
    half_more = found.at(50)
    assert (half_more.quantity, half_more.short) == (160, 65)
    market = Market(offer.tiers, wanting((150, None), (75, 95), (45, 80)), 1, 160, Threshold(1, 2))
    assert half_more.clearing == clear(market)
    assert [trial.growth for trial in found.trials] == list(GROWTHS)


def test_the_cheapest_is_recommended_unless_it_serves_too_little() -> None:
    demand = wanting((100, None), (100, None))
    dear, cheap = bid("a", (1, 100)), bid("b", (1, 90))
    small = bid("c", (1, 50), capacity=20)
    assert recommend(compared(dear, cheap, demand=demand)).key == "b"
    found = compared(dear, cheap, small, demand=demand)
    assert recommend(found).key == "b"
    said = [one.en for one in advice.advice(found, SAYS)]
    assert said[0].startswith("B is recommended: with demand as it stands 90 each")
    assert "The next, A, comes to 100 each (11.1 % more)." in said
    assert "C would be cheaper at 50 each, but serves only 20 cans." in said


def test_what_speaks_for_others_is_said() -> None:
    demand = wanting((50, None), (50, 95))
    slow = bid("a", (1, 90), lead_time_days=20)
    quick = bid("b", (1, 94), (140, 60), lead_time_days=6)
    found = compared(slow, quick, demand=demand)
    said = [one.en for one in advice.advice(found, SAYS)]
    assert said[0].startswith("A is recommended")
    assert "B delivers 14 days sooner." in said
    assert "If demand grows by 50 %, B would be recommended." in said
    wide = bid("c", (1, 96))
    narrow = advice.advice(compared(bid("a", (1, 100)), wide, demand=demand), SAYS)
    assert narrow[0].en.startswith("C is recommended")


def test_offers_that_are_the_same_are_both_named_and_none_is_recommended() -> None:
    found = compared(bid("a", (1, 90)), bid("b", (1, 90)), demand=wanting((10, None)))
    choice = recommend(found)
    assert (choice.key, choice.same) == (None, ("a", "b"))
    assert "A, B" in advice.advice(found, SAYS)[0].en


def test_where_nothing_would_succeed_or_may_be_chosen_nothing_is_recommended() -> None:
    found = compared(bid("a", (100, 90)), demand=wanting((10, None)))
    assert recommend(found).key is None
    assert advice.advice(found, SAYS) == [advice.NOTHING]
    lapsed = compare([(bid("a", (1, 90)), False)], wanting((10, None)), ANYBODY)
    assert recommend(lapsed).key is None
    assert advice.advice(lapsed, SAYS) == [advice.NOTHING_YET]
    assert recommend([]).key is None


def test_where_the_order_turns_is_exact() -> None:
    # 100 each and no delivery, against 90 each and 4,000 for the way: the same at 400.
    near, far = bid("a", (1, 100)), bid("b", (1, 90), delivery=Decimal(4000))
    changes = cheapest_by_quantity([near, far], 300, 0)
    assert [(one.quantity, one.key) for one in changes] == [(1, "a"), (401, "b")]
    turns = advice.turning(changes, SAYS)
    assert [(one.quantity, one.key) for one in turns] == [(1, "a"), (401, "b")]
    said = [one.sentence.en for one in turns]
    assert said == ["From 1 cans on, A is the cheapest.", "From 401 cans on, B is cheaper than A."]
    ends = cheapest_by_quantity([bid("a", (5, 10), capacity=20)], 8, 0)
    assert [(one.quantity, one.key) for one in ends] == [(1, None), (5, "a"), (21, None)]
    told = [(one.quantity, one.key, one.sentence.en) for one in advice.turning(ends, SAYS)]
    assert told == [
        (5, "a", "From 5 cans on, A is the cheapest."),
        (21, None, "From 21 cans on, no offer delivers as much."),
    ]
    # The cheaper one delivers no more: that the dearer goes on is not that it became cheaper.
    small = cheapest_by_quantity([bid("a", (1, 90), capacity=60), bid("b", (1, 100))], 8, 0)
    assert advice.turning(small, SAYS)[-1].sentence == Text(
        ko="61캔부터는 A의 공급 한도를 넘어 B의 값이 가장 낮습니다.",
        en="From 61 cans on, which is more than A can supply, B is the cheapest.",
    )


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_nothing_recommended_is_beaten_or_equalled_on_every_count(seed: int) -> None:
    bids, rng = random_bids(seed)
    demand = random_market(rng.randrange(2**32)).commitments
    conditions = Conditions(Threshold(1, 1), rng.choice(list(Rule)), rng.choice([0, 250]))
    found = compare([(one, rng.random() < 0.9) for one in bids], demand, conditions)
    for growth in GROWTHS:
        choice = recommend(found, growth)
        candidates = able(found, growth)
        assert (choice.key is None and not choice.same) == (not candidates)
        chosen = [one for one in candidates if one.bid.key == choice.key]
        for other in candidates:
            assert not any(
                other is not one and beats_or_equals(other, one, growth) for one in chosen
            )
        same = [one for one in candidates if one.bid.key in choice.same]
        assert len({counts(one, growth) for one in same}) <= 1
        shuffled = rng.sample(found, len(found))
        assert recommend(shuffled, growth) == choice
    # Whatever there is, there is something to say of it.
    assert all(one.ko and one.en for one in advice.advice(found, SAYS))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_between_two_turns_the_cheapest_stays_and_at_a_turn_it_changes(seed: int) -> None:
    """For offers with the same pack; by trying every quantity."""
    bids, rng = random_bids(seed)
    pack = rng.choice([1, 1, 3])
    bids = [Bid(b.key, b.tiers, pack, b.capacity, b.delivery, b.lead_time_days) for b in bids]
    fee = rng.choice([0, 300])
    present = rng.randint(1, 60)
    changes = cheapest_by_quantity(bids, present, fee)
    last = drawn(bids, present)[-1]

    def costs(quantity: int) -> dict[str, Fraction]:
        found = {b.key: landed_at(b, quantity, fee) for b in bids}
        return {key: one.each for key, one in found.items() if one is not None}

    at = 0
    for quantity in range(1, last + 1):
        if at + 1 < len(changes) and changes[at + 1].quantity == quantity:
            at += 1
            before, now = changes[at - 1].key, changes[at].key
            assert before != now
        key, able_there = changes[at].key, costs(quantity)
        if key is None:
            assert not able_there, quantity
        else:
            assert able_there[key] == min(able_there.values()), (quantity, key)
