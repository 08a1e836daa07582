"""Paying a supplier by a transfer of the provider's: asked once, whatever dies; taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.charging import hear
from tests.factories.connected import Connected
from tests.factories.orders import Deal
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.common.models import History
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations, queries, stage
from mungchi.payments.domain.payees import failure
from mungchi.payments.models import BalanceTie, LedgerLine, OpenItem, Payee, Payout
from mungchi.payments.operations import payout_errors as errors
from mungchi.payments.operations import sending, sending_payouts
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def payable(deal: Deal) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account="supplier_payable")
    return -sum(rows.values_list("amount", flat=True))


def clearing(deal: Deal) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account="provider_clearing")
    return sum(rows.values_list("amount", flat=True))


def in_order() -> list[str]:
    return [str(each) for each in breaches(grace=timedelta(minutes=1))]


def state_of(payout: Payout) -> str:
    return str(Payout.objects.values_list("state", flat=True).get(pk=payout.pk))


def read(deal: Connected) -> list[str]:
    """Let the balance be read; return what is open, but for how the balance was filled."""
    reading = operations.begin_reading(account=deal.account)
    operations.go_on_reading(reading_id=reading.pk)
    reading.refresh_from_db()
    assert reading.ended_at is not None, reading.problem
    rows = OpenItem.objects.filter(state="open").exclude(note="other")
    return sorted(rows.values_list("kind", flat=True))


def test_an_approved_payout_is_sent_once_and_booked_out_of_what_the_provider_has(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    owed = payable(deal)
    payout = deal.approved()
    assert (payout.way, payout.payee, payout.bank_account) == ("stripe", deal.payee, "")
    for _ in range(2):
        payout = operations.send_payout(actor=deal.office, payout_id=payout.pk)
    assert (payout.state, payable(deal), deal.transfers()) == ("sent", owed, [])
    assert [stage.send_payouts(), stage.send_payouts()] == [1, 0]
    payout.refresh_from_db()
    (made,) = deal.transfers()
    assert (payout.state, payout.external_id) == ("succeeded", made["id"])
    assert (made["amount"], made["destination"]) == (owed, deal.payee.external_id)
    assert made["description"] == f"{deal.purchase_order.number}-1"
    assert (payable(deal), clearing(deal)) == (0, -owed)
    assert payout.sent_date is not None
    moves = History.objects.filter(subject_id=payout.pk).order_by("id")
    assert list(moves.values_list("kind", flat=True)) == [
        "payout_requested", "payout_approved", "payout_asked", "payout_sent",
    ]  # fmt: skip
    assert in_order() == []


def test_its_movement_of_the_balance_is_tied_to_its_entry(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = deal.transferred()
    assert read(deal) == []
    assert BalanceTie.objects.filter(entry__payout=payout).count() == 1
    assert in_order() == []


def test_pieces_that_are_taken_back_are_owed_again_one_by_one(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = deal.transferred()
    for amount in (1_000, 1_000, 500):
        simulator.control("reverse", payout=payout.external_id, amount=amount)
    for _ in range(2):
        fact = sending_payouts.online("stripe").payout_of(
            simulator.credentials(), payout.external_id
        )
        operations.payout_answered(payout_id=payout.pk, fact=fact)
    payout.refresh_from_db()
    assert (payout.state, payout.returned, payable(deal)) == ("succeeded", 2_500, 2_500)
    assert read(deal) == []
    assert BalanceTie.objects.filter(entry__payout=payout).count() == 4
    again = operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk, way="stripe")
    assert (again.amount, again.earlier) == (2_500, payout.amount - 2_500)
    assert in_order() == []


def test_all_taken_back_is_owed_again_and_paid_by_bank(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = deal.transferred()
    simulator.control("reverse", payout=payout.external_id)
    hear()
    payout.refresh_from_db()
    assert (payout.state, payout.returned, clearing(deal)) == ("reversed", payout.amount, 0)
    operations.name_account(
        actor=deal.supplier, bank_name="신한", bank_account="110-1", bank_holder="대한"
    )
    by_bank = operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    assert (by_bank.way, by_bank.amount, by_bank.payee) == ("bank_transfer", payout.amount, None)
    assert read(deal) == []
    assert in_order() == []


@pytest.mark.parametrize("fault", ["timeout", "drop", "cut", "error_500", "html"])
@pytest.mark.parametrize("acts", [True, False])
def test_a_lost_answer_is_looked_up_and_nothing_is_sent_twice(
    simulator: Simulated, fault: str, acts: bool
) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    simulator.fault(fault, "transfer_create", acts=acts)
    operations.send_payouts()
    assert state_of(payout) == "unknown"
    assert deal.later(seconds=30) == 0
    simulator.control("faults", clear=True)
    deal.later(minutes=2)
    assert (state_of(payout), len(deal.transfers())) == ("succeeded", 1)
    assert payable(deal) == 0


@pytest.mark.parametrize("happened", [True, False])
def test_after_a_day_it_is_looked_up_and_never_sent_again(
    simulator: Simulated, happened: bool
) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    simulator.fault("drop", "transfer_create", acts=happened)
    operations.send_payouts()
    simulator.control("faults", clear=True)
    before = simulator.state()["calls"]["transfer_create"]
    deal.later(hours=21)
    assert simulator.state()["calls"]["transfer_create"] == before
    assert state_of(payout) == ("succeeded" if happened else "failed")
    assert len(deal.transfers()) == int(happened)
    assert payable(deal) == (0 if happened else payout.amount)


def test_a_refusal_that_the_provider_keeps_as_its_own_failure_ends_within_a_quarter_of_an_hour(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    simulator.control("payee", payee=deal.payee.external_id, outcome="stopped")
    simulator.fault("error_500", "transfer_create", acts=True)
    operations.send_payouts()
    simulator.control("faults", clear=True)
    # What went out may be listed a moment late.
    deal.later(minutes=2)
    assert state_of(payout) == "unknown"
    deal.later(minutes=11)
    payout.refresh_from_db()
    assert (payout.state, payout.note) == ("failed", "provider_failed")
    assert (payable(deal), deal.transfers()) == (payout.amount, [])
    assert "돈은 나가지 않았습니다" in failure(payout.note).ko


def test_control_with_a_key_for_every_try_it_is_sent_twice(
    simulator: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = Connected().connected(simulator)
    deal.pressed()
    simulator.fault("drop", "transfer_create", acts=True)
    keys = iter("abcdefgh")
    monkeypatch.setattr(Payout, "idempotency_key", property(lambda _: f"payout:{next(keys)}"))
    monkeypatch.setattr(
        "mungchi.payments.providers.stripe.connect.ConnectCalls.find_payout",
        lambda *_, **__: None,
    )
    operations.send_payouts()
    simulator.control("faults", clear=True)
    deal.later(minutes=2)
    assert len(deal.transfers()) == 2


def test_what_the_provider_refuses_is_owed_as_before_and_paid_otherwise(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    simulator.control("payee", payee=deal.payee.external_id, outcome="stopped")
    operations.send_payouts()
    payout.refresh_from_db()
    assert payout.state == "failed"
    assert payout.note == "insufficient_capabilities_for_transfer"
    assert (payable(deal), deal.transfers()) == (payout.amount, [])
    while notifications.tell_people():
        pass
    told = Notification.objects.get(kind="payout_failed", user_id=deal.office.user_id)
    assert "계좌 이체로 지급" in told.sentence_ko
    # It said why: what is true of the account is asked at once.
    assert operations.watch_payees() == 1
    with pytest.raises(errors.PayeeNotPayable):
        deal.approved()
    operations.name_account(
        actor=deal.supplier, bank_name="신한", bank_account="110-1", bank_holder="대한"
    )
    assert operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk).number == 2
    assert in_order() == []


def test_where_there_is_too_little_it_says_so(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    deal.fill(-(deal.purchase_order.total + 999_999))
    operations.send_payouts()
    payout.refresh_from_db()
    assert (payout.state, payout.note) == ("failed", "balance_insufficient")


def test_only_an_account_in_the_same_currency_is_paid(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    deal.settle("complete", currency="usd")
    with pytest.raises(errors.PayeeOtherCurrency) as refused:
        deal.approved()
    assert "USD" in refused.value.text.ko
    payout = Payout(
        campaign=deal.campaign, cooperative=deal.host, supplier_id=deal.supplier.firm_id,
        number=1, way="stripe", payee=deal.payee, currency="KRW", amount=1, goods=1, delivery=0,
        vat=0, deducted=0, earlier=0, fees=0, requested_by_id=deal.office.user_id,
        requested_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="in its currency"), transaction.atomic():
        payout.save(force_insert=True)


def test_it_is_not_sent_when_the_account_stopped_or_the_campaign_is_blocked(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    payout = deal.approved()
    deal.settle("partly")
    with pytest.raises(errors.PayeeNotPayable) as refused:
        operations.send_payout(actor=deal.office, payout_id=payout.pk)
    assert "신분증" in refused.value.text.ko
    deal.settle("complete")
    OpenItem.objects.create(
        account=deal.account, cooperative=deal.host, kind="orphan", external_id="x",
        campaign=deal.campaign, found_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(errors.PayoutBlocked):
        operations.send_payout(actor=deal.office, payout_id=payout.pk)
    assert state_of(payout) == "approved"


def test_the_same_two_people_and_no_other_way(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = operations.prepare_payout(
        actor=deal.office, campaign_id=deal.campaign.pk, way="stripe"
    )
    with pytest.raises(errors.PayoutNotOpen):
        operations.send_payout(actor=deal.office, payout_id=payout.pk)
    deal.second()
    with pytest.raises(errors.AnotherApproves):
        operations.approve_payout(actor=deal.office, payout_id=payout.pk)
    operations.approve_payout(actor=deal.second(), payout_id=payout.pk)
    with pytest.raises(errors.PayoutNotOpen):
        operations.mark_paid_out(
            actor=deal.office, payout_id=payout.pk, sent_date=clock.now().date(), note=""
        )
    payout = operations.send_payout(actor=deal.office, payout_id=payout.pk)
    operations.send_payouts()
    with pytest.raises(errors.PayoutNotOpen):
        operations.payout_came_back(actor=deal.office, payout_id=payout.pk, why="은행")
    with pytest.raises(errors.NoSuchWay):
        operations.payees.payable_account(deal.host.pk, payout.supplier, "nowhere", 1, "KRW")


def test_one_given_up_that_went_after_all_is_paid_or_said_to_be_paid_twice(
    simulator: Simulated,
) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    simulator.fault("drop", "transfer_create", acts=True)
    operations.send_payouts()
    simulator.control("faults", clear=True)
    fact = sending_payouts.online("stripe").payout_of(
        simulator.credentials(), str(deal.transfers()[0]["id"])
    )
    sending_payouts._unanswered(sending.Call(payout.pk, lambda: None, looked_up=True), None)
    assert state_of(payout) == "failed"
    operations.name_account(
        actor=deal.supplier, bank_name="신한", bank_account="110-1", bank_holder="대한"
    )
    other = operations.prepare_payout(actor=deal.office, campaign_id=deal.campaign.pk)
    for _ in range(2):
        operations.payout_answered(payout_id=payout.pk, fact=fact)
    assert state_of(payout) == "failed"
    assert OpenItem.objects.get(kind="paid_twice").campaign_id == deal.campaign.pk
    operations.cancel_payout(actor=deal.office, payout_id=other.pk, why="이미 나감")
    operations.payout_answered(payout_id=payout.pk, fact=fact)
    assert (state_of(payout), payable(deal)) == ("succeeded", 0)


def test_nonsense_about_a_payout_is_not_believed(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = deal.transferred()
    fact = sending_payouts.online("stripe").payout_of(simulator.credentials(), payout.external_id)
    for wrong in ({"amount": 1}, {"currency": "USD"}, {"destination": "acct_x"}, {"id": "tr_x"}):
        changed = replace(fact, reversals=(5,), reversed=5, **wrong)  # type: ignore[arg-type]
        row = operations.payout_answered(payout_id=payout.pk, fact=changed)
        assert (row.state, row.returned) == ("succeeded", 0)


def test_an_account_that_is_not_open_any_more_sends_nothing(simulator: Simulated) -> None:
    deal = Connected().connected(simulator)
    payout = deal.pressed()
    type(deal.account).objects.filter(pk=deal.account.pk).update(external_id="acct_another")
    operations.send_payouts()
    payout.refresh_from_db()
    assert (payout.state, payout.note) == ("failed", "account_not_open")
    assert deal.transfers() == []
    assert Payee.objects.exists()
    assert not queries.payouts_for_providers(clock.now(), limit=5)
