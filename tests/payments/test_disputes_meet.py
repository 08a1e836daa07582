"""Where disputes meet what else becomes of money: failing, less, lapses, a provider switched off.

By Stripe as the simulator plays it; after each of these stories every invariant holds.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.factories.charging import Charged, find_out, hear
from tests.factories.clients import client_for
from tests.factories.disputing import Disputed
from tests.factories.lapses import at
from tests.factories.less import broken, less
from tests.factories.orders import today
from tests.payments.test_parts_meet import waits_for_its_firm
from tests.simulated import Simulated

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.orders import stage as order_stage
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import Dispute, LedgerLine, OpenItem, Payment, ProviderEvent, Refund
from mungchi.payments.operations.disputes import apply_dispute
from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import RefundFact
from mungchi.payments.queries.disputes import owed_again
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Iterator[None]:
    yield
    assert [str(breach) for breach in breaches()] == []


@pytest.fixture
def deal(simulator: Simulated) -> Disputed:
    return Disputed().charged(simulator)


def on(payment: Payment, account: str) -> int:
    """What the entries of a payment left on an account."""
    rows = LedgerLine.objects.filter(entry__payment=payment, account=account)
    return sum(rows.values_list("amount", flat=True))


def told(deal: Disputed, **said: Any) -> Dispute:
    """The provider tells of the first firm's dispute, with something else than it is."""
    deal.minutes += 10
    attempt = deal.payment.attempts.get(state="succeeded")
    known = Dispute.objects.first()
    name = (
        known.external_id
        if known
        else deal.simulator.control("dispute", charge=attempt.external_id)["id"]
    )
    fact = replace(STRIPE.dispute_of(deal.simulator.credentials(), name), **said)
    asked_at = clock.now() + timedelta(minutes=deal.minutes)
    return apply_dispute(attempt_id=attempt.pk, fact=fact, asked_at=asked_at)


def fail(deal: Charged) -> None:
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="공급 불가")
    order_stage.cancel_orders()
    stage.return_money()
    assert stage.return_money() == 0


@pytest.mark.parametrize("decided", [True, False])
def test_of_a_failed_campaign_what_the_bank_left_goes_back(deal: Disputed, decided: bool) -> None:
    """It took a part of the charge: the firm is owed the rest."""
    part, whole = 1_000, deal.payment.amount
    told(deal, amount=part, taken=part)
    if decided:
        told(deal, amount=part, taken=part, state="lost")
    fail(deal)
    if not decided:
        told(deal, amount=part, taken=part, state="lost")
    assert on(deal.payment, "dispute_loss") == 0
    assert deal.payment.state == "refund_due"
    assert -on(deal.payment, "refund_payable") == whole - part
    rows = Refund.objects.filter(payment=deal.payment)
    assert {row.amount: row.state for row in rows} == {part: "succeeded", whole - part: "requested"}
    assert queries.refunded_shares(rows) == queries.parts_of(deal.orders()[0])


def test_what_a_bank_gives_back_after_all_is_the_firms_whose_campaign_failed(
    deal: Disputed,
) -> None:
    told(deal)
    told(deal, state="lost")
    fail(deal)
    assert deal.payment.state == "refunded"
    told(deal, state="won", taken=0)
    refund = Refund.objects.get(payment=deal.payment)
    assert (refund.state, deal.payment.state) == ("reversed", "refund_due")
    assert -on(deal.payment, "refund_payable") == refund.amount
    assert (on(deal.payment, "dispute"), on(deal.payment, "dispute_loss")) == (0, 0)
    told(deal, state="lost")
    assert deal.payment.state == "refunded"
    assert on(deal.payment, "refund_payable") == 0


class Second(Disputed):
    """The second firm's charge is disputed, which loses all where the first is served first."""

    @property
    def payment(self) -> Payment:
        return self.payments()[1]


@pytest.mark.parametrize("ends", ["won", "lost", "lost before"])
@pytest.mark.parametrize("left", [15, 0])
def test_what_is_less_of_what_a_bank_disputes_is_not_sold_nor_asked_for_again(
    simulator: Simulated, left: int, ends: str
) -> None:
    deal = Second(given={"rationing": "proportional" if left else "first_come"}).charged(simulator)
    order_stage.issue_purchase_orders()
    whole = deal.payment.amount
    told(deal)
    if ends == "lost before":
        told(deal, state="lost")
    less(deal, 30)
    order = deal.orders()[1]
    assert (order.quantity if order.state != "cancelled" else 0) == left
    confirmed = queries.confirmed_parts_of(order).amount
    assert deal.purchase_order.total == -sum(
        LedgerLine.objects.filter(account="supplier_payable").values_list("amount", flat=True)
    )
    assert on(deal.payment, "member_funds") == 0
    if ends != "lost before":
        assert deal.payment.state == "disputed"
        told(deal, **({"state": "won", "taken": 0} if ends == "won" else {"state": ends}))
    dispute = Dispute.objects.get()
    refund = Refund.objects.get(payment=deal.payment)
    assert refund.amount == whole - confirmed
    assert broken() == []
    if ends == "won":
        assert deal.payment.state == ("partially_refunded" if left else "refund_due")
        assert refund.state == "requested"
        return
    assert refund.state == "succeeded"
    assert on(deal.payment, "dispute_loss") == confirmed
    assert deal.payment.state == ("charged_back" if left else "refunded")
    assert owed_again(dispute, deal.payment) == confirmed


def test_a_dispute_of_a_charge_that_paid_nothing_is_for_a_person(simulator: Simulated) -> None:
    """It succeeded after the payment had lapsed: its money is owed back, and no order's."""
    deal, payment, _ = waits_for_its_firm(simulator)
    firm = deal.buyer(deal.orders()[1])
    operations.pay_on_line(actor=firm, payment_id=payment.pk, mandate_id=payment.mandate_id)
    attempt = payment.attempts.latest("number")
    simulator.control("authenticate", id=attempt.external_id)
    with at(payment.lapses_at):
        stage.lapse_payments()
        find_out()
        simulator.control("dispute", charge=attempt.external_id)
    with at(payment.lapses_at + timedelta(minutes=10)):
        hear()
    event = ProviderEvent.objects.filter(object_kind="dispute").first()
    assert event is not None
    assert (event.state, event.problem) == ("parked", "of a charge that paid nothing here")
    assert not Dispute.objects.exists()
    payment.refresh_from_db()
    assert payment.state == "lapsed"


def test_what_was_paid_again_is_owed_back_once_however_often_a_bank_decides(
    deal: Disputed,
) -> None:
    type(deal.host).objects.filter(pk=deal.host.pk).update(
        bank_name="국민", bank_account="1-2", bank_holder="조합"
    )
    deal.sold()
    told(deal)
    dispute = told(deal, state="lost")
    operations.ask_firm_again(
        actor=deal.office, dispute_id=dispute.pk, due=today() + timedelta(days=7), why="수령"
    )
    operations.was_paid_again(actor=deal.office, dispute_id=dispute.pk, received_date=today())
    for _ in range(2):
        told(deal, state="won", taken=0)
        assert -on(deal.payment, "refund_payable") == dispute.amount
        told(deal, state="lost")
    assert OpenItem.objects.filter(kind="late_money").count() == 1
    assert on(deal.payment, "dispute_loss") == dispute.amount


def test_what_was_paid_again_twice_may_turn_out_not_to_be_paid(deal: Disputed) -> None:
    """The bank decided anew in between: what was paid first is owed back, and stays booked."""
    type(deal.host).objects.filter(pk=deal.host.pk).update(
        bank_name="국민", bank_account="1-2", bank_holder="조합"
    )
    deal.sold()
    told(deal)
    for state in ("lost", "won", "lost"):
        dispute = told(deal, state=state, **({"taken": 0} if state == "won" else {}))
        if state == "lost":
            operations.ask_firm_again(
                actor=deal.office, dispute_id=dispute.pk, due=today() + timedelta(days=7), why="x"
            )
            operations.was_paid_again(
                actor=deal.office, dispute_id=dispute.pk, received_date=today()
            )
    dispute = operations.was_not_paid_again(
        actor=deal.office, dispute_id=dispute.pk, why="다른 입금"
    )
    assert (dispute.again, on(deal.payment, "receivable")) == ("asked", dispute.again_amount)
    assert on(deal.payment, "bank") == dispute.again_amount
    assert -on(deal.payment, "refund_payable") == dispute.again_amount


def test_a_firm_sees_every_dispute_that_it_is_asked_again_for(deal: Disputed) -> None:
    """Of one charge, a part at a time."""
    type(deal.host).objects.filter(pk=deal.host.pk).update(bank_account="1-2")
    deal.sold()
    told(deal, amount=1_000, taken=1_000)
    one = told(deal, amount=1_000, taken=1_000, state="lost")
    other = told(deal, id="dp_second", amount=500, taken=500, state="lost")
    for row, days in ((one, 7), (other, 9)):
        operations.ask_firm_again(
            actor=deal.office, dispute_id=row.pk, due=today() + timedelta(days=days), why="수령"
        )
    firm = client_for(deal.buyer(deal.orders()[0]))
    answer = firm.get(f"/api/v1/payments/{deal.payment.pk}/disputes").json()
    assert [
        (row["again"], row["again_amount"], row["again_due"]) for row in answer["disputes"]
    ] == [
        ("asked", 500, str(today() + timedelta(days=9))),
        ("asked", 1_000, str(today() + timedelta(days=7))),
    ]
    assert {row["account"] for row in answer["disputes"]} == {"1-2"}


def test_a_dispute_is_heard_of_after_the_way_was_switched_off(deal: Disputed) -> None:
    operations.switch_off(actor=deal.office, provider="stripe", why="다른 회사로 바꿈")
    assert deal.begin().state == "needs_response"
    assert deal.payment.state == "disputed"


def test_a_refund_that_fails_after_the_money_was_lost_is_settled_by_that(deal: Disputed) -> None:
    """It was on its way when the payer's bank took all of the charge."""
    deal.sold()
    row = operations.refund_part(
        actor=deal.office, payment_id=deal.payment.pk, amount=1_000, why="파손"
    )
    deal.simulator.fault("drop", "refund_create", times=6)
    stage.send_refunds()
    deal.simulator.control("faults", clear=True)
    row.refresh_from_db()
    assert row.state == "unknown"
    told(deal)
    told(deal, state="lost")
    whole = deal.payment.amount
    assert on(deal.payment, "dispute_loss") == whole
    fact = RefundFact(
        id="re_failed", state="failed", amount=1_000, currency="KRW", failure_reason="lost",
        charge_id="", at=clock.now(), metadata={},
    )  # fmt: skip
    operations.refund_answered(refund_id=row.pk, fact=fact)
    row.refresh_from_db()
    assert (row.state, deal.payment.state) == ("succeeded", "charged_back")
    assert on(deal.payment, "dispute_loss") == whole - 1_000
    assert on(deal.payment, "refund_payable") == 0


def test_what_is_owed_beyond_what_a_bank_took_is_sent(simulator: Simulated) -> None:
    """It keeps a part for good; the supplier confirmed less, which comes to more."""
    deal = Second(given={"rationing": "proportional"}).charged(simulator)
    order_stage.issue_purchase_orders()
    told(deal, amount=1_000, taken=1_000)
    less(deal, 30)
    refund = Refund.objects.get(payment=deal.payment)
    stage.send_refunds()
    refund.refresh_from_db()
    assert refund.state == "requested"
    dispute = told(deal, amount=1_000, taken=1_000, state="lost")
    assert deal.payment.state == "charged_back"
    assert owed_again(dispute, deal.payment) == 1_000
    Refund.objects.filter(pk=refund.pk).update(way="bank_transfer")
    operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    refund.refresh_from_db()
    assert (refund.state, deal.payment.state) == ("succeeded", "charged_back")
