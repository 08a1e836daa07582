"""Bundles: which needs go together, what an office is told of them, which are recommended."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mungchi.campaigns.domain.bundles import (
    NOTICE,
    WINDOW,
    Alike,
    Counts,
    Pair,
    Wanted,
    beats,
    bundles_around,
    counts_of,
    hidden_parts,
    in_windows,
    ranked,
)
from mungchi.campaigns.domain.expecting import (
    Expected,
    Known,
    Paid,
    Standing,
    how,
    low_price,
    saving_of,
)
from mungchi.common.text import Text

DAY = date(2026, 11, 2)
SOONEST = DAY + NOTICE
OURS = "0001"
ITEM, LIKE = "0101", "0102"


def some(number: int) -> str:
    return f"{number:04d}"


needs = st.lists(
    st.builds(
        Wanted,
        cooperative=st.integers(1, 4).map(some),
        item=st.sampled_from([ITEM, LIKE]),
        firm=st.integers(1000, 1007).map(some),
        quantity=st.integers(1, 100),
        needed_by=st.integers(0, 90).map(lambda days: DAY + timedelta(days=days)),
        last_price=st.none() | st.integers(1, 50).map(Decimal),
    ),
    max_size=30,
)


@given(needs)
def test_one_delivery_serves_a_window_and_every_need_in_time_is_in_one(
    wanted: list[Wanted],
) -> None:
    groups = in_windows(wanted, SOONEST)
    assert sum(map(len, groups)) == sum(each.needed_by >= SOONEST for each in wanted)
    for group in groups:
        assert max(e.needed_by for e in group) - group[0].needed_by <= WINDOW
    for before, after in pairwise(groups):
        assert after[0].needed_by - before[0].needed_by > WINDOW


@given(needs)
def test_what_is_told_of_others_never_gives_one_firm_away(wanted: list[Wanted]) -> None:
    for bundle in bundles_around(OURS, ITEM, wanted, SOONEST, currency="KRW"):
        inside = [e for e in wanted if bundle.first_day <= e.needed_by <= bundle.last_day]
        firms: dict[tuple[str, str], set[str]] = defaultdict(set)
        for each in inside:
            firms[each.cooperative, each.item].add(each.firm)
        foreign = [part for part in bundle.parts if part.cooperative != OURS]
        others = set().union(*(firms[p.cooperative, p.item] for p in foreign))
        for part in foreign:
            if part.quantity is not None:
                assert len(firms[part.cooperative, part.item]) >= 2
        hidden = [firms[p.cooperative, p.item] for p in foreign if p.quantity is None]
        if bundle.quantity is None:
            # Nothing of others is told at all.
            assert (len(others), len(hidden)) == (1, len(foreign))
        elif hidden:
            # The total less what is shown is of two firms or more.
            assert len(set().union(*hidden)) >= 2
        own = sum(e.quantity for e in inside if e.cooperative == OURS)
        assert bundle.known == (own if bundle.quantity is None else bundle.quantity)
        assert bundle.quantity in (None, sum(e.quantity for e in inside))


def test_hiding_one_part_hides_another_with_it() -> None:
    cells = {
        (OURS, ITEM): {some(1)}, (some(2), ITEM): {some(2)},
        (some(3), ITEM): {some(3), some(4)}, (some(4), ITEM): {some(5), some(6), some(7)},
    }  # fmt: skip
    assert hidden_parts(OURS, cells) == {(some(2), ITEM), (some(3), ITEM)}
    del cells[some(2), ITEM]
    assert hidden_parts(OURS, cells) == set()


def test_a_bundle_needs_an_own_need_and_two_firms() -> None:
    day = SOONEST + timedelta(days=3)
    own = Wanted(OURS, ITEM, some(1), 5, day)
    theirs = Wanted(some(2), LIKE, some(2), 7, day)

    def made(*wanted: Wanted) -> int:
        return len(bundles_around(OURS, ITEM, wanted, SOONEST, currency="KRW"))

    assert made(own, theirs) == 1
    assert made(own) == made(theirs) == made(own, own) == 0
    # Members alone, for the item or one that looks alike: nobody of a partner's has to be in it.
    assert made(own, own._replace(firm=some(3))) == 1
    assert made(own, own._replace(firm=some(3), item=LIKE)) == 1
    assert made(own, theirs._replace(firm=own.firm)) == 0
    assert made(own._replace(item=LIKE), theirs) == 0
    assert made(own, theirs._replace(needed_by=day + WINDOW)) == 1
    assert made(own, theirs._replace(needed_by=day + WINDOW + timedelta(days=1))) == 0
    assert made(own, theirs._replace(needed_by=SOONEST - timedelta(days=1))) == 0


def test_items_of_two_cooperatives_are_alike_through_everybodys() -> None:
    ours, theirs, everybodys, other = some(11), some(12), some(13), some(14)
    owners = {ours: some(1), theirs: some(2), everybodys: None, other: some(1)}
    pairs = [Pair(ours, everybodys, 90), Pair(theirs, everybodys, 84)]
    found = Alike([*pairs, Pair(other, everybodys, 79)], owners)
    both = (some(1), some(2))
    assert found.near(ours, both) == {everybodys: 90, theirs: 84}
    assert found.near(theirs, both) == {everybodys: 84, ours: 84}
    assert found.near(everybodys, both) == {ours: 90, theirs: 84}
    assert found.near(other, both) == {}
    # Only the catalogues of those that trade with each other.
    assert found.near(ours, both[:1]) == {everybodys: 90}
    # Two of one catalogue are compared with each other, and only that says whether they are alike.
    found = Alike([*pairs, Pair(other, everybodys, 90)], owners)
    assert found.near(ours, both) == {everybodys: 90, theirs: 84}


counted = st.lists(
    st.builds(Counts, st.integers(2, 6), st.integers(1, 6), st.integers(-1, 4)), max_size=25
)


@given(counted)
def test_what_another_beats_is_not_recommended_and_stands_behind_it(counts: list[Counts]) -> None:
    ranks = ranked(counts)
    assert sorted(rank.place for rank in ranks) == list(range(1, len(counts) + 1))
    for one, rank in zip(counts, ranks, strict=True):
        better = [other for other in counts if beats(other, one)]
        assert rank.recommended is (not better)
        for other, ahead in zip(counts, ranks, strict=True):
            if beats(other, one):
                assert ahead.place < rank.place


def paid(*prices: int) -> list[Paid]:
    return [Paid(some(at), 10, Decimal(price)) for at, price in enumerate(prices)]


def test_the_saving_says_from_what_and_how() -> None:
    clearing = Expected("clearing", Decimal(90), DAY, alone=Decimal(120))
    found = saving_of(paid(100, 110), clearing, 200, "KRW")
    assert found is not None
    assert (found.source, found.before, found.amount, found.firms) == (
        "clearing", Decimal("105.000000"), 3000, 2,
    )  # fmt: skip
    assert how(found, "KRW", Text(ko="박스", en="box")) == Text(
        ko="기업 2곳이 최근 산 단가의 평균은 105원이고, 2026년 11월 2일 공동구매 마감 단가는 "
        "90원이었습니다. 200박스 × (105원 − 90원) = 3,000원",
        en="2 firms last paid ₩105 on average; a campaign cleared at ₩90 on 2 November 2026. "
        "200 boxes × (₩105 − ₩90) = ₩3,000",
    )
    # Without what firms paid, the ladder's own first tier; without that nothing is known.
    found = saving_of([], clearing, 200, "KRW")
    assert found is not None
    assert (found.before, found.amount, found.firms) == (120, 6000, 0)
    assert saving_of([], Expected("clearing", Decimal(90), DAY), 200, "KRW") is None
    # Without a clearing, what a quarter of at least four firms pay already.
    assert saving_of(paid(100, 100, 80), None, 200, "KRW") is None
    found = saving_of(paid(100, 100, 80, 120), None, 200, "KRW")
    assert found is not None
    assert (found.source, found.unit_price, found.amount) == ("prices", 80, 4000)
    assert low_price(paid(100, 100, 90, 80, 120)) == 90
    # A dearer clearing saves nothing, and says so.
    found = saving_of(paid(70), clearing, 200, "KRW")
    assert found is not None
    assert found.amount == 0
    assert "is not less" in how(found, "KRW", Text(ko="개", en="each")).en


def test_a_standing_offer_is_asked_for_the_quantity() -> None:
    offer = Standing(((10, Decimal(120)), (50, Decimal(100))), 80, DAY, "KRW")
    assert offer.at(9) is None
    assert offer.at(81) is None
    assert offer.at(10) == Expected("standing", Decimal(120), DAY)
    assert offer.at(50) == Expected("standing", Decimal(100), DAY, alone=Decimal(120))
    assert offer.is_for("KRW", 1000, DAY)
    assert not offer.is_for("USD", 1000, DAY)
    assert not offer.is_for("KRW", 1000, DAY + timedelta(days=1))
    netted = Standing(offer.tiers, None, DAY, "KRW", vat_rate_bp=1000)
    assert (netted.is_for("KRW", 1000, DAY), netted.is_for("KRW", 0, DAY)) == (True, False)
    # The first that knows a price for the quantity, and of those the lowest.
    clearing = Expected("clearing", Decimal(90), DAY)
    cheaper = Standing(((1, Decimal(95)),), None, DAY, "KRW")
    known = Known(((offer, cheaper), (clearing,)))
    assert known.at(60) == Expected("standing", Decimal(95), DAY)
    assert Known(((offer,), (clearing,))).at(5) == clearing
    assert Known(((offer,),)).at(5) is None
    found = saving_of([], offer.at(60), 60, "KRW")
    assert found is not None
    assert (found.source, found.amount) == ("standing", 1200)
    assert "₩120 each" in how(found, "KRW", Text(ko="개", en="each")).en


def test_the_last_price_of_one_other_firm_is_not_reckoned_with() -> None:
    clearing = Expected("clearing", Decimal(90), DAY)
    day = SOONEST + timedelta(days=1)
    own = Wanted(OURS, ITEM, some(1), 10, day, Decimal(100))
    one = Wanted(some(2), ITEM, some(2), 10, day, Decimal(300))

    def before(*wanted: Wanted) -> tuple[Decimal, int]:
        (bundle,) = bundles_around(OURS, ITEM, wanted, SOONEST, currency="KRW",
                                   expected=Known(((clearing,),)))  # fmt: skip
        assert bundle.saving is not None
        assert counts_of(bundle).saving == bundle.saving.amount
        return bundle.saving.before, bundle.saving.firms

    assert before(own, one) == (100, 1)
    assert before(own, one, one._replace(firm=some(3))) == (Decimal("233.333333"), 3)
