"""A price list from a file: looked through, applied, again, exported and brought back."""

import io
import time
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.factories.accounts import CooperativeFactory, coordinator_of, supplier
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import csv_bytes, xlsx_bytes
from tests.factories.orders import today
from tests.factories.pricelists import standing

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Seat
from mungchi.catalog.models import Item
from mungchi.common.models import History
from mungchi.common.money import plain
from mungchi.pricelists import operations, stage
from mungchi.pricelists.models import PriceSheet, StandingOffer, StandingVersion

pytestmark = pytest.mark.django_db
PATH = "/api/v1/price-sheets"
HEADER = ["관리 코드", "품목 코드", "수량 1", "단가 1", "수량 2", "단가 2", "납기", "종료일"]


def last() -> str:
    return (today() + timedelta(days=100)).isoformat()


def line(code: str, item: str, *tiers: str) -> list[str]:
    return [code, item, *tiers, *[""] * (4 - len(tiers)), "5", last()]


def uploaded(
    firm: Actor, *rows: list[str], header: list[str] = HEADER, make: Any = csv_bytes
) -> Any:
    file = io.BytesIO(make(rows, header=header))
    file.name = "단가표.csv"
    return client_for(firm).post(PATH, {"file": file}, format="multipart")


def applied(firm: Actor, *rows: list[str], ends_missing: bool = False) -> PriceSheet:
    answer = uploaded(firm, *rows)
    assert answer.status_code == 201, answer.json()
    pk = answer.json()["id"]
    client = client_for(firm)
    client.patch(f"{PATH}/{pk}", {"ends_missing": ends_missing}, format="json")
    assert client.post(f"{PATH}/{pk}/start").status_code == 200
    stage.apply_prices(str(pk))
    sheet = PriceSheet.objects.get(pk=pk)
    assert sheet.state == "done"
    return sheet


def counts(sheet: PriceSheet) -> dict[str, int]:
    return {name: count for name, count in sheet.counts.items() if count}


@pytest.fixture
def firm() -> Actor:
    for code in ("P-1", "P-2", "P-3"):
        ItemFactory(code=code, name=f"복사용지 {code}")
    return supplier()


def ladders() -> dict[str, list[tuple[int, str]]]:
    return {
        row.code: [(t.min_quantity, plain(t.unit_price)) for t in row.tiers.all()]
        for row in StandingOffer.objects.filter(state="active")
    }


def test_a_file_is_looked_through_and_applied_and_again_changes_nothing(firm: Actor) -> None:
    rows = [line("A", "P-1", "1", "120", "50", "110"), line("", "P-2", "1", "90"),
            line("C", "없음", "1", "1")]  # fmt: skip
    seen = uploaded(firm, *rows).json()
    assert {name: count for name, count in seen["counts"].items() if count} == {
        "new": 2, "rejected": 1,
    }  # fmt: skip
    assert not StandingOffer.objects.exists()
    sheet = applied(firm, *rows)
    assert counts(sheet) == {"new": 2, "rejected": 1}
    assert ladders() == {"A": [(1, "120"), (50, "110")], "P-2": [(1, "90")]}
    versions = StandingVersion.objects.count()
    events = History.objects.filter(kind__startswith="standing_offer").count()
    again = applied(firm, *rows)
    assert counts(again) == {"same": 2, "rejected": 1}
    assert StandingVersion.objects.count() == versions == 2
    assert History.objects.filter(kind__startswith="standing_offer").count() == events == 2


def test_an_item_is_chosen_for_lines_that_call_it_otherwise(firm: Actor) -> None:
    unknown = [line("A", "모르는이름", *tier) for tier in (("1", "120"), ("50", "110"))]
    sheet = uploaded(firm, *unknown, line("B", "다른것", "1", "90")).json()
    client, path = client_for(firm), f"{PATH}/{sheet['id']}"

    def lines() -> list[tuple[str, str]]:
        rows = client.get(f"{path}/lines").json()["results"]
        return [(one["verdict"], one["called"]) for one in rows]

    assert lines() == [("rejected", "모르는이름")] * 2 + [("rejected", "다른것")]
    item = Item.objects.get(code="P-1")
    chosen = [{"called": "모르는이름", "item": str(item.pk)}]
    answer = client.patch(path, {"chosen": chosen}, format="json")
    assert answer.status_code == 200, answer.content
    assert lines() == [("new", ""), ("part", ""), ("rejected", "다른것")]
    # What was chosen stays when columns are chosen anew, and is what the job applies.
    client.patch(path, {"defaults": {"lead_time_days": 9}}, format="json")
    assert lines()[0] == ("new", "")
    hidden = ItemFactory(cooperative=CooperativeFactory())
    wrong = client.patch(
        path, {"chosen": [{"called": "다른것", "item": str(hidden.pk)}]}, format="json"
    )
    assert (wrong.status_code, wrong.json()["code"]) == (422, "item_unknown")
    assert client.post(f"{path}/start").status_code == 200
    stage.apply_prices(sheet["id"])
    assert ladders() == {"A": [(1, "120"), (50, "110")]}
    assert StandingOffer.objects.get().item_id == item.pk


def test_what_would_change_is_told_before(firm: Actor) -> None:
    standing(firm, Item.objects.get(code="P-1"), code="A", tiers=[(1, "100")])
    standing(firm, Item.objects.get(code="P-2"), code="B", tiers=[(1, "100")])
    standing(firm, Item.objects.get(code="P-3"), code="Z", tiers=[(1, "100")])
    sheet = uploaded(firm, line("A", "", "1", "105"), line("B", "", "1", "92.5")).json()
    path = f"{PATH}/{sheet['id']}"
    client = client_for(firm)
    lines = client.get(f"{path}/lines").json()["results"]
    assert [(one["verdict"], one["percent"], one["item"]) for one in lines] == [
        ("up", "5.0", "복사용지 P-1"), ("down", "-7.5", "복사용지 P-2"),
    ]  # fmt: skip
    assert lines[0]["before"] == [{"min_quantity": 1, "unit_price": "100"}]
    assert [one["line"] for one in client.get(f"{path}/lines?verdict=down").json()["results"]] == [
        3
    ]
    (missing,) = client.get(f"{path}/missing").json()["results"]
    assert (missing["code"], sheet["counts"]["missing"]) == ("Z", 1)
    told = openpyxl.load_workbook(
        io.BytesIO(client.get(f"{path}/lines?export=xlsx&verdict=up").content)
    ).active
    assert told.cell(2, 2).value == "단가가 오릅니다"


def test_what_is_not_in_the_file_ends_only_when_it_is_said(firm: Actor) -> None:
    applied(firm, line("A", "P-1", "1", "100"), line("B", "P-2", "1", "100"))
    assert counts(applied(firm, line("A", "P-1", "1", "100"))) == {"same": 1, "missing": 1}
    assert set(ladders()) == {"A", "B"}
    applied(firm, line("A", "P-1", "1", "100"), ends_missing=True)
    assert set(ladders()) == {"A"}
    assert History.objects.filter(kind="standing_offer_ended").count() == 1


def test_the_list_is_exported_edited_and_brought_back(firm: Actor) -> None:
    home = CooperativeFactory(name="한빛조합")
    standing(firm, Item.objects.get(code="P-1"), code="A", delivery_cost=3000, capacity=500,
             vat_included=True, tiers=[(n, str(300 - n)) for n in range(1, 12)])  # fmt: skip
    standing(firm, Item.objects.get(code="P-1"), code="B", for_all=False, cooperatives=[home.pk],
             note="=1+1", tiers=[(1, "0.5")])  # fmt: skip
    client = client_for(firm)

    def back(content: bytes) -> dict[str, int]:
        file = io.BytesIO(content)
        file.name = "내 단가표.xlsx"
        answer = client.post(PATH, {"file": file}, format="multipart").json()
        return {name: count for name, count in answer["counts"].items() if count}

    for language in ("ko", "en"):
        whole = client.get("/api/v1/standing-offers?export=xlsx", HTTP_ACCEPT_LANGUAGE=language)
        assert back(whole.content) == {"same": 2, "part": 1}
    book = openpyxl.load_workbook(io.BytesIO(whole.content))
    (at,) = [row[0].row for row in book.active.iter_rows() if row[1].value == "B"]
    book.active.cell(at, 6).value = 0.6
    edited = io.BytesIO()
    book.save(edited)
    assert back(edited.getvalue()) == {"same": 1, "part": 1, "up": 1}


def test_columns_are_mapped_by_hand_and_remembered(firm: Actor) -> None:
    header = ["우리 번호", "물건", "값", "단위"]
    rows = [["K", "P-1", "500", "상자"]]
    answer = uploaded(firm, *rows, header=["품목코드", "단가", "x", "y"])
    assert answer.status_code == 201
    first = uploaded(firm, *rows, header=header)
    # Names that nobody knows; the line looks like names above a table.
    pk = first.json()["id"]
    client = client_for(firm)
    refused = client.post(f"{PATH}/{pk}/start")
    assert refused.json()["code"] == "mapping_incomplete"
    assert set(refused.json()["fields"]) == {"mapping.item_code", "mapping.price1"}
    wrong = client.patch(f"{PATH}/{pk}", {"mapping": {"price1": 99}}, format="json")
    assert wrong.json()["code"] == "mapping_wrong"
    changed = client.patch(f"{PATH}/{pk}", {
        "mapping": {"code": 0, "item_code": 1, "price1": 2},
        "defaults": {"lead_time_days": 3, "valid_until": last(), "vat_included": True},
    }, format="json").json()  # fmt: skip
    assert changed["counts"]["new"] == 1
    client.post(f"{PATH}/{pk}/start")
    stage.apply_prices(pk)
    again = uploaded(firm, *rows, header=header).json()
    assert again["mapping"]["price1"] == 2
    assert again["defaults"]["lead_time_days"] == 3
    assert again["counts"]["same"] == 1
    assert StandingOffer.objects.get().vat_included is True
    # Another supplier's files are read by their own columns.
    assert uploaded(supplier(), *rows, header=header).json()["mapping"]["price1"] is None


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n" + bytes(50), "not_a_table"),
     ("관리 코드,품목 코드,단가\n".encode(), "no_lines")],
)  # fmt: skip
def test_files_that_are_no_lists_are_refused_in_words(
    firm: Actor, content: bytes, code: str
) -> None:
    file = io.BytesIO(content)
    file.name = "x.csv"
    answer = client_for(firm).post(PATH, {"file": file}, format="multipart")
    assert answer.status_code == 422
    assert answer.json()["fields"]["file"][0]["code"] == code


def test_an_xlsx_file_and_the_template(firm: Actor) -> None:
    assert (
        uploaded(firm, line("A", "P-1", "1", "100"), make=xlsx_bytes).json()["counts"]["new"] == 1
    )
    template = client_for(firm).get(f"{PATH}/template")
    first = next(openpyxl.load_workbook(io.BytesIO(template.content)).active.iter_rows(
        values_only=True))  # fmt: skip
    assert first[:4] == ("관리 코드", "품목 코드", "품목명", "수량 1")


def test_who_may_and_what_was_started_stays(firm: Actor) -> None:
    pk = uploaded(firm, line("A", "P-1", "1", "100")).json()["id"]
    rival, office = client_for(supplier()), client_for(coordinator_of(CooperativeFactory()))
    for client in (rival, office):
        assert client.get(f"{PATH}/{pk}").status_code == 404
        assert client.get(f"{PATH}/{pk}/lines").status_code == 404
    assert rival.delete(f"{PATH}/{pk}").status_code == 404
    client = client_for(firm)
    client.post(f"{PATH}/{pk}/start")
    late = client.patch(f"{PATH}/{pk}", {"ends_missing": True}, format="json")
    assert (late.status_code, late.json()["code"]) == (409, "price_sheet_started")
    assert client.delete(f"{PATH}/{pk}").status_code == 409
    other = uploaded(firm, line("A", "P-1", "1", "100")).json()["id"]
    assert client.delete(f"{PATH}/{other}").status_code == 204


def test_a_lost_job_is_queued_again_and_nobody_applies_for_who_is_gone(firm: Actor) -> None:
    pk = uploaded(firm, line("A", "P-1", "1", "100")).json()["id"]
    client_for(firm).post(f"{PATH}/{pk}/start")
    assert stage.resume_sheets() == 0
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert stage.resume_sheets() == 1
    Seat.objects.filter(firm_id=firm.firm_id).update(role="viewer")
    operations.apply_prices(sheet_id=pk)
    assert PriceSheet.objects.get(pk=pk).state == "failed"
    assert not StandingOffer.objects.exists()


@pytest.mark.night
def test_twenty_thousand_lines(firm: Actor) -> None:
    """Judged within a request's time, applied by the job in one transaction."""
    Item.objects.bulk_create(
        [Item(code=f"N-{n}", name=f"품목 {n}", unit="each") for n in range(20_000)]
    )
    rows = [line(f"S-{n}", f"N-{n}", "1", "120", "50", "110") for n in range(20_000)]
    begun = time.monotonic()
    pk = uploaded(firm, *rows).json()["id"]
    judged = time.monotonic()
    client_for(firm).post(f"{PATH}/{pk}/start")
    stage.apply_prices(pk)
    done = time.monotonic()
    assert StandingOffer.objects.count() == 20_000
    # Generous: a slow machine takes a third of it.
    assert judged - begun < 60
    assert done - judged < 180
