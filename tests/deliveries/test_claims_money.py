"""The money of claims: refunds, payouts that wait, what suppliers owe back."""

from datetime import timedelta

import pytest
from django.db.models import Sum
from tests.factories.accounts import CooperativeFactory
from tests.factories.claims import (
    REFUND,
    answer,
    balance,
    delivered,
    in_order,
    opened,
    paid_out,
    reply,
    settled,
    whole_part,
)
from tests.factories.less import less
from tests.factories.orders import Deal, today
from tests.factories.statements import Moved, taken
from tests.factories.terms import OnTerms
from tests.payments.test_payouts import named

from mungchi.common import clock
from mungchi.deliveries import operations, stage
from mungchi.deliveries.operations import Parcel
from mungchi.payments import operations as payments
from mungchi.payments import queries as money
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import LedgerLine, Refund, SupplierDebt
from mungchi.payments.operations import owing_back, refunding
from mungchi.payments.operations.bank_lines import LineDoesNotFit
from mungchi.payments.operations.payout_errors import PayoutBlocked

pytestmark = pytest.mark.django_db


def test_what_the_supplier_accepts_is_refunded_exactly_with_fees():
    deal = delivered(30, 90)
    order = deal.orders()[0]
    claim = opened(deal, 3)
    assert answer(deal, claim, REFUND, 3).state == "accepted"
    claim = settled(claim)
    assert claim.state == "settled"
    refund = claim.refund
    assert (refund.cause, refund.state) == ("claim", "requested")
    for name, whole in (("supply_value", order.supply_value), ("vat", order.vat),
                        ("delivery", order.delivery_share),
                        ("host_fee", order.host_fee)):  # fmt: skip
        assert getattr(refund, name) == whole * 3 // 30
    assert refund.amount == refund.shares.amount
    assert deal.payments()[0].state == "partially_refunded"
    assert stage.settle_claims() == 0
    assert Refund.objects.count() == 1
    assert in_order() == []


def test_an_order_that_is_claimed_whole_in_portions_goes_back_to_the_last_unit():
    deal = delivered(31, 89)
    order = deal.orders()[0]
    for quantity in (7, 11, 13):
        claim = opened(deal, quantity, words=f"{quantity}개 파손")
        answer(deal, claim, REFUND, quantity)
        settled(claim)
    assert money.refunded_shares(Refund.objects.all()) == money.parts_of(order)
    payment = deal.payments()[0]
    assert payment.state == "refund_due"
    with pytest.raises(operations.NothingToClaim):
        opened(deal, 1, words="하나 더")
    assert in_order() == []


def test_an_agreed_amount_is_the_suppliers_part_and_fees_follow_it():
    deal = delivered(30, 90)
    claim = opened(deal, 30)
    most = whole_part(deal)
    with pytest.raises(operations.AmountTooHigh):
        answer(deal, claim, REFUND, 30, amount=most + 1, words="과합니다.")
    answer(deal, claim, REFUND, 30, amount=most // 2, words="절반을 깎아 드리겠습니다.")
    reply(deal, claim, agree=True)
    refund = settled(claim).refund
    assert refund.supply_value + refund.delivery + refund.vat == most // 2
    order = deal.orders()[0]
    assert refund.host_fee == order.host_fee * (most // 2) // most
    assert in_order() == []


def test_nothing_at_all_came_and_the_whole_order_goes_back():
    deal = Deal().confirmed(30, 90)
    payment_stage.book_sales()
    with clock.shifted(timedelta(days=60)):
        claim = opened(deal, 30, kind="late")
        answer(deal, claim, REFUND, 30)
        claim = settled(claim)
    assert claim.refund.amount == deal.payments()[0].amount
    assert deal.orders()[0].state == "received"
    assert in_order() == []


def test_an_open_claim_holds_up_payout_and_completion():
    deal = delivered()
    named(deal)
    claim = opened(deal, 2)
    stage.complete_campaigns()
    assert deal.state() == "delivering"
    with pytest.raises(PayoutBlocked) as refused:
        payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    assert "클레임 1건" in refused.value.text.ko
    operations.withdraw_claim(actor=deal.buyer(claim.order), claim_id=claim.pk, words="")
    stage.complete_campaigns()
    assert deal.state() == "completed"
    payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)


def test_after_the_payout_the_supplier_owes_it_back_and_repays():
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    refund = settled(claim).refund
    (debt,) = SupplierDebt.objects.all()
    assert debt.amount == refund.supply_value + refund.delivery + refund.vat
    assert balance(deal, "supplier_receivable") == debt.amount
    assert balance(deal, "supplier_payable") == 0
    assert in_order() == []
    bank = balance(deal, "bank")
    for _ in range(2):
        payments.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=today(), note="신한")
    assert balance(deal, "bank") == bank + debt.amount
    assert balance(deal, "supplier_receivable") == 0
    assert in_order() == []
    payments.undo_debt_settled(actor=deal.office, debt_id=debt.pk, why="다른 입금")
    assert balance(deal, "supplier_receivable") == debt.amount
    payments.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=today(), note="신한")
    assert balance(deal, "supplier_receivable") == 0
    assert in_order() == []


def test_what_the_supplier_owes_is_taken_off_what_it_gets_for_another_campaign():
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    debt = SupplierDebt.objects.get()
    other = Deal(host=deal.host)
    other.supplier = deal.supplier
    other.received(30, 90)
    payment_stage.book_sales()
    owed = money.owed_to_supplier(other.campaign).open
    for _ in range(2):
        payments.debt_offset(
            actor=deal.office, debt_id=debt.pk, campaign_id=other.campaign.pk, note=""
        )
    assert money.owed_to_supplier(other.campaign).open == owed - debt.amount
    rows = LedgerLine.objects.filter(account="supplier_receivable")
    assert rows.aggregate(sum=Sum("amount"))["sum"] == 0
    assert payments.prepare_payout(
        actor=deal.office, campaign_id=other.campaign.pk
    ).amount == owed - debt.amount  # fmt: skip
    assert in_order() == []


def test_a_payout_that_is_prepared_is_called_off_when_a_claim_is_refunded():
    deal = delivered(30, 90)
    named(deal)
    payout = payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    payout.refresh_from_db()
    assert payout.state == "cancelled"
    assert not SupplierDebt.objects.exists()
    again = payments.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    assert again.amount < payout.amount
    assert in_order() == []


def test_no_more_goes_back_than_was_paid_also_beside_what_was_agreed():
    deal = delivered(30, 90)
    payment = deal.payments()[0]
    payments.refund_part(
        actor=deal.office, payment_id=payment.pk, amount=payment.amount - 100, why="합의"
    )
    claim = opened(deal, 30)
    answer(deal, claim, REFUND, 30)
    claim = settled(claim)
    assert claim.state == "settled"
    total = Refund.objects.aggregate(sum=Sum("amount"))["sum"]
    assert total <= payment.amount
    assert in_order() == []
    with pytest.raises(refunding.ClaimRefundStays):
        payments.cancel_refund(actor=deal.office, refund_id=claim.refund_id, why="실수")


def test_what_is_owed_on_account_is_taken_off_and_nothing_goes_back():
    deal = OnTerms(host=CooperativeFactory(host_fee_bp=250)).received(30, 90)
    payment_stage.book_sales()
    payment, order = deal.payments()[0], deal.orders()[0]
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    claim = settled(claim)
    assert claim.refund is None
    assert claim.credit.supply_value == order.supply_value * 3 // 30
    assert claim.credit.host_fee == order.host_fee * 3 // 30
    payment.refresh_from_db()
    assert (payment.state, payment.missing) == ("on_account", payment.amount - claim.credit.amount)
    assert in_order() == []


def test_of_an_account_paid_in_part_the_rest_is_taken_off_and_what_was_paid_goes_back():
    deal = OnTerms(host=CooperativeFactory(host_fee_bp=250)).received(30, 90)
    payment_stage.book_sales()
    payment = deal.payments()[0]
    (line,) = taken(deal.office, [Moved(today(), payment.amount - 500)])
    payments.allot_line(actor=deal.office, line_id=line.pk, payment_id=payment.pk)
    claim = opened(deal, 30)
    answer(deal, claim, REFUND, 30)
    claim = settled(claim)
    payment.refresh_from_db()
    assert claim.credit.amount == 500
    assert claim.refund.amount == payment.amount - 500
    assert payment.state == "refund_due"
    assert in_order() == []


def test_an_account_is_lowered_after_the_payout_and_the_supplier_owes_it_back():
    deal = OnTerms().received(30, 90)
    payment_stage.book_sales()
    paid_out(deal, outstanding=deal.payments()[0].amount)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    claim = settled(claim)
    debt = SupplierDebt.objects.get()
    assert (debt.refund, debt.credit) == (None, claim.credit)
    assert debt.amount == whole_part(deal) * 3 // 30
    assert balance(deal, "supplier_receivable") == debt.amount
    assert in_order() == []
    payments.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=today(), note="")
    assert in_order() == []


def test_of_what_was_confirmed_less_a_claim_is_worth_what_was_confirmed():
    deal = Deal(host=CooperativeFactory(host_fee_bp=250)).ordered(30, 40, 50)
    less(deal, 90)
    payment_stage.return_less()
    payment_stage.book_sales()
    for order in deal.orders():
        operations.ship(actor=deal.supplier, carrier="x", shipped_date=today(),
                        parcels=[Parcel(order.pk, order.quantity, f"T{order.pk}")])  # fmt: skip
        operations.receive_shipment(
            actor=deal.buyer(order), shipment_id=order.shipments.get().pk,
            quantity=order.quantity, note="",
        )  # fmt: skip
    order = deal.orders()[2]
    assert order.quantity < 50
    many = order.quantity
    claim = opened(deal, many, at=2)
    answer(deal, claim, REFUND, many)
    refund = settled(claim).refund
    assert (refund.supply_value, refund.vat) == (order.supply_value, order.vat)
    assert refund.amount == order.total
    assert in_order() == []


def test_what_a_supplier_sends_back_is_the_line_of_the_statement_and_counted_once():
    deal = delivered(30, 90)
    paid_out(deal)
    claim = opened(deal, 3)
    answer(deal, claim, REFUND, 3)
    settled(claim)
    debt = SupplierDebt.objects.get()
    small, line = taken(deal.office, [
        Moved(today(), debt.amount - 1, time="09:00:00"),
        Moved(today(), debt.amount, time="09:01:00"),
    ])  # fmt: skip
    bank = LedgerLine.objects.filter(account="bank").aggregate(sum=Sum("amount"))["sum"]
    with pytest.raises(LineDoesNotFit):
        payments.debt_repaid(actor=deal.office, debt_id=debt.pk, line_id=small.pk)
    with pytest.raises(owing_back.DayNeeded):
        payments.debt_repaid(actor=deal.office, debt_id=debt.pk)
    for _ in range(2):
        payments.debt_repaid(actor=deal.office, debt_id=debt.pk, line_id=line.pk)
    with pytest.raises(owing_back.DebtSettled):
        payments.debt_repaid(actor=deal.office, debt_id=debt.pk, received_date=today())
    line.refresh_from_db()
    assert (line.state, line.open) == ("matched", 0)
    assert LedgerLine.objects.filter(account="bank").aggregate(sum=Sum("amount"))["sum"] == bank
    assert in_order() == []
    payments.undo_debt_settled(actor=deal.office, debt_id=debt.pk, why="다른 입금")
    line.refresh_from_db()
    assert (line.state, line.open) == ("suspense", debt.amount)
    assert in_order() == []
