"""What follows when a supplier confirms less: money, goods, plans, words and spreadsheets."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from openpyxl import load_workbook
from tests.factories.accounts import member
from tests.factories.clients import client_for
from tests.factories.lapses import decide, lapsed
from tests.factories.less import (
    accept,
    asked,
    broken,
    followed,
    less,
    pay_and_order,
)
from tests.factories.orders import Deal, today

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import ClearingRun, PlanBResult
from mungchi.common.errors import Refused
from mungchi.common.models import History
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries import stage as delivery_stage
from mungchi.deliveries.operations import Parcel
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import stage
from mungchi.orders.models import Order
from mungchi.orders.queries.less import lesses_to_carry_out
from mungchi.payments import queries as payment_queries
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import Refund

pytestmark = pytest.mark.django_db


def test_what_dies_halfway_is_found_whole_again_and_done_once(monkeypatch):
    from mungchi.orders.operations import less as module

    deal = Deal().ordered(30, 40, 50)
    accept(deal, asked(deal, 90))

    def dies(*args, **kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(module, "cut_purchase_order", dies)
        assert stage.confirm_less() == 0
    assert ClearingRun.objects.filter(campaign=deal.campaign).count() == 1
    assert {order.ordered for order in deal.orders()} == {None}
    assert stage.confirm_less() == 1
    # Killed before its money follows: the sale waits for it.
    assert payment_stage.book_sales() == 0
    assert (payment_stage.return_less(), payment_stage.return_less()) == (2, 0)
    assert payment_stage.book_sales() == 3
    assert Refund.objects.count() == 2
    assert broken() == []


def test_a_campaign_that_is_failed_after_less_was_accepted_leaves_nothing_to_carry_out():
    deal = Deal().ordered(30, 40, 50)
    row = accept(deal, asked(deal, 90))
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="더 늦어짐")
    stage.confirm_less()
    stage.cancel_orders()
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ended", "그래도 필요함")
    assert lesses_to_carry_out() == []
    payment_stage.return_money()
    assert broken() == []


def test_what_is_not_paid_yet_is_asked_for_less():
    """Where a way of paying lets the order go out before the money is there."""
    deal = Deal().ordered(30, 40, 50)
    third = deal.payments()[2]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE payments_payment SET state = 'awaiting_transfer', paid_at = NULL,"
            " allotted = 0 WHERE id = %s", [third.pk],
        )  # fmt: skip
        cursor.execute("SET session_replication_role = DEFAULT")
    less(deal, 90)
    order = deal.orders()[2]
    third.refresh_from_db()
    assert third.amount == order.total < order.ordered["total"]
    assert not Refund.objects.filter(payment=third).exists()
    entry = third.entries.get(kind="asked_less")
    moved = {line.account: line.amount for line in entry.lines.all()}
    down = order.ordered["total"] - order.total
    assert moved == {"receivable": -down, "member_funds": down}


def test_goods_are_sent_received_and_paid_out_over_what_is_confirmed():
    deal = less(Deal().ordered(30, 40, 50), 90)
    parcels = [Parcel(o.pk, o.quantity, f"T{o.number}") for o in deal.orders()]
    with pytest.raises(Refused):
        deliveries.ship(
            actor=deal.supplier, carrier="한빛택배", shipped_date=today(),
            parcels=[Parcel(deal.orders()[2].pk, 31, "T")],
        )  # fmt: skip
    sent = deliveries.ship(
        actor=deal.supplier, carrier="한빛택배", shipped_date=today(), parcels=parcels
    )
    for shipment in sent:
        deliveries.receive_shipment(
            actor=deal.buyer(shipment.order), shipment_id=shipment.pk, quantity=shipment.quantity,
            note="",
        )  # fmt: skip
    delivery_stage.complete_campaigns()
    assert deal.state() == "completed"
    assert payment_queries.owed_to_supplier(deal.campaign).open == deal.purchase_order.total
    assert broken() == []


def test_who_got_less_has_its_plan_b_carried_out():
    deal = Deal()
    deal.opened()
    deal.join(40)
    deal.join(40)
    third = member(deal.host)
    campaigns.commit(actor=third, campaign_id=deal.campaign.pk, quantity=40, plan_b="need")
    deal.cleared()
    pay_and_order(deal)
    less(deal, 90)
    result = PlanBResult.objects.get(plan__firm_id=third.firm_id)
    assert (result.after, result.quantity, result.outcome) == ("clearing", 10, "need_opened")
    assert broken() == []


def test_the_cooperatives_own_part_falls_with_the_quantity_or_stays():
    deal = Deal(delivery_cost=33_333).placed(30, 40, 50)
    lapsed(deal, 0)
    decide(deal, "pay")
    stage.issue_purchase_orders()
    before = deal.purchase_order
    assert before.price_difference > 0
    less(deal, 45)
    row = deal.purchase_order
    assert row.price_difference == before.price_difference * 45 // 90
    assert 0 < row.subsidy < before.subsidy
    assert broken() == []


def test_firms_supplier_and_office_are_told():
    deal = Deal().ordered(30, 40, 50)
    less(deal, 90)
    notifications.tell_people()
    told = Notification.objects.filter(kind="order_reduced")
    assert told.values("seat__firm").distinct().count() == 2
    assert "작황 부진" in told[0].sentence_ko
    assert Notification.objects.filter(kind="less_done").exists()
    # The firm is told once, not of its refund as well.
    assert not Notification.objects.filter(kind="refund_requested").exists()
    assert History.objects.filter(kind="refund_requested").count() == 2


def test_what_had_been_ordered_cannot_be_rewritten_nor_a_figure_raised():
    deal = less(Deal().ordered(30, 40, 50), 90)
    order = deal.orders()[2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(ordered={**order.ordered, "quantity": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.filter(pk=order.pk).update(
            quantity=51, supply_value=order.ordered["supply_value"] + 1
        )


def test_pages_and_spreadsheets_say_both():
    deal = Deal().ordered(30, 40, 50)
    supplier, office = client_for(deal.supplier), client_for(deal.office)
    path = f"/api/v1/purchase-orders/{deal.purchase_order.pk}"
    body = {"quantity": 90, "why": "작황 부진",
            "due_date": (today() + timedelta(days=3)).isoformat()}  # fmt: skip
    answer = supplier.post(f"{path}/confirm-less", body)
    assert answer.status_code == 200, answer.json()
    assert answer.json()["less"]["state"] == "asked"
    outlook = office.get(f"/api/v1/campaigns/{deal.campaign.pk}/confirmed-less").json()["outlook"]
    assert (outlook["before"], outlook["quantity"], outlook["fewer"]) == (120, 90, 2)
    back = sum(line["back"] for line in outlook["lines"])
    assert back == outlook["back"]["total"] > 0
    row = outlook["less"]["id"]
    answer = office.post(f"/api/v1/confirmed-less/{row}/decide", {"accept": True, "reason": "네"})
    assert answer.json()["state"] == "accepted"
    followed()
    assert back == sum(refund.amount for refund in Refund.objects.all())
    page = supplier.get(path).json()
    assert (page["quantity"], page["ordered"]["quantity"]) == (90, 120)
    assert [line["ordered_quantity"] for line in page["lines"]] == [30, 40, 50]
    sheet = load_workbook(BytesIO(supplier.get("/api/v1/purchase-orders?export=xlsx").content))
    heads, values = ([cell.value for cell in row] for row in sheet.active.iter_rows())
    assert dict(zip(heads, values, strict=True))["발주 수량"] == 120
    assert dict(zip(heads, values, strict=True))["확인 수량"] == 90
    order = deal.orders()[2]
    mine = client_for(deal.buyer(order)).get(f"/api/v1/orders/{order.pk}").json()
    assert (mine["quantity"], mine["ordered"]["quantity"]) == (30, 50)
    assert mine["payment"]["refunds"][0]["cause"] == "confirmed_less"
    record = client_for(deal.buyer(order)).get(f"/api/v1/campaigns/{deal.campaign.pk}/clearing")
    assert record.json()["mine"]["awarded"] == 30
    # Of the others no firm reads a second total.
    assert record.json()["quantity"] in (120, None)
