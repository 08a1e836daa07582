"""What goes wrong on the way to Stripe and back, and what the caller is told of it."""

from typing import Any

import pytest
from django.test import override_settings
from tests.simulated import Simulated, new_key

from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import (
    ChargeFact,
    Credentials,
    ProviderAway,
    ProviderBusy,
    ProviderRefused,
)

CREATE = "payment_intent_create"


def charge(simulator: Simulated, key: str, sent: dict[str, Any]) -> ChargeFact:
    return STRIPE.charge(simulator.credentials(), key=key, parameters=sent)


@pytest.fixture
def sent(simulator: Simulated) -> dict[str, Any]:
    customer, method = simulator.card()
    return STRIPE.charge_parameters(
        amount=30_000,
        currency="KRW",
        customer_id=customer,
        method_id=method,
        description="order",
        metadata={"payment": "7"},
    )


@pytest.mark.parametrize(
    "fault", ["drop", "cut", "html", "half", "no_id", "wrong_amount", "wrong_currency",
              "wrong_object", "error_503"],
)  # fmt: skip
@pytest.mark.parametrize("acts", [True, False])
def test_what_cannot_be_understood_is_unknown_and_the_key_tells_later(
    simulator: Simulated, sent: dict[str, Any], fault: str, acts: bool
) -> None:
    simulator.fault(fault, CREATE, acts=acts)
    key = new_key()
    with pytest.raises(ProviderAway):
        charge(simulator, key, sent)
    simulator.control("faults", clear=True)
    assert simulator.state()["counts"].get("payment_intent", 0) == int(acts)
    assert charge(simulator, key, sent).state == "succeeded"
    assert simulator.state()["charged"]["7"]["succeeded"] == 1


def test_no_answer_in_time_is_unknown(simulator: Simulated, sent: dict[str, Any]) -> None:
    simulator.fault("timeout", CREATE)
    key = new_key()
    with override_settings(STRIPE_TIMEOUT=1), pytest.raises(ProviderAway):
        charge(simulator, key, sent)
    assert charge(simulator, key, sent).state == "succeeded"
    assert simulator.state()["charged"]["7"]["succeeded"] == 1


def test_a_lost_try_is_made_good_by_the_next_one(
    simulator: Simulated, sent: dict[str, Any]
) -> None:
    simulator.fault("drop", CREATE, times=1)
    assert charge(simulator, new_key(), sent).state == "succeeded"
    state = simulator.state()
    assert state["calls"][CREATE] == 2
    assert state["replays"] == 1


def test_a_500_is_remembered_with_its_key_and_found_by_looking(
    simulator: Simulated, sent: dict[str, Any]
) -> None:
    simulator.fault("error_500", CREATE, times=1)
    key = new_key()
    for _ in range(2):
        with pytest.raises(ProviderAway):
            charge(simulator, key, sent)
    assert simulator.state()["charged"]["7"]["succeeded"] == 1


def test_too_often_is_told_apart(simulator: Simulated, sent: dict[str, Any]) -> None:
    simulator.fault("busy_429", CREATE, times=1)
    key = new_key()
    with pytest.raises(ProviderBusy):
        charge(simulator, key, sent)
    assert "payment_intent" not in simulator.state()["counts"]
    assert charge(simulator, key, sent).state == "succeeded"


@pytest.mark.parametrize("second", ["busy_429", "unauthorized", "forbidden"])
def test_a_no_after_a_lost_try_is_unknown(
    simulator: Simulated, sent: dict[str, Any], second: str
) -> None:
    """The first try acted and its answer was lost; what the second was told says nothing of it."""
    simulator.fault("drop", CREATE, times=1)
    simulator.fault(second, CREATE, times=1)
    with pytest.raises(ProviderAway):
        charge(simulator, new_key(), sent)
    assert simulator.state()["charged"]["7"]["succeeded"] == 1


@pytest.mark.parametrize(
    ("fault", "code"), [("unauthorized", "key_invalid"), ("forbidden", "permission_missing")]
)
def test_a_key_that_may_not(
    simulator: Simulated, sent: dict[str, Any], fault: str, code: str
) -> None:
    simulator.fault(fault, CREATE, times=1)
    with pytest.raises(ProviderRefused) as refused:
        charge(simulator, new_key(), sent)
    assert refused.value.code == code


def test_a_key_in_use_is_unknown(simulator: Simulated, sent: dict[str, Any]) -> None:
    simulator.fault("conflict_409", CREATE)
    with pytest.raises(ProviderAway):
        charge(simulator, new_key(), sent)


def test_a_server_that_is_not_there(simulator: Simulated, sent: dict[str, Any]) -> None:
    with override_settings(STRIPE_API_BASE="http://127.0.0.1:1"), pytest.raises(ProviderAway):
        charge(simulator, new_key(), sent)


def test_a_customer_of_somebody_else_is_a_definite_no(
    simulator: Simulated, sent: dict[str, Any]
) -> None:
    with pytest.raises(ProviderRefused) as refused:
        charge(simulator, new_key(), {**sent, "customer": "cus_nobody"})
    assert refused.value.code == "resource_missing"


@pytest.mark.parametrize(
    ("key", "live"),
    [("sk_live_x", False), ("rk_live_x", False), ("sk_test_x", True), ("sk_live_x", True),
     ("", False), ("sk_test_열쇠", False)],
)  # fmt: skip
def test_a_key_of_the_other_mode_is_never_sent(
    simulator: Simulated, sent: dict[str, Any], key: str, live: bool
) -> None:
    before = simulator.state()["calls"]
    with pytest.raises(ProviderRefused):
        STRIPE.charge(Credentials(key, "", live), key=new_key(), parameters=sent)
    assert simulator.state()["calls"] == before


def test_secrets_are_not_written_out() -> None:
    shown = repr(Credentials("sk_test_secret", "whsec_secret", live=False))
    assert "secret" not in shown.replace("Credentials", "")


def test_an_unknown_parameter_is_refused_as_stripe_would(
    simulator: Simulated, sent: dict[str, Any]
) -> None:
    with pytest.raises(ProviderRefused) as refused:
        charge(simulator, new_key(), {**sent, "payment_method_types": ["card"]})
    assert refused.value.code == "parameter_unknown"
