"""Charging saved methods: once, within what was agreed, and what becomes of every answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.factories.charging import Charged, charge_saved_methods, find_out
from tests.factories.provider import Dies, Till, away, busy, dies, serving

from mungchi.common import clock
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.payments import operations, stage
from mungchi.payments.models import Attempt, LedgerLine, Mandate, OpenItem, Payment
from mungchi.payments.providers.facts import ProviderFailed, ProviderRefused
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def till() -> Iterator[Till]:
    with serving(Till()) as till:
        yield till


def states(deal: Charged) -> list[str]:
    return [payment.state for payment in deal.payments()]


def booked(deal: Charged, account: str) -> int:
    rows = LedgerLine.objects.filter(entry__campaign=deal.campaign, account=account)
    return sum(rows.values_list("amount", flat=True))


def later(**by: float) -> None:
    with clock.shifted(timedelta(**by)):
        find_out()
        charge_saved_methods()


def red() -> list[str]:
    return [str(breach) for breach in breaches()]


def test_what_is_due_is_charged_once_and_paid(till):
    deal = Charged().scheduled("pays", "pays", "pays")
    assert [charge_saved_methods(), charge_saved_methods()] == [3, 0]
    assert states(deal) == ["paid"] * 3
    assert {order.state for order in deal.orders()} == {"paid"}
    total = sum(payment.amount for payment in deal.payments())
    fees = sum(payment.amount * 20 // 1000 for payment in deal.payments())
    assert (booked(deal, "provider_clearing"), booked(deal, "provider_fee")) == (total - fees, fees)
    assert booked(deal, "receivable") == 0
    assert till.doubles() == 0
    assert deal.trail().count("payment_charged") == 3
    assert [stage.sum_up_charging(), stage.sum_up_charging()] == [1, 0]
    assert deal.trail().count("charges_summed") == 1
    assert red() == []


def test_key_and_parameters_are_the_obligations(till, settings):
    settings.INSTALLATION = "here"
    deal = Charged().scheduled("pays", "pays")
    charge_saved_methods()
    payment = deal.payments()[0]
    attempt = payment.attempts.get()
    assert attempt.key == f"here:pay:{payment.pk}:1"
    assert till.charges[attempt.external_id].metadata["payment"] == str(payment.pk)
    assert (attempt.amount, attempt.currency) == (payment.amount, payment.currency)


def test_never_more_than_was_agreed_nor_after_the_agreement_ended(till):
    deal = Charged().scheduled("pays", "pays", "pays", "pays")
    above, ended, removed, fine = deal.payments()
    consents = {one.firm_id: one for one in deal.campaign.consents.all()}
    for payment, most in ((above, above.amount - 1), (ended, None)):
        old = consents[payment.firm_id]
        old.ended_at = clock.now()
        old.save(update_fields=["ended_at"])
        if most:
            type(old).objects.create(
                mandate=old.mandate, cooperative=deal.host, firm_id=payment.firm_id,
                campaign=deal.campaign, text="동의", language="ko", most=most,
                currency=payment.currency, given_by_id=deal.office.user_id, given_at=clock.now(),
            )  # fmt: skip
    Mandate.objects.filter(pk=removed.mandate_id).update(state="revoked")
    charge_saved_methods()
    assert states(deal) == ["awaiting_transfer"] * 3 + ["paid"]
    assert till.calls == [("charge", f"mungchi:pay:{fine.pk}:1")]
    assert deal.payments()[0].instructions["account"] == deal.host.bank_account
    notifications.tell_people()
    told = Notification.objects.filter(kind="payment_by_transfer")
    assert sorted(one.sentence_en.split("(")[1].split(")")[0] for one in told) == [
        "above the amount agreed to",
        "the agreement to charge has ended",
        "the saved method was removed",
    ]


def test_a_campaign_that_is_not_being_settled_charges_nobody(till):
    deal = Charged().scheduled("pays", "pays")
    deal.campaign.refresh_from_db()
    type(deal.campaign).objects.filter(pk=deal.campaign.pk).update(state="failed")
    assert charge_saved_methods() == 0
    assert till.calls == []


def test_a_soft_decline_is_tried_on_days_1_3_and_5_and_then_the_firm_is_asked(till):
    deal = Charged(given={"payment_days": 10}).scheduled("soft", "pays")
    charge_saved_methods()
    first = deal.payments()[0]
    tried = []
    for hours in range(12, 24 * 9, 12):
        before = len(till.calls)
        later(hours=hours)
        if len(till.calls) > before:
            tried.append(hours)
    assert [round(hours / 24) for hours in tried] == [1, 3, 5] or tried == [36, 84, 132]
    assert first.attempts.count() == 4
    assert states(deal) == ["requires_action", "paid"]
    assert {attempt.key[-2:] for attempt in first.attempts.all()} == {":1", ":2", ":3", ":4"}
    assert len(set(first.attempts.values_list("external_id", flat=True))) == 4
    assert deal.trail().count("charge_declined") == 3


def test_no_try_comes_after_the_money_is_due(till):
    deal = Charged().scheduled("soft", "pays")
    Payment.objects.filter(pk=deal.payments()[0].pk).update(due_at=clock.now() + timedelta(days=2))
    charge_saved_methods()
    assert states(deal)[0] == "retrying"
    later(days=1, minutes=5)
    assert states(deal)[0] == "requires_action"


@pytest.mark.parametrize(("way", "code"), [("hard", "expired_card"),
                                           ("asks", "authentication_required")])  # fmt: skip
def test_what_only_the_firm_can_put_right_goes_to_it_at_once(till, way, code):
    deal = Charged().scheduled(way, "pays")
    charge_saved_methods()
    payment = deal.payments()[0]
    assert (payment.state, payment.charge_at) == ("requires_action", None)
    later(days=2)
    assert payment.attempts.count() == 1
    notifications.tell_people()
    told = Notification.objects.get(kind="payment_needs_firm")
    assert told.link == f"/orders/{payment.order_id}"
    assert payment.attempts.get().decline_code == code


def test_a_refusal_goes_to_the_firm_and_one_of_the_account_to_the_office(till):
    deal = Charged().scheduled("refused", "pays")
    charge_saved_methods()
    assert states(deal) == ["requires_action", "paid"]
    other = Charged().scheduled("pays", "pays")

    def invalid(call: str) -> None:
        raise ProviderRefused("key_invalid")

    till.before = invalid
    charge_saved_methods()
    other.account.refresh_from_db()
    assert (other.account.state, other.account.problem) == ("failed", "key_invalid")
    assert states(other) == ["retrying"] * 2
    till.before = lambda _: None
    type(other.account).objects.filter(pk=other.account.pk).update(state="ready")
    later(minutes=20)
    assert states(other) == ["paid"] * 2


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_call_without_an_answer_is_asked_again_alike(till, when):
    deal = Charged().scheduled("pays", "pays")
    setattr(till, when, away("charge"))
    charge_saved_methods()
    assert states(deal) == ["processing"] * 2
    assert {one.state for one in Attempt.objects.all()} == {"unknown"}
    setattr(till, when, lambda _: None)
    later(seconds=30)
    assert states(deal) == ["processing"] * 2
    later(seconds=90)
    assert states(deal) == ["paid"] * 2
    assert till.doubles() == 0
    assert Attempt.objects.count() == 2


@pytest.mark.parametrize("hours", [0.03, 21])
def test_a_key_that_is_revoked_while_an_answer_is_missing_says_nothing_about_the_charge(
    till, hours
):
    deal = Charged().scheduled("pays", "pays")
    till.after = away("charge")
    charge_saved_methods()
    till.after = lambda _: None

    def invalid(call: str) -> None:
        raise ProviderRefused("key_invalid")

    till.before = invalid
    later(hours=hours)
    assert {one.state for one in Attempt.objects.all()} == {"unknown"}
    deal.account.refresh_from_db()
    assert deal.account.state == "failed"
    till.before = lambda _: None
    type(deal.account).objects.filter(pk=deal.account.pk).update(state="ready")
    later(hours=hours + 0.1)
    assert states(deal) == ["paid"] * 2
    assert till.doubles() == 0


def test_a_busy_provider_is_asked_again(till):
    deal = Charged().scheduled("pays", "pays")
    till.before = busy
    charge_saved_methods()
    till.before = lambda _: None
    later(seconds=90)
    assert states(deal) == ["paid"] * 2


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_dies_in_a_call_charges_once(till, when):
    deal = Charged().scheduled("pays", "pays")
    setattr(till, when, dies)
    with pytest.raises(Dies):
        charge_saved_methods()
    setattr(till, when, lambda _: None)
    assert {one.state for one in Attempt.objects.all()} == {"sent"}
    later(seconds=90)
    assert states(deal) == ["paid"] * 2
    assert till.doubles() == 0


def test_control_a_key_of_its_own_for_every_try_charges_twice(till, monkeypatch):
    deal = Charged().scheduled("pays", "pays")
    till.after = away("charge")
    charge_saved_methods()
    till.after = lambda _: None
    really = operations.charging.call_of

    def careless(attempt: Attempt, *more: object) -> object:
        attempt.key = f"{attempt.key}:{attempt.asked}"
        return really(attempt, *more)

    monkeypatch.setattr(operations.charging, "call_of", careless)
    later(seconds=90)
    assert states(deal) == ["paid"] * 2
    assert till.doubles() == 2


def test_after_twenty_hours_nothing_is_sent_again_but_looked_up(till):
    deal = Charged().scheduled("pays", "pays")
    happened, never = deal.payments()

    def lost(call: str) -> None:
        if call == "charge":
            away("charge")(call)

    till.after = lost
    charge_saved_methods()
    # Of the second nothing is known there: it never came to be.
    gone = Attempt.objects.get(payment=never)
    till.charges = {k: c for k, c in till.charges.items()
                    if c.metadata["payment"] != str(never.pk)}  # fmt: skip
    till.after = lambda _: None
    till.calls.clear()
    with clock.shifted(timedelta(hours=21)):
        find_out()
    assert [call for call, _ in till.calls] == ["find_charge"] * 2
    assert states(deal) == ["paid", "retrying"]
    gone.refresh_from_db()
    assert (gone.state, gone.decline_code) == ("failed", "never_happened")
    later(hours=21)
    assert states(deal) == ["paid", "paid"]
    assert till.doubles() == 0
    assert happened.attempts.count() == 1


def only_repeated(till: Till) -> tuple[Charged, Attempt]:
    """Two charges that the provider failed at and says nothing else of any more; the first happened
    all the same, the second, which is returned, did not."""
    deal = Charged().scheduled("pays", "pays")

    def fails(call: str) -> None:
        if call == "charge":
            raise ProviderFailed("500 again")

    till.after = fails
    charge_saved_methods()
    never = Attempt.objects.get(payment=deal.payments()[1])
    till.charges = {name: charge for name, charge in till.charges.items()
                    if charge.metadata["payment"] != str(never.payment_id)}  # fmt: skip
    for minutes in (2, 4, 6, 8):
        later(minutes=minutes)
    assert states(deal) == ["paid", "processing"]
    return deal, never


def test_what_the_provider_fails_at_and_only_repeats_is_over_after_ten_minutes(till):
    deal, never = only_repeated(till)
    later(minutes=10)
    later(minutes=12)
    never.refresh_from_db()
    assert (never.state, never.decline_code) == ("failed", "never_happened")
    till.after = lambda _: None
    later(minutes=14)
    assert states(deal) == ["paid", "paid"]
    assert till.doubles() == 0
    assert red() == []


def test_control_a_silence_is_not_over_after_ten_minutes(till):
    deal, never = only_repeated(till)
    Attempt.objects.filter(pk=never.pk).update(decline_code="")
    till.after = away("charge")
    later(minutes=10)
    later(minutes=12)
    never.refresh_from_db()
    assert never.state == "unknown"
    assert states(deal) == ["paid", "processing"]


def test_a_provider_that_is_away_is_not_asked_for_everything(till):
    deal = Charged().scheduled(*(["pays"] * 30), quantities=(4,) * 30)
    till.before = away("charge")
    operations.call_all(*operations.CHARGES, at_once=4)
    assert len(till.calls) < 15
    assert states(deal).count("scheduled") > 15
    till.before = lambda _: None
    later(seconds=90)
    assert states(deal) == ["paid"] * 30


def test_what_the_provider_works_on_is_looked_at(till):
    deal = Charged().scheduled("slow", "pays")
    charge_saved_methods()
    assert states(deal) == ["processing", "paid"]
    till.finish(deal.payments()[0].attempts.get().external_id)
    later(minutes=11)
    assert states(deal) == ["paid"] * 2


def test_a_fact_comes_twice_or_late_and_changes_nothing(till):
    deal = Charged().scheduled("pays", "asks")
    charge_saved_methods()
    paid, asks = (payment.attempts.get() for payment in deal.payments())
    fact = till.charges[paid.external_id]
    before = deal.trail()
    operations.apply_fact(attempt_id=paid.pk, fact=fact)
    from dataclasses import replace

    operations.apply_fact(attempt_id=paid.pk, fact=replace(fact, state="declined"))
    operations.apply_fact(attempt_id=asks.pk, fact=till.charges[asks.external_id])
    assert deal.trail() == before
    assert states(deal) == ["paid", "requires_action"]


def test_money_for_an_order_that_was_paid_otherwise_is_owed_back(till):
    deal = Charged().scheduled("asks", "pays")
    charge_saved_methods()
    payment = deal.payments()[0]
    buyer = deal.buyer(deal.orders()[0])
    attempt = payment.attempts.get()
    Attempt.objects.filter(pk=attempt.pk).update(state="failed")
    Payment.objects.filter(pk=payment.pk).update(state="awaiting_transfer")
    deal.pay(Payment.objects.get(pk=payment.pk))
    till.finish(attempt.external_id)
    for _ in range(2):
        operations.apply_fact(attempt_id=attempt.pk, fact=till.charges[attempt.external_id])
    item = OpenItem.objects.get()
    assert (item.kind, item.theirs, item.campaign_id) == (
        "late_money", payment.amount, deal.campaign.pk)  # fmt: skip
    assert booked(deal, "refund_payable") == -payment.amount
    assert red() == []
    operations.settle_item(actor=deal.office, item_id=item.pk, outcome="returned", why="취소함")
    assert booked(deal, "refund_payable") == 0
    assert red() == []
    assert buyer.firm_id == payment.firm_id
