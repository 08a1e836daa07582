"""What a clearing says of each commitment, and the fingerprint of what it read."""

import hashlib
import json
from decimal import Decimal

from tests.campaigns.domain.markets import market

from mungchi.campaigns.domain.clearing import Clearing, Failure, Outcome, clear, inputs_hash
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold, Tier
from mungchi.campaigns.domain.settlement import Rationing

TEN, NINE = Decimal(10), Decimal(9)


def told(clearing: Clearing) -> list[tuple[str, str, int, Decimal | None, int | None]]:
    return [
        (one.commitment.key, str(one.kind), one.awarded, one.unit_price, one.offered)
        for one in clearing.verdicts
    ]


def test_of_a_campaign_that_succeeds() -> None:
    """All five verdicts: thirty-three are there, and come first, served first."""
    people = [
        {"quantity": 30},
        {"quantity": 20, "limit": Decimal(7)},
        {"quantity": 40, "silent": True},
        {"quantity": 8, "minimum": 8},
        {"quantity": 5},
        {"quantity": 6},
    ]
    ladder = [(1, 10), (15, 9)]
    result = clear(market(ladder, people, capacity=33, rule=Rule.FIRST_COME))
    assert told(result) == [
        ("a", "awarded", 30, NINE, None),
        ("b", "priced_out", 0, NINE, None),
        ("c", "unanswered", 0, None, None),
        ("d", "below_minimum", 0, NINE, 3),
        ("e", "awarded", 3, NINE, None),
        ("f", "not_allocated", 0, NINE, None),
    ]
    assert (result.outcome, result.failure, result.tier) == (Outcome.SUCCEEDED, None, 1)
    assert (result.unit_price, result.quantity, result.firms()) == (NINE, 33, 2)
    assert (result.rationing, result.rule) == (Rationing.CAPACITY, Rule.FIRST_COME)


def test_of_a_campaign_that_fails() -> None:
    people = [
        {"quantity": 2, "limit": Decimal(8)},
        {"quantity": 2},
        {"quantity": 9, "minimum": 9},
        {"quantity": 3, "silent": True},
    ]
    result = clear(market([(5, 10), (8, 9)], people, capacity=8, threshold=Threshold(1, 2)))
    assert told(result) == [
        ("a", "priced_out", 0, NINE, None),
        ("b", "not_allocated", 0, None, None),
        ("c", "below_minimum", 0, NINE, 6),
        ("d", "unanswered", 0, None, None),
    ]
    assert (result.outcome, result.failure) == (Outcome.FAILED, Failure.SMALLEST_QUANTITIES)
    assert (result.tier, result.unit_price, result.quantity) == (None, None, 0)
    assert (result.rationing, result.rule) == (Rationing.NONE, None)


def test_of_a_failure_the_tier_that_lacked_least_is_told() -> None:
    result = clear(market([(20, 10), (30, 9)], [{"quantity": 12}]))
    nearest = result.nearest()
    assert nearest is not None
    assert (nearest.unit_price, nearest.missing) == (TEN, 8)
    unreachable = clear(market([(20, 10), (30, 9)], [{"quantity": 40}], capacity=15))
    assert unreachable.failure is Failure.CAPACITY_TOO_SMALL
    assert unreachable.nearest() is None


def test_the_fingerprint_of_a_record_is_found_again_years_later() -> None:
    """It is kept with each clearing: another way of writing the same would disown them all."""
    case = Market(
        (Tier(1, Decimal("120.50")), Tier(50, Decimal("100.000"))),
        (
            Commitment("b", 7, 60, silent=True),
            Commitment("a", 3, 30, tolerance=2, minimum=10, limit=Decimal("110.0")),
        ),
        pack=4, capacity=200, threshold=Threshold(5, 2), rule=Rule.PROPORTIONAL,
    )  # fmt: skip
    read = {
        "tiers": [[1, "120.5"], [50, "100"]],
        "pack": 4,
        "capacity": 200,
        "threshold": [5, 2],
        "rule": "proportional",
        "commitments": [["a", 3, 30, 2, 10, "110"], ["b", 7, 60, 0, 0, None, "silent"]],
    }
    text = json.dumps(read, separators=(",", ":"), sort_keys=True)
    assert inputs_hash(case) == hashlib.sha256(text.encode()).hexdigest()
