"""Terms of standing offers: what may not be, without VAT, from the smallest order on."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mungchi.common.money import price_without_vat, value_without_vat
from mungchi.pricelists.domain.terms import (
    Terms,
    differences,
    ends_at,
    fault,
    netted,
    percent,
)

TODAY = date(2026, 11, 27)


def terms(**given: object) -> Terms:
    return Terms(**{
        "tiers": ((1, Decimal(120)), (50, Decimal(100)), (100, Decimal(90))),
        "pack_size": 1, "minimum": 1, "capacity": None, "capacity_per": "month",
        "lead_time_days": 5, "delivery_cost": 0, "currency": "KRW", "vat_included": False,
        "valid_from": TODAY, "valid_until": date(2027, 2, 27), "for_all": True,
        "cooperatives": (), "code": "A", "note": "", **given,
    })  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, None),
        ({"tiers": ()}, ("tiers", "tiers")),
        ({"tiers": ((2, Decimal(2)), (2, Decimal(1)))}, ("tiers.1.min_quantity", "quantity")),
        ({"tiers": ((1, Decimal(2)), (2, Decimal(2)))}, ("tiers.1.unit_price", "price")),
        ({"capacity": 99}, ("capacity", "capacity")),
        ({"capacity": 100, "minimum": 101}, ("minimum", "minimum")),
        ({"valid_until": date(2026, 11, 26)}, ("valid_until", "dates")),
        ({"valid_from": date(2026, 1, 1), "valid_until": date(2026, 11, 26)},
         ("valid_until", "over")),
        ({"valid_until": TODAY}, None),
        ({"for_all": False}, ("cooperatives", "nobody")),
        ({"cooperatives": ("x",)}, ("cooperatives", "chosen_and_all")),
    ],
)  # fmt: skip
def test_the_first_fault_is_named(given: dict[str, object], found: object) -> None:
    assert fault(terms(**given), today=TODAY, item_of=None) == found


def test_a_cooperatives_own_item_is_for_that_cooperative_only() -> None:
    chosen = terms(for_all=False, cooperatives=("a", "b"))
    assert fault(chosen, today=TODAY, item_of="a") == ("cooperatives", "item_of_one")
    assert fault(terms(), today=TODAY, item_of="a") == ("cooperatives", "item_of_one")
    assert fault(replace(chosen, cooperatives=("a",)), today=TODAY, item_of="a") is None


def test_prices_lose_their_vat_and_ladders_begin_at_the_smallest_order() -> None:
    net = netted(
        ((1, Decimal(1100)), (50, Decimal(1000)), (100, Decimal(990))),
        minimum=60, delivery_cost=33_000, vat_included=True, vat_rate_bp=1000,
    )  # fmt: skip
    assert net.tiers == ((60, Decimal("909.090909")), (100, Decimal(900)))
    assert net.delivery_cost == 30_000
    plain = netted(
        ((1, Decimal(1100)),), minimum=1, delivery_cost=5, vat_included=False, vat_rate_bp=1000
    )
    assert (plain.tiers, plain.delivery_cost) == (((1, Decimal(1100)),), 5)


def test_prices_that_are_one_without_vat_are_one_tier() -> None:
    net = netted(
        ((1, Decimal("0.000002")), (10, Decimal("0.0000019"))),
        minimum=1, delivery_cost=0, vat_included=True, vat_rate_bp=1000,
    )  # fmt: skip
    assert net.tiers == ((1, Decimal("0.000002")),)


def test_without_vat_is_rounded_half_up() -> None:
    assert price_without_vat(Decimal(1), 1000) == Decimal("0.909091")
    assert value_without_vat(16, 1000) == 15
    assert value_without_vat(11, 1000) == 10


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ([[1, "100"]], [[1, "103"]], "3.0"),
        ([[1, "100"], [50, "90"]], [[1, "101"], [50, "81"]], "-10.0"),
        ([[1, "100"]], [[1, "100"], [50, "95"]], "-5.0"),
        ([[1, "100"]], [[1, "100"]], "0.0"),
        ([[10, "100"]], [[1, "200"]], "100.0"),
    ],
)
def test_the_largest_move_of_the_price(before: list, after: list, moved: str) -> None:  # type: ignore[type-arg]
    assert percent(before, after) == Decimal(moved)


def test_what_changed_is_told_in_order() -> None:
    was = terms()
    now = replace(was, lead_time_days=3, tiers=((1, Decimal(110)), *was.tiers[1:]))
    found = differences(was.as_json(), now.as_json())
    assert [one.term for one in found] == ["tiers", "lead_time_days"]
    assert (found[0].before, found[0].after) == ([[1, "120"]], [[1, "110"]])


def test_the_last_day_counts_whole_in_its_zone() -> None:
    assert ends_at(date(2026, 12, 31), "Asia/Seoul") == datetime(2026, 12, 31, 15, tzinfo=UTC)
