"""Variants of an item: who writes them down, how they change, and what a merge does with them."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    SeatFactory,
    actor_for,
    coordinator_of,
    member,
)
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for

from mungchi.catalog import operations
from mungchi.catalog.models import Item, Variant
from mungchi.catalog.operations.merge_refusals import ItemsClash
from mungchi.catalog.operations.variants import (
    MOST,
    Listed,
    VariantElsewhere,
    VariantsTooMany,
    VariantTaken,
)
from mungchi.common.errors import NotFound
from mungchi.common.models import History

pytestmark = pytest.mark.django_db


def made(item: Item, *names: str) -> list[Variant]:
    return [
        Variant.objects.create(item=item, name=name, code=name.upper(), position=place)
        for place, name in enumerate(names)
    ]


def again(rows: list[Variant]) -> list[Listed]:
    return [Listed(row.pk, row.name, row.name_en, row.code) for row in rows]


def names(item: Item, *, archived: bool = False) -> list[str]:
    rows = item.variants.filter(archived_at__isnull=not archived)
    return list(rows.values_list("name", flat=True))


def test_an_office_writes_them_down_in_their_order() -> None:
    home = CooperativeFactory()
    office, item = coordinator_of(home), ItemFactory(cooperative=home)
    two = [Listed(None, "대"), Listed(None, "소", "Small", "S")]
    operations.set_variants(actor=office, item_id=item.pk, variants=two)
    assert names(item) == ["대", "소"]
    big, small = item.variants.all()

    # Turned round, one renamed, one new: the same rows.
    three = [Listed(small.pk, "작은 것", "Small", "S"), Listed(big.pk, "대"), Listed(None, "중")]
    operations.set_variants(actor=office, item_id=item.pk, variants=three)
    assert names(item) == ["작은 것", "대", "중"]
    assert {big.pk, small.pk} < set(item.variants.values_list("pk", flat=True))

    left = again([row for row in item.variants.all() if row.name != "대"])
    operations.set_variants(actor=office, item_id=item.pk, variants=left)
    assert (names(item), names(item, archived=True)) == (["작은 것", "중"], ["대"])
    told = History.objects.filter(kind="item_variants_set", subject_id=item.pk).order_by("-id")[0]
    assert (told.data["before"], told.data["after"]) == ("작은 것, 대, 중", "작은 것, 중")

    # Named again it is the one that it was.
    operations.set_variants(actor=office, item_id=item.pk,
                            variants=[*again(item.variants.filter(archived_at=None)),
                                      Listed(big.pk, "대")])  # fmt: skip
    assert names(item) == ["작은 것", "중", "대"]
    count = History.objects.count()
    operations.set_variants(
        actor=office, item_id=item.pk, variants=again(list(item.variants.all()))
    )
    assert History.objects.count() == count


def test_two_may_trade_their_names_and_codes() -> None:
    home = CooperativeFactory()
    item = ItemFactory(cooperative=home)
    one, other = made(item, "a", "b")
    operations.set_variants(
        actor=coordinator_of(home), item_id=item.pk,
        variants=[Listed(one.pk, "b", "", "B"), Listed(other.pk, "a", "", "A")],
    )  # fmt: skip
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.name, one.code, other.name, other.code) == ("b", "B", "a", "A")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (lambda one, gone: [Listed(None, "a"), Listed(None, "a")], VariantTaken),
        (lambda one, gone: [Listed(None, "x", "", "K"), Listed(None, "y", "", "K")], VariantTaken),
        (lambda one, gone: [Listed(one.pk, "a"), Listed(None, "gone")], VariantTaken),
        (lambda one, gone: [Listed(one.pk, "a"), Listed(None, "new", "", "GONE")], VariantTaken),
        (lambda one, gone: [Listed(one.pk, "a"), Listed(one.pk, "b")], VariantElsewhere),
        (lambda one, gone: [Listed(uuid4(), "a")], VariantElsewhere),
        (lambda one, gone: [Listed(None, f"v{n}") for n in range(MOST - 1)], VariantsTooMany),
    ],
)
def test_what_cannot_be_is_refused(
    wrong: Callable[[Variant, Variant], list[Listed]], refusal: type[Exception]
) -> None:
    home = CooperativeFactory()
    office, item = coordinator_of(home), ItemFactory(cooperative=home)
    one, gone = made(item, "a", "gone")
    operations.set_variants(actor=office, item_id=item.pk, variants=again([one]))
    with pytest.raises(refusal):
        operations.set_variants(actor=office, item_id=item.pk, variants=wrong(one, gone))
    assert names(item) == ["a"]


def test_everybodys_items_are_the_operators() -> None:
    item = ItemFactory()
    with pytest.raises(NotFound):
        operations.set_variants(actor=coordinator_of(CooperativeFactory()), item_id=item.pk,
                                variants=[Listed(None, "a")])  # fmt: skip
    operations.set_variants(
        actor=actor_for(SeatFactory(role="operator", firm=None, cooperative=None)),
        item_id=item.pk,
        variants=[Listed(None, "a")],
    )
    assert names(item) == ["a"]


def test_in_a_merge_they_go_over_and_come_back() -> None:
    home = CooperativeFactory()
    office = coordinator_of(home)
    kept, away = ItemFactory(cooperative=home), ItemFactory(cooperative=home)
    made(kept, "a"), made(away, "b", "c")
    merge = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    assert sorted(names(kept)) == ["a", "b", "c"]
    operations.undo_merge(actor=office, merge_id=merge.pk)
    assert (names(kept), names(away)) == (["a"], ["b", "c"])


def test_a_merge_is_refused_in_plain_words_where_names_clash() -> None:
    home = CooperativeFactory()
    kept, away = ItemFactory(cooperative=home), ItemFactory(cooperative=home)
    made(kept, "a"), made(away, "a")
    with pytest.raises(ItemsClash) as error:
        operations.merge_items(actor=coordinator_of(home), keep_id=kept.pk, away_id=away.pk)
    assert "규격" in error.value.text.ko
    assert names(away) == ["a"]


def test_over_the_wire_and_in_lists() -> None:
    home = CooperativeFactory()
    office, item = coordinator_of(home), ItemFactory(cooperative=home)
    client = client_for(office)
    path = f"/api/v1/items/{item.pk}/variants"
    body = client.put(path, {"variants": [{"name": "대"}, {"name": "소", "name_en": "Small"}]},
                      format="json").json()  # fmt: skip
    assert [(one["name"], one["archived"]) for one in body["variants"]] == [
        ("대", False), ("소", False),
    ]  # fmt: skip
    assert client_for(member(home)).get(path).json() == body
    client.put(path, {"variants": body["variants"][:1]}, format="json")
    assert [one["archived"] for one in client.get(path).json()["variants"]] == [False, True]

    (row,) = client.get("/api/v1/cooperative/items").json()["results"]
    assert row["variants"] == ["대"]
    assert client.get("/api/v1/cooperative/items?export=xlsx").status_code == 200


def test_lists_of_items_make_no_query_for_a_row() -> None:
    home = CooperativeFactory()
    client = client_for(coordinator_of(home))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            made(ItemFactory(cooperative=home), "a", "b")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/api/v1/cooperative/items").status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
