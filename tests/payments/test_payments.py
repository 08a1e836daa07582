"""Asking for money, confirming it, taking that back, returning it."""

import io
from datetime import datetime, time, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.campaigns import operations as campaigns
from mungchi.common.errors import NotFound
from mungchi.common.history import MoveNotDeclared
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.orders.domain.codes import is_whole
from mungchi.payments import operations, stage
from mungchi.payments.models import Payment
from mungchi.payments.operations import confirming, returning
from mungchi.payments.providers import BANK_TRANSFER, PROVIDERS

pytestmark = pytest.mark.django_db


def confirm(deal, payment, **changes):
    given = {"amount": payment.amount, "depositor": "홍길동", "received_date": today(), **changes}
    return operations.confirm_transfer(actor=deal.office, payment_id=payment.pk, **given)


def test_every_order_is_asked_for_once_with_a_reference_that_checks_itself():
    deal = Deal().settling()
    order_stage.place_orders()
    assert [stage.ask_for_payment(), stage.ask_for_payment()] == [3, 0]
    payments = deal.payments()
    assert [p.amount for p in payments] == [o.total for o in deal.orders()]
    assert len({p.reference for p in payments}) == 3
    assert all(is_whole(p.reference) and len(p.reference) == 8 for p in payments)
    deal.campaign.refresh_from_db()
    assert {p.due_at for p in payments} == {deal.campaign.payment_due_at}
    assert payments[0].instructions["account"] == deal.host.bank_account
    assert deal.trail().count("payments_asked") == 1


def test_asking_takes_as_many_queries_for_nine_as_for_two():
    counts = []
    for quantities in ((60, 60), (20,) * 9):
        deal = Deal().settling(*quantities)
        orders.place_orders(campaign_id=deal.campaign.pk)
        with CaptureQueriesContext(connection) as seen:
            operations.ask_for_payment(campaign_id=deal.campaign.pk)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 16


def test_an_order_over_nothing_needs_no_payment():
    deal = Deal(tiers=[(1, "0.000001")]).placed(1, 1)
    assert deal.payments() == []
    assert {order.state for order in deal.orders()} == {"paid"}
    assert order_stage.issue_purchase_orders() == 1


def test_without_an_account_the_firm_is_told_whom_to_ask_until_there_is_one():
    deal = Deal(host=CooperativeFactory(bank_account="", name="남해 조합")).placed()
    firm = client_for(deal.people[0])
    path = f"/api/v1/orders/{deal.orders()[0].pk}"
    payment = firm.get(path).json()["payment"]
    assert payment["instructions"] is None
    assert "남해 조합 사무국" in payment["notice"]
    assert not BANK_TRANSFER.available(deal.host)
    assert stage.ask_for_payment() == 0
    deal.host.bank_account = "123-45"
    deal.host.save()
    assert [stage.ask_for_payment(), stage.ask_for_payment()] == [3, 0]
    payment = firm.get(path).json()["payment"]
    assert payment["instructions"]["account"] == "123-45"
    assert payment["notice"] is None


def test_a_confirmation_pays_the_order_and_again_changes_nothing():
    deal = Deal().placed()
    payment = deal.payments()[0]
    for _ in range(2):
        assert confirm(deal, payment).state == "paid"
    assert deal.orders()[0].state == "paid"
    assert deal.trail().count("payment_confirmed") == deal.trail().count("order_paid") == 1


@pytest.mark.parametrize(
    ("off", "error", "words"),
    [(-1000, confirming.TooLittle, "1,000원 적습니다"), (1, confirming.TooMuch, "1원 많습니다")],
)
def test_another_amount_is_refused_and_the_difference_said(off, error, words):
    deal = Deal().placed()
    payment = deal.payments()[0]
    with pytest.raises(error) as refused:
        confirm(deal, payment, amount=payment.amount + off)
    assert words in refused.value.text.ko
    payment.refresh_from_db()
    assert (payment.state, deal.orders()[0].state) == ("awaiting_transfer", "awaiting_payment")


def test_money_does_not_arrive_tomorrow():
    deal = Deal().placed()
    with pytest.raises(confirming.DateAhead):
        confirm(deal, deal.payments()[0], received_date=today() + timedelta(days=1))


def test_a_second_confirmation_with_other_words_is_refused():
    deal = Deal().placed()
    payment = deal.payments()[0]
    confirm(deal, payment)
    with pytest.raises(confirming.PaymentNotAwaited):
        confirm(deal, payment, depositor="다른 사람")


def test_a_mistaken_confirmation_is_undone_until_the_supplier_was_ordered_from():
    deal = Deal().placed(60, 60)
    first, second = deal.payments()
    confirm(deal, first)
    for _ in range(2):
        row = operations.undo_confirmation(actor=deal.office, payment_id=first.pk, why="오인")
    assert (row.state, row.depositor, row.paid_at) == ("awaiting_transfer", "", None)
    assert deal.orders()[0].state == "awaiting_payment"
    assert deal.trail().count("payment_unconfirmed") == 1
    confirm(deal, first)
    confirm(deal, second)
    order_stage.issue_purchase_orders()
    with pytest.raises(confirming.AlreadyOrdered):
        operations.undo_confirmation(actor=deal.office, payment_id=first.pk, why="오인")


def test_a_failed_campaign_owes_what_was_paid_and_asks_for_no_more():
    deal = Deal().placed()
    payments = deal.payments()
    confirm(deal, payments[0])
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    assert [stage.return_money(), stage.return_money()] == [3, 0]
    assert [p.state for p in deal.payments()] == ["refund_due", "cancelled", "cancelled"]
    assert deal.trail().count("refunds_due") == 1
    with pytest.raises(confirming.PaymentNotAwaited):
        confirm(deal, payments[1])
    for _ in range(2):
        row = operations.mark_refunded(actor=deal.office, payment_id=payments[0].pk, why="이체")
    assert row.state == "refunded"
    with pytest.raises(returning.NoRefundDue):
        operations.mark_refunded(actor=deal.office, payment_id=payments[1].pk, why="이체")


def test_money_is_not_taken_between_the_failing_and_the_stage_that_sees_it():
    deal = Deal().placed()
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    with pytest.raises(confirming.PaymentNotAwaited):
        confirm(deal, deal.payments()[0])


def test_an_order_that_does_not_await_money_cannot_be_paid():
    deal = Deal().received()
    with pytest.raises(MoveNotDeclared):
        orders.mark_order_paid(
            actor=deal.office, order_id=deal.orders()[0].pk, at=deal.campaign.created_at
        )


def test_another_offices_payment_is_as_if_it_were_not_there():
    deal = Deal().placed()
    stranger = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.mark_refunded(actor=stranger, payment_id=deal.payments()[0].pk, why="x")
    client = client_for(stranger)
    body = {"amount": 1, "depositor": "x", "received_date": "2026-01-01"}
    answers = [
        client.post(f"/api/v1/payments/{pk}/confirm", body, HTTP_X_REQUEST_ID="same-request")
        for pk in (deal.payments()[0].pk, deal.campaign.pk)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert client_for(deal.people[0]).get("/api/v1/payments").status_code == 403


def test_the_api_says_the_difference_at_the_field_in_both_languages():
    deal = Deal().placed()
    payment = deal.payments()[0]
    path = f"/api/v1/payments/{payment.pk}/confirm"
    body = {"amount": payment.amount - 500, "depositor": "홍", "received_date": str(today())}
    korean = client_for(deal.office).post(path, body)
    assert korean.status_code == 422
    assert "500원 적습니다" in korean.json()["fields"]["amount"][0]["message"]
    english = client_for(deal.office, "en").post(path, body).json()
    assert "₩500 less" in english["detail"]
    body["amount"] = payment.amount
    assert client_for(deal.office).post(path, body).json()["state"] == "paid"


def test_payments_are_found_by_the_reference_as_people_write_it():
    deal = Deal().placed()
    code = deal.payments()[1].reference
    found = client_for(deal.office).get(
        "/api/v1/payments", {"search": f"{code[:4]}-{code[4:]}".lower()}
    )
    assert [row["reference"] for row in found.json()["results"]] == [code]


def test_bank_transfer_says_what_it_can_do():
    can = PROVIDERS["bank_transfer"].capabilities
    assert not (can.save_method)
    assert not (can.charge_off_session)
    assert not (can.partial_refund)
    assert not (can.payout)
    assert can.refund
    assert can.carries(2_000_000_000, "KRW")
    assert not can.carries(0, "KRW")
    assert not can.carries(1, "XXX")


def test_a_member_firm_sees_no_other_firms_payment():
    deal = Deal().placed()
    stranger = member(deal.host)
    from mungchi.payments import queries

    assert not queries.visible_to(stranger).exists()
    assert Payment.objects.count() == 3


def test_the_list_says_the_last_day_for_paying_not_the_midnight_after_it():
    """As the notice does: 00:00 of the 6th is until the 5th."""
    deal = Deal().placed(30, 40)
    zone = deal.host.timezone
    due = deal.payments()[0].due_at.astimezone(zone)
    assert (due.hour, due.minute) == (0, 0)
    answer = client_for(deal.office, "en").get("/api/v1/payments?export=xlsx")
    names, *rows = (
        openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    )
    said = {row[names.index("Due")] for row in rows}
    assert said == {datetime.combine(due.date() - timedelta(days=1), time())}
