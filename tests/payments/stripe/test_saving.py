"""Saving a method by hosted Checkout, and asking whose account a key opens."""

import urllib.request
from typing import Any

import pytest
from tests.simulated import ControlRefused, Simulated, new_key

from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import Credentials, ProviderRefused, SetupFact


def begin(simulator: Simulated, **more: Any) -> SetupFact:
    wanted: dict[str, Any] = {
        "key": new_key("setup"),
        "customer_id": None,
        "firm_name": "한빛상사",
        "email": "owner@firm.example",
        "currency": "KRW",
        "return_url": "http://localhost:8000/back?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost:8000/methods",
        "locale": "ko",
        "metadata": {"firm": "5"},
    }
    return STRIPE.start_setup(simulator.credentials(), **{**wanted, **more})


def page(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_a_card_is_saved(simulator: Simulated) -> None:
    fact = begin(simulator)
    assert (fact.state, fact.metadata) == ("pending", {"firm": "5"})
    assert fact.url is not None
    assert STRIPE.setup_of(simulator.credentials(), fact.session_id) == fact
    back = simulator.control("choose", session=fact.session_id)["url"]
    assert back == f"http://localhost:8000/back?session={fact.session_id}"
    done = STRIPE.setup_of(simulator.credentials(), fact.session_id)
    assert (done.state, done.kind, done.label) == ("done", "card", "Visa •••• 4242")
    assert (done.expires, done.customer_id) == ("2034-12", fact.customer_id)
    assert done.url is None
    assert done.method_id is not None


@pytest.mark.parametrize(
    ("card", "kind", "label"),
    [("kr_card", "kr_card", "Shinhan •••• 5678"), ("kakao_pay", "kakao_pay", "Kakao Pay"),
     ("naver_pay", "naver_pay", "Naver Pay")],
)  # fmt: skip
def test_a_korean_method_is_saved_and_pays(
    simulator: Simulated, card: str, kind: str, label: str
) -> None:
    fact = begin(simulator)
    simulator.control("choose", session=fact.session_id, card=card)
    done = STRIPE.setup_of(simulator.credentials(), fact.session_id)
    assert (done.kind, done.label, done.expires) == (kind, label, None)
    sent = STRIPE.charge_parameters(
        amount=900_000,
        currency="KRW",
        customer_id=done.customer_id,
        method_id=done.method_id or "",
        description="order",
        metadata={"payment": "1"},
    )
    charge = STRIPE.charge(simulator.credentials(), key=new_key(), parameters=sent)
    assert (charge.state, charge.method_label) == ("succeeded", label)


def test_the_customer_is_made_once(simulator: Simulated) -> None:
    key = new_key("setup")
    first, again = begin(simulator, key=key), begin(simulator, key=key)
    assert first == again
    begin(simulator, customer_id=first.customer_id)
    assert simulator.state()["counts"]["customer"] == 1


def test_what_cannot_carry_the_highest_amount_is_not_offered(simulator: Simulated) -> None:
    small = page(begin(simulator, highest_amount=2_000_000).url or "")
    large = page(begin(simulator, highest_amount=2_000_001).url or "")
    assert "카카오페이" in small
    assert "카카오페이" not in large
    assert "국내 카드" in large


def test_a_card_that_is_declined_leaves_the_session_open(simulator: Simulated) -> None:
    fact = begin(simulator)
    with pytest.raises(ControlRefused):
        simulator.control("choose", session=fact.session_id, card="declined")
    assert STRIPE.setup_of(simulator.credentials(), fact.session_id).state == "pending"


def test_saving_asks_for_authentication(simulator: Simulated) -> None:
    fact = begin(simulator)
    where = simulator.control("choose", session=fact.session_id, card="authenticate")["url"]
    assert "/3ds/" in where
    assert STRIPE.setup_of(simulator.credentials(), fact.session_id).state == "pending"
    simulator.control("authenticate", id=fact.session_id)
    assert STRIPE.setup_of(simulator.credentials(), fact.session_id).state == "done"


def test_a_session_expires(simulator: Simulated) -> None:
    fact = begin(simulator)
    simulator.control("clock", shift=25 * 3600)
    with pytest.raises(ControlRefused):
        simulator.control("choose", session=fact.session_id)
    assert STRIPE.setup_of(simulator.credentials(), fact.session_id).state == "expired"


def test_a_method_is_let_go_of_once_or_twice(simulator: Simulated) -> None:
    office = simulator.credentials()
    _, method = simulator.card()
    for _ in range(2):
        STRIPE.forget_method(office, key=new_key(), method_id=method)
    with pytest.raises(ProviderRefused):
        STRIPE.forget_method(
            Credentials("sk_test_", "", live=True), key=new_key(), method_id=method
        )


def test_whose_account_it_is(simulator: Simulated) -> None:
    office = simulator.credentials()
    simulator.control("account", key=office.secret_key, country="JP", methods=["card", "kr_card"])
    fact = STRIPE.check(office)
    assert (fact.country, fact.default_currency, fact.live) == ("JP", "KRW", False)
    assert fact.methods == {"card", "kr_card"}
    assert (fact.charges_enabled, fact.name) == (True, "Simulated account")
