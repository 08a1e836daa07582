"""Charging through the real library and the adapter, against the simulator."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.simulated import Simulated, new_key

from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import ChargeFact, ProviderRefused

RETURN = "http://localhost:8000/payments/back?session={CHECKOUT_SESSION_ID}"


def parameters(customer: str, method: str, amount: int = 1_250_000, **more: Any) -> dict[str, Any]:
    wanted = {
        "amount": amount,
        "currency": "KRW",
        "customer_id": customer,
        "method_id": method,
        "description": "뭉치 주문 12",
        "metadata": {"payment": "12", "attempt": "1"},
    }
    return STRIPE.charge_parameters(**{**wanted, **more})


def charged(simulator: Simulated, card: str = "visa", **more: Any) -> ChargeFact:
    sent = parameters(*simulator.card(card), **more)
    return STRIPE.charge(simulator.credentials(), key=new_key("pay"), parameters=sent)


def test_a_good_card_pays_the_exact_amount(simulator: Simulated) -> None:
    fact = charged(simulator)
    assert (fact.state, fact.amount, fact.currency) == ("succeeded", 1_250_000, "KRW")
    assert fact.method_label == "Visa •••• 4242"
    assert (fact.fee, fact.fee_currency) == (37_500, "KRW")
    assert fact.metadata == {"payment": "12", "attempt": "1"}
    assert simulator.state()["charged"]["12"]["amount"] == 1_250_000


@pytest.mark.parametrize(
    ("card", "code", "retriable"),
    [
        ("insufficient_funds", "insufficient_funds", True),
        ("generic_decline", "generic_decline", True),
        ("do_not_honor", "do_not_honor", True),
        ("expired_card", "expired_card", False),
        ("lost_card", "lost_card", False),
        ("stolen_card", "stolen_card", False),
    ],
)
def test_a_decline_is_a_fact(simulator: Simulated, card: str, code: str, retriable: bool) -> None:
    fact = charged(simulator, card)
    assert (fact.state, fact.decline_code, fact.retriable) == ("declined", code, retriable)
    assert fact.method_label is not None
    assert STRIPE.sync(simulator.credentials(), fact.id) == fact


def test_the_same_key_charges_once(simulator: Simulated) -> None:
    sent = parameters(*simulator.card())
    key = new_key("pay")
    first = STRIPE.charge(simulator.credentials(), key=key, parameters=sent)
    # As a database that keeps JSON gives it back: with its keys in another order.
    again = STRIPE.charge(
        simulator.credentials(), key=key, parameters=dict(reversed(list(sent.items())))
    )
    assert again == first
    assert simulator.state()["replays"] == 1
    with pytest.raises(ProviderRefused) as refused:
        STRIPE.charge(simulator.credentials(), key=key, parameters={**sent, "amount": 1_000})
    assert refused.value.code == "parameters_differ"
    assert simulator.state()["counts"]["payment_intent"] == 1


def test_another_card_pays_the_same_charge(simulator: Simulated) -> None:
    office = simulator.credentials()
    customer, method = simulator.card("expired_card")
    sent = parameters(customer, method)
    declined = STRIPE.charge(office, key=new_key(), parameters=sent)
    _, other = simulator.card("visa", customer=customer)
    fact = STRIPE.confirm(
        office, key=new_key(), charge_id=declined.id, method_id=other, return_url=RETURN
    )
    assert (fact.id, fact.state) == (declined.id, "succeeded")
    again = STRIPE.confirm(
        office, key=new_key(), charge_id=declined.id, method_id=other, return_url=RETURN
    )
    assert again == fact
    assert simulator.state()["charged"]["12"]["succeeded"] == 1


def test_authentication_is_asked_for_and_gone_through(simulator: Simulated) -> None:
    office = simulator.credentials()
    fact = charged(simulator, "authenticate")
    assert (fact.state, fact.decline_code) == ("requires_action", "authentication_required")
    assert fact.next_url is None
    assert not fact.retriable
    method = fact.method_id
    assert method is not None
    asked = STRIPE.confirm(
        office, key=new_key(), charge_id=fact.id, method_id=method, return_url=RETURN
    )
    assert asked.state == "requires_action"
    assert asked.next_url is not None
    assert asked.next_url.startswith(simulator.base)
    back = simulator.control("authenticate", id=fact.id)["url"]
    assert back.startswith("http://localhost:8000/payments/back?session=")
    assert STRIPE.sync(office, fact.id).state == "succeeded"


def test_authentication_that_fails_is_a_decline(simulator: Simulated) -> None:
    office = simulator.credentials()
    fact = charged(simulator, "authenticate")
    STRIPE.confirm(
        office,
        key=new_key(),
        charge_id=fact.id,
        method_id=fact.method_id or "",
        return_url=RETURN,
    )
    simulator.control("authenticate", id=fact.id, passed=False)
    after = STRIPE.sync(office, fact.id)
    assert (after.state, after.retriable) == ("declined", False)
    assert after.decline_code == "payment_intent_authentication_failure"


def test_an_answer_may_come_later(simulator: Simulated) -> None:
    fact = charged(simulator, "processing")
    assert fact.state == "processing"
    simulator.control("settle", charge=fact.id)
    assert STRIPE.sync(simulator.credentials(), fact.id).state == "succeeded"


def test_a_charge_is_given_up_once(simulator: Simulated) -> None:
    office = simulator.credentials()
    fact = charged(simulator, "insufficient_funds")
    assert STRIPE.cancel(office, key=new_key(), charge_id=fact.id).state == "cancelled"
    assert STRIPE.cancel(office, key=new_key(), charge_id=fact.id).state == "cancelled"
    paid = charged(simulator)
    assert STRIPE.cancel(office, key=new_key(), charge_id=paid.id).state == "succeeded"


def test_a_charge_is_found_by_what_it_carries(simulator: Simulated) -> None:
    office = simulator.credentials()
    customer, method = simulator.card()
    # By our clock, which may be ahead.
    since = datetime.now(UTC) + timedelta(minutes=2)

    def find(**metadata: str) -> ChargeFact | None:
        return STRIPE.find_charge(office, metadata=metadata, customer_id=customer, since=since)

    assert find(payment="12", attempt="1") is None
    made = STRIPE.charge(office, key=new_key(), parameters=parameters(customer, method))
    assert find(payment="12", attempt="1") == made
    assert find(payment="12", attempt="2") is None
    # What got the money comes before what has not, though it is older.
    simulator.control("method", method=method, outcome="lost_card")
    STRIPE.charge(office, key=new_key(), parameters=parameters(customer, method))
    assert find(payment="12") == made


def test_accounts_do_not_see_each_other(simulator: Simulated) -> None:
    fact = charged(simulator)
    with pytest.raises(ProviderRefused) as refused:
        STRIPE.sync(simulator.credentials("another"), fact.id)
    assert refused.value.code == "not_found"
