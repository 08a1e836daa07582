"""Two items become one with all that refers to them, and two again."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.forms.models import model_to_dict
from psycopg.errors import LockNotAvailable
from tests.factories.accounts import CooperativeFactory, SeatFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import bought, csv_bytes, imported, need
from tests.factories.orders import Deal
from tests.factories.pricelists import standing

from devtools.places import BACKEND
from mungchi.accounts.access import Actor, actor_for
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations import create_campaign_from_pool
from mungchi.catalog import operations
from mungchi.catalog.domain.merging import STAYING
from mungchi.catalog.models import Item, ItemAlias, ItemMerge, Variant
from mungchi.catalog.operations import merge_refusals as no
from mungchi.catalog.queries import uses_of
from mungchi.catalog.queries.merging import references
from mungchi.common import clock, wall
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.common.problems import exception_handler
from mungchi.demand import operations as demand
from mungchi.demand.models import ForetoldItem, Need, Pool, ProposedNeed, Purchase
from mungchi.outreach.operations import ask_for_needs
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
MERGES = "/api/v1/item-merges"


@pytest.fixture
def deal() -> Deal:
    """A cooperative that has bought an item: need, pool, campaign, orders, purchase order."""
    home = CooperativeFactory()
    return Deal(host=home, item=ItemFactory(cooperative=home, name="복사용지 A4 80 그램")).ordered()


def everything_of(deal: Deal) -> None:
    """Beside its campaign, let the item have one of everything else that refers to items."""
    home, item = deal.host, deal.item
    assert item is not None
    today = clock.now().date()
    stated = need(home, item=item)
    bought(home, member(home), item, [30, 60])
    ask_for_needs(actor=deal.office, firm_id=stated.firm_id, item_id=item.pk)
    ProposedNeed.objects.create(
        cooperative=home, firm_id=stated.firm_id, item=item, rhythm="regular", quantity=1,
        needed_by=today, currency="KRW", evidence_until=today, created_at=clock.now(),
    )  # fmt: skip
    ForetoldItem.objects.create(
        cooperative=home, item=item, month=today.replace(day=1), known_until=today, chance=50,
        firms=2, quantity=1, low=1, high=1, computed_at=clock.now(),
    )  # fmt: skip
    demand.plan_need(
        actor=Actor(role="owner", firm_id=stated.firm_id), cooperative_id=home.pk,
        item_id=item.pk, quantity=3, first_date=today + timedelta(days=60), every=1,
        rhythm="month", ahead_days=0,
    )  # fmt: skip
    standing(member(home, supplies=True), item, for_all=False, cooperatives=[home.pk])
    operations.add_alias(actor=deal.office, item_id=item.pk, name="A4 용지")
    operations.add_item_sheet(
        actor=deal.office, item_id=item.pk, filename="규격.pdf", stream=io.BytesIO(b"%PDF-1.7 x")
    )
    Variant.objects.create(item=item, name="미색", position=0)
    other = ItemFactory(cooperative=home, unit=item.unit)
    operations.merge_items(actor=deal.office, keep_id=item.pk, away_id=other.pk)


def snapshot() -> dict[str, list[Any]]:
    """Every row of every table that refers to items, and what merges do not touch of items."""
    found = {}
    for field in references():
        model = field.model
        if model._meta.label_lower not in STAYING:
            rows = model._base_manager.order_by("pk")
            found[model._meta.label_lower] = [(row.pk, model_to_dict(row)) for row in rows]
    return found


def pointing_at(item: Item) -> dict[str, int]:
    """How many rows refer to an item, by table and column."""
    return {
        f"{field.model._meta.label_lower}.{field.name}": count
        for field in references()
        if (count := field.model._base_manager.filter(**{field.name: item}).count())
    }


def test_every_foreign_key_to_an_item_goes_over_and_comes_back(deal: Deal) -> None:
    everything_of(deal)
    away, kept = deal.item, ItemFactory(cooperative=deal.host, name="A4 복사용지 80g")
    assert away is not None
    moving = {
        f"{field.model._meta.label_lower}.{field.name}"
        for field in references()
        if field.model._meta.label_lower not in STAYING
    }
    before, pointing = snapshot(), pointing_at(away)
    assert moving <= set(pointing), "a new foreign key to items: give it a row in everything_of"
    assert len(moving) >= 10

    merge = operations.merge_items(actor=deal.office, keep_id=kept.pk, away_id=away.pk)
    assert not set(pointing_at(away)) & moving
    assert {name: pointing_at(kept)[name] for name in moving - {"catalog.itemalias.item"}} == {
        name: pointing[name] for name in moving - {"catalog.itemalias.item"}
    } | {"catalog.item.merged_into": pointing["catalog.item.merged_into"] + 1}
    assert sum(merge.figures.values()) == sum(pointing[name] for name in moving)
    assert not list(breaches())
    Item.objects.filter(pk=away.pk, merged_into=kept).get()

    undone = operations.undo_merge(actor=deal.office, merge_id=merge.pk)
    assert (undone.state, snapshot()) == ("undone", before)
    assert not set(pointing_at(kept)) & moving
    kinds = History.objects.filter(kind__startswith="item_merge").order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == [
        "item_merged", "item_merged", "item_merge_undone",
    ]  # fmt: skip
    for _ in range(2):
        assert operations.undo_merge(actor=deal.office, merge_id=merge.pk).state == "undone"


def two(home: Any) -> tuple[Item, Item]:
    return (
        ItemFactory(cooperative=home, name="A4 복사용지 80g"),
        ItemFactory(cooperative=home, name="복사용지 A4 80 그램", code="P-7"),
    )


def test_both_have_an_open_pool_and_the_needs_gather_in_one() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(CooperativeFactory())
    Item.objects.update(cooperative=home)
    ours, theirs = need(home, item=kept), need(home, item=away)
    gone = need(home, item=away)
    demand.withdraw_need(actor=Actor(role="owner", firm_id=gone.firm_id), need_id=gone.pk)
    before = snapshot()
    merge = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    assert set(Need.objects.values_list("pool", "item")) == {(ours.pool_id, kept.pk)}
    assert Pool.objects.get(pk=theirs.pool_id).item_id == away.pk
    assert not list(breaches())
    pools = client_for(office).get("/api/v1/pools").json()["results"]
    assert [(row["item"]["id"], row["quantity"]) for row in pools] == [(str(kept.pk), 20)]
    operations.undo_merge(actor=office, merge_id=merge.pk)
    assert snapshot() == before


def test_undoing_is_refused_when_something_came_of_it() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)
    need(home, item=kept)
    theirs = need(home, item=away)
    merge = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    # A campaign takes the pool into which the needs went.
    pool = Need.objects.get(pk=theirs.pk).pool_id
    with transaction.atomic():
        create_campaign_from_pool(actor=office, pool_id=pool)
        with pytest.raises(no.MergeBuiltUpon) as refused:
            operations.undo_merge(actor=office, merge_id=merge.pk)
        assert "구매 수요" in refused.value.text.ko
        transaction.set_rollback(True)


def test_undoing_is_refused_when_a_need_was_stated_since_into_what_went_over() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)
    need(home, item=away)
    merge = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    late = need(home, item=kept)
    with pytest.raises(no.MergeBuiltUpon):
        operations.undo_merge(actor=office, merge_id=merge.pk)
    assert Item.objects.get(pk=away.pk).merged_into_id == kept.pk
    assert Need.objects.get(pk=late.pk).item_id == kept.pk


def test_undoing_is_for_a_day_and_the_later_merge_goes_first() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)
    last = ItemFactory(cooperative=home)
    first = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    then = operations.merge_items(actor=office, keep_id=last.pk, away_id=kept.pk)
    assert Item.objects.get(pk=away.pk).merged_into_id == last.pk
    with pytest.raises(no.MergeBuiltUpon):
        operations.undo_merge(actor=office, merge_id=first.pk)
    operations.undo_merge(actor=office, merge_id=then.pk)
    assert Item.objects.get(pk=away.pk).merged_into_id == kept.pk
    with clock.shifted(timedelta(days=1)), pytest.raises(no.MergeTooOld):
        operations.undo_merge(actor=office, merge_id=first.pk)
    with clock.shifted(timedelta(hours=23)):
        assert operations.undo_merge(actor=office, merge_id=first.pk).state == "undone"


def refused_pairs() -> Iterator[tuple[type[Exception], dict[str, Any], dict[str, Any]]]:
    home = CooperativeFactory()
    yield no.UnitsDiffer, {"cooperative": home}, {"cooperative": home, "unit": "kg"}
    yield no.VatClassesDiffer, {"cooperative": home}, {"cooperative": home, "vat_class": "exempt"}
    yield no.CommonItemStays, {"cooperative": home}, {}
    yield NotFound, {"cooperative": home}, {"cooperative": CooperativeFactory()}
    yield NotFound, {"cooperative": CooperativeFactory()}, {"cooperative": home}


def test_what_may_not_become_one() -> None:
    for error, kept, away in refused_pairs():
        home = next(one for one in (kept["cooperative"], away.get("cooperative")) if one)
        office = coordinator_of(home)
        one, other = ItemFactory(**kept), ItemFactory(**away)
        with pytest.raises(error):
            operations.merge_items(actor=office, keep_id=one.pk, away_id=other.pk)
        with pytest.raises(NotFound):
            operations.merge_items(actor=member(home), keep_id=one.pk, away_id=other.pk)
    own = ItemFactory(cooperative=home)
    with pytest.raises(no.ItemsAreOne):
        operations.merge_items(actor=coordinator_of(home), keep_id=own.pk, away_id=own.pk)
    assert not ItemMerge.objects.exists()


def test_operators_merge_within_everybodys_catalogue_whoever_needs_it() -> None:
    """Behind the wall an operator sees no firm's rows; all of them go over nevertheless."""
    kept, away = two(None)
    homes = [CooperativeFactory(), CooperativeFactory()]
    for home in homes:
        need(home, item=away)
    own = ItemFactory(cooperative=homes[0])
    client = client_for(actor_for(SeatFactory(role="operator", firm=None)))
    body = {"keep": str(kept.pk), "away": str(away.pk)}
    assert client_for(coordinator_of(homes[0])).post(MERGES, body).status_code == 404
    answer = client.post(MERGES, body)
    assert answer.status_code == 201, answer.content
    assert {one["kind"]: one["count"] for one in answer.json()["figures"]} == {
        "demand.need": 2, "demand.pool": 2,
    }  # fmt: skip
    assert not Need.objects.filter(item=away).exists()
    assert client.post(MERGES, body | {"away": str(own.pk)}).status_code == 404
    assert client.post(MERGES, body).json()["id"] == answer.json()["id"]
    undone = client.post(f"{MERGES}/{answer.json()['id']}/undo")
    assert (undone.status_code, undone.json()["state"]) == (200, "undone")
    assert Need.objects.filter(item=away).count() == 2


def test_after_a_merge_the_connection_stands_behind_the_wall_again() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)
    stranger = need(CooperativeFactory(), item=ItemFactory())
    wall.stand_behind(office)
    try:
        operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
        assert not Need.objects.filter(pk=stranger.pk).exists()
        uses = uses_of(office, [stranger.item_id])
        assert uses == {stranger.item_id: {}}
        assert not Need.objects.filter(pk=stranger.pk).exists()
    finally:
        wall.leave()
    assert Need.objects.filter(pk=stranger.pk).exists()
    wall.stand_behind(actor_for(SeatFactory(role="operator", firm=None)))
    try:
        uses = uses_of(Actor(role="operator"), [stranger.item_id])
        assert uses == {stranger.item_id: {"demand.need": 1, "demand.pool": 1}}
        assert not Need.objects.exists()
    finally:
        wall.leave()


def test_nothing_new_refers_to_an_item_that_went_away() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)
    operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    with pytest.raises(demand.needs.ItemNotOffered):
        need(home, item=away)
    stated = need(home, item=kept)
    for write in (
        lambda: Pool.objects.create(cooperative=home, item=away, created_at=clock.now()),
        lambda: Need.objects.filter(pk=stated.pk).update(item=away),
    ):
        with pytest.raises(DatabaseError, match="merged into another"), transaction.atomic():
            write()
    fields = {f"{f.model._meta.db_table}" for f in references() if f.name == "item"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname IN"
            " ('nothing_new_of_merged_items', 'nothing_goes_to_merged_items')"
            " GROUP BY 1 HAVING count(*) = 2"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    assert guarded == fields, "a new foreign key to items: give its table the two triggers"
    items = client_for(office).get("/api/v1/items").json()["results"]
    assert [row["id"] for row in items] == [str(kept.pk)]


def test_what_went_away_is_another_name_for_imports_and_searches() -> None:
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)
    merge = operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    names = set(ItemAlias.objects.values_list("kind", "name"))
    assert names == {("name", away.name), ("name", away.name_en), ("code", "P-7")}
    lines = [
        ["J001", "p-7", "", "10", "2024.03.05", "4,200", "M001", "가나상사"],
        ["J002", "", "복사용지 A4 80 그램", "3", "2024.03.05", "4,200", "M001", "가나상사"],
    ]

    done = imported(office, csv_bytes(lines))
    assert (done.state, done.items_new) == ("done", 0)
    assert set(Purchase.objects.values_list("item", flat=True)) == {kept.pk}
    for text in ("80 그램", "p-7"):
        found = client_for(office).get("/api/v1/items", {"search": text}).json()["results"]
        assert [row["id"] for row in found] == [str(kept.pk)]
    # Somebody else's names find nothing for a stranger.
    common = ItemFactory(name="공용")
    operations.add_alias(actor=office, item_id=common.pk, name="우리말")
    stranger = client_for(coordinator_of(CooperativeFactory()))
    assert stranger.get("/api/v1/items", {"search": "우리말"}).json()["results"] == []
    assert stranger.get("/api/v1/item-aliases").json()["results"] == []
    alias = ItemAlias.objects.get(name="P-7")
    client = client_for(office)
    refused = client.delete(f"/api/v1/item-aliases/{alias.pk}")
    assert (refused.status_code, refused.json()["code"]) == (409, "alias_of_merge")
    Purchase.objects.all().delete()
    operations.undo_merge(actor=office, merge_id=merge.pk)
    assert set(ItemAlias.objects.values_list("name", flat=True)) == {"우리말"}


def test_whoever_states_a_need_goes_before_a_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that is not to be had in time is said, and nothing is changed."""
    home = CooperativeFactory()
    office, (kept, away) = coordinator_of(home), two(home)

    def busy(*args: Any, **kwargs: Any) -> Any:
        raise OperationalError("busy") from LockNotAvailable()

    monkeypatch.setattr("mungchi.catalog.operations.merging._locked", busy)
    with pytest.raises(no.ItemsBusy):
        operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    assert not Campaign.objects.exists()


def test_only_these_step_before_the_wall() -> None:
    found = {
        path.relative_to(BACKEND).as_posix()
        for path in (BACKEND / "mungchi").rglob("*.py")
        if "in_front()" in path.read_text(encoding="utf-8")
    }
    assert found == {
        "mungchi/common/wall.py",
        # Whom a better offer lets out of answering is not for its supplier to see.
        "mungchi/campaigns/operations/reoffering.py",
        # A split award that its supplier takes back is another supplier\'s as well.
        "mungchi/campaigns/operations/withdrawing.py",
        # What an office is still to decide is not for the supplier whose answer makes it idle.
        "mungchi/campaigns/operations/deciding.py",
        "mungchi/campaigns/operations/holding.py",
        "mungchi/catalog/operations/merging.py",
        "mungchi/catalog/queries/merging.py",
        "mungchi/pricelists/operations/using.py",
        # What opens the cooperative's account at its provider is read for a firm that pays there,
        # and told to nobody; what the provider answers is written whoever asked.
        "mungchi/payments/providers/accounts.py",
        "mungchi/payments/operations/answers.py",
        "mungchi/payments/operations/disputes.py",
        "mungchi/payments/operations/fixing.py",
    }


def test_a_write_at_the_moment_of_a_merge_is_refused_in_words() -> None:
    office = coordinator_of(CooperativeFactory())
    kept, away = (ItemFactory(cooperative_id=office.cooperative_id) for _ in range(2))
    operations.merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        # What an operation writes that had found the item just before.
        Pool.objects.create(cooperative_id=office.cooperative_id, item=away, created_at=clock.now())
    answer = exception_handler(caught.value, {})
    assert answer is not None
    assert (answer.status_code, answer.data["code"]) == (409, "item_merged_away")
