"""Bank lines over the API: what the screen shows, in both languages, and how lists are found."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today
from tests.factories.statements import Moved, taken, wide_csv

from mungchi.campaigns import operations as campaigns
from mungchi.payments import operations, stage
from mungchi.payments.api.bank_shapes import MOST_AT_ONCE
from mungchi.payments.models import BankLine

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def deal() -> Deal:
    return Deal().placed()


def arrive(
    deal: Deal, *amounts: int, text: str = "인터넷", depositor: str = "누구"
) -> list[BankLine]:
    moved = [Moved(today(), amount, depositor, text, f"08:{BankLine.objects.count() + at:02d}:00")
             for at, amount in enumerate(amounts)]  # fmt: skip
    return taken(deal.office, moved)


def test_a_statement_from_upload_to_payment(deal: Deal) -> None:
    client, payment = client_for(deal.office), deal.payments()[0]
    content = wide_csv([
        Moved(today(), payment.amount, "한빛상사", payment.reference),
        Moved(today(), -900, "수수료"), Moved(today(), 1234, "누구"),
    ])  # fmt: skip
    content.name = "11월 내역.csv"
    made = client.post(f"{API}/bank-statements", {"file": content}, format="multipart")
    assert made.status_code == 201
    row = made.json()
    assert (row["counts"]["new"], row["counts"]["outgoing"], row["counts"]["rejected"]) == (2, 1, 1)
    path = f"{API}/bank-statements/{row['id']}"
    rejected = client.get(f"{path}/lines", {"verdict": "rejected"}).json()["results"]
    assert "거래일을 읽을 수 없습니다" in rejected[0]["outcome"]
    english = client_for(deal.office, "en").get(f"{path}/lines", {"verdict": "outgoing"}).json()
    assert english["results"][0]["outcome"] == "money out, not matched"
    assert client.post(f"{path}/start").json()["state"] == "done"
    told = client.get(f"{API}/bank-matches").json()
    assert told["suspense"] == [
        {"currency": "KRW", "lines": 2, "amount": payment.amount + 1234}
    ]  # fmt: skip
    (match,) = told["matches"]
    assert match["suggestion"]["payment"]["reference"] == payment.reference
    pairs = [{"line": match["line"]["id"], "payment": match["suggestion"]["payment"]["id"]}]
    done = client.post(f"{API}/bank-matches/confirm", {"pairs": pairs}, format="json").json()
    assert done == {"count": 1, "amount": payment.amount, "changed": 0}
    assert client.get(f"{API}/payments/{payment.pk}").json()["state"] == "paid"


def test_a_firm_sees_what_has_arrived_and_what_is_missing(deal: Deal) -> None:
    payment = deal.payments()[0]
    (line,) = arrive(deal, 1_000, text=payment.reference)
    office = client_for(deal.office)
    path = f"{API}/bank-lines/{line.pk}/allot"
    said = office.post(path, {"payment": str(payment.pk)}, format="json").json()
    assert (said["state"], said["open"], said["label"]) == ("matched", 0, "배정됨")
    assert said["allotments"][0]["payment"]["missing"] == payment.amount - 1_000
    order = client_for(deal.people[0]).get(f"{API}/orders/{deal.orders()[0].pk}").json()
    assert order["payment"]["allotted"] == 1_000
    assert order["payment"]["missing"] == payment.amount - 1_000
    assert client_for(deal.people[0]).get(f"{API}/bank-lines").status_code == 403
    undone = office.post(
        f"{API}/bank-allotments/{said['allotments'][0]['id']}/undo", {"why": "오인"}, format="json"
    ).json()
    assert (undone["state"], undone["suggestions"][0]["why"]) == ("suspense", "reference_part")


def test_lines_are_found_by_state_day_amount_depositor_and_payment(deal: Deal) -> None:
    payment = deal.payments()[0]
    first, second = arrive(deal, 1_234, 777)
    operations.allot_line(actor=deal.office, line_id=first.pk, payment_id=payment.pk)
    client = client_for(deal.office)

    def found(**query: str) -> list[int]:
        rows = client.get(f"{API}/bank-lines", query).json()["results"]
        return sorted(row["amount"] for row in rows)

    assert found() == [777, 1_234]
    assert found(state="suspense") == [777]
    assert found(search="1,234") == found(search="1234") == [1_234]
    assert found(search=payment.firm.name) == [1_234]
    code = payment.reference
    assert found(search=f"{code[:4]}-{code[4:]}".lower()) == [1_234]
    assert found(search="누구") == [777, 1_234]
    assert found(since=str(today()), until=str(today())) == [777, 1_234]
    assert found(until="2020-01-01") == []
    assert found(statement=str(second.statement_id)) == [777, 1_234]


def test_what_goes_back_is_a_bulk_transfer(deal: Deal) -> None:
    first, second, _ = deal.payments()
    deal.pay(first)
    (wrong,) = arrive(deal, 500, depositor="=SUM(1)")
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    stage.return_money()
    client = client_for(deal.office)
    moved = client.post(
        f"{API}/bank-lines/{wrong.pk}/move", {"to": "to_return", "why": "잘못"}, format="json"
    )
    assert moved.json()["state"] == "to_return"
    told = client.get(f"{API}/bank-returns").json()
    assert [each["reference"] for each in told["refunds"]] == [first.reference]
    assert [each["open"] for each in told["lines"]] == [500]
    book = load_workbook(io.BytesIO(client.get(f"{API}/bank-returns", {"export": "xlsx"}).content))
    head, refund, line = book.active.iter_rows(values_only=True)
    assert head[:4] == ("입금은행", "입금계좌번호", "예금주", "이체금액")
    assert refund[2:5] == ("홍길동", first.amount, first.reference)
    assert line[2:4] == ("=SUM(1)", 500)
    assert book.active["C3"].data_type == "s"
    assert second.reference not in str(refund)


def test_the_journal_names_who_sent_money_that_is_nobodys(deal: Deal) -> None:
    arrive(deal, 500, depositor="모르는 사람")
    client = client_for(deal.office)
    (entry,) = client.get(f"{API}/ledger/entries", {"account": "bank_suspense"}).json()["results"]
    assert (entry["kind"], entry["depositor"]) == ("arrived", "모르는 사람")
    assert entry["campaign"] is entry["firm"] is entry["order"] is None
    book = client.get(f"{API}/ledger/entries", {"export": "xlsx"})
    assert book.status_code == 200


def test_no_more_than_so_many_are_confirmed_at_once(deal: Deal) -> None:
    payment = str(deal.payments()[0].pk)
    pairs = [{"line": payment, "payment": payment}] * (MOST_AT_ONCE + 1)
    client = client_for(deal.office)
    path = f"{API}/bank-matches/confirm"
    assert client.post(path, {"pairs": pairs}, format="json").status_code in {400, 422}
    said = client.post(path, {"pairs": pairs[:2]}, format="json").json()
    assert said == {"count": 0, "amount": 0, "changed": 1}


@pytest.mark.parametrize("path", ["bank-lines", "bank-matches", "bank-returns"])
def test_as_many_queries_for_nine_lines_as_for_two(path: str) -> None:
    counts = []
    for quantities in ((60, 60), (20,) * 9):
        deal = Deal().placed(*quantities)
        for payment in deal.payments():
            arrive(deal, payment.amount, text=payment.reference)
        if path == "bank-returns":
            for line in BankLine.objects.filter(cooperative=deal.host):
                operations.move_line(actor=deal.office, line_id=line.pk, to="to_return", why="?")
        client = client_for(deal.office)
        client.get(f"{API}/{path}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{API}/{path}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
