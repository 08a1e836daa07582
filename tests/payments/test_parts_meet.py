"""Where charging meets what comes after: refunds, lapses, failed campaigns, payouts.

By Stripe as the simulator plays it; after each of these stories every invariant holds.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from tests.factories.charging import Charged, charge_saved_methods, find_out
from tests.factories.lapses import at
from tests.simulated import Simulated

from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.payments import operations, stage
from mungchi.payments.models import Attempt, OpenItem, Payment, Refund
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_broken() -> Iterator[None]:
    yield
    assert [str(breach) for breach in breaches()] == []


def given_back(simulator: Simulated) -> int:
    """How many refunds the provider made."""
    return int(simulator.state()["counts"]["refund"])


@pytest.mark.parametrize("fault", ["drop", "half", "error_500", None])
def test_what_was_charged_goes_back_by_the_provider_once(
    simulator: Simulated, fault: str | None
) -> None:
    deal = Charged().simulated(simulator, "visa", "visa")
    charge_saved_methods()
    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="공급 불가")
    stage.return_money()
    assert {refund.way for refund in Refund.objects.all()} == {"stripe"}
    if fault:
        simulator.fault(fault, "refund_create", times=6, acts=True)
    stage.send_refunds()
    simulator.control("faults", clear=True)
    for minutes in (2, 4):
        with clock.shifted(timedelta(minutes=minutes)):
            stage.send_refunds()
    assert {refund.state for refund in Refund.objects.all()} == {"succeeded"}
    assert [payment.state for payment in deal.payments()] == ["refunded", "refunded"]
    assert given_back(simulator) == 2


def waits_for_its_firm(simulator: Simulated) -> tuple[Charged, Payment, Attempt]:
    """One firm has paid, the other's bank asks for the firm itself."""
    deal = Charged(given={"payment_days": 10}).simulated(simulator, "visa", "authenticate")
    charge_saved_methods()
    payment = deal.payments()[1]
    assert payment.state == "requires_action"
    return deal, payment, payment.attempts.get()


def test_money_that_comes_after_the_lapse_is_owed_back_and_open(simulator: Simulated) -> None:
    deal, payment, _ = waits_for_its_firm(simulator)
    # The firm goes to its bank's page, and is there when its time ends.
    firm = deal.buyer(deal.orders()[1])
    operations.pay_on_line(actor=firm, payment_id=payment.pk, mandate_id=payment.mandate_id)
    attempt = payment.attempts.latest("number")
    simulator.control("authenticate", id=attempt.external_id)
    with at(payment.lapses_at):
        assert stage.lapse_payments() == 1
        assert deal.payments()[1].state == "lapsed"
        find_out()
    payment.refresh_from_db()
    attempt.refresh_from_db()
    assert (payment.state, attempt.state) == ("lapsed", "succeeded")
    item = OpenItem.objects.get()
    assert (item.kind, item.theirs, item.campaign_id) == (
        "late_money", payment.amount, deal.campaign.pk,
    )  # fmt: skip
    assert operations.blocks_payout(deal.campaign)


def test_what_lapsed_is_given_up_at_the_provider(simulator: Simulated) -> None:
    deal, payment, attempt = waits_for_its_firm(simulator)
    with at(payment.lapses_at):
        stage.lapse_payments()
        find_out()
    attempt.refresh_from_db()
    assert attempt.state == "cancelled"
    assert not OpenItem.objects.exists()
    assert not operations.blocks_payout(deal.campaign)


def test_what_is_on_its_way_does_not_lapse(simulator: Simulated) -> None:
    deal = Charged().simulated(simulator, "visa", "visa")
    simulator.fault("drop", "payment_intent_create", times=6, acts=True)
    charge_saved_methods()
    assert {payment.state for payment in deal.payments()} == {"processing"}
    with at(deal.payments()[0].lapses_at):
        assert stage.lapse_payments() == 0
    simulator.control("faults", clear=True)
    with clock.shifted(timedelta(minutes=5)):
        find_out()
    assert {payment.state for payment in deal.payments()} == {"paid"}
