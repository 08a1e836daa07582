"""Claims of payments that payers' banks take back: whatever comes first, the firm has once what it
is owed, and the supplier does not get what it gave back.

By Stripe as the simulator plays it; after each of these stories every invariant holds.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory
from tests.factories.claims import (
    REFUND,
    answer,
    balance,
    in_order,
    opened,
    paid_out,
    settled,
    whole_part,
)
from tests.factories.clients import client_for
from tests.factories.disputing import Disputed
from tests.factories.orders import today
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.deliveries.models import Claim
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations as payments
from mungchi.payments import queries as money
from mungchi.payments import stage as payment_stage
from mungchi.payments.models import Dispute, LedgerLine, Refund, SupplierDebt
from mungchi.payments.operations.disputes import apply_dispute
from mungchi.payments.operations.refunding import RefundNotOpen
from mungchi.payments.providers import STRIPE
from mungchi.payments.queries.disputes import owed_again

pytestmark = pytest.mark.django_db


class Contested(Disputed):
    """Both firms have paid by card and received their goods; the cooperative asks a fee."""

    def told(self, name: str = "", **said: Any) -> Dispute:
        """The provider tells of the first firm's dispute (or of another, by a name of its own),
        with something else than it is."""
        self.minutes += 10
        attempt = self.payment.attempts.get(state="succeeded")
        known = Dispute.objects.order_by("id").first()
        external_id = (
            known.external_id
            if known
            else self.simulator.control("dispute", charge=attempt.external_id)["id"]
        )
        fact = STRIPE.dispute_of(self.simulator.credentials(), external_id)
        if name:
            fact = replace(fact, id=name)
        asked_at = clock.now() + timedelta(minutes=self.minutes)
        return apply_dispute(
            attempt_id=attempt.pk, fact=replace(fact, **said), asked_at=asked_at
        )  # fmt: skip

    def accepted(self, quantity: int, at: int = 0) -> Claim:
        """The firm claims so many damaged units, and the supplier accepts."""
        claim = opened(self, quantity, words=f"{quantity}개가 깨졌습니다.", at=at)
        return answer(self, claim, REFUND, quantity)

    def refunded(self, quantity: int) -> Refund:
        """The same, and the refund is asked for."""
        refund = settled(self.accepted(quantity)).refund
        assert refund is not None
        return refund

    def ask_again(self, dispute: Dispute) -> Dispute:
        return payments.ask_firm_again(
            actor=self.office, dispute_id=dispute.pk, due=today() + timedelta(days=7), why="수령"
        )

    def paid_again(self, dispute: Dispute) -> Dispute:
        return payments.was_paid_again(
            actor=self.office, dispute_id=dispute.pk, received_date=today()
        )

    def on(self, account: str) -> int:
        """What the entries of the first firm's payment left on an account."""
        rows = LedgerLine.objects.filter(entry__payment=self.payment, account=account)
        return sum(rows.values_list("amount", flat=True))

    @property
    def bought(self) -> int:
        """What the first firm has in goods that were not given back."""
        gone = Refund.objects.filter(payment=self.payment).values_list("amount", flat=True)
        return self.payment.amount - sum(gone)


@pytest.fixture
def deal(simulator: Simulated) -> Iterator[Contested]:
    deal = Contested(
        host=CooperativeFactory(
            host_fee_bp=250, bank_name="국민", bank_account="1-2", bank_holder="조합"
        )
    )
    deal.charged(simulator)
    deal.sold()
    yield deal
    assert in_order() == []


def after(refund: Refund) -> str:
    refund.refresh_from_db()
    return refund.state


@pytest.mark.parametrize("ends", ["lost", "won"])
@pytest.mark.parametrize("first", ["again", "dispute"])
def test_a_claims_refund_waits_for_the_bank_and_is_settled_by_what_it_keeps(
    deal: Contested, first: str, ends: str
) -> None:
    if first == "again":
        refund = deal.refunded(10)
        deal.told()
    else:
        deal.told()
        refund = deal.refunded(10)
    payment_stage.send_refunds()
    assert (after(refund), deal.payment.state) == ("requested", "disputed")
    assert deal.on("refund_payable") == -refund.amount
    dispute = deal.told(state=ends, **({"taken": 0} if ends == "won" else {}))
    if ends == "won":
        assert (after(refund), deal.payment.state) == ("requested", "partially_refunded")
        assert refund.way == "stripe"
        return
    assert (after(refund), deal.payment.state) == ("succeeded", "charged_back")
    assert deal.on("dispute_loss") == owed_again(dispute, deal.payment) == deal.bought
    assert deal.on("refund_payable") == 0


def test_what_was_lost_before_a_claim_settles_it_and_is_owed_again_where_the_bank_decides_anew(
    deal: Contested,
) -> None:
    deal.told()
    dispute = deal.told(state="lost")
    owed = money.owed_to_supplier(deal.campaign).open
    refund = deal.refunded(10)
    assert after(refund) == "succeeded"
    assert money.owed_to_supplier(deal.campaign).open == owed - whole_part(deal) * 10 // 30
    assert deal.on("dispute_loss") == owed_again(dispute, deal.payment) == deal.bought
    assert in_order() == []
    deal.told(state="won", taken=0)
    assert (after(refund), deal.payment.state) == ("reversed", "partially_refunded")
    assert deal.on("refund_payable") == -refund.amount
    assert in_order() == []
    deal.told(state="lost")
    assert (after(refund), deal.payment.state) == ("succeeded", "charged_back")


def test_a_claim_over_everything_that_a_bank_took_leaves_nothing_to_ask_for(
    deal: Contested,
) -> None:
    deal.told()
    dispute = deal.told(state="lost")
    refund = deal.refunded(30)
    assert refund.amount == deal.payment.amount
    assert (after(refund), deal.payment.state) == ("succeeded", "refunded")
    assert (deal.on("dispute_loss"), owed_again(dispute, deal.payment)) == (0, 0)
    deal.told(state="won", taken=0)
    assert (after(refund), deal.payment.state) == ("reversed", "refund_due")


def test_a_firm_that_paid_again_has_the_money_of_its_claim(deal: Contested) -> None:
    deal.told()
    dispute = deal.paid_again(deal.ask_again(deal.told(state="lost")))
    refund = deal.refunded(10)
    payment_stage.send_refunds()
    # A provider gives nothing back of a charge that was lost.
    assert (after(refund), refund.way) == ("requested", "bank_transfer")
    assert deal.on("refund_payable") == -refund.amount
    assert in_order() == []
    payments.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    assert (after(refund), deal.payment.state) == ("succeeded", "charged_back")
    assert deal.on("bank") == dispute.again_amount - refund.amount
    assert in_order() == []
    deal.told(state="won", taken=0)
    assert deal.payment.state == "partially_refunded"
    assert deal.on("refund_payable") == -dispute.again_amount
    assert deal.on("dispute_loss") == 0


def test_a_firm_that_was_asked_again_is_asked_for_less(deal: Contested) -> None:
    deal.told()
    dispute = deal.ask_again(deal.told(state="lost"))
    refund = deal.refunded(10)
    dispute.refresh_from_db()
    assert (after(refund), dispute.again) == ("succeeded", "asked")
    assert dispute.again_amount == deal.on("receivable") == deal.bought
    assert deal.on("dispute_loss") == 0
    notifications.tell_people()
    (row,) = Notification.objects.filter(kind="dispute_asked_less")
    for amount in (deal.bought, refund.amount):
        assert f"₩{amount:,}" in row.sentence_en
    assert in_order() == []
    rest = deal.refunded(20)
    dispute.refresh_from_db()
    assert (after(rest), dispute.again, deal.on("receivable")) == ("succeeded", "dropped", 0)
    assert deal.payment.state == "refunded"


@pytest.mark.parametrize("sent", [True, False])
def test_what_was_not_paid_again_after_all_settles_what_was_not_sent(
    deal: Contested, sent: bool
) -> None:
    deal.told()
    dispute = deal.paid_again(deal.ask_again(deal.told(state="lost")))
    refund = deal.refunded(10)
    if sent:
        payments.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    dispute = payments.was_not_paid_again(actor=deal.office, dispute_id=dispute.pk, why="다른 입금")
    assert after(refund) == "succeeded"
    assert dispute.again_amount == deal.on("receivable")
    assert dispute.again_amount == (deal.payment.amount if sent else deal.bought)
    if not sent:
        with pytest.raises(RefundNotOpen):
            payments.undo_refund_sent(actor=deal.office, refund_id=refund.pk, why="착오")


@pytest.mark.parametrize("ends", ["lost before", "lost", "won"])
def test_of_a_part_that_a_bank_took_a_claim_is_settled_so_far_and_the_rest_is_sent(
    deal: Contested, ends: str
) -> None:
    part = 1_000
    deal.told(amount=part, taken=part)
    if ends == "lost before":
        deal.told(amount=part, taken=part, state="lost")
    refund = deal.refunded(30)
    rest = refund.rest
    assert (refund.amount, rest.amount) == (part, deal.payment.amount - part)
    assert money.refunded_shares([refund, rest]) == money.parts_of(deal.orders()[0])
    claim = Claim.objects.get()
    told = client_for(deal.buyer(claim.order)).get(f"/api/v1/claims/{claim.pk}").json()["refund"]
    assert (told["amount"], told["rest"]["amount"]) == (part, rest.amount)
    assert in_order() == []
    if ends == "won":
        deal.told(amount=part, taken=0, state="won")
        assert (after(refund), after(rest)) == ("requested", "requested")
    else:
        dispute = deal.told(amount=part, taken=part, state="lost")
        assert (after(refund), after(rest)) == ("succeeded", "requested")
        assert owed_again(dispute, deal.payment) == 0
    assert deal.payment.state == "refund_due"
    assert rest.way == ("bank_transfer" if ends == "lost before" else "stripe")
    payment_stage.send_refunds()
    # The provider refuses it, as the simulator has all of the charge disputed.
    assert after(rest) == ("requested" if ends == "lost before" else "failed")
    payments.mark_refund_sent(actor=deal.office, refund_id=rest.pk, note="이체")
    assert after(rest) == "succeeded"
    assert (deal.on("dispute_loss"), deal.on("bank")) == (0, -rest.amount)


def test_of_a_part_that_a_bank_took_a_claim_over_less_takes_no_more(deal: Contested) -> None:
    """A second claim is settled by what the first left of it."""
    one = deal.refunded(1)
    part = one.amount * 2
    deal.told(amount=part, taken=part)
    two = deal.refunded(1)
    three = deal.refunded(1)
    dispute = deal.told(amount=part, taken=part, state="lost")
    assert (after(one), after(two)) == ("succeeded", "succeeded")
    assert after(three) == "requested"
    assert owed_again(dispute, deal.payment) == deal.on("dispute_loss")


def test_after_the_payout_the_supplier_owes_back_what_it_accepted(deal: Contested) -> None:
    paid_out(deal)
    deal.told(amount=1_000, taken=1_000)
    deal.told(amount=1_000, taken=1_000, state="lost")
    deal.refunded(30)
    owed = whole_part(deal)
    assert sum(SupplierDebt.objects.values_list("amount", flat=True)) == owed
    assert balance(deal, "supplier_receivable") == owed
    assert money.owed_to_supplier(deal.campaign).open == 0


def test_what_waits_for_one_bank_is_settled_by_what_another_took(deal: Contested) -> None:
    """Two disputes of one charge: the first is lost, the second still open, and then won."""
    refund_of = whole_part(deal) * 5 // 30
    part = refund_of * 2
    deal.told(amount=part, taken=part)
    deal.told(amount=part, taken=part, state="lost")
    deal.told("dp_second", amount=500, taken=500, state="needs_response")
    refund = deal.refunded(5)
    assert (after(refund), deal.payment.state) == ("requested", "disputed")
    deal.told("dp_second", amount=500, taken=0, state="won")
    assert (after(refund), deal.payment.state) == ("succeeded", "charged_back")
    assert deal.on("dispute_loss") == part - refund.amount


def test_less_than_nothing_is_never_lost(deal: Contested) -> None:
    """A claim that two lost disputes settled together is owed again when one of them is won."""
    deal.told(amount=1_000, taken=1_000)
    deal.told(amount=1_000, taken=1_000, state="lost")
    deal.told("dp_second", amount=500, taken=500, state="lost")
    refund = deal.refunded(30)
    assert (refund.amount, after(refund)) == (1_500, "succeeded")
    assert deal.payment.state == "refund_due"
    deal.told(amount=1_000, taken=0, state="won")
    assert (after(refund), deal.on("dispute_loss")) == ("reversed", 500)
