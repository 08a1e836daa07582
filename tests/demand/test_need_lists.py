"""Needs from a spreadsheet: looked through, understood, stated once, by a worker that dies."""

from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, MembershipFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import csv_bytes, xlsx_bytes

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm
from mungchi.catalog.models import Item
from mungchi.catalog.operations import add_alias, set_units
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.demand import operations, stage
from mungchi.demand.models import Need, NeedList, NeedListLine
from mungchi.demand.operations import taking_needs

pytestmark = pytest.mark.django_db

HEADER = ["품목코드", "품목명", "수량", "단위", "필요한 날", "희망 최고 단가", "비고"]
LISTS = "/api/v1/need-lists"


def day(ahead: int = 30) -> str:
    return f"{clock.now().date() + timedelta(days=ahead):%Y.%m.%d}"


@pytest.fixture
def home() -> Cooperative:
    return CooperativeFactory()


@pytest.fixture
def firm(home: Cooperative) -> Actor:
    return member(home)


@pytest.fixture
def paper(home: Cooperative) -> Item:
    item = ItemFactory(cooperative=home, name="A4 복사용지 80g", code="P-1", unit="box")
    set_units(actor=coordinator_of(home), item_id=item.pk, units={"pack": (5, 1)})
    add_alias(actor=coordinator_of(home), item_id=item.pk, name="복사지")
    return item


def sent(actor: Actor, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("필요.csv", content, content_type="text/csv")
    return client_for(actor).post(LISTS, {"file": file, **more}, format="multipart")


def uploaded(actor: Actor, rows: list[list[str]], make: Any = csv_bytes) -> dict[str, Any]:
    answer = sent(actor, make(rows, header=HEADER))
    assert answer.status_code == 201, answer.json()
    return answer.json()


def lines_of(actor: Actor, made: dict[str, Any], **query: str) -> list[dict[str, Any]]:
    return client_for(actor).get(f"{LISTS}/{made['id']}/lines", query).json()["results"]


def taken(actor: Actor, made: dict[str, Any]) -> NeedList:
    assert client_for(actor).post(f"{LISTS}/{made['id']}/start").status_code == 200
    operations.take_need_list(list_id=made["id"])
    return NeedList.objects.get(pk=made["id"])


@pytest.mark.parametrize("make", [csv_bytes, xlsx_bytes])
def test_lines_are_understood_by_code_name_and_other_name_and_stated(
    home, firm, paper, make
) -> None:
    rows = [
        ["p-1", "", "3", "", day(), "23,000", "급함"],
        ["", "A4 복사용지 80g", "10", "팩", day(40), "4,600원", ""],
        ["", "복사지", "2", "BOX", day(), "", ""],
        ["", "p-1", "4", "", day(), "", "코드를 이름 칸에"],
    ]
    made = uploaded(firm, rows, make)
    assert made["counts"] == {"new": 4, "already": 0, "rejected": 0}
    assert {line["item"]["id"] for line in lines_of(firm, made)} == {str(paper.pk)}
    assert not Need.objects.exists()
    row = taken(firm, made)
    assert (row.state, row.done, row.counts) == ("done", 4, {"new": 4})
    stated = list(
        Need.objects.order_by("id").values_list("quantity", "said_unit", "said_quantity", "note")
    )
    assert stated == [(3, "", None, "급함"), (2, "pack", 10, ""), (2, "", None, ""),
                      (4, "", None, "코드를 이름 칸에")]  # fmt: skip
    assert {str(limit) for limit in Need.objects.values_list("price_limit", flat=True)} == {
        "23000.000000", "None",
    }  # fmt: skip
    kinds = list(History.objects.filter(subject_id=row.pk).values_list("kind", flat=True))
    assert sorted(kinds) == [
        "need_list_done", "need_list_running", "need_list_started", "need_list_uploaded",
    ]  # fmt: skip


def test_every_line_that_is_left_out_says_why(home, firm, paper) -> None:
    rows = [
        ["", "", "1", "", day(), "", ""],
        ["P-1", "", "반", "", day(), "", ""],
        ["P-1", "", "1", "보따리", day(), "", ""],
        ["P-1", "", "1", "", "언젠가", "", ""],
        ["P-1", "", "1", "", day(-3), "", ""],
        ["P-1", "", "1", "", day(), "많이", ""],
        ["P-1", "", "1", "", day(), "", "가" * 501],
        ["", "복사용지 80g", "1", "", day(), "", ""],
        ["P-1", "", "1", "롤", day(), "", ""],
        ["P-1", "", "7", "팩", day(), "", ""],
        ["P-1", "", str(10**10), "", day(), "", ""],
        ["P-1", "", "1", "", day(4 * 365), "", ""],
    ]
    made = uploaded(firm, rows)
    lines = lines_of(firm, made)
    assert [line["reason"] for line in lines] == [
        "item", "quantity", "unit", "date", "date_passed", "price", "too_long", "item_unknown",
        "unit_no_conversion", "quantity_not_whole", "quantity", "date_far",
    ]  # fmt: skip
    assert made["counts"] == {"new": 0, "already": 0, "rejected": 12}
    assert lines[9]["instead"] == ["5", "10"]
    assert [each["name"] for each in lines[7]["suggested"]] == [paper.name]
    file = client_for(firm).get(f"{LISTS}/{made['id']}/lines?export=xlsx&verdict=rejected")
    assert file.status_code == 200
    row = taken(firm, made)
    assert (row.state, Need.objects.count()) == ("done", 0)


def test_the_firm_says_which_item_is_meant(home, firm, paper) -> None:
    rows = [["", "종이", str(n), "", day(), "", ""] for n in (1, 2)] + [
        ["", "딴것", "3", "", day(), "", ""]
    ]
    made = uploaded(firm, rows)
    place = f"{LISTS}/{made['id']}"
    client = client_for(firm)
    elsewhere = ItemFactory(cooperative=CooperativeFactory())
    for line, item, code in ((99, paper, "line_unknown"), (2, elsewhere, "item_not_offered")):
        body = {"meant": {"line": line, "item": str(item.pk)}}
        answer = client.patch(place, body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (422, code)
    body = {"meant": {"line": 3, "item": str(paper.pk)}}
    assert client.patch(place, body, format="json").json()["counts"] == {
        "new": 2, "already": 0, "rejected": 1,
    }  # fmt: skip
    taken(firm, made)
    assert list(Need.objects.order_by("id").values_list("quantity", flat=True)) == [1, 2]
    answer = client.patch(place, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "need_list_started")
    assert client.delete(place).status_code == 409


def test_the_same_file_twice_adds_nothing(home, firm, paper) -> None:
    rows = [["P-1", "", "3", "", day(), "", ""]] * 2 + [["P-1", "", "4", "", day(), "", ""]]
    first, second = uploaded(firm, rows), uploaded(firm, rows)
    assert first["counts"]["new"] == second["counts"]["new"] == 3
    taken(firm, first)
    # The second was looked at before the first was taken.
    row = taken(firm, second)
    assert row.counts == {"already": 3}
    gone = Need.objects.filter(quantity=4).get()
    operations.withdraw_need(actor=firm, need_id=gone.pk)
    third = uploaded(firm, [*rows, ["P-1", "", "5", "", day(), "", ""]])
    reasons = [line["reason"] for line in lines_of(firm, third)]
    assert reasons == ["already_stated", "already_stated", "already_withdrawn", ""]
    taken(firm, third)
    assert Need.objects.count() == 4
    # Another firm's file is another file.
    assert uploaded(member(home), rows)["counts"]["new"] == 3


def test_a_worker_that_dies_leaves_off_between_two_lines(
    home, firm, paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = uploaded(firm, [["P-1", "", str(n), "", day(), "", ""] for n in range(1, 5)])
    client_for(firm).post(f"{LISTS}/{made['id']}/start")
    real, calls = taking_needs.state_need, []

    def dying(**given: Any) -> Any:
        calls.append(given)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(**given)

    monkeypatch.setattr(taking_needs, "state_need", dying)
    with pytest.raises(KeyboardInterrupt):
        operations.take_need_list(list_id=made["id"])
    row = NeedList.objects.get(pk=made["id"])
    assert (row.state, row.done, Need.objects.count()) == ("running", 2, 2)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert stage.resume_imports() == 1
    for _ in range(2):
        operations.take_need_list(list_id=made["id"])
    assert NeedListLine.objects.filter(done=True, need__isnull=False).count() == 4
    assert list(Need.objects.order_by("id").values_list("quantity", flat=True)) == [1, 2, 3, 4]


def test_what_cannot_be_taken_any_more_is_left_out_and_says_so(home, firm, paper) -> None:
    made = uploaded(
        firm, [["P-1", "", "3", "", day(), "", ""], ["P-1", "", "1", "", day(1), "", ""]]
    )
    set_units(actor=coordinator_of(home), item_id=paper.pk, units={})
    with clock.shifted(timedelta(days=10)):
        row = taken(firm, made)
    assert row.counts == {"new": 1, "rejected": 1}
    assert NeedListLine.objects.get(line=3).reason == "date_passed"


def test_columns_are_chosen_by_hand_and_the_list_needs_them(home, firm, paper) -> None:
    header = ["무엇", "코드", "몇 개", "언제", "단가"]
    content = csv_bytes([["종이", "P-1", "3", day(), "100"]], header=header)
    made = sent(firm, content).json()
    assert made["mapping"]["quantity"] is None
    place = f"{LISTS}/{made['id']}"
    client = client_for(firm)
    answer = client.post(f"{place}/start")
    assert (answer.status_code, answer.json()["code"]) == (422, "mapping_incomplete")
    assert client.patch(place, {"mapping": {"quantity": 9}}, format="json").status_code == 422
    answer = client.patch(place, {"mapping": {"quantity": 2, "needed_by": 3}}, format="json")
    assert answer.json()["counts"]["new"] == 1
    assert client.delete(place).status_code == 204


def test_the_template_is_read_back(home, firm, paper, tmp_path) -> None:
    answer = client_for(firm).get(f"{LISTS}/template")
    path = tmp_path / "needs.xlsx"
    path.write_bytes(answer.content)
    book = openpyxl.load_workbook(path)
    book.active.append(
        ["A4 복사용지 80g", "", 3, "박스", clock.now() + timedelta(days=9), 20000, ""]
    )
    book.active["E2"] = (clock.now() + timedelta(days=9)).replace(tzinfo=None)
    book.save(path)
    assert sent(firm, path.read_bytes()).json()["counts"]["new"] == 1


def test_a_firm_of_several_cooperatives_says_to_which(home, firm, paper) -> None:
    other = CooperativeFactory()
    MembershipFactory(cooperative=other, firm=Firm.objects.get(pk=firm.firm_id))
    content = csv_bytes([["P-1", "", "3", "", day(), "", ""]], header=HEADER)
    assert sent(firm, content).json()["code"] == "not_a_member"
    assert sent(firm, content, cooperative=str(home.pk)).json()["counts"]["new"] == 1
    assert sent(firm, content, cooperative=str(other.pk)).json()["counts"]["rejected"] == 1
    assert sent(member(CooperativeFactory()), content, cooperative=str(home.pk)).status_code == 422
    assert sent(firm, b"", cooperative=str(home.pk)).json()["code"] == "file_unreadable"


def test_queries_do_not_grow_with_the_list(home, firm, paper) -> None:
    seen = []
    for count in (1, 3):
        ItemFactory(cooperative=home, name=f"종이컵 {count}")
        rows = [["P-1", "", str(n + 1), "", day(count), "", ""] for n in range(count)]
        rows += [["", f"종이컵 {n}", "1", "", day(), "", ""] for n in range(count)]
        with CaptureQueriesContext(connection) as upload:
            made = uploaded(firm, rows)
        with CaptureQueriesContext(connection) as listed:
            lines_of(firm, made)
        with CaptureQueriesContext(connection) as all_lists:
            client_for(firm).get(LISTS)
        seen.append((len(upload), len(listed), len(all_lists)))
    assert seen[0] == seen[1]
