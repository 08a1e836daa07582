"""The clearing again on those who are left: what they pay stays, and nothing falls silently."""

import hashlib
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mungchi.campaigns.domain.clearing import Outcome, clear
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold, Tier
from mungchi.campaigns.domain.outlook import Terms
from mungchi.campaigns.domain.rest import (
    LACKS,
    Before,
    Lack,
    clear_rest,
    rest_hash,
    sentence_of,
)
from mungchi.campaigns.domain.sentences import PLAIN

LADDER = (Tier(1, Decimal(120)), Tier(50, Decimal(100)), Tier(100, Decimal(90)))


def rest(
    *quantities: int, tier: int = 2, pack: int = 1, threshold: Threshold | None = None,
    before: tuple[int, int] = (120, 3),
):  # fmt: skip
    left = [Commitment(str(n), n, q, limit=Decimal(90)) for n, q in enumerate(quantities)]
    terms = Terms(pack, None, threshold or Threshold())
    return clear_rest(LADDER, terms, Before(LADDER[tier], *before), left)


def test_what_reaches_the_tier_carries() -> None:
    found = rest(60, 40)
    assert (found.carries, found.quantity, found.firms) == (True, 100, 2)
    assert found.asked == Decimal(90)


def test_what_does_not_reach_it_is_asked_the_price_of_the_tier_that_it_reaches() -> None:
    found = rest(60, 39)
    assert found.lacks == (Lack.TIER,)
    assert (found.reached, found.asked) == (LADDER[1], Decimal(100))
    # Limits are of what firms pay, which stays.
    assert found.tier.unit_price == Decimal(90)


def test_below_the_first_tier_the_offer_sells_nothing() -> None:
    ladder = (Tier(50, Decimal(100)), Tier(100, Decimal(90)))
    left = [Commitment("1", 1, 49)]
    found = clear_rest(ladder, Terms(), Before(ladder[1], 100, 2), left)
    assert (found.reached, found.asked) == (None, None)


def test_a_broken_pack_is_not_sold_and_no_tolerance_fills_it_up() -> None:
    found = rest(60, 45, pack=10)
    assert (found.lacks, found.asked) == ((Lack.PACK,), None)
    left = [Commitment("1", 1, 105, tolerance=20)]
    again = clear_rest(LADDER, Terms(10), Before(LADDER[2], 120, 2), left)
    assert (again.lacks, again.quantity) == ((Lack.PACK,), 105)


def test_the_threshold_still_holds() -> None:
    assert rest(60, 45, threshold=Threshold(110, 1)).lacks == (Lack.THRESHOLD_QUANTITY,)
    assert rest(105, threshold=Threshold(1, 2)).lacks == (Lack.THRESHOLD_FIRMS,)
    # But asks no more than the clearing had given: where few of those who made it got something.
    assert rest(105, threshold=Threshold(1, 2), before=(105, 1)).carries
    assert rest().lacks == (Lack.NOBODY,)


def test_the_sentence_says_what_is_lacking() -> None:
    assert "유지됩니다" in sentence_of(rest(60, 40), PLAIN).ko
    told = sentence_of(rest(60, 39, threshold=Threshold(1, 3)), PLAIN)
    assert "99" in told.en
    assert "begins at 100" in told.en
    assert LACKS[Lack.THRESHOLD_FIRMS].en in told.en


@st.composite
def markets(draw: st.DrawFn) -> Market:
    prices = draw(st.lists(st.integers(50, 200), min_size=1, max_size=4, unique=True))
    starts = draw(
        st.lists(st.integers(1, 120), min_size=len(prices), max_size=len(prices), unique=True)
    )
    tiers = tuple(
        Tier(start, Decimal(price))
        for start, price in zip(sorted(starts), sorted(prices, reverse=True), strict=True)
    )
    commitments = tuple(
        Commitment(
            str(at), at, draw(st.integers(1, 60)), draw(st.integers(0, 5)), 0,
            draw(st.none() | st.integers(40, 210).map(Decimal)),
        )
        for at in range(draw(st.integers(1, 8)))
    )  # fmt: skip
    return Market(
        tiers, commitments, draw(st.integers(1, 12)), draw(st.none() | st.integers(1, 300)),
        Threshold(draw(st.integers(1, 80)), draw(st.integers(1, 4))), draw(st.sampled_from(Rule)),
    )  # fmt: skip


@given(markets(), st.data())
def test_a_rest_never_costs_more_than_was_agreed_and_never_changes_by_itself(
    market: Market, data: st.DataObject
) -> None:
    result = clear(market)
    if result.outcome is not Outcome.SUCCEEDED:
        return
    tier = market.tiers[result.tier]
    before = Before(tier, result.quantity, result.firms())
    terms = Terms(market.pack, market.capacity, market.threshold)
    won = [
        Commitment(one.commitment.key, one.commitment.arrival, one.awarded,
                   limit=one.commitment.limit)
        for one in result.verdicts if one.awarded
    ]  # fmt: skip
    same = clear_rest(market.tiers, terms, before, won)
    # With nobody lapsed it is what it was.
    assert same.carries
    assert (same.quantity, same.firms, same.tier) == (result.quantity, result.firms(), tier)
    assert same.asked == result.unit_price

    left = [one for one in won if data.draw(st.booleans())]
    found = clear_rest(market.tiers, terms, before, left)
    assert found.tier.unit_price == result.unit_price
    assert found.quantity == sum(one.quantity for one in left)
    assert all(one.accepts(found.tier.unit_price) for one in left)
    # What is asked of whoever pays the difference is never below what firms pay.
    assert found.asked is None or found.asked >= result.unit_price
    if found.carries:
        assert found.asked == result.unit_price
        assert found.quantity >= tier.min_quantity
        assert found.quantity % market.pack == 0
        assert found.quantity >= min(market.threshold.quantity, result.quantity)
    elif len(left) < len(won):
        assert sentence_of(found, PLAIN).en.count(".") >= 2
    # Fewer never carry what more did not.
    fewer = clear_rest(market.tiers, Terms(1, None, market.threshold), before, left[1:])
    more = clear_rest(market.tiers, Terms(1, None, market.threshold), before, left)
    assert more.carries or not fewer.carries


def test_the_digest_is_of_who_is_left_and_of_the_record_before() -> None:
    left = [Commitment("a", 2, 5), Commitment("b", 1, 6)]
    assert rest_hash("x", left) == rest_hash("x", left[::-1])
    others = [("y", left), ("x", left[:1]), ("x", [Commitment("a", 2, 4), left[1]])]
    assert len({rest_hash("x", left), *(rest_hash(*one) for one in others)}) == 4


def test_the_record_of_the_rest_is_what_it_was_when_it_was_written() -> None:
    left = [Commitment("b", 2, 30), Commitment("a", 1, 40)]
    told = '["x",[["a",40],["b",30]]]'
    assert rest_hash("x", left) == hashlib.sha256(told.encode()).hexdigest()


def test_every_reason_is_said_after_the_sentence_and_parted_by_a_space() -> None:
    found = rest(60, 35, pack=10, threshold=Threshold(110, 3))
    assert found.lacks == (
        Lack.TIER, Lack.THRESHOLD_QUANTITY, Lack.THRESHOLD_FIRMS, Lack.PACK,
    )  # fmt: skip
    told = sentence_of(found, PLAIN)
    tier = PLAIN.quantity(100)
    why = [LACKS[lack].format(tier=tier) for lack in found.lacks]
    assert told.ko.endswith(" " + " ".join(each.ko for each in why))
    assert told.en.endswith(" " + " ".join(each.en for each in why))


def test_the_edges_of_threshold_tier_and_limit() -> None:
    assert rest(60, 50, threshold=Threshold(110, 2)).carries
    assert rest(60, 49, threshold=Threshold(110, 2)).lacks == (Lack.THRESHOLD_QUANTITY,)
    assert rest(100, threshold=Threshold(1, 2)).lacks == (Lack.THRESHOLD_FIRMS,)
    # No more is asked than the clearing had given.
    assert rest(60, 50, threshold=Threshold(500, 9), before=(110, 2)).carries
    assert rest().lacks == (Lack.NOBODY,)
    # Whoever is left is counted at every price up to its limit, and at no other.
    counted = [row.demand for row in rest(60, 40).table]
    assert counted == [0, 0, 100]
