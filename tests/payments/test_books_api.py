"""The books by the API: journal, balances, a campaign's money, account sheets."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import coordinator_of
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.common import clock
from mungchi.payments import operations, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal() -> Deal:
    """One firm has paid, one was mistaken for one that had, one has not."""
    deal = Deal().placed()
    first, second, _ = deal.payments()
    deal.pay(first)
    deal.pay(second)
    operations.undo_confirmation(actor=deal.office, payment_id=second.pk, why="다른 회사")
    return deal


def get(deal: Deal, path: str, **asked: Any) -> Any:
    answer = client_for(deal.office).get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def sheet(answer: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [tuple(cell for cell in row) for row in book.active.iter_rows(values_only=True)]


def test_the_journal_names_everything_and_its_lines_balance(deal: Deal) -> None:
    entries = get(deal, "ledger/entries", ordering="at")["results"]
    assert [entry["kind"] for entry in entries] == [*["asked"] * 3, *["received"] * 2,
                                                    "received_undone"]  # fmt: skip
    assert all(sum(line["amount"] for line in entry["lines"]) == 0 for entry in entries)
    undone = entries[-1]
    assert undone["reverses"] == entries[-2]["id"]
    assert undone["label"] == "입금 확인 취소"
    assert undone["order_number"] == deal.orders()[1].number
    assert {line["label"] for line in undone["lines"]} == {"보통예금", "미수금"}


@pytest.mark.parametrize(
    ("asked", "count"),
    [({"kind": "received"}, 2), ({"account": "bank"}, 3), ({"account": "fee"}, 0),
     ({"search": "없는 이름"}, 0)],
)  # fmt: skip
def test_the_journal_is_narrowed(deal: Deal, asked: dict[str, str], count: int) -> None:
    assert len(get(deal, "ledger/entries", **asked)["results"]) == count


def test_the_journal_is_narrowed_by_firm_campaign_day_and_text(deal: Deal) -> None:
    firm = deal.payments()[0].firm
    assert len(get(deal, "ledger/entries", firm=firm.pk)["results"]) == 2
    assert len(get(deal, "ledger/entries", search=firm.name)["results"]) == 2
    assert len(get(deal, "ledger/entries", campaign=deal.campaign.pk)["results"]) == 6
    tomorrow = today() + timedelta(days=1)
    assert get(deal, "ledger/entries", since=tomorrow)["results"] == []
    assert len(get(deal, "ledger/entries", until=today())["results"]) == 6


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"firm": "x"}, {"since": "x"}, {"ordering": "x"}])
def test_what_the_journal_cannot_be_asked_is_said(deal: Deal, asked: dict[str, str]) -> None:
    assert client_for(deal.office).get("/api/v1/ledger/entries", asked).status_code in {400, 422}


def test_the_journal_as_a_spreadsheet_has_a_row_a_line(deal: Deal) -> None:
    client = client_for(deal.office)
    rows = sheet(client.get("/api/v1/ledger/entries", {"export": "xlsx", "kind": "received"}))
    assert rows[0][:7] == ("일자", "전표", "내용", "계정과목", "거래처", "차변", "대변")
    assert len(rows) == 5
    paid = deal.payments()[0]
    assert rows[1][3:7] == ("보통예금", None, paid.amount, None)
    assert rows[2][3:7] == ("미수금", paid.firm.name, None, paid.amount)
    english = client_for(deal.office, "en").get("/api/v1/ledger/entries", {"export": "xlsx"})
    assert sheet(english)[0][3:7] == ("Account", "Firm or partner", "Debit", "Credit")


def test_balances_come_to_the_same_on_both_sides(deal: Deal) -> None:
    accounts = get(deal, "ledger/balances")["accounts"]
    assert sum(row["debit"] for row in accounts) == sum(row["credit"] for row in accounts) > 0
    by_name = {row["account"]: row["balance"] for row in accounts}
    first, second, third = deal.payments()
    assert by_name == {
        "bank": first.amount,
        "receivable": second.amount + third.amount,
        "member_funds": -(first.amount + second.amount + third.amount),
    }
    assert get(deal, "ledger/balances", kind="asked")["accounts"] != accounts


def test_a_campaigns_money(deal: Deal) -> None:
    money = get(deal, f"campaigns/{deal.campaign.pk}/money")
    first, second, third = deal.payments()
    assert money == {
        "currency": "KRW", "asked": first.amount + second.amount + third.amount,
        "received": first.amount, "open": second.amount + third.amount, "cancelled": 0,
        "lapsed": 0,
        "held": first.amount, "refund_due": 0, "refunded": 0, "supplier": 0, "paid_out": 0,
        "supplier_open": 0, "fees": 0, "partner_fees": 0, "subsidy": 0, "disputed": 0,
        "dispute_loss": 0,
    }  # fmt: skip
    stranger = client_for(coordinator_of(Deal().host))
    assert stranger.get(f"/api/v1/campaigns/{deal.campaign.pk}/money").status_code == 404


def test_a_firms_account_tells_what_it_owed_after_each(deal: Deal) -> None:
    payment = deal.payments()[1]
    told = get(deal, f"firms/{payment.firm_id}/account")
    (account,) = told["sheets"]
    assert told["firm"]["name"] == payment.firm.name
    assert (account["opening"], account["closing"]) == (0, payment.amount)
    assert [(line["kind"], line["amount"], line["balance"]) for line in account["lines"]] == [
        ("asked", payment.amount, payment.amount),
        ("received", -payment.amount, 0),
        ("received_undone", payment.amount, payment.amount),
    ]
    # The firm reads the same of itself.
    own = client_for(deal.buyer(payment.order)).get("/api/v1/account")
    assert own.json()["sheets"] == told["sheets"]


def test_days_before_are_the_opening_balance(deal: Deal) -> None:
    payment = deal.payments()[2]
    with clock.shifted(timedelta(days=1)):
        deal.pay(payment)
        # Counted by the day of the transfer, which the factory says is that day's.
        told = get(deal, f"firms/{payment.firm_id}/account", since=today(), until=today())
    (account,) = told["sheets"]
    assert (account["opening"], account["closing"]) == (payment.amount, 0)
    assert [line["kind"] for line in account["lines"]] == ["received"]
    none = get(deal, f"firms/{payment.firm_id}/account", since="2020-01-01", until="2020-12-31")
    assert none["sheets"] == []


def test_an_account_as_a_spreadsheet(deal: Deal) -> None:
    payment = deal.payments()[0]
    answer = client_for(deal.office).get(
        f"/api/v1/firms/{payment.firm_id}/account", {"export": "xlsx"}
    )
    heading, asked, received = sheet(answer)
    assert heading[5:8] == ("차변", "대변", "잔액")
    assert asked[5:8] == (payment.amount, None, payment.amount)
    assert received[5:8] == (None, payment.amount, 0)


def test_days_that_are_none_or_too_many_are_said(deal: Deal, monkeypatch: Any) -> None:
    path = f"/api/v1/firms/{deal.payments()[0].firm_id}/account"
    client = client_for(deal.office)
    assert client.get(path, {"since": "2026-13-01"}).status_code in {400, 422}
    wrong = client.get(path, {"since": "2026-02-01", "until": "2026-01-01"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "days_wrong")
    monkeypatch.setattr("mungchi.payments.queries.books.MOST_LINES", 1)
    many = client.get(path)
    assert (many.status_code, many.json()["code"]) == (422, "too_many_lines")


def test_a_supplier_reads_nothing_of_members_money(deal: Deal) -> None:
    sold = Deal().confirmed()
    stage.book_sales()
    client = client_for(sold.supplier)
    assert client.get("/api/v1/account").json()["sheets"] == []
    assert client.get("/api/v1/ledger/entries").status_code == 403


@pytest.mark.parametrize("path", ["ledger/entries", "firm"])
def test_as_many_queries_for_nine_firms_as_for_two(path: str) -> None:
    counts = []
    for quantities in ((60, 60), (20,) * 9):
        deal = Deal().placed(*quantities)
        where = path if path != "firm" else f"firms/{deal.payments()[0].firm_id}/account"
        client = client_for(deal.office)
        client.get(f"/api/v1/{where}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/api/v1/{where}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
