"""What payers' banks take back: booked as it is true now, told, and borne by whom it is decided.

By Stripe as the simulator plays it; after each of these stories every invariant holds.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.disputing import Disputed
from tests.factories.orders import today
from tests.factories.statements import Moved, taken
from tests.simulated import Simulated

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Mail, Notification
from mungchi.payments import operations, stage
from mungchi.payments.models import Dispute, LedgerLine, OpenItem, ProviderEvent, Refund
from mungchi.payments.operations import dispute_asking, refunding
from mungchi.payments.operations.bank_lines import LineDoesNotFit
from mungchi.payments.operations.disputes import apply_dispute
from mungchi.payments.operations.owing_back import DayNeeded
from mungchi.payments.providers import STRIPE
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
FEE = 1_500


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Iterator[None]:
    yield
    assert [str(breach) for breach in breaches()] == []


@pytest.fixture
def deal(simulator: Simulated) -> Disputed:
    return Disputed().charged(simulator)


def balances(deal: Disputed) -> dict[str, int]:
    """What dispute entries left on each account of the first firm's payment."""
    left: dict[str, int] = {}
    for line in LedgerLine.objects.filter(
        entry__payment=deal.payment, entry__kind__startswith="dispute"
    ):
        left[line.account] = left.get(line.account, 0) + line.amount
    return {account: amount for account, amount in left.items() if amount}


def told(kind: str) -> list[str]:
    """What people read of a kind of event."""
    notifications.tell_people()
    return list(Notification.objects.filter(kind=kind).values_list("sentence_ko", flat=True))


def test_a_dispute_takes_the_money_and_is_told_at_once(deal: Disputed) -> None:
    dispute = deal.begin(reason="product_not_received")
    assert (dispute.state, dispute.inquiry) == ("needs_response", False)
    assert dispute.amount == dispute.taken == deal.payment.amount
    assert deal.payment.state == "disputed"
    assert balances(deal) == {
        "dispute": dispute.amount, "provider_clearing": -dispute.amount - FEE, "provider_fee": FEE,
    }  # fmt: skip
    (sentence,) = told("dispute_opened")
    assert "물건을 받지 못했다고 함" in sentence
    assert deal.payment.firm.name in sentence
    assert Mail.objects.filter(notification__kind="dispute_opened").exists()
    assert ProviderEvent.objects.filter(object_kind="dispute", by="poll", state="applied").exists()


@pytest.mark.parametrize("won", [True, False])
def test_it_ends_as_the_bank_decides(deal: Disputed, won: bool) -> None:
    amount = deal.begin().amount
    assert deal.bank("review_dispute").state == "under_review"
    dispute = deal.bank("close_dispute", won=won)
    assert dispute.ended_at is not None
    assert dispute.borne == (0 if won else amount)
    assert deal.payment.state == ("paid" if won else "charged_back")
    assert balances(deal) == (
        {}
        if won
        else {"dispute_loss": amount, "provider_clearing": -amount - FEE, "provider_fee": FEE}
    )
    (sentence,) = told("dispute_ended")
    assert ("유지됩니다" in sentence) is won
    assert deal.orders()[0].state == "paid"


def test_the_same_again_and_older_facts_change_nothing(deal: Disputed) -> None:
    dispute = deal.begin()
    early = STRIPE.dispute_of(deal.simulator.credentials(), dispute.external_id)
    lost = deal.bank("close_dispute", won=False)
    entries, events = LedgerLine.objects.count(), History.objects.count()
    fact = STRIPE.dispute_of(deal.simulator.credentials(), dispute.external_id)
    for asked_at in (lost.told_at, lost.told_at + timedelta(minutes=1)):
        apply_dispute(attempt_id=dispute.attempt_id, fact=fact, asked_at=asked_at)
    apply_dispute(attempt_id=dispute.attempt_id, fact=early, asked_at=dispute.told_at)
    again = Dispute.objects.get()
    assert (again.state, again.borne) == ("lost", again.taken)
    assert (LedgerLine.objects.count(), History.objects.count()) == (entries, events)


def test_events_that_come_late_and_twice_are_one_dispute(deal: Disputed) -> None:
    charge = deal.payment.attempts.get().external_id
    made = deal.simulator.control("dispute", charge=charge)["id"]
    deal.simulator.control("close_dispute", dispute=made, won=True)
    assert deal.heard().state == "won"
    assert deal.payment.state == "paid"
    assert balances(deal) == {}
    assert len(told("dispute_opened")) == 1


def test_a_dispute_that_is_lost_before_we_hear_of_it(deal: Disputed) -> None:
    charge = deal.payment.attempts.get().external_id
    made = deal.simulator.control("dispute", charge=charge)["id"]
    deal.simulator.control("close_dispute", dispute=made, won=False)
    assert deal.heard().state == "lost"
    assert deal.payment.state == "charged_back"


def test_an_inquiry_takes_nothing_until_it_becomes_a_dispute(deal: Disputed) -> None:
    deal.sold()
    deal.begin(inquiry=True)
    assert deal.payment.state == "paid"
    assert balances(deal) == {}
    assert operations.blocks_payout(deal.campaign)
    assert deal.bank("escalate_dispute").taken == deal.payment.amount
    assert deal.payment.state == "disputed"
    assert len(told("dispute_opened")) == 2


def test_an_inquiry_that_ends_leaves_everything(deal: Disputed) -> None:
    deal.begin(inquiry=True)
    assert deal.bank("close_dispute", won=False).state == "closed"
    assert deal.payment.state == "paid"
    assert not operations.blocks_payout(deal.campaign)


def test_while_it_is_open_nothing_leaves(deal: Disputed) -> None:
    deal.sold()
    assert operations.blocks_payout(deal.campaign) == []
    deal.begin()
    (why,) = operations.blocks_payout(deal.campaign)
    assert "1건" in why.ko
    assert "1 disputed payment must" in why.en
    with pytest.raises(refunding.PaymentContested):
        operations.refund_part(
            actor=deal.office, payment_id=deal.payment.pk, amount=100, why="파손"
        )
    deal.bank("close_dispute", won=True)
    assert operations.blocks_payout(deal.campaign) == []
    operations.refund_part(actor=deal.office, payment_id=deal.payment.pk, amount=100, why="파손")
    assert deal.payment.state == "partially_refunded"


@pytest.mark.parametrize("won", [True, False])
def test_a_campaign_that_fails_meanwhile_waits_for_the_bank(deal: Disputed, won: bool) -> None:
    deal.begin()
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="공급 불가")
    stage.return_money()
    assert stage.return_money() == 0
    refund = Refund.objects.get(payment=deal.payment)
    stage.send_refunds()
    refund.refresh_from_db()
    assert (refund.state, deal.payment.state) == ("requested", "disputed")
    Refund.objects.filter(pk=refund.pk).update(way="bank_transfer")
    with pytest.raises(refunding.PaymentContested):
        operations.mark_refund_sent(actor=deal.office, refund_id=refund.pk, note="이체")
    Refund.objects.filter(pk=refund.pk).update(way="stripe")
    deal.bank("close_dispute", won=won)
    if won:
        assert deal.payment.state == "refund_due"
        stage.send_refunds()
    refund.refresh_from_db()
    assert (refund.state, deal.payment.state) == ("succeeded", "refunded")
    lost = LedgerLine.objects.filter(account="dispute_loss")
    assert not lost.exists()


def test_a_campaign_that_fails_after_it_was_lost_costs_nobody(deal: Disputed) -> None:
    deal.begin()
    deal.bank("close_dispute", won=False)
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="공급 불가")
    stage.return_money()
    assert stage.return_money() == 0
    assert deal.payment.state == "refunded"
    lines = LedgerLine.objects.filter(account="dispute_loss")
    assert sum(line.amount for line in lines) == 0
    stage.send_refunds()
    assert deal.simulator.state()["counts"]["refund"] == 1


def test_the_supplier_is_owed_also_for_what_is_disputed(deal: Disputed) -> None:
    deal.begin()
    deal.sold()
    assert deal.purchase_order.total == -sum(
        line.amount for line in LedgerLine.objects.filter(account="supplier_payable")
    )


def asked_again(deal: Disputed) -> Dispute:
    deal.host.bank_name, deal.host.bank_account, deal.host.bank_holder = "국민", "1-2", "조합"
    deal.host.save()
    deal.sold()
    deal.begin()
    dispute = deal.bank("close_dispute", won=False)
    return operations.ask_firm_again(
        actor=deal.office, dispute_id=dispute.pk, due=today() + timedelta(days=7), why="수령 확인됨"
    )


def test_what_was_lost_is_asked_for_again_and_paid(deal: Disputed) -> None:
    dispute = asked_again(deal)
    assert (dispute.again, dispute.again_amount) == ("asked", deal.payment.amount)
    assert balances(deal)["receivable"] == dispute.again_amount
    assert "dispute_loss" not in balances(deal)
    (sentence,) = told("dispute_asked_again")
    assert "1-2" in sentence
    assert deal.payment.reference in sentence
    assert "수령 확인됨" in sentence
    office, pk = deal.office, dispute.pk
    paid = operations.was_paid_again(actor=office, dispute_id=pk, received_date=today())
    assert paid.again == "paid"
    assert balances(deal)["bank"] == dispute.again_amount
    operations.was_paid_again(actor=office, dispute_id=pk, received_date=today())
    unpaid = operations.was_not_paid_again(actor=office, dispute_id=pk, why="다른 입금")
    assert unpaid.again == "asked"
    assert "bank" not in balances(deal)
    assert operations.ask_no_more(actor=office, dispute_id=pk, why="합의").again == "dropped"
    assert balances(deal)["dispute_loss"] == dispute.again_amount
    again = operations.ask_firm_again(
        actor=office, dispute_id=pk, due=today() + timedelta(days=3), why="다시"
    )
    assert again.again == "asked"


def test_another_day_or_reason_is_not_taken_for_the_same_again(deal: Disputed) -> None:
    dispute = asked_again(deal)
    due = dispute.again_due
    assert due is not None

    def ask(day: date, why: str) -> Dispute:
        return operations.ask_firm_again(actor=deal.office, dispute_id=dispute.pk, due=day, why=why)

    assert ask(due, "수령 확인됨").again_due == due
    for day, why in ((due + timedelta(days=1), "수령 확인됨"), (due, "다른 사유")):
        with pytest.raises(dispute_asking.AskedAgainAlready):
            ask(day, why)
    assert len(told("dispute_asked_again")) == 1
    operations.was_paid_again(actor=deal.office, dispute_id=dispute.pk, received_date=today())
    with pytest.raises(dispute_asking.AskedAgainAlready):
        ask(due, "수령 확인됨")


@pytest.mark.parametrize("again", ["asked", "paid"])
def test_what_is_won_after_all_is_not_paid_twice(deal: Disputed, again: str) -> None:
    dispute = asked_again(deal)
    if again == "paid":
        operations.was_paid_again(actor=deal.office, dispute_id=dispute.pk, received_date=today())
    lost = STRIPE.dispute_of(deal.simulator.credentials(), dispute.external_id)
    won = type(lost)(**{
        **{name: getattr(lost, name) for name in lost.__slots__}, "state": "won", "taken": 0,
        "fee": 0,
    })  # fmt: skip
    after = apply_dispute(
        attempt_id=dispute.attempt_id, fact=won, asked_at=clock.now() + timedelta(hours=9)
    )
    assert deal.payment.state == "paid"
    if again == "asked":
        assert after.again == "dropped"
        assert balances(deal) == {}
        assert told("dispute_asked_no_more")
        return
    assert balances(deal) == {"bank": after.again_amount, "refund_payable": -after.again_amount}
    item = OpenItem.objects.get()
    assert (item.kind, item.theirs) == ("late_money", after.again_amount)
    operations.settle_item(actor=deal.office, item_id=item.pk, outcome="transferred", why="이체")


def test_asking_again_is_refused_where_there_is_nothing_to_ask_for(deal: Disputed) -> None:
    due = today() + timedelta(days=7)
    dispute = deal.begin()

    def ask(day: Any = due) -> Dispute:
        return operations.ask_firm_again(
            actor=deal.office, dispute_id=dispute.pk, due=day, why="사유"
        )

    with pytest.raises(dispute_asking.NothingLost):
        ask()
    deal.bank("close_dispute", won=False)
    with pytest.raises(dispute_asking.NothingLost):  # nothing was sold yet
        ask()
    deal.sold()
    for day in (today(), today() + timedelta(days=91)):
        with pytest.raises(dispute_asking.DueWrong):
            ask(day)
    type(deal.host).objects.filter(pk=deal.host.pk).update(bank_account="")
    with pytest.raises(dispute_asking.NoAccountToPay):
        ask()
    for refused in (
        lambda: operations.was_paid_again(
            actor=deal.office, dispute_id=dispute.pk, received_date=today()
        ),
        lambda: operations.was_not_paid_again(actor=deal.office, dispute_id=dispute.pk, why="x"),
        lambda: operations.ask_no_more(actor=deal.office, dispute_id=dispute.pk, why="x"),
    ):
        with pytest.raises(dispute_asking.NotAskedAgain):
            refused()


def test_what_a_dispute_is_about_stays(deal: Disputed) -> None:
    dispute = deal.begin()
    rows = Dispute.objects.filter(pk=dispute.pk)
    for change in (
        lambda: rows.update(external_id="dp_other"),
        lambda: rows.update(told_at=dispute.told_at - timedelta(seconds=1)),
        lambda: rows.update(taken=dispute.amount + 1),
        rows.delete,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_what_was_paid_again_by_a_bank_line_leaves_suspense(deal: Disputed) -> None:
    dispute = asked_again(deal)
    amounts = (dispute.again_amount + 500, dispute.again_amount - 1)
    line, small = taken(deal.office, [
        Moved(today(), amount, time=f"09:0{at}:00") for at, amount in enumerate(amounts)
    ])  # fmt: skip
    with pytest.raises(LineDoesNotFit):
        operations.was_paid_again(
            actor=deal.office, dispute_id=dispute.pk, received_date=today(), line_id=small.pk
        )
    with pytest.raises(DayNeeded):
        operations.was_paid_again(actor=deal.office, dispute_id=dispute.pk)
    operations.was_paid_again(actor=deal.office, dispute_id=dispute.pk, line_id=line.pk)
    line.refresh_from_db()
    assert (line.state, line.open) == ("suspense", 500)
    dispute.refresh_from_db()
    assert dispute.again_paid_on == line.day
    operations.was_not_paid_again(actor=deal.office, dispute_id=dispute.pk, why="다른 돈")
    line.refresh_from_db()
    assert line.open == line.amount
