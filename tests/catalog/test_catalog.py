"""The catalogue over HTTP."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for

from mungchi.catalog.models import Item
from mungchi.catalog.operations import Named, add_items
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
    wanted = [
        Named("T-7", "", "박스 테이프"),
        Named("P-1", "", "A4 용지"),
        Named("X-9", "", "남의 것"),
    ]
    found, new = add_items(cooperative_id=home.pk, wanted=wanted)
    assert new == 3
    made = [Item.objects.get(pk=pk).category_id for _, _, pk in found]
    assert made == [by_name.category_id, by_code.category_id, None]


def test_what_everybodys_catalogue_has_with_code_and_name_is_that_very_item() -> None:
    home = CooperativeFactory()
    paper = ItemFactory(name="복사용지 A4 80g", code="P-1", unit="box")
    tape = ItemFactory(name="박스 테이프", code="T-1", unit="roll")
    own = ItemFactory(name="종이컵", code="C-1", cooperative=home)
    ItemFactory(name="종이컵", code="C-1", unit="box")
    wanted = [
        Named("P-1", "", "A4 복사용지 80 그램"),  # the same in another spelling
        Named("T-1", "", "박스 테이프 투명", "box"),  # one says more; the unit is the item's
        Named("", "박스 테이프", ""),  # by its name alone
        Named("C-1", "", "종이컵"),  # the cooperative's own goes first
        Named("P-1x", "", "복사용지 A4 80g", "kg"),  # another code: another item, until merged
    ]
    found, new = add_items(cooperative_id=home.pk, wanted=wanted)
    assert [pk for *_, pk in found[:4]] == [paper.pk, tape.pk, tape.pk, own.pk]
    made = Item.objects.get(pk=found[4][2])
    assert (new, made.cooperative_id, made.unit) == (1, home.pk, "kg")
    # The same code for something else, or for nobody knows what, is the cooperative's own.
    other = CooperativeFactory()
    wanted = [Named("P-1", "", "복사용지 A3 80g"), Named("T-1", "", "")]
    found, new = add_items(cooperative_id=other.pk, wanted=wanted)
    assert new == 2
    assert [Item.objects.get(pk=pk).unit for *_, pk in found] == ["each", "each"]


def test_items_are_found_by_a_part_of_name_or_code_and_by_category() -> None:
    category = CategoryFactory()
    ItemFactory(name="복사용지 A4", name_en="Copy paper", code="P-100", category=category)
    ItemFactory(name="토너", name_en="Toner", code="T-200")
    client = client_for(coordinator_of(CooperativeFactory()))
    for text in ("사용지", "copy", "p-1", "PAPER"):
        assert names(client.get(URL, {"search": text})) == {"복사용지 A4"}
    assert names(client.get(URL, {"category": str(category.pk)})) == {"복사용지 A4"}
    assert names(client.get(URL, {"search": "%"})) == set()
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


def filed(*pairs: object) -> dict[str, list[dict[str, object]]]:
    return {"items": [{"id": item.pk, "category": kind and kind.pk} for item, kind in pairs]}


def test_an_office_files_many_items_at_once_and_takes_it_back() -> None:
    home = CooperativeFactory()
    client, url = client_for(coordinator_of(home)), "/api/v1/cooperative/items"
    old, new = CategoryFactory(), CategoryFactory()
    bare, other = ItemFactory(cooperative=home), ItemFactory(cooperative=home, category=old)
    same = ItemFactory(cooperative=home, category=new)
    Item.objects.filter(pk=bare.pk).update(category=None)
    assert names(client.get(f"{url}?without_category=true")) == {bare.name}

    answer = client.post(f"{url}/categories", filed((bare, new), (other, new), (same, new)))
    assert answer.status_code == 200, answer.content
    before = {one["id"]: one["category"] for one in answer.json()["items"]}
    assert before == {str(bare.pk): None, str(other.pk): str(old.pk)}
    assert names(client.get(f"{url}?category={new.pk}")) == {bare.name, other.name, same.name}
    assert History.objects.filter(kind="item_changed").count() == 2

    assert client.post(f"{url}/categories", answer.json()).status_code == 200
    assert names(client.get(f"{url}?without_category=true")) == {bare.name}
    other.refresh_from_db()
    assert other.category_id == old.pk


def test_one_item_that_is_not_ours_and_nothing_is_filed() -> None:
    home = CooperativeFactory()
    client, url = client_for(coordinator_of(home)), "/api/v1/cooperative/items/categories"
    kind, ours = CategoryFactory(), ItemFactory(cooperative=home, category=None)
    for theirs in (ItemFactory(), ItemFactory(cooperative=CooperativeFactory())):
        assert client.post(url, filed((ours, kind), (theirs, kind))).status_code == 404
    assert client.post(url, filed((ours, None)) | {"items": []}).status_code == 422
    unknown = {"items": [{"id": ours.pk, "category": uuid4()}]}
    assert client.post(url, unknown).json()["code"] == "category_unknown"
    ours.refresh_from_db()
    assert ours.category_id is None


def test_an_item_is_corrected_and_its_code_stays_its_own() -> None:
    home = CooperativeFactory()
    client = client_for(coordinator_of(home))
    item, taken = ItemFactory(cooperative=home), ItemFactory(cooperative=home, code="T-9")
    url = f"/api/v1/cooperative/items/{item.pk}"
    kind = CategoryFactory()
    changed = client.patch(url, {"name": "박스 테이프", "code": "t-1", "category": kind.pk})
    body = changed.json()
    assert (body["name"], body["code"], body["category"]["id"]) == (
        "박스 테이프", "T-1", str(kind.pk),
    )  # fmt: skip
    for _ in range(2):
        assert client.patch(url, {"name": "박스 테이프"}).status_code == 200
    assert History.objects.filter(kind="item_changed").count() == 1
    refused = client.patch(url, {"code": taken.code})
    assert (refused.status_code, refused.json()["code"]) == (422, "code_taken")
    assert client_for(member(home)).patch(url, {"name": "x"}).status_code == 403
    assert client_for(member(home)).get("/api/v1/cooperative/items").json()["results"] == []


def test_one_own_item_and_three_take_as_many_queries() -> None:
    home = CooperativeFactory()
    client = client_for(coordinator_of(home))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            ItemFactory(cooperative=home, category=CategoryFactory())
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/api/v1/cooperative/items").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
