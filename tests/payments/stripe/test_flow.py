"""The flow as a whole, against the simulator and, when asked for, against Stripe's test mode.

    STRIPE_TEST_KEY=sk_test_... pytest -m stripe_live tests/payments/stripe

Only Stripe's own names of test methods are used, and only what an account of any country can do.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from stripe import StripeClient
from tests.simulated import new_key

from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import ChargeFact, Credentials, ProviderRefused
from mungchi.payments.providers.stripe.client import VERSION

AMOUNT = 5_000
# Real Stripe writes its lists down a moment later.
PATIENCE_SECONDS = 60.0


@dataclass
class Place:
    """Where is asked: the simulator or Stripe itself."""

    credentials: Credentials
    client: StripeClient

    def saved(self, token: str, customer: str | None = None) -> tuple[str, str]:
        """A customer and a method, saved without a browser."""
        v1 = self.client.v1
        customer = customer or v1.customers.create({"name": "뭉치 시험"}).id
        return customer, v1.payment_methods.attach(token, {"customer": customer}).id

    def charge(self, customer: str, method: str, key: str, **metadata: str) -> ChargeFact:
        sent = STRIPE.charge_parameters(
            amount=AMOUNT,
            currency="USD",
            customer_id=customer,
            method_id=method,
            description="Mungchi test",
            metadata=metadata,
        )
        return STRIPE.charge(self.credentials, key=key, parameters=sent)


@pytest.fixture(params=["simulator", pytest.param("stripe", marks=pytest.mark.stripe_live)])
def place(request: pytest.FixtureRequest, settings: LazySettings) -> Place:
    if request.param == "simulator":
        simulator = request.getfixturevalue("simulator")
        credentials, base = simulator.credentials(), {"api": simulator.base}
    else:
        key = os.environ.get("STRIPE_TEST_KEY", "")
        if not key:
            pytest.skip("STRIPE_TEST_KEY is not set: Stripe itself was not asked")
        settings.STRIPE_API_BASE, settings.STRIPE_TIMEOUT = "", 30
        credentials, base = Credentials(key, "", live=False), {}
    return Place(
        credentials,
        StripeClient(
            credentials.secret_key,
            stripe_version=VERSION,
            base_addresses=base or None,  # type: ignore[arg-type]
        ),
    )


def soon(ask: Callable[[], Any]) -> Any:
    """What is found, when it is found."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not (found := ask()):
        assert time.monotonic() < end, "not found in time"
        time.sleep(1)
    return found


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


def test_whose_account(place: Place) -> None:
    fact = STRIPE.check(place.credentials)
    assert fact.account_id.startswith("acct_")
    assert "card" in fact.methods
    assert not fact.live


def test_charged_once_found_and_returned(place: Place) -> None:
    customer, method = place.saved("pm_card_visa")
    key, payment = new_key("pay"), new_key("payment")
    fact = place.charge(customer, method, key, payment=payment)
    assert (fact.state, fact.amount, fact.currency) == ("succeeded", AMOUNT, "USD")
    assert fact.method_label == "Visa •••• 4242"
    assert place.charge(customer, method, key, payment=payment).id == fact.id
    with pytest.raises(ProviderRefused) as refused:
        place.charge(customer, method, key, payment="another")
    assert refused.value.code == "parameters_differ"
    found = soon(
        lambda: STRIPE.find_charge(
            place.credentials,
            metadata={"payment": payment},
            customer_id=customer,
            since=an_hour_ago(),
        )
    )
    assert found.id == fact.id
    back = STRIPE.refund(
        place.credentials,
        key=new_key("refund"),
        charge_id=fact.id,
        amount=1_200,
        currency="USD",
        metadata={"refund": payment},
    )
    assert (back.charge_id, back.amount) == (fact.id, 1_200)
    assert back.state in {"succeeded", "pending"}
    assert STRIPE.refund_of(place.credentials, back.id).id == back.id
    again = STRIPE.find_refund(place.credentials, charge_id=fact.id, metadata={"refund": payment})
    assert again is not None
    assert again.id == back.id
    assert STRIPE.sync(place.credentials, fact.id).refunded == 1_200
    with pytest.raises(ProviderRefused):
        STRIPE.refund(
            place.credentials,
            key=new_key("refund"),
            charge_id=fact.id,
            amount=AMOUNT,
            currency="USD",
            metadata={},
        )
    moved = soon(
        lambda: [
            each
            for each in STRIPE.iter_balance(place.credentials, an_hour_ago())
            if each.source_id in {fact.id, back.id}
        ]
    )
    assert moved[0].kind == "charge"
    assert moved[0].source_amount == AMOUNT
    events = soon(
        lambda: [
            each
            for each in STRIPE.iter_events(place.credentials, an_hour_ago())
            if each.object_id == fact.id and each.type == "payment_intent.succeeded"
        ]
    )
    assert events[0].object_kind == "charge"


def test_declined_then_paid_with_another_card(place: Place) -> None:
    customer, method = place.saved("pm_card_chargeCustomerFail")
    fact = place.charge(customer, method, new_key(), payment="1")
    assert (fact.state, fact.decline_code, fact.retriable) == ("declined", "generic_decline", True)
    _, other = place.saved("pm_card_visa", customer)
    paid = STRIPE.confirm(
        place.credentials,
        key=new_key(),
        charge_id=fact.id,
        method_id=other,
        return_url="https://mungchi.example/back",
    )
    assert (paid.id, paid.state) == (fact.id, "succeeded")


def test_authentication_then_given_up(place: Place) -> None:
    customer, method = place.saved("pm_card_authenticationRequired")
    fact = place.charge(customer, method, new_key(), payment="1")
    assert (fact.state, fact.decline_code) == ("requires_action", "authentication_required")
    asked = STRIPE.confirm(
        place.credentials,
        key=new_key(),
        charge_id=fact.id,
        method_id=method,
        return_url="https://mungchi.example/back",
    )
    assert (asked.id, asked.state) == (fact.id, "requires_action")
    assert (asked.next_url or "").startswith("http")
    given_up = STRIPE.cancel(place.credentials, key=new_key(), charge_id=fact.id)
    assert given_up.state == "cancelled"


def test_saving_a_method_begins(place: Place) -> None:
    fact = STRIPE.start_setup(
        place.credentials,
        key=new_key(),
        customer_id=None,
        firm_name="뭉치 시험",
        email="test@mungchi.example",
        currency="USD",
        return_url="https://mungchi.example/back?session={CHECKOUT_SESSION_ID}",
        cancel_url="https://mungchi.example/",
        locale="ko",
        metadata={"firm": "1"},
        highest_amount=AMOUNT,
    )
    assert (fact.url or "").startswith("http")
    assert STRIPE.setup_of(place.credentials, fact.session_id).state == "pending"
