"""Events that come by themselves: which are believed, and how far."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stripe import WebhookSignature
from tests.simulated import Simulated, new_key

from devtools.simulator.webhooks import signature
from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import (
    Event,
    ForgedEvent,
    OversizedEvent,
    StaleEvent,
    WebhookRefused,
)

SECRET = "whsec_office"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
AT = int(NOW.timestamp())
SAID = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "created": AT,
    "livemode": False,
    "data": {"object": {"id": "pi_1", "object": "payment_intent"}},
}


def body(**changed: Any) -> bytes:
    return json.dumps({**SAID, **changed}).encode()


def read(sent: bytes, *, secret: str = SECRET, at: int = AT) -> Event:
    return STRIPE.verify_webhook(sent, signature(sent, secret, at), SECRET, NOW)


def test_a_signed_event_is_read() -> None:
    assert read(body(account="acct_1")) == Event(
        "evt_1", "payment_intent.succeeded", "charge", "pi_1", NOW, live=False, account="acct_1"
    )


def test_the_librarys_own_signature_fits() -> None:
    header = WebhookSignature.generate_signature_header(body().decode(), SECRET, AT)
    assert STRIPE.verify_webhook(body(), header, SECRET, NOW).id == "evt_1"


def test_while_a_secret_is_replaced_both_sign() -> None:
    old, new = signature(body(), "whsec_old", AT), signature(body(), SECRET, AT)
    both = f"{old},{new.partition(',')[2]}"
    assert STRIPE.verify_webhook(body(), both, SECRET, NOW).id == "evt_1"


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", f"t={AT}", "v1=" + "0" * 64, f"t={AT},v1=" + "0" * 64, f"t={AT},v1=é",
     f"t={AT},v0=" + signature(body(), SECRET, AT).partition("v1=")[2],
     f"t={AT},{signature(body(), SECRET, AT)}", f"t=x,v1={'0' * 64}",
     signature(body(), "whsec_other", AT), signature(body(id="evt_2"), SECRET, AT)],
)  # fmt: skip
def test_forged(header: str) -> None:
    with pytest.raises(ForgedEvent):
        STRIPE.verify_webhook(body(), header, SECRET, NOW)


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_nothing_is_believed(secret: str) -> None:
    with pytest.raises(ForgedEvent):
        STRIPE.verify_webhook(body(), signature(body(), secret, AT), secret, NOW)


@pytest.mark.parametrize(("age", "stale"), [(300, False), (301, True), (-300, False), (-301, True)])
def test_stale(age: int, stale: bool) -> None:
    if stale:
        with pytest.raises(StaleEvent):
            read(body(), at=AT - age)
    else:
        assert read(body(), at=AT - age).id == "evt_1"


def test_the_time_cannot_be_changed_without_the_secret() -> None:
    old = signature(body(), SECRET, AT - 3_600)
    with pytest.raises(ForgedEvent):
        STRIPE.verify_webhook(body(), old.replace(f"t={AT - 3_600}", f"t={AT}"), SECRET, NOW)


@pytest.mark.parametrize(("size", "oversized"), [(524_288, False), (524_289, True)])
def test_oversized(size: int, oversized: bool) -> None:
    sent = body(padding="")
    sent = body(padding="x" * (size - len(sent)))
    assert len(sent) == size
    if oversized:
        with pytest.raises(OversizedEvent):
            read(sent)
    else:
        assert read(sent).id == "evt_1"


@pytest.mark.parametrize(
    "sent",
    [b"", b"\xff\xfe", b"[]", b"null", b"1", b"{}", b"[" * 100_000, body()[:-5],
     body(object="charge"), body(id=""), body(id=5), body(id="e" * 256),
     body(id="evt\0"), body(account=5), body(created="now"), body(created=10**18),
     body(data={}), body(data={"object": None}), body(data={"object": {"object": "refund"}})],
)  # fmt: skip
def test_signed_nonsense_is_no_event(sent: bytes) -> None:
    with pytest.raises(ForgedEvent):
        read(sent)


@given(st.binary(max_size=200), st.text(max_size=100))
def test_whatever_comes_is_refused_by_name(sent: bytes, header: str) -> None:
    with pytest.raises(WebhookRefused):
        STRIPE.verify_webhook(sent, header, SECRET, NOW)


@pytest.mark.parametrize(
    ("about", "kind", "name"),
    [
        ({"object": "payment_intent", "id": "pi_1"}, "charge", "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, "charge", "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": {"id": "pi_1"}}, "charge", "pi_1"),
        ({"object": "charge", "id": "ch_1", "payment_intent": None}, "other", "ch_1"),
        ({"object": "refund", "id": "re_1", "payment_intent": "pi_1"}, "refund", "re_1"),
        ({"object": "transfer", "id": "tr_1"}, "payout", "tr_1"),
        ({"object": "dispute", "id": "dp_1"}, "dispute", "dp_1"),
        ({"object": "checkout.session", "id": "cs_1", "mode": "setup"}, "setup", "cs_1"),
        ({"object": "checkout.session", "id": "cs_1", "mode": "payment"}, "other", "cs_1"),
        ({"object": "balance"}, "other", ""),
        ({"object": "customer", "id": "cus_1"}, "other", "cus_1"),
    ],
)
def test_what_an_event_is_about(about: dict[str, Any], kind: str, name: str) -> None:
    event = read(body(data={"object": about}))
    assert (event.object_kind, event.object_id) == (kind, name)


class Listener(ThreadingHTTPServer):
    """Somebody who takes events, at first with 500 as often as told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.url = f"http://127.0.0.1:{self.server_port}/hook?of=office"
        self.taken: list[tuple[bytes, str]] = []
        self.refuse = 0


class Taking(BaseHTTPRequestHandler):
    server: Listener

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        refused = self.server.refuse > 0
        self.server.refuse -= refused
        if not refused:
            self.server.taken.append((sent, self.headers["Stripe-Signature"]))
        self.send_response(500 if refused else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def paid(simulator: Simulated, name: str = "office") -> str:
    customer, method = simulator.card(name=name)
    sent = STRIPE.charge_parameters(
        amount=10_000,
        currency="KRW",
        customer_id=customer,
        method_id=method,
        description="order",
        metadata={"payment": "1"},
    )
    return STRIPE.charge(simulator.credentials(name), key=new_key(), parameters=sent).id


def events(listener: Listener, of: str) -> list[Event]:
    now = datetime.now(UTC)
    read = [STRIPE.verify_webhook(sent, header, SECRET, now) for sent, header in listener.taken]
    return [event for event in read if event.object_id == of]


def test_events_arrive_signed_and_again_until_taken(
    simulator: Simulated, listener: Listener
) -> None:
    simulator.control("listen", url=listener.url, secret=SECRET, key="sk_test_office")
    listener.refuse = 2
    charge = paid(simulator)
    paid(simulator, "another")
    simulator.wait_for_webhooks()
    assert {event.type for event in events(listener, charge)} == {
        "payment_intent.created", "charge.succeeded", "payment_intent.succeeded",
    }  # fmt: skip
    assert len(listener.taken) == 4
    assert simulator.state()["webhooks"]["answers"] == {"200": 4, "500": 2}


def test_the_way_is_disturbed_as_told(simulator: Simulated, listener: Listener) -> None:
    simulator.control("listen", url=listener.url, secret=SECRET)
    simulator.control("webhooks", hold=True)
    charge = paid(simulator)
    assert not listener.taken
    assert simulator.state()["webhooks"]["held"] == 4
    simulator.control("webhooks", duplicate=1, drop=1, shuffle=True)
    simulator.control("release", shuffle=True)
    simulator.wait_for_webhooks()
    assert len(listener.taken) == 6
    assert len(events(listener, charge)) in {4, 6}
    assert len({sent for sent, _ in listener.taken}) == 3


def test_events_are_listed_the_oldest_first(simulator: Simulated) -> None:
    charge = paid(simulator)
    since = datetime.now(UTC) - timedelta(minutes=5)
    listed = list(STRIPE.iter_events(simulator.credentials(), since))
    about = [event.type for event in listed if event.object_id == charge]
    assert about == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert list(STRIPE.iter_events(simulator.credentials(), later)) == []


@pytest.mark.parametrize(
    ("asked", "error"),
    [({"secret": "whsec_wrong"}, ForgedEvent), ({"age": 301}, StaleEvent),
     ({"padding": 600_000}, OversizedEvent), ({"body": "{"}, ForgedEvent)],
)  # fmt: skip
def test_the_simulator_sends_what_must_be_refused(
    simulator: Simulated, listener: Listener, asked: dict[str, Any], error: type[Exception]
) -> None:
    sent = {"url": listener.url, "secret": SECRET, **asked}
    assert simulator.control("send", **sent) == {"status": 200}
    ((taken, header),) = listener.taken
    with pytest.raises(error):
        STRIPE.verify_webhook(taken, header, SECRET, datetime.now(UTC))
