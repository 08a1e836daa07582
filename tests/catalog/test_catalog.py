"""The catalogue over HTTP."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for

from mungchi.catalog.models import Item
from mungchi.catalog.operations import add_items
from mungchi.common.models import History

pytestmark = pytest.mark.django_db
URL = "/api/v1/items"


def names(answer) -> set[str]:
    """Return the names on a page."""
    return {row["name"] for row in answer.json()["results"]}


def test_a_seat_sees_shared_items_and_those_of_its_cooperatives() -> None:
    cooperative = CooperativeFactory()
    ItemFactory(name="모두의 용지")
    ItemFactory(name="우리 용지", cooperative=cooperative)
    ItemFactory(name="남의 용지", cooperative=CooperativeFactory())
    for actor in (member(cooperative), coordinator_of(cooperative)):
        assert names(client_for(actor).get(URL)) == {"모두의 용지", "우리 용지"}


def test_what_a_file_names_is_of_the_category_that_everybodys_item_is_of() -> None:
    home = CooperativeFactory()
    by_name = ItemFactory(name="박스 테이프", code="T-1", category=CategoryFactory())
    by_code = ItemFactory(name="복사용지", code="P-1", category=CategoryFactory())
    ItemFactory(name="남의 것", cooperative=CooperativeFactory(), category=CategoryFactory())
    wanted = [("", "박스 테이프", ""), ("P-1", "", "A4 용지"), ("X-9", "", "남의 것")]
    found, new = add_items(cooperative_id=home.pk, wanted=wanted)
    assert new == 3
    made = [Item.objects.get(pk=pk).category_id for _, _, pk in found]
    assert made == [by_name.category_id, by_code.category_id, None]


def test_items_are_found_by_a_part_of_name_or_code_and_by_category() -> None:
    category = CategoryFactory()
    ItemFactory(name="복사용지 A4", name_en="Copy paper", code="P-100", category=category)
    ItemFactory(name="토너", name_en="Toner", code="T-200")
    client = client_for(coordinator_of(CooperativeFactory()))
    for text in ("사용지", "copy", "p-1", "PAPER"):
        assert names(client.get(URL, {"search": text})) == {"복사용지 A4"}
    assert names(client.get(URL, {"category": str(category.pk)})) == {"복사용지 A4"}
    assert names(client.get(URL, {"search": "100%"})) == set()
    assert client.get(URL, {"search": "\x00"}).status_code == 422
    english = client_for(coordinator_of(CooperativeFactory()), "en")
    assert names(english.get(URL)) == {"Copy paper", "Toner"}


def test_an_office_adds_an_item() -> None:
    office = coordinator_of(CooperativeFactory())
    category = CategoryFactory()
    body = {"name": "볼트", "code": "b-1", "unit": "box", "pack_size": 12, "vat_class": "taxable",
            "category": str(category.pk)}  # fmt: skip
    answer = client_for(office).post(URL, body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["code"], made["unit_label"], made["pack_size"]) == ("B-1", "박스", 12)
    assert made["category"]["id"] == str(category.pk)
    item = Item.objects.get(pk=made["id"])
    assert item.cooperative_id == office.cooperative_id
    assert History.objects.get(subject_id=item.pk).kind == "item_created"
    again = client_for(office).post(URL, body)
    assert (again.status_code, again.json()["fields"]["code"][0]["code"]) == (422, "code_taken")
    assert client_for(coordinator_of(CooperativeFactory())).post(URL, body).status_code == 201
    assert Item.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"unit": "furlong"}, "unit"),
        ({"pack_size": 0}, "pack_size"),
        ({"vat_class": "half"}, "vat_class"),
        ({"category": str(uuid4())}, "category"),
        ({"code": "x" * 61}, "code"),
    ],
)
def test_each_wrong_value_is_named_by_its_field(change: dict[str, object], field: str) -> None:
    client = client_for(coordinator_of(CooperativeFactory()))
    answer = client.post(URL, {"name": "볼트", "unit": "box"} | change)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == [field]
    assert not Item.objects.exists()


def test_firms_do_not_add_items() -> None:
    assert client_for(member(CooperativeFactory())).post(URL, {"name": "x"}).status_code == 403


def test_units_and_categories_are_in_the_callers_language() -> None:
    CategoryFactory(name="사무용품", name_en="Office supplies")
    office = coordinator_of(CooperativeFactory())
    korean, english = client_for(office), client_for(office, "en")
    assert {"code": "box", "label": "박스"} in korean.get("/api/v1/units").json()
    assert {"code": "box", "label": "box"} in english.get("/api/v1/units").json()
    assert names(korean.get("/api/v1/categories")) == {"사무용품"}
    assert names(english.get("/api/v1/categories")) == {"Office supplies"}


def test_the_list_costs_the_same_queries_with_one_row_and_with_three() -> None:
    client, seen = client_for(coordinator_of(CooperativeFactory())), []
    for more in (1, 2):
        for _ in range(more):
            ItemFactory(category=CategoryFactory())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        seen.append(len(queries))
    assert seen[0] == seen[1] <= 6
