"""Events as the simulator sends them over HTTP: signed, again, out of order, listed."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, get_args

import pytest
from stripe.params import WebhookEndpointCreateParams
from tests.simulated import Simulated, new_key

from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import Event, ForgedEvent, OversizedEvent, StaleEvent
from mungchi.payments.providers.stripe.webhooks import EVENTS

SECRET = "whsec_office"


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


def read(listener: Listener) -> list[Event]:
    now = datetime.now(UTC)
    return [STRIPE.verify_webhook(sent, header, SECRET, now) for sent, header in listener.taken]


def events(listener: Listener, of: str) -> list[Event]:
    return [event for event in read(listener) if event.object_id == of]


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


def test_what_an_endpoint_is_to_be_sent_is_known_to_the_library() -> None:
    asked = WebhookEndpointCreateParams.__annotations__["enabled_events"]
    known = set(get_args(get_args(asked)[0]))
    assert len(known) > 100
    assert [event for event in EVENTS if event not in known] == []
    assert len(set(EVENTS)) == len(EVENTS)


def test_a_charge_and_what_goes_back_of_it_is_told_once_each(
    simulator: Simulated, listener: Listener
) -> None:
    simulator.control("listen", url=listener.url, secret=SECRET, enabled_events=EVENTS)
    charge = paid(simulator)
    simulator.control("refund_elsewhere", charge=charge)
    simulator.control("dispute", charge=charge)
    simulator.wait_for_webhooks()
    told = [event.type for event in read(listener)]
    assert sorted(told) == [
        "charge.dispute.created", "charge.dispute.funds_withdrawn", "payment_intent.succeeded",
        "refund.created",
    ]  # fmt: skip
    assert all(event.object_kind != "other" for event in read(listener))


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


def test_an_event_that_makes_no_sense_is_left_out_of_the_list(simulator: Simulated) -> None:
    charge = paid(simulator)
    simulator.control("odd_event", charge=charge)
    another = paid(simulator)
    since = datetime.now(UTC) - timedelta(minutes=5)
    told = list(STRIPE.iter_events(simulator.credentials(), since))
    assert {charge, another} <= {event.object_id for event in told}
    assert all(event.object_id for event in told)


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
