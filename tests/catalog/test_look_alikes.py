"""Items that may be one are found, and what else items are called is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need

from mungchi.catalog import operations
from mungchi.catalog.models import Item, LookAlike
from mungchi.common import clock

pytestmark = pytest.mark.django_db


def two(home: Any) -> tuple[Item, Item]:
    return (
        ItemFactory(cooperative=home, name="A4 복사용지 80g"),
        ItemFactory(cooperative=home, name="복사용지 A4 80 그램", code="P-7"),
    )


def test_other_names_are_added_and_removed_by_hand() -> None:
    home = CooperativeFactory()
    client, (kept, away) = client_for(coordinator_of(home)), two(home)
    url = "/api/v1/item-aliases"
    body = {"item": str(kept.pk), "name": "b-7", "kind": "code"}
    made = client.post(url, body)
    assert (made.status_code, made.json()["name"]) == (201, "B-7")
    assert client.post(url, body).json()["id"] == made.json()["id"]
    for name, kind in (("B-7", "code"), (kept.name, "name")):
        taken = client.post(url, {"item": str(away.pk), "name": name, "kind": kind})
        assert (taken.status_code, taken.json()["code"]) == (422, "alias_taken")
    theirs = client_for(coordinator_of(CooperativeFactory()))
    assert theirs.delete(f"{url}/{made.json()['id']}").status_code == 404
    assert client.delete(f"{url}/{made.json()['id']}").status_code == 204
    assert client.get(url, {"item": str(kept.pk)}).json()["results"] == []


def compared() -> None:
    while operations.compare_items(at=clock.now()):
        pass


def test_the_job_finds_pairs_and_remembers_what_was_set_apart() -> None:
    home = CooperativeFactory()
    office, (one, other) = coordinator_of(home), two(home)
    ItemFactory(cooperative=home, name="A3 복사용지 80g")
    ItemFactory(cooperative=CooperativeFactory(), name="A4 복사용지 80g")
    common = ItemFactory(name="복사 용지 A4 80g")
    compared()
    pairs = {
        frozenset((p.first_id, p.second_id)) for p in LookAlike.objects.filter(cooperative=home)
    }
    assert pairs == {frozenset(p) for p in (
        (one.pk, other.pk), (one.pk, common.pk), (other.pk, common.pk),
    )}  # fmt: skip
    need(home, item=other)
    client = client_for(office)
    rows = client.get("/api/v1/look-alikes", {"state": "open"}).json()["results"]
    row = next(
        r for r in rows if {r["first"]["id"], r["second"]["id"]} == {str(one.pk), str(other.pk)}
    )
    assert (row["score"], row["keep"], row["refusal"]) == (100, str(other.pk), None)
    assert row["same"][0] == "같은 낱말"
    mixed = next(r for r in rows if str(common.pk) in (r["first"]["id"], r["second"]["id"]))
    assert mixed["keep"] == str(common.pk)

    url = f"/api/v1/look-alikes/{row['id']}"
    for _ in range(2):
        assert client.post(f"{url}/set-apart").json()["state"] == "apart"
    operations.change_item(actor=office, item_id=one.pk, name="복사용지 A4 80g")
    compared()
    assert LookAlike.objects.get(pk=row["id"]).state == "apart"
    assert client.post(f"{url}/take-back").json()["state"] == "open"
    # A name that is another thing now takes its pairs along.
    operations.change_item(actor=office, item_id=one.pk, name="스테이플러")
    compared()
    assert not LookAlike.objects.filter(pk=row["id"]).exists()
    operations.merge_items(actor=office, keep_id=common.pk, away_id=other.pk)
    assert client.get("/api/v1/look-alikes").json()["results"] == []


def test_lists_of_pairs_and_merges_take_as_many_queries_for_one_and_three() -> None:
    home = CooperativeFactory()
    office = coordinator_of(home)
    client, counts = client_for(office), {"look-alikes": [], "item-merges": [], "item-aliases": []}
    for more in (1, 2):
        for n in range(more):
            kind = CategoryFactory()
            for _ in range(2):
                ItemFactory(cooperative=home, name=f"볼트 M{more}{n}", category=kind)
            kept, away = ItemFactory(cooperative=home), ItemFactory(cooperative=home)
            operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
        compared()
        for path, seen in counts.items():
            with CaptureQueriesContext(connection) as caught:
                rows = client.get(f"/api/v1/{path}").json()["results"]
            assert len(rows) >= more
            seen.append(len(caught))
    for path, (one, three) in counts.items():
        assert one == three, path
