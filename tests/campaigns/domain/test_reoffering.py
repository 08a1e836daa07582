"""Whom a changed offer asks: nobody who cannot be worse off, and everybody who can."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.campaigns.domain.markets import random_market

from mungchi.campaigns.domain.clearing import Outcome, VerdictKind, clear, inputs_hash
from mungchi.campaigns.domain.market import Commitment, Market, Tier
from mungchi.campaigns.domain.reoffering import Offered, change, price_at, read, written

VALID = datetime(2026, 6, 1, tzinfo=UTC)
LADDER = ((1, "120"), (50, "100"), (100, "90"), (200, "80"))


def offered(tiers: Any = LADDER, **terms: Any) -> Offered:
    given_terms = {
        "pack_size": 1, "capacity": None, "lead_time_days": 5, "delivery_cost": 1000,
        "valid_until": VALID, "note": "", **terms,
    }  # fmt: skip
    return Offered(tuple(Tier(least, Decimal(price)) for least, price in tiers), **given_terms)


def touched(new: Offered, quantity: int, limit: str | None, old: Offered | None = None) -> set[str]:
    found = change(old or offered(), new)
    return set(found.touches(quantity, None if limit is None else Decimal(limit)))


def test_a_dearer_tier_asks_those_who_were_in_at_it_and_nobody_else() -> None:
    dearer = offered(((1, "120"), (50, "105"), (100, "90"), (200, "80")))
    assert touched(dearer, 60, None) == {"tiers"}
    assert touched(dearer, 60, "100") == {"tiers"}, "it was in at 100, and is out at 105"
    assert touched(dearer, 60, "99") == set(), "at fifty to a hundred it was never in"
    assert touched(dearer, 100, None) == set(), "with its own hundred a total is never below"


def test_a_tier_that_begins_later_is_dearer_in_between() -> None:
    later = offered(((1, "120"), (50, "100"), (100, "90"), (250, "80")))
    assert touched(later, 10, "80") == {"tiers"}
    assert touched(later, 10, "79") == set()
    assert touched(later, 250, None) == set()
    begun = offered(((10, "120"), (50, "100"), (100, "90"), (200, "80")))
    assert touched(begun, 9, None) == {"tiers"}, "below ten there is no price any more"
    assert touched(begun, 10, None) == set()


def test_a_deepest_tier_that_goes_asks_whatever_the_quantity() -> None:
    gone = offered(LADDER[:3])
    assert touched(gone, 5_000, None) == {"tiers"}
    assert touched(gone, 5_000, "79") == set()


@pytest.mark.parametrize(
    ("terms", "names"),
    [
        ({"lead_time_days": 6}, {"lead_time_days"}),
        ({"lead_time_days": 4}, set()),
        ({"delivery_cost": 1001}, {"delivery_cost"}),
        ({"delivery_cost": 0}, set()),
        ({"capacity": 900}, {"capacity"}),
        ({"valid_until": VALID - timedelta(seconds=1)}, {"valid_until"}),
        ({"valid_until": VALID + timedelta(days=1)}, set()),
        ({"pack_size": 2}, {"pack_size"}),
        ({"note": "상자 포장"}, {"note"}),
    ],
)
def test_other_terms_ask_everybody_who_can_be_in(terms: dict[str, Any], names: set[str]) -> None:
    new = offered(**terms)
    assert touched(new, 10, None) == names
    assert touched(new, 10, "80") == names
    assert touched(new, 10, "79") == set(), "it can never be in"
    cheaper = offered((*LADDER[:3], (200, "70")), **terms)
    assert touched(cheaper, 10, "79") == names, "it can now, and never agreed to that"


def test_a_capacity_is_compared_in_whole_packs() -> None:
    old = offered(pack_size=10, capacity=209)
    assert touched(offered(pack_size=10, capacity=200), 10, None, old) == set()
    assert touched(offered(pack_size=10, capacity=199), 10, None, old) == {"capacity"}
    assert touched(offered(pack_size=10, capacity=None), 10, None, old) == set()


ladders = st.lists(
    st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=1, max_size=4,
    unique_by=(lambda tier: tier[0], lambda tier: tier[1]),
).map(lambda rows: tuple(zip(sorted(q for q, _ in rows),
                             sorted((p for _, p in rows), reverse=True), strict=True)))  # fmt: skip
limits = st.one_of(st.none(), st.integers(1, 32))


@given(ladders, ladders, st.integers(1, 32), limits)
def test_untouched_is_exactly_never_worse_at_any_total(
    old: Any, new: Any, quantity: int, limit: int | None
) -> None:
    was, now = offered(old), offered(new)
    worse = False
    for total in range(quantity, 70):
        before, after = price_at(was.tiers, total), price_at(now.tiers, total)
        inside = before is not None and (limit is None or before <= limit)
        worse = worse or (inside and (after is None or after > before))
    told = change(was, now).touches(quantity, None if limit is None else Decimal(limit))
    assert bool(told) == worse


@given(st.integers(0, 20_000), ladders)
def test_who_is_not_touched_pays_no_more_whatever_the_others_are(seed: int, new: Any) -> None:
    """By the clearing itself, with packs, capacities, thresholds and limits; nobody leaves."""
    old = random_market(seed, minimums=False)
    other = replace(old, tiers=offered(new).tiers)
    before, after = clear(old), clear(other)
    found = change(terms_of(old), terms_of(other))
    for verdict in before.verdicts:
        one = verdict.commitment
        if verdict.kind is VerdictKind.AWARDED and not found.touches(one.quantity, one.limit):
            assert after.unit_price is not None
            assert verdict.unit_price is not None
            assert after.unit_price <= verdict.unit_price


def terms_of(one: Market) -> Offered:
    return replace(offered(), tiers=one.tiers, pack_size=one.pack, capacity=one.capacity)


@given(ladders, ladders, st.integers(1, 32), st.integers(1, 32))
def test_touching_is_monotone(old: Any, new: Any, quantity: int, limit: int) -> None:
    found = change(offered(old), offered(new))
    if found.touches(quantity, Decimal(limit)):
        assert found.touches(max(1, quantity - 1), Decimal(limit + 1))
        assert found.touches(quantity, None)
        assert found.worse
    assert not change(offered(old), offered(old)).worse


def test_terms_are_read_as_they_were_written() -> None:
    one = offered(capacity=700, note="메모")
    assert read(written(one)) == one
    elsewhere = replace(one, valid_until=VALID.astimezone(tz=None))
    assert written(elsewhere) == written(one), "the same moment is the same term"


def silent_market() -> Market:
    people = (
        Commitment("a", 1, 60),
        Commitment("b", 2, 60, silent=True),
        Commitment("c", 3, 20, limit=Decimal(90)),
    )
    return Market(offered().tiers, people)


def test_who_is_silent_gets_nothing_and_counts_nowhere() -> None:
    result = clear(silent_market())
    assert result.unit_price == 100, "with the silent sixty it would be 90"
    assert result.awards() == {"a": 60, "b": 0, "c": 0}
    assert [one.kind for one in result.verdicts] == ["awarded", "unanswered", "priced_out"]
    assert [row.demand for row in result.tiers] == [60, 60, 80, 80]


def test_nobody_answers_and_it_fails_so() -> None:
    people = tuple(replace(one, silent=True) for one in silent_market().commitments)
    result = clear(replace(silent_market(), commitments=people))
    assert (result.outcome, result.failure) == (Outcome.FAILED, "nobody_answered")
    assert {one.kind for one in result.verdicts} == {VerdictKind.UNANSWERED}


def test_what_was_hashed_before_anybody_could_be_silent_stays() -> None:
    plain = replace(
        silent_market(),
        commitments=tuple(replace(one, silent=False) for one in silent_market().commitments),
    )
    assert inputs_hash(plain) == HASH
    assert inputs_hash(silent_market()) != HASH


HASH = "32c2c95ddb3cd876638cc5708ab4c21a3e85b8c702a7effdcaa35a26bc47abad"
