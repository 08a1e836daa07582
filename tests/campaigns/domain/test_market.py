"""Impossible markets are refused with the name of the field."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.campaigns.domain.markets import market

from mungchi.campaigns.domain.market import Commitment, MarketError, Threshold, Tier

GOOD = market([(1, 10), (5, 9)], [{"quantity": 3}, {"quantity": 4, "minimum": 4}])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tiers": ()}, "tiers"),
        ({"tiers": (Tier(0, Decimal(1)),)}, "tiers[0].min_quantity"),
        ({"tiers": (Tier(1, Decimal(0)),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, Decimal(-1)),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, Decimal("NaN")),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, Decimal("Infinity")),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, Decimal("1e-13")),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, Decimal(2**53 + 1)),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, 1.5),)}, "tiers[0].unit_price"),
        ({"tiers": (Tier(1, Decimal(2)), Tier(1, Decimal(1)))}, "tiers[1].min_quantity"),
        ({"tiers": (Tier(1, Decimal(2)), Tier(2, Decimal(2)))}, "tiers[1].unit_price"),
        ({"pack": 0}, "pack"),
        ({"pack": True}, "pack"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": 1.0}, "capacity"),
        ({"threshold": Threshold(-1, 1)}, "threshold.quantity"),
        ({"threshold": Threshold(1, -1)}, "threshold.firms"),
        ({"rule": "uniform"}, "rule"),
    ],
)
def test_terms(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(MarketError) as caught:
        replace(GOOD, **changes)
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: ")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "a"}, "id"),
        ({"key": 7}, "id"),
        ({"arrival": 0}, "arrival"),
        ({"arrival": "1"}, "arrival"),
        ({"quantity": 0}, "quantity"),
        ({"quantity": -3}, "quantity"),
        ({"quantity": True}, "quantity"),
        ({"quantity": 3.0}, "quantity"),
        ({"quantity": 2**53 + 1}, "quantity"),
        ({"tolerance": -1}, "tolerance"),
        ({"tolerance": 2**53 + 1}, "tolerance"),
        ({"minimum": -1}, "minimum"),
        ({"minimum": 5}, "minimum"),
        ({"limit": Decimal(0)}, "limit"),
        ({"limit": Decimal("-2")}, "limit"),
        ({"limit": Decimal("NaN")}, "limit"),
        ({"limit": 3}, "limit"),
    ],
)
def test_commitments(changes: dict[str, Any], field: str) -> None:
    second = Commitment(**{"key": "b", "arrival": 1, "quantity": 4, **changes})
    with pytest.raises(MarketError) as caught:
        replace(GOOD, commitments=(GOOD.commitments[0], second))
    assert caught.value.field == f"commitments[1].{field}"


def test_the_largest_values_are_accepted() -> None:
    top = 2**53
    made = market([(top, top)], [{"quantity": top, "tolerance": top, "minimum": top}])
    assert made.commitments[0].quantity == top
