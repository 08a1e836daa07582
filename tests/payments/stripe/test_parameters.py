"""What every call sends, against the typed parameters that the pinned library itself ships.

The simulator checks what arrives, where all is text; here it is checked as the library is called,
where a number must be a number.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import stripe
from tests.simulated import Simulated, new_key

from devtools.simulator.typed import Wrong, checked
from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import Credentials, PayeeFact, SetupFact
from mungchi.payments.providers.interface import OnlineProvider
from mungchi.payments.providers.stripe import client

# What no call sends, and why it is no call.
NOT_CALLS = {"webhook_events", "name", "capabilities", "charge_parameters", "verify_webhook"}


class Watched:
    """The library's services, each call of which is checked and written down before it is made."""

    def __init__(self, service: Any, path: tuple[str, ...], seen: set[str]) -> None:
        self.service, self.path, self.seen = service, path, seen

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self.service, name)
        if not callable(inner):
            return Watched(inner, (*self.path, name), self.seen)

        def call(*args: Any) -> Any:
            *folders, noun = (re.sub(r"s$", "", part) for part in self.path)
            operation = ".".join([*folders, f"{noun}_{name}"])
            parameters = [arg for arg in args if isinstance(arg, dict)]
            if parameters:
                checked(operation, parameters[0], strict=True)
            if len(parameters) > 1:
                assert parameters[1].keys() == {"idempotency_key"}
            changes = name not in {"retrieve", "list", "retrieve_current"}
            assert changes == (len(parameters) > 1), f"{operation} without a key of its own"
            self.seen.add(operation)
            return inner(*args)

        return call


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    operations: set[str] = set()
    real = client._client

    class Client:
        def __init__(self, made: stripe.StripeClient) -> None:
            self.v1 = Watched(made.v1, (), operations)

    def watched(*args: Any) -> Any:
        made, http = real(*args)
        return Client(made), http

    monkeypatch.setattr(client, "_client", watched)
    return operations


WORDS = {"payment": "1", "attempt": "2"}
SETUP: dict[str, Any] = {
    "customer_id": None,
    "firm_name": "한빛",
    "email": "a@firm.example",
    "currency": "KRW",
    "return_url": "https://mungchi.example/back?session={CHECKOUT_SESSION_ID}",
    "cancel_url": "https://mungchi.example/",
    "locale": "ko",
    "metadata": WORDS,
    "highest_amount": 5_000_000,
}


def begun(office: Credentials) -> SetupFact:
    return STRIPE.start_setup(office, key=new_key(), **SETUP)


def connected(office: Credentials) -> PayeeFact:
    return STRIPE.make_payee(
        office, key=new_key(), country="US", email="a@b.example", name="대한종이", metadata=WORDS
    )


def every_call(simulator: Simulated) -> dict[str, Callable[[], Any]]:
    """Each call of the interface by its name, on a charge that was paid."""
    office, since = simulator.credentials(), datetime.now(UTC) - timedelta(hours=1)
    customer, method = simulator.card()
    supplier = simulator.control("connect", key=office.secret_key)["id"]
    sent = STRIPE.charge_parameters(
        amount=1_250_000,
        currency="KRW",
        customer_id=customer,
        method_id=method,
        description="뭉치",
        metadata=WORDS,
    )
    paid = STRIPE.charge(office, key=new_key(), parameters=sent)
    disputed = simulator.control("dispute", charge=paid.id, inquiry=True)["id"]
    money = {"amount": 1_000, "currency": "KRW", "metadata": WORDS}
    back = STRIPE.refund(office, key=new_key(), charge_id=paid.id, **money)
    out = STRIPE.pay_out(
        office, key=new_key(), destination=supplier, description="campaign", **money
    )
    payee = connected(office)
    found = {"metadata": WORDS, "since": since}
    sent_home = simulator.control("pay_to_bank", key=office.secret_key)["id"]
    until = datetime.now(UTC) + timedelta(hours=1)
    return {
        "check": lambda: STRIPE.check(office),
        "charge": lambda: paid,
        "refund": lambda: back,
        "pay_out": lambda: out,
        "start_setup": lambda: begun(office),
        "setup_of": lambda: STRIPE.setup_of(office, begun(office).session_id),
        "sync": lambda: STRIPE.sync(office, paid.id),
        "confirm": lambda: STRIPE.confirm(
            office, key=new_key(), charge_id=paid.id, method_id=method, return_url="https://a.b"
        ),
        "cancel": lambda: STRIPE.cancel(office, key=new_key(), charge_id=paid.id),
        "find_charge": lambda: STRIPE.find_charge(office, customer_id=customer, **found),
        "refund_of": lambda: STRIPE.refund_of(office, back.id),
        "find_refund": lambda: STRIPE.find_refund(office, charge_id=paid.id, metadata=WORDS),
        "make_payee": lambda: payee,
        "payee_link": lambda: STRIPE.payee_link(
            office,
            key=new_key(),
            payee_id=payee.id,
            return_url="https://a.b/x",
            refresh_url="https://a.b/y",
        ),
        "payee_of": lambda: STRIPE.payee_of(office, payee.id),
        "payout_of": lambda: STRIPE.payout_of(office, out.id),
        "find_payout": lambda: STRIPE.find_payout(office, destination=supplier, **found),
        "dispute_of": lambda: STRIPE.dispute_of(office, disputed),
        "iter_events": lambda: list(STRIPE.iter_events(office, since)),
        "refunds_of": lambda: STRIPE.refunds_of(office, paid.id),
        "iter_balance": lambda: list(STRIPE.iter_balance(office, since, until)),
        "iter_bank_payouts": lambda: list(STRIPE.iter_bank_payouts(office, since)),
        "bank_payout_of": lambda: STRIPE.bank_payout_of(office, sent_home),
        "parts_of_bank_payout": lambda: STRIPE.parts_of_bank_payout(office, sent_home),
        "forget_method": lambda: STRIPE.forget_method(office, key=new_key(), method_id=method),
    }


def test_every_call_sends_what_stripe_takes(simulator: Simulated, seen: set[str]) -> None:
    calls = every_call(simulator)
    promised = {name for name in vars(OnlineProvider) if not name.startswith("_")}
    promised |= set(OnlineProvider.__annotations__)
    assert promised - NOT_CALLS == set(calls)
    for name, call in calls.items():
        assert name == "forget_method" or call(), name
    calls["forget_method"]()
    assert len(seen) == 26, sorted(seen)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amuont": 1}, "parameter_unknown"),
        ({"amount": "1250000"}, "parameter_invalid_integer"),
        ({"amount": 1250.5}, "parameter_invalid_integer"),
        ({"amount": None}, "parameter_invalid_integer"),
        ({"currency": "won"}, "parameter_invalid"),
        ({"confirm": "yes"}, "parameter_invalid"),
        ({"metadata": {"payment": 12}}, "parameter_invalid"),
        ({"payment_method_types": ["card"]}, "parameter_unknown"),
        ({"payment_method_options": {"card": {"foo": 1}}}, "parameter_unknown"),
        ({"capture_method": "later"}, "parameter_invalid"),
        ({"idempotency_key": "x"}, "parameter_unknown"),
    ],
)
def test_what_stripe_would_refuse_is_seen(changed: dict[str, Any], code: str) -> None:
    """The control: one wrong parameter each."""
    sent = STRIPE.charge_parameters(
        amount=1_250_000,
        currency="KRW",
        customer_id="cus_1",
        method_id="pm_1",
        description="order",
        metadata={"payment": "12"},
    )
    checked("payment_intent_create", sent, strict=True)
    with pytest.raises(Wrong) as wrong:
        checked("payment_intent_create", {**sent, **changed}, strict=True)
    assert wrong.value.code == code


def test_the_pinned_version_is_the_librarys() -> None:
    """The typed parameters are those of one version of the API: it must be the one we ask for."""
    assert stripe.api_version == client.VERSION
