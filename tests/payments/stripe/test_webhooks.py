"""Events that come by themselves: which are believed, and how far."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stripe import WebhookSignature

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
    with pytest.raises(ForgedEvent, match=r"^(no signature|the signature does not fit)$"):
        STRIPE.verify_webhook(body(), header, SECRET, NOW)


@pytest.mark.parametrize("secret", ["", "  "])
def test_without_a_secret_nothing_is_believed(secret: str) -> None:
    with pytest.raises(ForgedEvent, match=r"^no secret to compare with$"):
        STRIPE.verify_webhook(body(), signature(body(), secret, AT), secret, NOW)


@pytest.mark.parametrize(("age", "stale"), [(300, False), (301, True), (-300, False), (-301, True)])
def test_stale(age: int, stale: bool) -> None:
    if stale:
        with pytest.raises(StaleEvent, match=rf"^signed at {AT - age}$"):
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
        with pytest.raises(OversizedEvent, match=r"^524289 bytes$"):
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
    with pytest.raises(ForgedEvent, match=r"^signed, but no event$"):
        read(sent)


def of_charge(name: str) -> bytes:
    return body(data={"object": {"object": "payment_intent", "id": name}})


def test_ids_are_no_longer_than_their_columns() -> None:
    longest = "e" * 100
    assert read(body(id=longest)).id == longest
    assert read(of_charge(longest)).object_id == longest
    for sent in (body(id=longest + "e"), of_charge(longest + "e")):
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
        ({"object": "account", "id": "acct_1"}, "payee", "acct_1"),
        ({"object": "payout", "id": "po_1"}, "bank_payout", "po_1"),
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
