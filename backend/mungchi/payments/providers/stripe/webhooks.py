"""Events that Stripe sends by itself: whether one is Stripe's, and what it is about. Pure."""

import hashlib
import hmac
import json
import re
from datetime import datetime
from typing import Any, Final, Literal

from mungchi.payments.providers.facts import (
    Event,
    ForgedEvent,
    OversizedEvent,
    ProviderAway,
    StaleEvent,
)
from mungchi.payments.providers.stripe.reading import Data, id_of, moment, strict, text

MOST_BYTES: Final = 512 * 1024
TOLERANCE_SECONDS: Final = 300
# Stripe's are of some thirty letters.
LONGEST_ID: Final = 100
# What an endpoint is to be sent: once for everything that we look at. A charge is told of by its
# intent, a refund by itself; the events of the charge beside them say nothing more.
EVENTS: Final = (
    "payment_intent.succeeded", "payment_intent.processing", "payment_intent.requires_action",
    "payment_intent.payment_failed", "payment_intent.canceled",
    "refund.created", "refund.updated", "refund.failed",
    "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed",
    "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
    "checkout.session.completed", "checkout.session.expired",
    "transfer.updated", "transfer.reversed",
    "payout.created", "payout.paid", "payout.failed", "payout.canceled",
)  # fmt: skip
Kind = Literal["charge", "refund", "payout", "payee", "dispute", "setup", "bank_payout", "other"]


def verify(body: bytes, header: str, secret: str, now: datetime) -> Event:
    """Return the event of a signed body; raises OversizedEvent, ForgedEvent or StaleEvent.

    The signature is over the raw bytes; several are allowed, for the time in which a secret is
    replaced. Age is looked at only after the signature: what a forger says of time tells nothing.
    """
    if len(body) > MOST_BYTES:
        raise OversizedEvent(f"{len(body)} bytes")
    if not secret.strip():
        raise ForgedEvent("no secret to compare with")
    stamps = re.findall(r"(?:^|,)\s*t=(\d{1,12})(?=,|$)", header)
    signatures = re.findall(r"(?:^|,)\s*v1=([0-9a-f]{64})(?=,|$)", header)
    if len(stamps) != 1 or not signatures:
        raise ForgedEvent("no signature")
    signed = stamps[0].encode() + b"." + body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    if not any(hmac.compare_digest(expected, signature) for signature in signatures):
        raise ForgedEvent("the signature does not fit")
    if abs(now.timestamp() - int(stamps[0])) > TOLERANCE_SECONDS:
        raise StaleEvent(f"signed at {stamps[0]}")
    try:
        data = json.loads(body)
        return event(data)
    except (ValueError, RecursionError, ProviderAway) as error:
        raise ForgedEvent("signed, but no event") from error


@strict
def event(data: dict[str, Any]) -> Event:
    """Return what an event is about; raises ProviderAway when it is none."""
    if data["object"] != "event":
        raise ValueError("no event")
    about = data["data"]["object"]
    kind, object_id = _object_of(about)
    if max(len(object_id), len(text(data["id"]))) > LONGEST_ID:
        raise ValueError("an id of no event")
    return Event(
        id=text(data["id"]),
        type=text(data["type"]),
        object_kind=kind,
        object_id=object_id,
        created=moment(data["created"]),
        live=data["livemode"] is True,
        account=id_of(data.get("account")),
    )


def _object_of(about: Data) -> tuple[Kind, str]:
    own = str(about.get("id") or "")
    match about.get("object"):
        case "payment_intent":
            return "charge", text(own)
        case "charge":
            intent = id_of(about.get("payment_intent"))
            return ("charge", intent) if intent else ("other", own)
        case "refund":
            return "refund", text(own)
        case "transfer":
            return "payout", text(own)
        case "payout":
            return "bank_payout", text(own)
        case "account":
            return "payee", text(own)
        case "dispute":
            return "dispute", text(own)
        case "checkout.session" if about.get("mode") == "setup":
            return "setup", text(own)
    return "other", own
