"""Needs said in another unit than the item's: kept as said, counted once, exact or refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.catalog.models import Item
from mungchi.catalog.operations import set_units
from mungchi.common import clock
from mungchi.demand import queries
from mungchi.demand.models import Need

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Cooperative:
    return CooperativeFactory()


@pytest.fixture
def item(home: Cooperative) -> Item:
    """Counted in pieces; a box holds twelve."""
    item = ItemFactory(cooperative=home, unit="each")
    set_units(actor=coordinator_of(home), item_id=item.pk, units={"box": (1, 12)})
    return item


def state(firm: Actor, home: Cooperative, item: Item, **given: Any) -> Any:
    body = {
        "cooperative": str(home.pk), "item": str(item.pk), "quantity": 3, "unit": "box",
        "needed_by": f"{clock.now().date() + timedelta(days=30):%Y-%m-%d}",
    }  # fmt: skip
    return client_for(firm).post("/api/v1/needs", body | given, format="json")


def test_a_need_is_kept_as_said_and_counted_in_the_items_unit(home, item) -> None:
    firm = member(home)
    answer = state(firm, home, item, price_limit="12000").json()
    assert (answer["quantity"], answer["price_limit"]) == (36, "1000")
    assert answer["said"] == {
        "unit": "box", "unit_label": "박스", "quantity": 3, "price_limit": "12000",
    }  # fmt: skip
    need(home, item=item, quantity=5)
    pool = Need.objects.get(pk=answer["id"]).pool
    assert queries.pool_summary(pool).quantity == 41
    # What a box is changes; what was counted stays.
    set_units(actor=coordinator_of(home), item_id=item.pk, units={"box": (1, 10)})
    again = client_for(firm).get(f"/api/v1/needs/{answer['id']}").json()
    assert (again["quantity"], again["said"]["price_limit"]) == (36, "12000")
    # A price alone keeps to what a box was when it was counted.
    place = f"/api/v1/needs/{answer['id']}"
    changed = client_for(firm).patch(place, {"price_limit": "6000", "unit": "box"}, format="json")
    assert (changed.json()["price_limit"], changed.json()["quantity"]) == ("500", 36)
    changed = client_for(firm).patch(place, {"quantity": 4, "unit": "box"}, format="json").json()
    assert (changed["quantity"], changed["said"]["quantity"]) == (40, 4)
    changed = client_for(firm).patch(place, {"quantity": 7}, format="json").json()
    assert (changed["quantity"], changed["said"]) == (7, None)


def test_what_does_not_come_out_is_refused_with_what_does(home) -> None:
    item = ItemFactory(cooperative=home, unit="box")
    set_units(actor=coordinator_of(home), item_id=item.pk, units={"each": (12, 1)})
    firm = member(home)
    broken = state(firm, home, item, quantity=30, unit="each")
    assert (broken.status_code, broken.json()["code"]) == (422, "quantity_not_whole")
    assert "24개 / 36개" in broken.json()["detail"]
    unknown = state(firm, home, item, unit="roll").json()
    assert unknown["code"] == "unit_not_of_item"
    assert list(unknown["fields"]) == ["unit"]
    assert state(firm, home, item, quantity=10**9, unit="gram").status_code == 422
    assert not Need.objects.exists()
    assert state(firm, home, item, quantity=36, unit="each", price_limit="10").status_code == 201
    assert Need.objects.get().price_limit == Decimal(120)


def test_a_price_that_would_be_rounded_is_refused(home, item) -> None:
    answer = state(member(home), home, item, price_limit="10000")
    assert answer.json()["code"] == "price_not_exact"
    assert "9,999 / 10,002" in answer.json()["detail"]


def test_more_than_can_be_counted_is_refused(home, item) -> None:
    answer = state(member(home), home, item, quantity=10**9)
    assert answer.json()["code"] == "quantity_wrong"


def test_the_items_own_unit_is_no_other(home, item) -> None:
    answer = state(member(home), home, item, unit="each").json()
    assert (answer["quantity"], answer["said"]) == (3, None)
