"""Charging by Stripe as the simulator plays it, over HTTP, with everything that can go wrong on the
way: nobody is charged twice, and nothing stays unknown."""

import json
import os
from datetime import timedelta

import pytest
from django.test import Client
from tests.factories.charging import Charged, charge_saved_methods, crowded, find_out, hear
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import Attempt, ProviderEvent, RefusedEvents
from mungchi.payments.operations import charging

pytestmark = pytest.mark.django_db
NIGHT = bool(os.environ.get("MUNGCHI_NIGHT"))
CREATE = "payment_intent_create"
FIRMS = 200 if NIGHT else 2
# Each is felt by its caller: the client has tried three times.
ALL_FAULTS = ["drop", "cut", "error_500", "error_503", "busy_429", "conflict_409", "html", "half",
              "no_id", "wrong_amount", "wrong_currency", "wrong_object"]  # fmt: skip
FAULTS = ALL_FAULTS if NIGHT else ["drop", "error_500", "busy_429", "half"]


def states(deal: Charged) -> set[str]:
    return {payment.state for payment in deal.payments()}


def find_out_after(minutes: float) -> None:
    with clock.shifted(timedelta(minutes=minutes)):
        find_out()
        charge_saved_methods()


def test_every_way_of_paying_ends_where_it_should(simulator: Simulated) -> None:
    deal = Charged().simulated(
        simulator, "visa", "insufficient_funds", "expired_card", "authenticate")  # fmt: skip
    charge_saved_methods()
    assert [payment.state for payment in deal.payments()] == [
        "paid", "retrying", "requires_action", "requires_action"]  # fmt: skip
    paid = deal.payments()[0].attempts.get()
    assert paid.fee is not None
    declined = deal.payments()[2]
    customer, method = simulator.card("visa", customer=declined.mandate.customer_id)
    assert customer == declined.mandate.customer_id
    mandate = deal.mandate(declined, "visa2", customer)
    type(mandate).objects.filter(pk=mandate.pk).update(method_id=method)
    firm = deal.buyer(deal.orders()[2])
    done = operations.pay_on_line(actor=firm, payment_id=declined.pk, mandate_id=mandate.pk)
    assert done.payment.state == "paid"
    asks = deal.payments()[3]
    leads = operations.pay_on_line(
        actor=deal.buyer(deal.orders()[3]), payment_id=asks.pk, mandate_id=asks.mandate_id
    )
    assert leads.next_url is not None
    assert leads.next_url.startswith(simulator.base)
    charge = asks.attempts.order_by("-number")[0].external_id
    simulator.control("authenticate", id=charge)
    back = operations.sync_payment(actor=deal.buyer(deal.orders()[3]), payment_id=asks.pk)
    assert back.payment.state == "paid"
    assert simulator.state()["twice"] == []


@pytest.mark.parametrize("acts", [True, False], ids=["acted", "did not act"])
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_the_answer_looks_like_everybody_is_charged_once(
    simulator: Simulated, fault: str, acts: bool
) -> None:
    deal = crowded(FIRMS, "visa", simulator=simulator)
    simulator.fault(fault, CREATE, times=3 * FIRMS, acts=acts)
    charge_saved_methods()
    simulator.control("faults", clear=True)
    for minutes in (2, 4, 6):
        find_out_after(minutes)
    assert states(deal) == {"paid"}
    assert simulator.state()["twice"] == []
    assert set(Attempt.objects.values_list("state", flat=True)) == {"succeeded"}


def test_control_a_key_for_every_try_charges_firms_twice(
    simulator: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = crowded(FIRMS, "visa", simulator=simulator)
    really = charging.call_of

    def careless(attempt: Attempt, *more: object) -> object:
        attempt.key = f"{attempt.key}:{attempt.asked}"
        return really(attempt, *more)

    monkeypatch.setattr(charging, "call_of", careless)
    simulator.fault("cut", CREATE, times=3 * FIRMS)
    charge_saved_methods()
    simulator.control("faults", clear=True)
    find_out_after(2)
    assert states(deal) == {"paid"}
    assert len(simulator.state()["twice"]) == FIRMS


def test_webhooks_of_the_simulator_are_taken_in_once_and_unsigned_ones_refused(
    simulator: Simulated, client: Client
) -> None:
    deal = Charged().simulated(simulator, "visa", "visa")
    path = f"/api/v1/webhooks/stripe/{deal.host.pk}"
    body = json.dumps({"id": "evt_1", "object": "event"})
    assert client.post(path, body, content_type="application/json").status_code == 400
    large = client.post(path, b"x" * (1024 * 1024 + 1), content_type="application/json")
    assert large.status_code == 413
    nobody = client.post(f"/api/v1/webhooks/stripe/{deal.account.pk}", body,
                         content_type="application/json")  # fmt: skip
    assert nobody.status_code == 404
    counted = dict(RefusedEvents.objects.values_list("why", "count"))
    assert counted == {"forged": 1, "oversized": 1}
    charge_saved_methods()
    assert states(deal) == {"paid"}
    hear()
    told = set(ProviderEvent.objects.values_list("state", flat=True))
    assert "applied" in told
    assert ProviderEvent.objects.filter(by="poll").exists()
    assert not ProviderEvent.objects.filter(state__in=["received", "parked"]).exists()
