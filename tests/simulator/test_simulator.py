"""The payment simulator itself, asked as the official library asks Stripe, and by hand."""

import json
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import stripe
from stripe import StripeClient
from tests.simulated import ControlRefused, Simulated, new_key, start_simulator

from devtools.places import ROOT
from mungchi.payments.providers.stripe.client import VERSION


@pytest.fixture
def stripe_client(simulator: Simulated) -> StripeClient:
    return StripeClient(
        "sk_test_office",
        stripe_version=VERSION,
        base_addresses={"api": simulator.base},
        max_network_retries=0,
        http_client=stripe.RequestsClient(timeout=20),
    )


def sent(simulator: Simulated, **more: Any) -> Any:
    customer, method = simulator.card()
    asked = {"amount": 5_000, "currency": "krw", "customer": customer, "payment_method": method}
    back = {"return_url": "https://mungchi.example"}
    return {**asked, "confirm": True, "off_session": True, **back, **more}


def by_hand(
    simulator: Simulated,
    path: str,
    form: dict[str, Any] | None = None,
    key: str = "sk_test_office",
    **headers: str,
) -> tuple[int, Any]:
    body = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(f"{simulator.base}{path}", body)
    request.add_header("Authorization", f"Bearer {key}")
    for name, value in headers.items():
        request.add_header(name.replace("_", "-"), value)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def page(url: str, /, **form: str) -> tuple[int, str, str]:
    """Status, address arrived at and text of a page; a redirect away from it is not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: Any) -> None:
            return None

    opener = urllib.request.build_opener(Stay)
    try:
        with opener.open(url, urllib.parse.urlencode(form).encode() if form else None) as answer:
            return answer.status, url, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers.get("Location") or url, error.read().decode()


def test_it_bears_fifty_calls_at_once(simulator: Simulated, stripe_client: StripeClient) -> None:
    asked = [sent(simulator, metadata={"payment": str(number)}) for number in range(100)]
    simulator.control("latency", seconds=0.3)
    begun = time.monotonic()
    with ThreadPoolExecutor(50) as pool:
        made = list(
            pool.map(
                lambda each: stripe_client.v1.payment_intents.create(
                    each, {"idempotency_key": new_key()}
                ),
                asked,
            )
        )
    took = time.monotonic() - begun
    state = simulator.state()
    assert {each.status for each in made} == {"succeeded"}
    assert state["busiest"] >= 25
    # One after the other they would take 30 s; two rounds of fifty take 0.6 s and the machine.
    assert took < 10, f"{took:.1f} s"
    assert len(state["charged"]) == 100
    assert state["twice"] == []


def test_a_key_that_is_being_worked_on_is_in_use(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    asked = sent(simulator)
    simulator.control("latency", seconds=1.0)
    key = new_key()
    answers: list[Any] = []
    first = threading.Thread(
        target=lambda: answers.append(
            stripe_client.v1.payment_intents.create(asked, {"idempotency_key": key})
        )
    )
    first.start()
    time.sleep(0.3)
    with pytest.raises(stripe.APIError) as error:
        stripe_client.v1.payment_intents.create(asked, {"idempotency_key": key})
    assert error.value.http_status == 409
    first.join()
    simulator.control("latency", seconds=0)
    again = stripe_client.v1.payment_intents.create(asked, {"idempotency_key": key})
    assert again.id == answers[0].id
    assert again.last_response is not None
    assert again.last_response.headers["idempotent-replayed"] == "true"


def test_a_decline_is_remembered_and_what_was_refused_is_not(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    customer, method = simulator.card("lost_card")
    asked = sent(simulator, customer=customer, payment_method=method)
    key = new_key()
    for _ in range(2):
        with pytest.raises(stripe.CardError) as declined:
            stripe_client.v1.payment_intents.create(asked, {"idempotency_key": key})
        assert declined.value.error is not None
        assert declined.value.error.decline_code == "lost_card"
    assert simulator.state()["counts"]["payment_intent"] == 1
    key = new_key()
    with pytest.raises(stripe.InvalidRequestError):
        stripe_client.v1.payment_intents.create({**asked, "amount": 1}, {"idempotency_key": key})
    good = sent(simulator)
    made = stripe_client.v1.payment_intents.create(good, {"idempotency_key": key})
    assert made.status == "succeeded"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"amount": 99}, "amount_too_small"),
        ({"amount": 100_000_000}, "amount_too_large"),
        ({"amount": "12.5"}, "parameter_invalid_integer"),
        ({"currency": "won"}, "parameter_invalid"),
        ({"customer": "cus_x"}, "resource_missing"),
        ({"payment_method": "pm_x"}, "resource_missing"),
        ({"amuont": 5}, "parameter_unknown"),
        ({"payment_method_types[0]": "card"}, "parameter_unknown"),
        ({"amount": None}, "parameter_missing"),
    ],
)
def test_it_refuses_what_stripe_would(
    simulator: Simulated, changed: dict[str, Any], code: str
) -> None:
    form = {**sent(simulator), "confirm": "true", "off_session": "true", **changed}
    form = {key: value for key, value in form.items() if value is not None}
    status, body = by_hand(simulator, "/v1/payment_intents", form)
    assert (status, body["error"]["code"]) == (400, code)
    assert "payment_intent" not in simulator.state()["counts"]


def test_off_session_needs_confirm_and_confirming_an_address(simulator: Simulated) -> None:
    form = {key: value for key, value in sent(simulator).items() if key != "confirm"}
    status, body = by_hand(simulator, "/v1/payment_intents", {**form, "off_session": "true"})
    assert (status, body["error"]["param"]) == (400, "off_session")
    del form["return_url"]
    status, body = by_hand(
        simulator, "/v1/payment_intents", {**form, "confirm": "true", "off_session": "true"}
    )
    assert (status, body["error"]["param"]) == (400, "return_url")


@pytest.mark.parametrize(
    ("path", "key", "status"),
    [("/v1/nothing", "sk_test_a", 404), ("/v1/balance", "sk_live_a", 401),
     ("/v1/balance", "", 401), ("/v1/customers/cus_x", "sk_test_a", 404),
     ("/v1/customers?limit=101", "sk_test_a", 400), ("/v1/events?what=1", "sk_test_a", 400)],
)  # fmt: skip
def test_addresses_and_keys(simulator: Simulated, path: str, key: str, status: int) -> None:
    assert by_hand(simulator, path, key=key)[0] == status


def test_search_by_metadata(simulator: Simulated, stripe_client: StripeClient) -> None:
    stripe_client.v1.payment_intents.create(sent(simulator, metadata={"payment": "1", "a": "x"}))
    stripe_client.v1.payment_intents.create(sent(simulator, metadata={"payment": "2", "a": "x"}))
    find = stripe_client.v1.payment_intents.search
    assert len(find({"query": "metadata['a']:'x'"}).data) == 2
    assert len(find({"query": "metadata['a']:'x' AND metadata['payment']:'2'"}).data) == 1
    with pytest.raises(stripe.InvalidRequestError):
        find({"query": "amount>5"})


def test_stripes_names_of_test_methods_work(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    customer = stripe_client.v1.customers.create({"name": "한빛"})
    attach = stripe_client.v1.payment_methods.attach
    method = attach("pm_card_visa", {"customer": customer.id})
    listed = stripe_client.v1.payment_methods.list({"customer": customer.id})
    assert [each.id for each in listed.data] == [method.id]
    with pytest.raises(stripe.CardError):
        attach("pm_card_chargeDeclined", {"customer": customer.id})
    other = stripe_client.v1.customers.create({"name": "다른 기업"})
    with pytest.raises(stripe.InvalidRequestError):
        attach(method.id, {"customer": other.id})


def test_a_person_saves_a_card_through_the_pages(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    customer = stripe_client.v1.customers.create({"name": "한빛"})
    session = stripe_client.v1.checkout.sessions.create(
        {
            "mode": "setup",
            "customer": customer.id,
            "currency": "krw",
            "success_url": "http://localhost:1/back?s={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://localhost:1/cancel?a=1&b=2",
            "locale": "ko",
        }
    )
    url = str(session.url)
    status, _, text = page(url)
    assert status == 200
    assert "모의 결제" in text
    assert "정상 카드" in text
    assert 'href="http://localhost:1/cancel?a=1&amp;b=2"' in text
    assert "Simulated payments" in page(f"{url}?lang=en")[2]
    assert "카드사가 거절했습니다" in page(url, card="declined")[2]
    status, where, _ = page(url, card="authenticate")
    assert status == 303
    assert "본인 인증" in page(where)[2]
    assert "본인 인증에 실패했습니다" in page(where, passed="no")[2]
    status, back, _ = page(where, passed="yes")
    assert (status, back) == (303, f"http://localhost:1/back?s={session.id}")
    after = stripe_client.v1.checkout.sessions.retrieve(session.id)
    assert (after.status, after.url) == ("complete", None)
    assert "더 쓸 수 없습니다" in page(url)[2]
    assert page(f"{simulator.base}/pay/checkout/cs_nothing")[0] == 404


def test_a_person_pays_through_the_pages(simulator: Simulated, stripe_client: StripeClient) -> None:
    customer = stripe_client.v1.customers.create({"name": "한빛"})
    line: Any = {
        "quantity": 2,
        "price_data": {
            "currency": "krw",
            "unit_amount": 7_000,
            "product_data": {"name": "복사용지"},
        },
    }
    session = stripe_client.v1.checkout.sessions.create(
        {
            "mode": "payment",
            "customer": customer.id,
            "line_items": [line],
            "success_url": "http://localhost:1/back",
            "payment_intent_data": {"metadata": {"payment": "9"}},
        }
    )
    url = str(session.url)
    assert "14,000 KRW" in page(url)[2]
    where = page(url, card="authenticate")[1]
    back = page(where, passed="yes")[1]
    assert back.startswith("http://localhost:1/back?payment_intent=pi_")
    assert simulator.state()["charged"]["9"]["amount"] == 14_000
    after = stripe_client.v1.checkout.sessions.retrieve(session.id)
    assert (after.status, after.payment_status) == ("complete", "paid")


def test_the_first_page_makes_a_signing_secret(simulator: Simulated) -> None:
    assert "sk_test_" in page(f"{simulator.base}/")[2]
    text = page(f"{simulator.base}/", key="sk_test_a", url="http://localhost:1/hook")[2]
    assert "whsec_" in text
    status, _, text = page(f"{simulator.base}/", key="sk_live_a", url="http://localhost:1/hook")
    assert status == 422
    assert "whsec_" not in text


def test_pages_say_nothing_that_somebody_put_there(simulator: Simulated) -> None:
    text = page(f"{simulator.base}/?lang=<script>")[2]
    assert "<script>" not in text


def connecting(stripe_client: StripeClient, **more: Any) -> Any:
    asked: Any = {"country": "US", "capabilities": {"transfers": {"requested": True}}, **more}
    return stripe_client.v1.accounts.create(asked, {"idempotency_key": new_key()})


def test_a_supplier_fills_in_its_account_through_the_pages(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    made = connecting(stripe_client)
    assert made.to_dict()["capabilities"] == {"transfers": "inactive"}
    assert made.to_dict()["requirements"]["currently_due"]

    def link() -> str:
        back = {"return_url": "https://a.b/back", "refresh_url": "https://a.b/again"}
        asked: Any = {"account": made.id, "type": "account_onboarding", **back}
        told = stripe_client.v1.account_links.create(asked).to_dict()
        assert "id" not in told
        return str(told["url"])

    first = link()
    assert page(f"{first}?lang=en")[0] == 200
    assert page(first, outcome="partly")[:2] == (303, "https://a.b/back")
    read = stripe_client.v1.accounts.retrieve(made.id).to_dict()
    assert (read["details_submitted"], read["payouts_enabled"]) == (True, False)
    # The address holds once.
    assert "https://a.b/again" in page(first, outcome="complete")[2]
    assert not stripe_client.v1.accounts.retrieve(made.id).payouts_enabled
    page(link(), outcome="complete")
    read = stripe_client.v1.accounts.retrieve(made.id).to_dict()
    assert (read["capabilities"], read["payouts_enabled"]) == ({"transfers": "active"}, True)


@pytest.mark.parametrize(
    "changed", [{"country": "Korea"}, {"capabilities": {}}, {"controller": {"fees": {"payer": 1}}}]
)
def test_an_account_that_stripe_would_not_make_is_refused(
    stripe_client: StripeClient, changed: dict[str, Any]
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        connecting(stripe_client, **changed)


def test_of_a_connected_account_only_endpoints_for_those_are_told_and_no_list(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    made = connecting(stripe_client)
    simulator.control("payee", payee=made.id)
    assert stripe_client.v1.events.list({"limit": 10}).data == []
    (event,) = simulator.control("objects", kind="event")
    assert (event["type"], event["account"]) == ("account.updated", made.id)


def test_a_transfer_goes_only_to_an_account_that_can_take_it(
    simulator: Simulated, stripe_client: StripeClient
) -> None:
    stripe_client.v1.payment_intents.create(sent(simulator))
    made = connecting(stripe_client)
    asked: Any = {"amount": 1_000, "currency": "krw", "destination": made.id}
    with pytest.raises(stripe.InvalidRequestError) as refused:
        stripe_client.v1.transfers.create(asked)
    assert refused.value.code == "insufficient_capabilities_for_transfer"
    simulator.control("payee", payee=made.id)
    there = stripe_client.v1.transfers.create(asked)
    for amount in (100, 200):
        simulator.control("reverse", payout=there.id, amount=amount)
    told = stripe_client.v1.transfers.retrieve(there.id).to_dict()
    assert [each["amount"] for each in told["reversals"]["data"]] == [200, 100]


def test_what_is_no_control_is_refused(simulator: Simulated) -> None:
    for verb, asked in [("nothing", {}), ("faults", {"fault": "wrong"}), ("latency", {})]:
        with pytest.raises(ControlRefused):
            simulator.control(verb, **asked)


def test_money_outlives_the_simulator(tmp_path: Path) -> None:
    state = tmp_path / "state.json"

    def ask(process: subprocess.Popen[bytes]) -> Simulated:
        arguments: Any = process.args
        return Simulated(f"http://127.0.0.1:{arguments[3]}", process.pid)

    first = start_simulator("--state", str(state))
    customer, _ = ask(first).card()
    first.terminate()
    assert first.wait(20) == 0
    second = start_simulator("--state", str(state))
    assert ask(second).card(customer=customer)[0] == customer
    end = time.monotonic() + 20
    while len(json.loads(state.read_text())["by_kind"]["payment_method"]) < 2:
        assert time.monotonic() < end
        time.sleep(0.1)
    second.kill()
    second.wait(20)
    third = start_simulator("--state", str(state))
    try:
        assert ask(third).state()["counts"]["payment_method"] == 2
    finally:
        third.terminate()
        third.wait(20)


def test_it_is_no_part_of_the_image() -> None:
    copied = (ROOT / "backend" / "Dockerfile").read_text()
    ignored = (ROOT / "backend" / "Dockerfile.dockerignore").read_text().splitlines()
    assert "COPY backend/mungchi mungchi" in copied
    assert "devtools" not in copied
    assert "*" in ignored
    assert not [line for line in ignored if line.startswith("!") and "devtools" in line]
    assert "pydantic" not in (ROOT / "requirements" / "run.lock").read_text()
