"""A supplier's price list: made, changed, ended, found, and seen by whom it is for."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    auditor_of,
    coordinator_of,
    member,
    supplier,
)
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.orders import today
from tests.factories.pricelists import body, standing

from mungchi.accounts.access import actor_for
from mungchi.accounts.models import Seat
from mungchi.catalog.operations import merge_items, undo_merge
from mungchi.common import clock
from mungchi.common.models import Change, History
from mungchi.pricelists import operations
from mungchi.pricelists.models import StandingOffer, StandingTier, StandingVersion

pytestmark = pytest.mark.django_db
PATH = "/api/v1/standing-offers"


def listed(actor: Any, **query: Any) -> list[dict[str, Any]]:
    answer = client_for(actor).get(PATH, query)
    assert answer.status_code == 200, answer.json()
    return list(answer.json()["results"])


def test_a_supplier_makes_changes_and_ends_a_standing_offer() -> None:
    firm, item = supplier(), ItemFactory(code="A4")
    client = client_for(firm)
    made = client.post(PATH, {**body(), "item": str(item.pk)}, format="json")
    assert made.status_code == 201
    row = made.json()
    assert (row["code"], row["number"], row["state"]) == ("A4", 1, "active")
    path = f"{PATH}/{row['id']}"
    same = client.patch(path, body(), format="json")
    assert (same.status_code, same.json()["number"]) == (200, 1)
    changed = client.patch(path, body(tiers=[(1, "130"), (50, "95")]), format="json")
    assert changed.json()["number"] == 2
    assert changed.json()["code"] == "A4"
    versions = client.get(f"{path}/versions").json()["results"]
    assert [(v["number"], v["percent"]) for v in versions] == [(2, "8.3"), (1, None)]
    assert [c["term"] for c in versions[0]["changes"]] == ["tiers"]
    ended = client.post(f"{path}/end")
    assert ended.json()["state"] == "ended"
    assert client.post(f"{path}/end").status_code == 200
    late = client.patch(path, body(), format="json")
    assert (late.status_code, late.json()["code"]) == (409, "standing_offer_ended")
    kinds = (
        History.objects.filter(subject_id=row["id"]).order_by("id").values_list("kind", flat=True)
    )
    assert list(kinds) == ["standing_offer_made", "standing_offer_changed", "standing_offer_ended"]
    assert Change.objects.filter(subject_id=row["id"]).exists()
    # A code is free again, and the copy begins anew.
    again = client.post(PATH, {**body(), "item": str(item.pk)}, format="json").json()
    assert (again["code"], again["number"]) == ("A4", 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"tiers": [(1, "100"), (1, "90")]}, "tiers.1.min_quantity"),
        ({"tiers": [(1, "100"), (2, "100")]}, "tiers.1.unit_price"),
        ({"capacity": 5}, "capacity"),
        ({"valid_from": date(2020, 1, 1), "valid_until": date(2020, 2, 1)}, "valid_until"),
        ({"for_all": False}, "cooperatives"),
        ({"code": "TAKEN"}, "code"),
        ({"for_all": False, "cooperatives": ["00000000-0000-0000-0000-000000000000"]},
         "cooperatives"),
    ],
)  # fmt: skip
def test_refusals_say_where(given: dict[str, Any], field: str) -> None:
    firm, item = supplier(), ItemFactory()
    standing(firm, item, code="TAKEN")
    sent = {**body(**given), "item": str(item.pk)}
    answer = client_for(firm).post(PATH, sent, format="json")
    assert answer.status_code == 422
    assert field in answer.json()["fields"]


def test_who_may_not_keep_a_list() -> None:
    home = CooperativeFactory()
    item = ItemFactory()
    sent = {**body(), "item": str(item.pk)}
    buyer = client_for(member(home)).post(PATH, sent, format="json")
    assert (buyer.status_code, buyer.json()["code"]) == (403, "not_a_supplier")
    assert client_for(coordinator_of(home)).post(PATH, sent, format="json").status_code == 403
    # An item of a cooperative that the supplier is not in is none.
    sent["item"] = str(ItemFactory(cooperative=home).pk)
    other = client_for(supplier()).post(PATH, sent, format="json")
    assert other.json()["fields"]["item"][0]["code"] == "item_unknown"


def test_a_cooperatives_item_is_priced_by_its_members_for_it_alone() -> None:
    home = CooperativeFactory()
    firm = member(home, supplies=True)
    item = ItemFactory(cooperative=home)
    client = client_for(firm)
    all_of = client.post(PATH, {**body(), "item": str(item.pk)}, format="json")
    assert "cooperatives" in all_of.json()["fields"]
    own = body(for_all=False, cooperatives=[str(home.pk)])
    assert client.post(PATH, {**own, "item": str(item.pk)}, format="json").status_code == 201


def test_who_sees_what() -> None:
    ours, theirs = CooperativeFactory(), CooperativeFactory()
    firm, rival = supplier(), supplier()
    for_all = standing(firm, code="ALL")
    chosen = standing(firm, code="OURS", for_all=False, cooperatives=[ours.pk])
    ended = standing(firm, code="END")
    operations.end_standing(actor=firm, standing_id=ended.pk)
    codes = lambda actor: sorted(row["code"] for row in listed(actor))  # noqa: E731
    assert codes(firm) == ["ALL", "END", "OURS"]
    assert codes(coordinator_of(ours)) == codes(auditor_of(ours)) == ["ALL", "OURS"]
    assert codes(coordinator_of(theirs)) == ["ALL"]
    assert codes(rival) == codes(member(ours)) == []
    other = client_for(coordinator_of(theirs))
    assert other.get(f"{PATH}/{chosen.pk}").status_code == 404
    assert other.get(f"{PATH}/{for_all.pk}/versions").status_code == 404
    assert client_for(member(ours)).get(f"{PATH}/{for_all.pk}").status_code == 404
    (row,) = [r for r in listed(coordinator_of(ours)) if r["code"] == "OURS"]
    assert [c["id"] for c in row["cooperatives"]] == [str(ours.pk)]


def test_an_office_does_not_learn_for_whom_else_it_is() -> None:
    ours, theirs = CooperativeFactory(), CooperativeFactory()
    standing(supplier(), for_all=False, cooperatives=[ours.pk, theirs.pk])
    (row,) = listed(coordinator_of(ours))
    assert [one["id"] for one in row["cooperatives"]] == [str(ours.pk)]


def test_the_list_is_searched_filtered_sorted_and_paged() -> None:
    firm = supplier(name="대한종이")
    paper = ItemFactory(name="복사용지 A4", category=CategoryFactory())
    standing(firm, paper, code="P1", valid_until=today() + timedelta(days=10))
    standing(firm, code="Q2", valid_until=today() + timedelta(days=200))
    standing(firm, code="R3", valid_from=today() + timedelta(days=5))
    office = coordinator_of(CooperativeFactory())

    def codes(actor: Any = firm, **query: Any) -> list[str]:
        return [row["code"] for row in listed(actor, **query)]

    assert codes(search="복사용지") == codes(search="p1") == ["P1"]
    assert sorted(codes(office, search="대한종이")) == ["P1", "Q2", "R3"]
    assert codes(item=str(paper.pk)) == codes(category=str(paper.category_id)) == ["P1"]
    assert codes(valid="now", ordering="code") == ["P1", "Q2"]
    assert (codes(valid="soon"), codes(valid="later"), codes(valid="ended")) == (["P1"], ["R3"], [])
    assert codes(ordering="valid_until") == ["P1", "R3", "Q2"]
    with clock.shifted(timedelta(days=60)):
        assert codes(valid="over") == ["P1"]
    page = client_for(firm).get(PATH, {"page_size": 2, "ordering": "code"}).json()
    assert [row["code"] for row in client_for(firm).get(page["next"]).json()["results"]] == ["R3"]
    assert client_for(firm).get(PATH, {"ordering": "price"}).status_code == 422
    assert client_for(firm).get(PATH, {"valid": "sometimes"}).status_code == 422


def test_an_office_reads_what_a_unit_comes_to_at_a_quantity() -> None:
    home = CooperativeFactory(host_fee_bp=100)
    standing(supplier(), code="NET", tiers=[(1, "1000"), (50, "900")], delivery_cost=10_000)
    standing(supplier(), code="VAT", tiers=[(1, "1100")], vat_included=True)
    standing(supplier(), code="BIG", tiers=[(1, "10")], minimum=500)
    found = {row["code"]: row["landed"] for row in listed(coordinator_of(home), quantity=100)}
    # 900 + 10,000 / 100 + 1 %; 1,100 without a tenth of VAT + 1 %; too little for the third.
    assert found == {"NET": "1009", "VAT": "1010", "BIG": None}
    assert {row["landed"] for row in listed(coordinator_of(home))} == {None}


def test_the_number_of_queries_does_not_depend_on_the_rows() -> None:
    firm, office = supplier(), coordinator_of(CooperativeFactory())
    standing(firm)
    counts = []
    for _ in range(2):
        for actor in (firm, office):
            client = client_for(actor)
            with CaptureQueriesContext(connection) as seen:
                client.get(PATH, {"quantity": 10})
            counts.append(len(seen))
        for _ in range(2):
            standing(firm)
    assert counts[:2] == counts[2:]


def test_the_list_is_exported_in_the_form_in_which_it_is_read() -> None:
    firm = supplier()
    standing(firm, code="L", tiers=[(n, str(200 - n)) for n in range(1, 11)])
    answer = client_for(firm).get(PATH, {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][1:8] == (
        "관리 코드",
        "품목 코드",
        "품목명",
        "수량 1",
        "단가 1",
        "수량 2",
        "단가 2",
    )
    # Ten tiers are two lines of the same code.
    assert [line[1] for line in lines[1:]] == ["L", "L"]
    assert (lines[1][4], lines[1][5], lines[2][4]) == (1, 199, 9)


def test_the_database_refuses_what_must_not_be() -> None:
    row = standing(supplier())
    tiers = StandingTier.objects.filter(standing_offer=row)
    for wrong in (
        lambda: StandingTier.objects.create(standing_offer=row, min_quantity=60, unit_price="110"),
        lambda: tiers.filter(min_quantity=100).update(unit_price="101"),
        lambda: StandingVersion.objects.filter(standing_offer=row).update(number=7),
        lambda: StandingOffer.objects.filter(pk=row.pk).update(state="ended"),
        lambda: StandingOffer.objects.filter(pk=row.pk).update(valid_until=today() - timedelta(9)),
        lambda: StandingOffer.objects.filter(pk=row.pk).update(minimum=0),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            wrong()
    operations.end_standing(actor=_owner_of(row), standing_id=row.pk)
    with pytest.raises(DatabaseError, match="has ended"), transaction.atomic():
        StandingOffer.objects.filter(pk=row.pk).update(capacity=1000)


def _owner_of(row: StandingOffer) -> Any:
    return actor_for(Seat.objects.get(firm_id=row.supplier_id))


def test_a_merge_of_items_takes_the_list_along() -> None:
    home = CooperativeFactory()
    firm, office = member(home, supplies=True), coordinator_of(home)
    kept, away = (
        ItemFactory(cooperative=home, unit="each"),
        ItemFactory(cooperative=home, unit="each"),
    )
    rows = [standing(firm, item, for_all=False, cooperatives=[home.pk]) for item in (kept, away)]
    operations.end_standing(actor=firm, standing_id=standing(
        firm, away, for_all=False, cooperatives=[home.pk], code="OLD").pk)  # fmt: skip
    merge = merge_items(actor=office, keep_id=kept.pk, away_id=away.pk)
    assert set(StandingOffer.objects.values_list("item_id", flat=True)) == {kept.pk}
    undo_merge(actor=office, merge_id=merge.pk)
    rows[1].refresh_from_db()
    assert rows[1].item_id == away.pk
