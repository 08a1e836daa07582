"""Refunds whole and partial: rows, states, books, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, buyer_of, coordinator_of
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts.models import Firm, Seat
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.domain.refunding import Shares
from mungchi.payments.models import LedgerLine, Payment, Refund
from mungchi.payments.operations import refunding
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def sold(*quantities: int, **about: object) -> Deal:
    """A campaign whose supplier has taken the order, with fees."""
    deal = Deal(host=CooperativeFactory(host_fee_bp=250), **about).confirmed(*quantities)
    stage.book_sales()
    return deal


def failed() -> Deal:
    """A campaign that failed after one firm had paid."""
    deal = Deal().placed()
    deal.pay(deal.payments()[0])
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    order_stage.cancel_orders()
    stage.return_money()
    return deal


def part(deal: Deal, amount: int = 1234) -> Refund:
    return operations.refund_part(
        actor=deal.office, payment_id=deal.payments()[0].pk, amount=amount, why="두 개 파손"
    )


def balance(deal: Deal, account: str) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account=account)
    return sum(rows.values_list("amount", flat=True))


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta())]


def test_a_failed_campaign_makes_a_row_over_the_whole_of_each_paid_order():
    deal = failed()
    (refund,) = Refund.objects.all()
    order = deal.orders()[0]
    assert (refund.amount, refund.cause, refund.state, refund.number) == (
        order.total, "campaign_failed", "requested", 1,
    )  # fmt: skip
    assert refund.shares == queries.parts_of(order)
    assert in_order() == []
    row = operations.mark_refunded(actor=deal.office, payment_id=refund.payment_id, why="이체")
    refund.refresh_from_db()
    assert (row.state, refund.state, refund.note) == ("refunded", "succeeded", "이체")
    assert in_order() == []


def test_a_part_goes_back_of_goods_vat_and_fees_and_off_what_the_supplier_is_owed():
    deal = sold()
    before = {name: balance(deal, name) for name in ("supplier_payable", "fee", "fee_vat")}
    refund = part(deal)
    assert refund.shares.amount == 1234
    assert refund.vat > 0
    assert refund.host_fee > 0
    assert deal.payments()[0].state == "partially_refunded"
    supplier = refund.supply_value + refund.delivery + refund.vat
    assert balance(deal, "supplier_payable") - before["supplier_payable"] == supplier
    assert balance(deal, "fee") - before["fee"] == refund.host_fee
    assert balance(deal, "fee_vat") - before["fee_vat"] == refund.host_fee_vat
    assert balance(deal, "refund_payable") == -1234
    bank = balance(deal, "bank")
    for _ in range(2):
        operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    assert balance(deal, "bank") == bank - 1234
    assert balance(deal, "refund_payable") == 0
    assert History.objects.filter(subject_id=refund.pk, kind="refund_sent").count() == 1
    assert in_order() == []


def test_the_rest_gives_exactly_the_orders_vat_back():
    deal = sold()
    payment = deal.payments()[0]
    order = payment.order
    for amount in (777, 1, 1_234):
        part(deal, amount)
    rest = part(deal, payment.amount - 777 - 1 - 1_234)
    assert rest.number == 4
    total = queries.refunded_shares(Refund.objects.all())
    assert total == queries.parts_of(order)
    assert total.vat == order.vat
    payment.refresh_from_db()
    assert payment.state == "refund_due"
    operations.mark_refunded(actor=deal.office, payment_id=payment.pk, why="이체")
    payment.refresh_from_db()
    assert payment.state == "refunded"
    rows = LedgerLine.objects.filter(entry__payment=payment)
    left = rows.order_by().values("account").annotate(sum=Sum("amount"))
    assert {row["account"]: row["sum"] for row in left if row["sum"]} == {}
    assert in_order() == []


def test_no_more_is_agreed_on_than_is_left():
    deal = sold()
    total = deal.payments()[0].amount
    part(deal, total - 10)
    with pytest.raises(refunding.MoreThanLeft) as refused:
        part(deal, 11)
    assert "10원" in refused.value.text.ko
    part(deal, 10)
    with pytest.raises(refunding.NothingToRefund):
        part(deal, 1)


def test_before_the_supplier_took_the_order_there_is_nothing_to_agree_on():
    deal = Deal().ordered()
    with pytest.raises(refunding.NotSoldYet):
        part(deal)
    with pytest.raises(refunding.NothingToRefund):
        part(Deal().placed())


def test_what_was_agreed_on_by_mistake_is_called_off_until_it_is_sent():
    deal = sold()
    owed = balance(deal, "supplier_payable")
    refund = part(deal)
    for _ in range(2):
        operations.cancel_refund(actor=deal.office, refund_id=refund.pk, why="잘못 입력")
    assert deal.payments()[0].state == "paid"
    assert balance(deal, "supplier_payable") == owed
    assert in_order() == []
    with pytest.raises(refunding.RefundNotOpen):
        operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    other = part(deal)
    operations.mark_refund_sent(actor=deal.office, refund_id=other.pk, note="이체")
    with pytest.raises(refunding.RefundNotOpen):
        operations.cancel_refund(actor=deal.office, refund_id=other.pk, why="늦음")
    owed_back = failed()
    with pytest.raises(refunding.RefundStays):
        operations.cancel_refund(
            actor=owed_back.office, refund_id=Refund.objects.get(cause="campaign_failed").pk,
            why="안 됨",
        )  # fmt: skip


def test_a_tick_is_taken_back_for_two_weeks_and_the_money_is_owed_again():
    deal = failed()
    refund = Refund.objects.get()
    for _ in range(2):
        operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
        for _ in range(2):
            operations.undo_refund_sent(actor=deal.office, refund_id=refund.pk, why="다른 건")
        assert Payment.objects.get(pk=refund.payment_id).state == "refund_due"
        assert balance(deal, "refund_payable") == -refund.amount
        assert in_order() == []
    operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    assert in_order() == []
    with clock.shifted(timedelta(days=15)), pytest.raises(refunding.TooLateToUndo):
        operations.undo_refund_sent(actor=deal.office, refund_id=refund.pk, why="늦음")


def test_firm_and_office_are_told():
    deal = sold()
    refund = part(deal)
    operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체 77")
    notifications.tell_people()
    rows = Notification.objects.filter(user_id=deal.people[0].user_id, kind__startswith="refund")
    told = dict(rows.values_list("kind", "sentence_ko"))
    assert "1,234원" in told["refund_requested"]
    assert "두 개 파손" in told["refund_requested"]
    assert "이체 77" in told["refund_sent"]
    assert not Notification.objects.filter(kind="payment_refunded").exists()


class TestTheDatabaseRefuses:
    """Whoever writes."""

    def row(self, deal: Deal, amount: int, **other: object) -> None:
        payment = deal.payments()[0]
        parts = dict.fromkeys(Shares.__slots__, 0) | {"supply_value": amount}
        Refund.objects.create(**{
            "payment": payment, "cooperative_id": payment.cooperative_id,
            "firm_id": payment.firm_id, "number": 9, "cause": "agreed", "way": "bank_transfer",
            "currency": payment.currency, "amount": amount, "created_at": clock.now(), **parts,
            **other,
        })  # fmt: skip

    def test_more_than_was_paid(self):
        deal = sold()
        part(deal, 100)
        left = deal.payments()[0].amount - 100
        with pytest.raises(IntegrityError, match="than was paid"), transaction.atomic():
            self.row(deal, left + 1)
        self.row(deal, left)

    def test_a_refund_of_what_nobody_paid(self):
        deal = Deal().placed()
        with pytest.raises(IntegrityError, match="than was paid"), transaction.atomic():
            self.row(deal, 1)

    def test_parts_that_do_not_make_the_amount(self):
        deal = sold()
        with pytest.raises(IntegrityError, match="parts_make"), transaction.atomic():
            self.row(deal, 10, vat=1)

    def test_another_amount_afterwards_and_undeclared_moves(self):
        refund = part(sold(), 100)
        rows = Refund.objects.filter(pk=refund.pk)
        for change in ({"amount": 1, "supply_value": 1}, {"cause": "x"}, {"why": "x"}):
            with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
                rows.update(**change)
        with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
            rows.update(state="reversed")
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            rows._raw_delete(rows.db)  # type: ignore[attr-defined]


def test_another_office_and_other_firms_see_nothing_of_it():
    deal = sold()
    refund = part(deal)
    stranger = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.mark_refund_sent(actor=stranger, refund_id=refund.pk, note="x")
    assert not queries.refunds_visible_to(stranger).exists()
    assert not queries.refunds_visible_to(deal.people[1]).exists()
    assert queries.refunds_visible_to(deal.people[0]).get() == refund


def test_the_api_lists_sends_and_takes_back(django_assert_max_num_queries):
    deal = sold()
    client = client_for(deal.office)
    payment = deal.payments()[0]
    body = {"amount": 500, "why": "파손"}
    made = client.post(f"/api/v1/payments/{payment.pk}/refunds", body)
    assert made.status_code == 201
    assert made.json()["amount"] == 500
    assert sum(made.json()[name] for name in Shares.__slots__) == 500
    listed = client.get("/api/v1/refunds", {"state": "requested", "search": payment.reference})
    assert [row["id"] for row in listed.json()["results"]] == [made.json()["id"]]
    path = f"/api/v1/refunds/{made.json()['id']}"
    assert client.post(f"{path}/sent", {"why": "이체"}).json()["state"] == "succeeded"
    assert client.post(f"{path}/undo-sent", {"why": "오기"}).json()["state"] == "requested"
    assert client.post(f"{path}/cancel", {"why": "오기"}).json()["state"] == "cancelled"
    much = client.post(f"/api/v1/payments/{payment.pk}/refunds", {"amount": 2**53, "why": "x"})
    assert much.status_code == 422
    for amount in (0, -1, 2**70, "많이"):
        bad = client.post(f"/api/v1/payments/{payment.pk}/refunds", {"amount": amount, "why": "x"})
        assert bad.status_code == 422
    firm = client_for(deal.people[0])
    (told,) = firm.get(f"/api/v1/orders/{deal.orders()[0].pk}").json()["payment"]["refunds"]
    assert (told["amount"], told["state"]) == (500, "cancelled")


def test_where_a_firm_takes_money_stands_in_the_bulk_transfer():
    deal = failed()
    payment = deal.payments()[0]
    owner = buyer_of(Firm.objects.get(pk=payment.firm_id))
    Seat.objects.filter(pk=owner.seat_id).update(role="owner")
    operations.name_account(
        actor=owner, bank_name="우리은행", bank_account="1002-333", bank_holder="김대표"
    )
    (row,) = client_for(deal.office).get("/api/v1/bank-returns").json()["refunds"]
    assert row["account"] == {"bank": "우리은행", "account": "1002-333", "holder": "김대표"}


def test_what_went_back_before_there_were_rows_becomes_rows():
    import importlib

    rules = importlib.import_module("mungchi.payments.migrations.0031_refund_rules")
    deal = Deal().placed()
    first, second, _ = deal.payments()
    deal.pay(first)
    deal.pay(second)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="미입금")
    order_stage.cancel_orders()
    stage.return_money()
    operations.mark_refunded(actor=deal.office, payment_id=second.pk, why="이체 3")
    keys = ("payment_id", "number", "state", "cause", "amount", "vat", "host_fee", "note")
    before = sorted(Refund.objects.values_list(*keys), key=str)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM payments_refund")
        cursor.execute("DELETE FROM common_history WHERE subject_type = 'payments.refund'")
        cursor.execute(rules.ROWS)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert sorted(Refund.objects.values_list(*keys), key=str) == before
    assert in_order() == []


def test_the_campaign_is_held_before_its_payment():
    """Whoever settles claims holds the campaign and then the payment: never the other way round."""
    deal = failed()
    stage.return_money()
    payment = deal.payments()[0]
    with CaptureQueriesContext(connection) as asked:
        operations.mark_refunded(actor=deal.office, payment_id=payment.pk, why="이체")
    held = [each["sql"] for each in asked if "FOR SHARE" in each["sql"] or " FOR NO" in each["sql"]]
    assert 'FROM "campaigns_campaign"' in held[0]
    assert 'FROM "payments_payment"' in held[1]
