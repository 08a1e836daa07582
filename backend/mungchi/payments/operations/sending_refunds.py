"""Refunds that go back the way the money came: by the provider that took it.

How it is asked for once, whatever dies: see sending.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.common import clock
from mungchi.payments import queries
from mungchi.payments.domain.states import REFUND_UNDER_WAY
from mungchi.payments.models import Attempt, Payment, Refund
from mungchi.payments.operations.dispute_losses import settle_charged_back
from mungchi.payments.operations.refunding import did_not_go, move_refund, went_back
from mungchi.payments.operations.sending import Call, Kind, call_of, not_sent, send_all
from mungchi.payments.providers import ONLINE, OnlineProvider, online
from mungchi.payments.providers.accounts import credentials_of
from mungchi.payments.providers.facts import Credentials, ProviderError, RefundFact
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.refunds")

# Calls under way at once, and rows that are prepared at once.
AT_ONCE: Final = 20
BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Opened:
    """By what a payment came in: the provider, what opens the cooperative's account there, and what
    the provider calls the charge."""

    provider: OnlineProvider
    credentials: Credentials = field(repr=False)
    charge_id: str


def opened(payment: Payment) -> Opened | None:
    """How a payment is given back by the provider that took it; None where none did, or where the
    account is not open any more."""
    attempt = (
        Attempt.objects.select_related("account__secret")
        .filter(payment=payment, state="succeeded")
        .first()
    )
    if attempt is None or attempt.account.provider not in ONLINE:
        return None
    if not hasattr(attempt.account, "secret"):
        return None
    provider = online(attempt.account.provider)
    try:
        credentials = credentials_of(attempt.account)
    except KeyUnreadable:
        return None
    return Opened(provider, credentials, attempt.external_id)


def send_refunds(stop: Callable[[], bool] = lambda: False) -> int:
    """Ask providers for the refunds that wait for one; return how many answers were written.

    Again, or after a crash: nothing goes back twice, because the key is the refund's.
    """
    kind = Kind(
        "refund", at_once=AT_ONCE, batch=BATCH, waiting=queries.refunds_for_providers, begin=_begin,
        answered=lambda pk, fact: refund_answered(refund_id=pk, fact=fact), unanswered=_unanswered,
    )  # fmt: skip
    return send_all(kind, stop)


def refund_answered(*, refund_id: UUID, fact: RefundFact) -> Refund:
    """Write down what a provider says of a refund now, whoever asked (an event told to look).

    What went back does not fall back to being on its way; it may come back. Facts over another
    amount or currency are not believed. Again: changes nothing.
    """
    with transaction.atomic():
        refund, payment, at = _held(refund_id)
        if (fact.amount, fact.currency) != (refund.amount, refund.currency) or (
            refund.external_id and refund.external_id != fact.id
        ):
            logger.error("refund %s: the provider tells of another: %s", refund.pk, fact)
            return refund
        first = not refund.external_id
        refund.external_id = fact.id
        if fact.state == "succeeded" and refund.state in REFUND_UNDER_WAY:
            went_back(refund, payment, SYSTEM, at)
        elif fact.state in {"failed", "cancelled"} and refund.state in REFUND_UNDER_WAY:
            _fail(refund, payment, at, fact.failure_reason or fact.state)
        elif fact.state in {"failed", "cancelled"} and refund.state == "succeeded":
            if refund.way != "bank_transfer":
                did_not_go(refund, payment, "reversed", SYSTEM, at,
                           why=fact.failure_reason or fact.state)  # fmt: skip
                _settle_if_lost(payment, at)
        elif first:
            refund.save(update_fields=["external_id"])
        return refund


def _begin(refund_id: UUID) -> Call | None:
    """Write that a refund is asked for (again), and say how; None when there is nothing to ask."""
    with transaction.atomic():
        refund, payment, at = _held(refund_id)
        way = opened(payment)
        if refund.state not in {"requested", *REFUND_UNDER_WAY} or refund.way == "bank_transfer":
            return None
        if refund.state == "requested" and payment.state == "disputed":
            return None  # a bank decides first: the same money might leave twice
        if way is None or way.provider.name != refund.way:
            if refund.state == "requested":
                refund.sent_at = refund.asked_at = at
                move_refund(refund, payment, "sent", SYSTEM, at, kind="refund_asked",
                            also=("sent_at", "asked_at"))  # fmt: skip
                _fail(refund, payment, at, "account_not_open")
            return None
        refund.asked_at = at
        again = refund.state != "requested"
        if again:
            refund.save(update_fields=["asked_at"])
        else:
            refund.sent_at = at
            move_refund(refund, payment, "sent", SYSTEM, at, kind="refund_asked",
                        also=("sent_at", "asked_at"))  # fmt: skip
        return _call(refund, way, at, again=again)


def _call(refund: Refund, way: Opened, at: datetime, *, again: bool) -> Call:
    metadata = {"refund": str(refund.pk), "payment": str(refund.payment_id)}
    assert refund.sent_at is not None  # noqa: S101 - whoever is asked was asked at a time
    if refund.external_id:
        ask = partial(way.provider.refund_of, way.credentials, refund.external_id)
        return Call(refund.pk, ask, looked_up=False)
    find = partial(way.provider.find_refund, way.credentials, charge_id=way.charge_id,
                   metadata=metadata)  # fmt: skip
    ask = partial(
        way.provider.refund, way.credentials, key=refund.idempotency_key,
        charge_id=way.charge_id, amount=refund.amount, currency=refund.currency, metadata=metadata,
    )  # fmt: skip
    return call_of(refund.pk, find=find, ask=ask, since=at - refund.sent_at, again=again)


def _unanswered(call: Call, answer: ProviderError | None) -> None:
    with transaction.atomic():
        refund, payment, at = _held(call.pk)
        if refund.state not in REFUND_UNDER_WAY:
            return
        assert refund.sent_at is not None  # noqa: S101 - as above
        why = not_sent(call, answer, at - refund.sent_at)
        if why is not None:
            _fail(refund, payment, at, why)
        elif refund.state == "sent":
            move_refund(refund, payment, "unknown", SYSTEM, at, kind="refund_unanswered")


def _fail(refund: Refund, payment: Payment, at: datetime, why: str) -> None:
    """It did not go back, and will not by itself: the office sends it by a transfer."""
    refund.note = why
    move_refund(refund, payment, "failed", SYSTEM, at, kind="refund_failed", why=why,
                also=("note", "external_id"))  # fmt: skip
    _settle_if_lost(payment, at)


def _settle_if_lost(payment: Payment, at: datetime) -> None:
    """What was on its way when the payer's bank took the money did not go: the firm has it."""
    if payment.state == "charged_back":
        settle_charged_back(payment, at)


def _held(refund_id: UUID) -> tuple[Refund, Payment, datetime]:
    """Lock the payment, then the refund; read the clock."""
    payment = queries.locked(Refund.objects.values_list("payment_id", flat=True).get(pk=refund_id))
    return queries.locked_refund(refund_id), payment, clock.now()
