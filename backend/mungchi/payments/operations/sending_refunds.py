"""Refunds that go back the way the money came: by the provider that took it.

The row is there, committed, before the provider is asked; the call runs outside of any
transaction; then the answer is written. A process that dies in between leaves `sent`: then it is
looked up, and where there is none the same is asked under the same key again. After 20 hours the
key may be forgotten: from then on it is only looked up.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import close_old_connections, connection, transaction

from mungchi.accounts.access import SYSTEM
from mungchi.common import clock
from mungchi.payments import queries
from mungchi.payments.domain.charging import GIVE_UP_AFTER
from mungchi.payments.domain.states import REFUND_UNDER_WAY
from mungchi.payments.models import Attempt, Payment, Refund
from mungchi.payments.operations.dispute_losses import settle_charged_back
from mungchi.payments.operations.refunding import did_not_go, move_refund, went_back
from mungchi.payments.providers import ONLINE, OnlineProvider, online
from mungchi.payments.providers.accounts import credentials_of
from mungchi.payments.providers.facts import (
    Credentials,
    ProviderAway,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderRefused,
    RefundFact,
)
from mungchi.payments.providers.looking_up import find_or_ask
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.refunds")

# A provider keeps its keys for a day; what nobody knows of by then is looked up, never sent.
KEY_HOLDS: Final = timedelta(hours=20)
# So long after the last question the next one is asked.
AGAIN_AFTER: Final = timedelta(minutes=1)
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


@dataclass(frozen=True, slots=True)
class _Call:
    refund_id: UUID
    ask: Callable[[], RefundFact | None] = field(repr=False)
    # None is then an answer: there is no such refund.
    looked_up: bool


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

    Many at a time, in threads that touch no database. Again, or after a crash: nothing goes back
    twice, because the key is the refund's.
    """
    done = 0
    asked: set[UUID] = set()
    while not stop():
        waiting = queries.refunds_for_providers(clock.now() - AGAIN_AFTER, limit=BATCH + len(asked))
        fresh = [pk for pk in waiting if pk not in asked][:BATCH]
        if not fresh:
            break
        asked.update(fresh)
        calls = [call for call in map(_begin, fresh) if call is not None]
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="refunds") as pool:
            done += sum(map(_write, calls, pool.map(_answer, calls)))
    return done


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


def _begin(refund_id: UUID) -> _Call | None:
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


def _call(refund: Refund, way: Opened, at: datetime, *, again: bool) -> _Call:
    metadata = {"refund": str(refund.pk), "payment": str(refund.payment_id)}
    assert refund.sent_at is not None  # noqa: S101 - whoever is asked was asked at a time
    if refund.external_id:
        ask = partial(way.provider.refund_of, way.credentials, refund.external_id)
        return _Call(refund.pk, ask, looked_up=False)
    find = partial(way.provider.find_refund, way.credentials, charge_id=way.charge_id,
                   metadata=metadata)  # fmt: skip
    if at - refund.sent_at > KEY_HOLDS:
        return _Call(refund.pk, find, looked_up=True)
    ask = partial(
        way.provider.refund, way.credentials, key=refund.idempotency_key,
        charge_id=way.charge_id, amount=refund.amount, currency=refund.currency, metadata=metadata,
    )  # fmt: skip
    return _Call(refund.pk, partial(find_or_ask, find, ask) if again else ask, looked_up=False)


_Answer = RefundFact | ProviderError | None


def _answer(call: _Call) -> _Answer:
    """Ask, in a thread; what no provider should raise is as if nobody had answered."""
    try:
        return call.ask()
    except ProviderError as error:
        return error
    except Exception:
        logger.exception("a provider's call about refund %s failed oddly", call.refund_id)
        return ProviderAway("unexpected")


def _write(call: _Call, answer: _Answer) -> int:
    """Write an answer down; one that cannot be written is asked for again later."""
    try:
        if isinstance(answer, RefundFact):
            refund_answered(refund_id=call.refund_id, fact=answer)
        elif isinstance(answer, ProviderBusy):
            return 0
        else:
            _write_no_fact(call, answer)
    except Exception:
        logger.exception("the answer about refund %s was not written", call.refund_id)
        if not connection.in_atomic_block:
            close_old_connections()
        return 0
    return 1


def _write_no_fact(call: _Call, answer: ProviderError | None) -> None:
    with transaction.atomic():
        refund, payment, at = _held(call.refund_id)
        if refund.state not in REFUND_UNDER_WAY:
            return
        if isinstance(answer, ProviderRefused):
            _fail(refund, payment, at, answer.code)
        elif answer is None and call.looked_up:
            _fail(refund, payment, at, "not_found")
        elif isinstance(answer, ProviderFailed) and _long_ago(refund, at):
            _fail(refund, payment, at, "provider_failed")
        elif refund.state == "sent":
            move_refund(refund, payment, "unknown", SYSTEM, at, kind="refund_unanswered")


def _long_ago(refund: Refund, at: datetime) -> bool:
    """Whether what came of it would be in the provider's lists by now."""
    return refund.sent_at is not None and at - refund.sent_at >= GIVE_UP_AFTER


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
