"""What other units are of an item: written down, read, and kept."""

import pytest
from tests.factories.accounts import CooperativeFactory, SeatFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for

from mungchi.accounts.access import actor_for
from mungchi.catalog.models import ItemConversion
from mungchi.common.models import Change, History

pytestmark = pytest.mark.django_db


def test_an_office_writes_down_the_units_of_its_item() -> None:
    home = CooperativeFactory()
    item = ItemFactory(cooperative=home, unit="each")
    office, firm = client_for(coordinator_of(home)), client_for(member(home))
    place = f"/api/v1/items/{item.pk}/units"
    wanted = {
        "units": [{"unit": "box", "said": 1, "base": 12}, {"unit": "kg", "said": 2, "base": 50}]
    }
    for _ in range(2):
        answer = office.put(place, wanted, format="json")
        assert answer.status_code == 200, answer.json()
    shown = [(one["unit"], one["label"], one["said"], one["base"], one["written"])
             for one in firm.get(place).json()["units"]]  # fmt: skip
    assert shown == [
        ("each", "개", 1, 1, False), ("box", "박스", 1, 12, True), ("kg", "kg", 1, 25, True),
        ("gram", "g", 40, 1, False), ("tonne", "톤", 1, 25_000, False),
    ]  # fmt: skip
    told = History.objects.get(kind="item_units_set")
    assert told.data["new_units"] == "1 box = 12 each, 1 kg = 25 each"
    assert Change.objects.filter(subject_type="catalog.itemconversion").count() == 2
    office.put(place, {"units": []}, format="json")
    assert not ItemConversion.objects.exists()
    assert firm.put(place, wanted, format="json").status_code == 403


@pytest.mark.parametrize(
    ("units", "code"),
    [
        ([{"unit": "kg", "said": 1, "base": 1}], "unit_converts_itself"),
        ([{"unit": "tonne", "said": 1, "base": 1000}], "unit_converts_itself"),
        ([{"unit": "box", "said": 1, "base": 2}, {"unit": "box", "said": 1, "base": 3}],
         "unit_twice"),
        ([{"unit": "metre", "said": 1, "base": 2}, {"unit": "centimetre", "said": 1, "base": 1}],
         "unit_converts_itself"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_down(units: list[dict[str, object]], code: str) -> None:
    home = CooperativeFactory()
    item = ItemFactory(cooperative=home, unit="kg")
    answer = client_for(coordinator_of(home)).put(
        f"/api/v1/items/{item.pk}/units", {"units": units}, format="json"
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not ItemConversion.objects.exists()


def test_everybodys_items_are_the_operators() -> None:
    item = ItemFactory(unit="box")
    place = f"/api/v1/items/{item.pk}/units"
    body = {"units": [{"unit": "each", "said": 12, "base": 1}]}
    office = client_for(coordinator_of(CooperativeFactory()))
    assert office.put(place, body, format="json").status_code == 404
    operator = client_for(actor_for(SeatFactory(role="operator", firm=None, cooperative=None)))
    assert operator.put(place, body, format="json").status_code == 200
    assert len(office.get(place).json()["units"]) == 2
