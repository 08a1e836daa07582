"""The cooperative's one order to the supplier."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from tests.factories.accounts import supplier
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.accounts import operations as accounts
from mungchi.accounts.models import Firm
from mungchi.campaigns import operations as campaigns
from mungchi.common.errors import NotFound
from mungchi.orders import operations, stage
from mungchi.orders.api.views import OrdersView
from mungchi.orders.models import PurchaseOrder
from mungchi.payments import stage as payment_stage
from mungchi.payments.api.views import PaymentsView

pytestmark = pytest.mark.django_db


def test_it_is_issued_once_when_the_last_transfer_is_in():
    deal = Deal(delivery_cost=33_333).placed(30, 41, 50)
    payments = deal.payments()
    for payment in payments[:2]:
        deal.pay(payment)
    assert stage.issue_purchase_orders() == 0
    deal.pay(payments[2])
    assert stage.issue_purchase_orders() == 1
    assert stage.issue_purchase_orders() == 0
    assert deal.state() == "ordered"
    row = deal.purchase_order
    orders = deal.orders()
    assert row.quantity == sum(order.quantity for order in orders)
    assert row.supply_value == sum(order.supply_value for order in orders)
    assert row.delivery_cost == sum(order.delivery_share for order in orders) == 33_333
    assert row.vat == sum(order.vat for order in orders)
    # What the firms paid is what the supplier is owed, to the won.
    assert row.total == sum(order.total for order in orders) == sum(p.amount for p in payments)
    assert row.due_date == today() + timedelta(days=5)


def test_the_suppliers_yes_moves_the_campaign_and_counts_once():
    deal = Deal().ordered()
    for _ in range(2):
        row = operations.confirm_purchase_order(
            actor=deal.supplier, purchase_order_id=deal.purchase_order.pk
        )
    assert row.state == "confirmed"
    assert deal.state() == "delivering"
    assert deal.trail().count("purchase_order_confirmed") == 1


def test_the_suppliers_no_fails_the_campaign_and_money_goes_back():
    deal = Deal().ordered()
    operations.refuse_purchase_order(
        actor=deal.supplier, purchase_order_id=deal.purchase_order.pk, why="재고 없음"
    )
    stage.cancel_orders()
    payment_stage.return_money()
    assert deal.state() == "failed"
    assert deal.purchase_order.state == "refused"
    assert {order.state for order in deal.orders()} == {"cancelled"}
    assert {payment.state for payment in deal.payments()} == {"refund_due"}


def test_no_after_yes_and_yes_after_no_are_refused():
    yes, no = Deal().confirmed(), Deal().ordered()
    operations.refuse_purchase_order(
        actor=no.supplier, purchase_order_id=no.purchase_order.pk, why="x"
    )
    answer = client_for(yes.supplier).post(
        f"/api/v1/purchase-orders/{yes.purchase_order.pk}/refuse", {"why": "x"}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "purchase_order_answered")
    answer = client_for(no.supplier).post(f"/api/v1/purchase-orders/{no.purchase_order.pk}/confirm")
    assert answer.status_code == 409


def test_a_campaign_called_off_before_the_answer_takes_the_purchase_order_with_it():
    deal = Deal().ordered()
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="공급사 무응답")
    assert stage.cancel_orders() == 4
    assert deal.purchase_order.state == "cancelled"
    answer = client_for(deal.supplier).post(
        f"/api/v1/purchase-orders/{deal.purchase_order.pk}/confirm"
    )
    assert answer.status_code == 409


def test_nobody_elses_purchase_order_can_be_answered():
    deal = Deal().ordered()
    with pytest.raises(NotFound):
        operations.confirm_purchase_order(
            actor=supplier(), purchase_order_id=deal.purchase_order.pk
        )


def test_the_supplier_sees_firms_and_quantities_only_once_it_is_issued():
    deal = Deal().paid(30, 41, 50)
    client = client_for(deal.supplier)
    assert client.get("/api/v1/purchase-orders").json()["results"] == []
    stage.issue_purchase_orders()
    body = client.get(f"/api/v1/purchase-orders/{deal.purchase_order.pk}").json()
    assert [line["quantity"] for line in body["lines"]] == [30, 41, 50]
    assert body["lines"][0]["firm"]["name"]
    assert body["lines"][0]["address"]
    assert body["lines_count"] == 3
    assert client.get("/api/v1/orders").json()["results"] == []


@pytest.mark.parametrize(
    "path", ["/api/v1/orders", "/api/v1/payments", "/api/v1/purchase-orders", "/api/v1/shipments"]
)
def test_lists_take_as_many_queries_for_one_row_as_for_three(path):
    deal = Deal().received(60, 60)
    client = client_for(deal.office)
    counts = []
    for more in (None, (40, 40, 40)):
        if more:
            other = Deal(host=deal.host)
            other.received(*more)
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            rows = client.get(path).json()["results"]
        counts.append((len(rows), len(seen)))
    assert counts[0][0] < counts[1][0]
    assert counts[0][1] == counts[1][1] <= 10


def test_a_foreign_order_reads_as_an_absent_one():
    deal, other = Deal().placed(), Deal().placed()
    client = client_for(deal.people[0])
    bodies = []
    for pk in (other.orders()[0].pk, deal.campaign.pk):
        answer = client.get(f"/api/v1/orders/{pk}", HTTP_X_REQUEST_ID="same-request")
        assert answer.status_code == 404
        bodies.append(answer.content)
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize(
    "path", ["orders", "payments", "purchase-orders", "shipments"]
)  # fmt: skip
def test_lists_can_be_taken_away_as_spreadsheets(path):
    deal = Deal().received()
    answer = client_for(deal.office).get(f"/api/v1/{path}", {"export": "xlsx"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize(
    ("view", "head", "moment", "day"),
    [
        # 08:30 in Seoul is 23:30 of the day before in UTC.
        (OrdersView, "주문일", (2026, 5, 4, 8, 30), date(2026, 5, 4)),
        (OrdersView, "주문일", (2026, 5, 4, 23, 30), date(2026, 5, 4)),
        # Due is the end of a day: 00:00 of the next.
        (PaymentsView, "입금 기한", (2026, 5, 5, 0, 0), date(2026, 5, 4)),
    ],
)
def test_days_in_spreadsheets_are_those_of_the_cooperative(view, head, moment, day):
    deal = Deal().placed()
    at = datetime(*moment, tzinfo=ZoneInfo("Asia/Seoul")).astimezone(UTC)
    row = deal.orders()[0] if view is OrdersView else deal.payments()[0]
    row.created_at = row.due_at = at
    (column,) = (one for one in view.columns if one.heading.ko == head)
    assert column.value(row) == day


def test_the_delivery_list_is_a_spreadsheet_for_the_supplier():
    deal = Deal().shipped()
    path = f"/api/v1/purchase-orders/{deal.purchase_order.pk}/lines"
    client = client_for(deal.supplier)
    rows = client.get(path).json()["results"]
    assert [(row["shipped"], row["received"]) for row in rows] == [(30, 0), (40, 0), (50, 0)]
    assert client.get(path, {"export": "xlsx"}).content.startswith(b"PK")


def test_there_is_one_purchase_order_a_campaign():
    deal = Deal().ordered()
    assert PurchaseOrder.objects.filter(campaign=deal.campaign).count() == 1
    assert operations.issue_purchase_order(campaign_id=deal.campaign.pk) == 0


def test_each_line_says_where_its_goods_go_as_it_stood_when_the_order_was_made():
    deal = Deal().opened()
    for quantity in (30, 40, 50):
        deal.join(quantity)
    other, own, unknown = deal.people
    campaigns.commit(
        actor=other, campaign_id=deal.campaign.pk, quantity=30, deliver_to="파주 물류단지 7"
    )
    Firm.objects.filter(pk=unknown.firm_id).update(address="")
    # Up to the order the firm's address may change; from then on it may, and the order stays.
    accounts.change_firm(actor=own, address="대전 새 주소 1")
    deal.cleared()
    stage.place_orders()
    payment_stage.ask_for_payment()
    assert [row.deliver_to for row in deal.orders()] == ["파주 물류단지 7", "대전 새 주소 1", ""]
    for firm in deal.people:
        accounts.change_firm(actor=firm, address="부산 더 새 주소 2")
    for payment in deal.payments():
        deal.pay(payment)
    stage.issue_purchase_orders()
    # Who had no address then has what it said since.
    expected = ["파주 물류단지 7", "대전 새 주소 1", "부산 더 새 주소 2"]
    for reader in (deal.supplier, deal.office):
        client, page = client_for(reader), f"/api/v1/purchase-orders/{deal.purchase_order.pk}"
        lines = client.get(f"{page}/lines").json()["results"]
        assert [line["address"] for line in lines] == expected
        assert [line["address"] for line in client.get(page).json()["lines"]] == expected
        sheet = load_workbook(BytesIO(client.get(f"{page}/lines?export=xlsx").content)).active
        (heading, *rows) = sheet.iter_rows(values_only=True)
        assert [row[heading.index("받을 곳")] for row in rows] == expected
    for firm, order, place in zip(deal.people, deal.orders(), expected, strict=True):
        assert client_for(firm).get(f"/api/v1/orders/{order.pk}").json()["deliver_to"] == place
