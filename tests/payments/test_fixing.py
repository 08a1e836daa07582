"""The firm puts right on line what could not be charged; late and doubled money is owed back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.factories.charging import Charged, charge_saved_methods, find_out
from tests.factories.clients import client_for
from tests.factories.provider import Till, away, serving

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.payments import operations
from mungchi.payments.models import Attempt, OpenItem, Payment
from mungchi.payments.operations import fixing
from mungchi.payments.operations.confirming import PaidOnLine, PaymentNotAwaited
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture
def till() -> Iterator[Till]:
    with serving(Till()) as till:
        yield till


class Case:
    """A campaign whose first firm has to act, and that firm."""

    def __init__(self, way: str = "hard") -> None:
        self.deal = Charged().scheduled(way, "pays")
        charge_saved_methods()
        self.firm: Actor = self.deal.buyer(self.deal.orders()[0])

    @property
    def payment(self) -> Payment:
        return self.deal.payments()[0]

    def pay(self, way: str, customer: str = "") -> fixing.Fixed:
        mandate = self.deal.mandate(self.payment, way, customer)
        return operations.pay_on_line(
            actor=self.firm, payment_id=self.payment.pk, mandate_id=mandate.pk
        )


def red() -> list[str]:
    return [str(breach) for breach in breaches()]


def test_another_card_pays_the_same_charge(till):
    case = Case()
    done = case.pay("pays2")
    assert (done.payment.state, done.next_url) == ("paid", None)
    first, second = case.payment.attempts.order_by("number")
    assert first.external_id == second.external_id
    assert (first.state, second.state, second.on_line) == ("failed", "succeeded", True)
    assert till.doubles() == 0
    assert red() == []


def test_a_step_at_the_bank_leads_there_and_back_and_proves_nothing_by_itself(till):
    case = Case("asks")
    done = case.pay("asks2")
    assert done.payment.state == "requires_action"
    assert f"/orders/{case.payment.order_id}" in done.next_url
    back = operations.sync_payment(actor=case.firm, payment_id=case.payment.pk)
    assert back.payment.state == "requires_action"
    till.finish(case.payment.attempts.last().external_id)
    back = operations.sync_payment(actor=case.firm, payment_id=case.payment.pk)
    assert back.payment.state == "paid"
    assert red() == []


def test_a_firm_with_another_customer_there_gives_the_first_charge_up(till):
    case = Case()
    done = case.pay("pays2", customer="cus_other")
    assert done.payment.state == "paid"
    assert sorted(charge.state for charge in till.charges.values()) == [
        "cancelled", "succeeded", "succeeded"]  # fmt: skip
    assert till.doubles() == 0


def test_a_new_charge_that_asks_for_the_payer_is_confirmed_at_once(till):
    case = Case()
    done = case.pay("asks2", customer="cus_other")
    assert done.next_url is not None
    assert case.payment.attempts.count() == 3


def test_a_declined_card_leaves_the_firm_where_it_was_or_the_calendar_goes_on(till):
    case = Case()
    assert case.pay("hard2").payment.state == "requires_action"
    other = Case("soft")
    again = other.payment.charge_at
    assert other.pay("hard2").payment.state == "retrying"
    assert other.payment.charge_at == again
    assert other.pay("pays2").payment.state == "paid"


def test_the_transfer_instead_gives_the_charge_up_first(till):
    case = Case("asks")
    payment = operations.choose_transfer(actor=case.firm, payment_id=case.payment.pk)
    assert (payment.state, payment.provider) == ("awaiting_transfer", "bank_transfer")
    assert sorted(charge.state for charge in till.charges.values()) == ["cancelled", "succeeded"]
    again = operations.choose_transfer(actor=case.firm, payment_id=case.payment.pk)
    assert again.state == "awaiting_transfer"
    case.deal.pay(case.payment)
    assert case.payment.state == "paid"
    assert red() == []


def test_a_charge_that_succeeded_before_it_could_be_given_up_pays(till):
    case = Case("asks")
    till.finish(case.payment.attempts.get().external_id)
    payment = operations.choose_transfer(actor=case.firm, payment_id=case.payment.pk)
    assert payment.state == "paid"


def test_what_nobody_answers_is_found_out_and_not_paid_twice(till):
    case = Case()
    till.after = away("confirm")
    with pytest.raises(fixing.ProviderSilent):
        case.pay("pays2")
    assert case.payment.state == "processing"
    with pytest.raises(fixing.ChargeUnderWay):
        case.pay("pays3")
    with pytest.raises(fixing.ChargeUnderWay):
        operations.choose_transfer(actor=case.firm, payment_id=case.payment.pk)
    till.after = lambda _: None
    with clock.shifted(timedelta(minutes=2)):
        find_out()
    assert case.payment.state == "paid"
    assert till.doubles() == 0


def test_nobody_else_pays_and_nothing_that_is_over_is_paid(till):
    case = Case()
    other = case.deal.buyer(case.deal.orders()[1])
    mandate = case.deal.mandate(case.payment, "pays2")
    for actor in (other, case.deal.office):
        with pytest.raises(NotFound):
            operations.pay_on_line(actor=actor, payment_id=case.payment.pk, mandate_id=mandate.pk)
    theirs = case.deal.mandate(case.deal.payments()[1], "pays2")
    with pytest.raises(NotFound):
        operations.pay_on_line(actor=case.firm, payment_id=case.payment.pk, mandate_id=theirs.pk)
    case.pay("pays4")
    with pytest.raises(PaymentNotAwaited):
        operations.pay_on_line(actor=case.firm, payment_id=case.payment.pk, mandate_id=mandate.pk)


def test_an_office_does_not_take_a_charge_back_by_a_word(till):
    case = Case("pays")
    with pytest.raises(PaidOnLine):
        operations.undo_confirmation(actor=case.deal.office, payment_id=case.payment.pk, why="실수")


def test_money_that_comes_after_the_campaign_failed_is_owed_back(till):
    case = Case("asks")
    done = case.pay("asks2")
    assert done.next_url
    campaigns.fail_campaign(actor=case.deal.office, campaign_id=case.deal.campaign.pk, why="미입금")
    Payment.objects.filter(pk=case.payment.pk).update(state="cancelled")
    till.finish(case.payment.attempts.last().external_id)
    with clock.shifted(timedelta(minutes=11)):
        find_out()
    item = OpenItem.objects.get()
    assert (item.kind, item.theirs) == ("late_money", case.payment.amount)
    assert case.payment.state == "cancelled"
    client = client_for(case.deal.office)
    rows = client.get("/api/v1/open-items?state=open").json()["results"]
    assert rows[0]["firm"]["id"] == str(case.payment.firm_id)
    assert set(rows[0]["outcomes"]) == {"returned", "transferred"}
    wrong = client.post(f"/api/v1/open-items/{item.pk}/settle",
                        {"outcome": "not_ours", "why": "x"})  # fmt: skip
    assert wrong.status_code == 422
    done = client.post(f"/api/v1/open-items/{item.pk}/settle",
                       {"outcome": "transferred", "why": "계좌로 반환"})  # fmt: skip
    assert done.json()["state"] == "settled"


def test_what_nobody_wants_any_more_is_given_up_at_the_provider(till):
    case = Case("asks")
    Payment.objects.filter(pk=case.payment.pk).update(state="cancelled")
    with clock.shifted(timedelta(minutes=11)):
        find_out()
    assert till.charges[case.payment.attempts.get().external_id].state == "cancelled"
    assert Attempt.objects.get(payment=case.payment).state == "cancelled"


def test_the_firm_does_it_all_by_the_api_behind_the_wall(till):
    case = Case()
    client = client_for(case.firm)
    path = f"/api/v1/payments/{case.payment.pk}"
    shown = client.get(f"{path}/on-line").json()
    assert (shown["state"], shown["code"], shown["can_pay"]) == (
        "requires_action", "expired_card", True)  # fmt: skip
    mandate = case.deal.mandate(case.payment, "asks2")
    paid = client.post(f"{path}/pay", {"method": str(mandate.pk)}).json()
    assert paid["next_url"].startswith("https://bank.example/")
    till.finish(case.payment.attempts.last().external_id)
    assert client.post(f"{path}/sync").json()["state"] == "paid"
    assert client.post(f"{path}/by-transfer").status_code == 409
    assert red() == []
