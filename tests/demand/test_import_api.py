"""Imports over HTTP: upload, map, preview, start, rejections, and nonsense."""

import csv
import io
import re
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient
from tests.factories.accounts import CooperativeFactory, auditor_of, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.demand import KOREAN, LINES, csv_bytes, imported, upload, xlsx_bytes

from mungchi.accounts.access import Actor
from mungchi.demand.models import Purchase, PurchaseImport

pytestmark = pytest.mark.django_db
URL = "/api/v1/imports"
EVIL = ["=cmd|' /C calc'!A0", "A-1", "+용지", "0", "2024.03.05", "-5", "M001", "@SUM(A1)"]


@pytest.fixture
def office() -> Actor:
    """The coordinator of a new cooperative."""
    return coordinator_of(CooperativeFactory())


def send(client: APIClient, content: bytes, name: str = "거래 내역.csv"):
    """Upload a file and return the answer."""
    return client.post(URL, {"file": SimpleUploadedFile(name, content)}, format="multipart")


def test_the_story_of_an_import(office: Actor) -> None:
    client = client_for(office)
    answer = send(client, csv_bytes([*LINES, EVIL], encoding="cp949"))
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["filename"] == "거래 내역.csv"
    assert body["state"] == "uploaded"
    assert body["mapping"] == {**dict.fromkeys(body["mapping"]), "document": 0,
                               "item_code": 1, "item_name": 2, "quantity": 3, "date": 4,
                               "unit_price": 5, "firm_code": 6, "firm_name": 7}  # fmt: skip
    assert body["columns"][3] == {"index": 3, "header": "수량", "samples": ["10", "2", "30", "0"]}
    quantity = next(field for field in body["fields"] if field["name"] == "quantity")
    assert quantity == {"name": "quantity", "label": "수량", "required": True, "one_of": []}
    assert body["rules"]["five_digit_codes"] is False
    preview = body["preview"]
    assert (preview["lines"], preview["whole"], preview["kept"]) == (4, True, 3)
    reason = {"code": "quantity", "message": "수량이 0보다 큰 정수가 아닙니다."}
    assert preview["rejected"] == [{**reason, "count": 1}]
    assert preview["rows"][0]["values"]["item_name"] == "복사용지 A4"
    assert preview["rows"][3]["problem"] == reason
    assert body["counts"]["lines"] == 4

    address = f"{URL}/{body['id']}"
    changed = client.patch(address, {"mapping": {"unit_price": 3, "quantity": 5}}).json()
    assert changed["mapping"]["unit_price"] == 3
    assert changed["mapping"]["document"] == 0
    assert changed["preview"]["kept"] == 3
    client.patch(address, {"mapping": {"unit_price": 5, "quantity": 3}})

    started = client.post(f"{address}/start")
    assert (started.status_code, started.json()["state"]) == (200, "queued")
    from mungchi.demand.operations import run_import

    run_import(import_id=body["id"])
    done = client.get(address).json()
    assert done["state"] == "done"
    assert done["counts"] == {"lines": 4, "done": 4, "kept": 3, "rejected": 1, "already_there": 0,
                              "firms_new": 2, "items_new": 2, "purchases_new": 3}  # fmt: skip
    assert client.get(URL).json()["results"][0]["counts"] == done["counts"]

    rejected = client.get(f"{address}/rejections").json()["results"]
    assert rejected == [{"line": 5, "reason": reason, "values": EVIL}]
    assert client.get(f"{address}/rejections?reason=price").json()["results"] == []
    assert client.delete(address).json()["code"] == "import_started"


def test_sentences_are_in_the_callers_language(office: Actor) -> None:
    body = send(client_for(office, "en"), csv_bytes([*LINES, EVIL])).json()
    sentence = "The quantity is not a whole number above zero."
    assert body["preview"]["rejected"][0]["message"] == sentence
    assert body["fields"][3]["label"] == "Quantity"


def test_an_upload_can_be_thrown_away_before_it_starts(office: Actor) -> None:
    client = client_for(office)
    address = f"{URL}/{send(client, csv_bytes(LINES)).json()['id']}"
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404
    assert not PurchaseImport.objects.exists()


def test_rejections_are_downloaded_without_running_as_formulas(office: Actor) -> None:
    client = client_for(office)
    row = imported(office, csv_bytes([*LINES, EVIL]))
    address = f"{URL}/{row.pk}/rejections"
    text = b"".join(client.get(f"{address}?export=csv").streaming_content).decode("utf-8-sig")
    header, line = list(csv.reader(io.StringIO(text)))
    assert header == ["줄", "사유", *KOREAN]
    assert line[2:] == ["'" + EVIL[0], "A-1", "'+용지", "0", "2024.03.05", "-5", "M001",
                        "'@SUM(A1)"]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}?export=xlsx").content))
    cells = next(book.active.iter_rows(min_row=2))
    assert [cell.data_type for cell in cells if cell.value is not None][2:] == ["s"] * 8
    assert cells[2].value == EVIL[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not_a_table"),
        (b"\x00" * 1000, "not_a_table"),
        (b"x" * 10_000_000, "cell_too_long"),
        (b"PK\x03\x04rubbish", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (csv_bytes(LINES, header=LINES[0]), "no_header"),
        (csv_bytes([]), "no_lines"),
        (b"\xff\xfe\x00", "no_header"),
        (xlsx_bytes([], header=["a"]), "no_header"),
    ],
)
def test_nonsense_is_refused_with_a_reason_and_nothing_is_kept(
    office: Actor, content: bytes, code: str
) -> None:
    client = client_for(office)
    answer = send(client, content)
    assert answer.status_code == 422, answer.content
    body = answer.json()
    assert (body["code"], body["fields"]["file"][0]["code"]) == ("file_unreadable", code)
    assert body["detail"] == body["fields"]["file"][0]["message"]
    assert answer["Content-Type"] == "application/problem+json"
    assert not PurchaseImport.objects.exists()


def test_a_file_above_the_limit_is_refused_before_it_is_read(office: Actor, settings) -> None:
    client = client_for(office)
    settings.IMPORT_MAX_BYTES = 1_000
    # Beyond the envelope it is refused by its stated length, within it by its real one.
    for size in (200_000, 2_000):
        answer = send(client, csv_bytes(LINES) + b"x" * size)
        assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert not PurchaseImport.objects.exists()


def test_no_file_and_no_multipart_are_plain_errors(office: Actor) -> None:
    client = client_for(office)
    missing = client.post(URL, {}, format="multipart")
    assert (missing.status_code, list(missing.json()["fields"])) == (422, ["file"])
    assert client.post(URL, {"file": "text"}, format="multipart").status_code == 422
    assert client.post(URL, {"file": "x"}, format="json").status_code == 415
    broken = client.post(URL, b"--x\r\nrubbish", content_type="multipart/form-data; boundary=y")
    assert broken.status_code in {400, 422}


def test_a_file_name_is_cleaned(office: Actor) -> None:
    body = send(client_for(office), csv_bytes(LINES), "../../../a\u202eb\n" + "가" * 300).json()
    assert set(body["filename"]) == {"가"}
    assert len(body["filename"]) == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"mapping": {"quantity": 99}}, "mapping_wrong"),
        ({"mapping": {"quantity": -1}}, "invalid"),
        ({"mapping": {"quantity": "x"}}, "invalid"),
        ({"mapping": [1]}, "invalid"),
        ({"rules": {"date_order": "ydm"}}, "invalid"),
    ],
)
def test_a_wrong_mapping_is_refused_and_nothing_changes(
    office: Actor, change: dict[str, object], code: str
) -> None:
    client = client_for(office)
    row = upload(office, csv_bytes(LINES))
    answer = client.patch(f"{URL}/{row.pk}", change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    again = PurchaseImport.objects.get(pk=row.pk)
    assert (again.mapping, again.rules, again.preview) == (row.mapping, row.rules, row.preview)


def test_an_incomplete_mapping_names_the_fields(office: Actor) -> None:
    client = client_for(office)
    row = upload(office, csv_bytes(LINES))
    client.patch(f"{URL}/{row.pk}", {"mapping": {"date": None, "unit_price": None}})
    answer = client.post(f"{URL}/{row.pk}/start")
    assert (answer.status_code, answer.json()["code"]) == (422, "mapping_incomplete")
    assert list(answer.json()["fields"]) == ["mapping.date", "mapping.unit_price"]
    assert "거래일자, 단가" in answer.json()["detail"]


def test_others_see_no_import_and_may_not_make_one(office: Actor) -> None:
    row = upload(office, csv_bytes(LINES))
    address = f"{URL}/{row.pk}"
    foreign = client_for(coordinator_of(CooperativeFactory()))
    absent = foreign.get(f"{URL}/{uuid4()}").json()
    for answer in (foreign.get(address), foreign.patch(address, {}), foreign.delete(address),
                   foreign.post(f"{address}/start"), foreign.get(f"{address}/rejections"),
                   foreign.get(f"{address}/rejections?export=csv")):  # fmt: skip
        assert answer.status_code == 404
        assert {**answer.json(), "request_id": ""} == {**absent, "request_id": ""}
    assert foreign.get(URL).json()["results"] == []
    firm = client_for(member(row.cooperative))
    assert firm.get(URL).status_code == 403
    assert send(firm, csv_bytes(LINES)).status_code == 403
    auditor = client_for(auditor_of(row.cooperative))
    assert auditor.get(address).status_code == 200
    assert auditor.post(f"{address}/start").status_code == 403
    assert send(APIClient(), csv_bytes(LINES)).status_code == 401


def test_lists_cost_the_same_queries_with_one_row_and_with_three(office: Actor) -> None:
    client = client_for(office)
    for make in (
        lambda n: upload(office, csv_bytes(LINES)),
        lambda n: imported(office, csv_bytes([[f"Z{n}", *LINES[0][1:]], ["", *EVIL[1:]]])),
    ):
        seen = []
        row = make(0)
        urls = [URL, f"{URL}/{row.pk}/rejections", "/api/v1/purchases"]
        for number in (1, 2):
            with CaptureQueriesContext(connection) as queries:
                for url in urls:
                    assert client.get(url).status_code == 200
            seen.append(len(queries))
            make(number), make(number + 10)
        assert seen[0] == seen[1] <= 20


def test_purchases_are_seen_by_their_firm_and_their_office(office: Actor) -> None:
    row = imported(office, csv_bytes(LINES))
    client = client_for(office)
    body = client.get("/api/v1/purchases").json()["results"]
    assert [one["purchased_date"] for one in body] == ["2024-03-06", "2024-03-05", "2024-03-05"]
    assert body[0]["unit_price"] == "4000"
    assert body[0]["item"]["code"] == "A-1"
    by_text = client.get("/api/v1/purchases?search=토너").json()["results"]
    assert [one["document"] for one in by_text] == ["J001"]
    firm = body[0]["firm"]["id"]
    assert len(client.get(f"/api/v1/purchases?firm={firm}").json()["results"]) == 1
    item = body[0]["item"]["id"]
    assert len(client.get(f"/api/v1/purchases?item={item}").json()["results"]) == 2
    assert client.get("/api/v1/purchases?firm=x").status_code == 422
    assert client.get("/api/v1/purchases?search=%00").status_code == 422
    assert client_for(member(row.cooperative)).get("/api/v1/purchases").json()["results"] == []
    sheet = client.get("/api/v1/purchases?export=xlsx&ordering=date")
    assert openpyxl.load_workbook(io.BytesIO(sheet.content)).active.max_row == 4


def test_purchases_are_walked_forth_and_back_and_their_keys_are_found_from_an_index_alone(
    office: Actor,
) -> None:
    imported(office, csv_bytes(LINES))
    client = client_for(office)
    whole = [one["id"] for one in client.get("/api/v1/purchases").json()["results"]]
    for asked in ("", "&ordering=date", "&search=J0"):
        walked, back, url = [], [], f"/api/v1/purchases?page_size=1{asked}"
        while url:
            body = client.get(url).json()
            walked += [one["id"] for one in body["results"]]
            last, url = body["previous"], body["next"]
        while last:
            body = client.get(last).json()
            back += [one["id"] for one in body["results"]]
            last = body["previous"]
        assert back == walked[-2::-1], asked
        assert walked == {"": whole, "&ordering=date": whole[::-1]}.get(asked, walked), asked
        assert walked, asked
    index = next(one for one in Purchase._meta.indexes if one.name == "purchases_as_listed")
    held = {"id", "purchased_date", "cooperative_id"} | {f"{one}_id" for one in ("item", "firm")}
    assert set(index.include) == {"item", "firm", "document"}
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/purchases?search=J0")
    found = next(q["sql"] for q in queries if q["sql"].endswith("LIMIT 26"))
    said = set(re.findall(r'"demand_purchase"."(\w+)"', found))
    assert "document" in said
    assert said <= {*held, "document"}
