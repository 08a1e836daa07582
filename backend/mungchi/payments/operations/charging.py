"""Charging what firms owe by the methods they saved: the row first, then the call.

What is about to be asked is written and committed (a try, with the key and the parameters that
stay), then the provider is asked, then the answer is written (see `answers`). A process that dies
in between leaves a try without an answer: it is asked for again with the same key and parameters,
and so happens once (decision 44).
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import event, record_all
from mungchi.common.locks import lock_shared
from mungchi.payments.domain.charging import LOOK_AGAIN_AFTER, RESEND_WITHIN
from mungchi.payments.models import Attempt, Consent, Mandate, Payment, ProviderAccount
from mungchi.payments.operations.calling import Call
from mungchi.payments.operations.connecting import account_fails
from mungchi.payments.operations.to_transfer import to_transfer
from mungchi.payments.providers import ONLINE, online
from mungchi.payments.providers.accounts import credentials_of
from mungchi.payments.providers.facts import Credentials, ProviderRefused
from mungchi.payments.queries import charging as queries
from mungchi.payments.queries.online import KeyUnreadable, key_of

# Gives what opens an account.
Open = Callable[[ProviderAccount], Credentials]


def begin_charges(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Make tries of payments whose time to be charged has come, and return what is to be asked.

    Everything is committed when this returns. Payments that may not be charged (the firm's
    agreement ended, or does not reach that far) become payable by transfer. Two workers share the
    payments out among them.
    """
    calls: list[Call] = []
    seen: set[UUID] = set()
    while not calls:
        due = queries.due_to_charge(clock.now(), limit, without)
        ids = {pk for _, payment_ids in due for pk in payment_ids}
        if ids <= seen:  # nothing is left, or only what another worker has
            break
        seen |= ids
        for campaign_id, payment_ids in due:
            calls += _begin(campaign_id, payment_ids)
    return calls


def ask_again(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return what is to be asked about tries that nobody waits for any more.

    The same key and parameters as before, and every second time the charge is looked up; after
    RESEND_WITHIN it is only looked up.
    """
    at = clock.now()
    pks = queries.unanswered(at, limit, without)
    if not pks:
        return []
    with transaction.atomic():
        attempts = queries.lock_unanswered(pks, at)
        for attempt in attempts:
            attempt.asked += 1
            attempt.asked_at = at
        Attempt.objects.bulk_update(attempts, ["asked", "asked_at"])
        opened = remembering()
        return [call_again(attempt, at, opened) for attempt in attempts]


def look_at(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return what is to be asked about charges that the provider was still working on."""
    after = clock.now() - LOOK_AGAIN_AFTER
    return _asked_about("processing", queries.to_look_at(after, limit, without), syncing)


def give_up(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return how to give up charges that wait for a firm although nobody wants the money any more:
    the payment was made otherwise, lapsed, or its campaign failed."""
    after = clock.now() - LOOK_AGAIN_AFTER
    return _asked_about("requires_action", queries.to_give_up(after, limit, without), cancelling)


def _asked_about(
    state: str, pks: Sequence[UUID], ask: Callable[[Attempt, Open], Call]
) -> list[Call]:
    if not pks:
        return []
    with transaction.atomic():
        attempts = queries.lock_in(state, pks)
        Attempt.objects.filter(pk__in=[one.pk for one in attempts]).update(asked_at=clock.now())
        opened = remembering()
        return [ask(attempt, opened) for attempt in attempts]


def cancelling(attempt: Attempt, opened: Open = credentials_of) -> Call:
    """How the charge of a try is given up; one that succeeded meanwhile is told as it is."""
    provider = online(attempt.account.provider)
    key = key_of("cancel", attempt.payment_id, attempt.number)
    ask = partial(provider.cancel, opened(attempt.account), key=key,
                  charge_id=attempt.external_id)  # fmt: skip
    return Call(attempt.pk, attempt.account_id, ask)


def call_again(attempt: Attempt, at: datetime, opened: Open = credentials_of) -> Call:
    """What is to be asked about a try without an answer."""
    assert attempt.sent_at is not None  # noqa: S101 - only what was sent is unanswered
    # A provider may keep a failure of its own with the key and answer it again for a day, although
    # it had charged: so every second time it is asked what is there.
    looked_up = attempt.decline_code == "parameters_differ" or attempt.asked % 2 == 1
    if not looked_up and at - attempt.sent_at < RESEND_WITHIN:
        return call_of(attempt, opened)
    return syncing(attempt, opened) if attempt.external_id else _lookup(attempt, opened)


def call_of(attempt: Attempt, opened: Open = credentials_of) -> Call:
    """What a try asks: always the same."""
    provider = online(attempt.account.provider)
    asked = json.loads(attempt.parameters)
    credentials = opened(attempt.account)
    if "charge_id" in asked:
        ask = partial(provider.confirm, credentials, key=attempt.key, **asked)
    else:
        ask = partial(provider.charge, credentials, key=attempt.key, parameters=asked)
    return Call(attempt.pk, attempt.account_id, ask, acts=True)


def syncing(attempt: Attempt, opened: Open = credentials_of) -> Call:
    """What is true of the charge of a try now."""
    provider = online(attempt.account.provider)
    credentials = opened(attempt.account)
    return Call(attempt.pk, attempt.account_id,
                partial(provider.sync, credentials, attempt.external_id))  # fmt: skip


def _lookup(attempt: Attempt, opened: Open) -> Call:
    assert attempt.mandate is not None  # noqa: S101 - every try has one
    assert attempt.sent_at is not None  # noqa: S101 - only what was sent is looked up
    provider = online(attempt.account.provider)
    credentials = opened(attempt.account)
    ask = partial(
        provider.find_charge, credentials, metadata=metadata_of(attempt.payment, attempt.number),
        customer_id=attempt.mandate.customer_id, since=attempt.sent_at,
    )  # fmt: skip
    return Call(attempt.pk, attempt.account_id, ask)


def _begin(campaign_id: UUID, payment_ids: Sequence[UUID]) -> list[Call]:
    with transaction.atomic():
        campaign = lock_shared(Campaign, campaign_id)
        if campaign is None or campaign.state != "settling":
            return []
        at = clock.now()
        payments = queries.lock_due(payment_ids, at)
        consents = queries.standing_consents(campaign_id, {one.firm_id for one in payments})
        numbers = queries.numbers_of(one.pk for one in payments)
        attempts = []
        opened = remembering()
        for payment in payments:
            if not _opens(payment, opened, at):
                continue
            why = hindrance(payment, consents.get(payment.firm_id))
            asked = None if why else parameters_of(payment, numbers.get(payment.pk, 0) + 1)
            if asked is None:
                to_transfer(payment, why=why or "amount_not_carried", actor=SYSTEM, at=at)
                continue
            attempts.append(new_attempt(payment, numbers.get(payment.pk, 0) + 1, asked, at))
        _write(attempts, at)
        return [call_of(attempt, opened) for attempt in attempts]


def remembering() -> Open:
    """Open each account once for a batch."""
    known: dict[UUID, Credentials] = {}

    def opened(account: ProviderAccount) -> Credentials:
        if account.pk not in known:
            known[account.pk] = credentials_of(account)
        return known[account.pk]

    return opened


def _opens(payment: Payment, opened: Open, at: datetime) -> bool:
    """Whether what opens the account is there; else the office has to enter it again, and the
    account's payments wait."""
    if payment.mandate is None or payment.mandate.account.state != "ready":
        return True
    try:
        opened(payment.mandate.account)
    except (KeyUnreadable, NotFound) as error:
        account_fails(payment.mandate.account_id, error.code, at)
        payment.mandate.account.state = "failed"
        return False
    return True


def hindrance(payment: Payment, consent: Consent | None) -> str | None:
    """Why a payment may not be charged in the firm's absence; None when it may."""
    mandate = payment.mandate
    if mandate is None or mandate.account.provider not in ONLINE:
        return "no_method"
    if mandate.state != "active":
        return "method_ended"
    if mandate.account.state == "off":
        return "account_off"
    if consent is None or consent.mandate_id != mandate.pk:
        return "consent_ended"
    if consent.currency != payment.currency or consent.most < payment.amount:
        return "above_consent"
    return None


def parameters_of(payment: Payment, number: int) -> dict[str, Any] | None:
    """What will be sent to charge a payment by its method; None when the method cannot carry it."""
    mandate = payment.mandate
    assert mandate is not None  # noqa: S101 - the caller has looked
    try:
        return online(mandate.account.provider).charge_parameters(
            amount=payment.amount, currency=payment.currency, customer_id=mandate.customer_id,
            method_id=mandate.method_id, description=payment.order.number,
            metadata=metadata_of(payment, number),
        )  # fmt: skip
    except ProviderRefused:
        return None


def metadata_of(payment: Payment, number: int) -> dict[str, str]:
    """By what a charge is found again at the provider."""
    return {
        "installation": settings.INSTALLATION, "payment": str(payment.pk), "attempt": str(number),
    }  # fmt: skip


def new_attempt(
    payment: Payment,
    number: int,
    asked: Mapping[str, Any],
    at: datetime,
    *,
    mandate: Mandate | None = None,
    on_line: bool = False,
) -> Attempt:
    """A try that is not written yet; by the payment's method, unless another is given."""
    method = mandate or payment.mandate
    assert method is not None  # noqa: S101 - the caller has looked
    account: ProviderAccount = method.account
    return Attempt(
        payment=payment, account=account, cooperative_id=payment.cooperative_id,
        firm_id=payment.firm_id, mandate=method, number=number,
        key=key_of("pay", payment.pk, number),
        parameters=json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        amount=payment.amount, currency=payment.currency, on_line=on_line, created_at=at,
    )  # fmt: skip


def _write(attempts: Sequence[Attempt], at: datetime) -> None:
    """Write tries and that their payments are being charged: the number of queries is fixed."""
    Attempt.objects.bulk_create(attempts)
    mark_sent(attempts, at)
    payments = [attempt.payment for attempt in attempts]
    told = [
        event(payment, kind="charge_sent", actor=SYSTEM, at=at,
              moved=(payment.state, "processing"), thread=payment.order.campaign_id,
              cooperative_id=payment.cooperative_id, firm_id=payment.firm_id,
              data={"amount": payment.amount, "currency": payment.currency,
                    "number": attempt.number, "method": attempt.mandate.label})
        for attempt, payment in zip(attempts, payments, strict=True)
        if attempt.mandate is not None
    ]  # fmt: skip
    Payment.objects.filter(pk__in=[payment.pk for payment in payments]).update(
        state="processing", charge_at=None
    )
    record_all(told)


def mark_sent(attempts: Sequence[Attempt], at: datetime) -> None:
    """Write that tries go out now."""
    for attempt in attempts:
        attempt.state, attempt.sent_at, attempt.asked, attempt.asked_at = "sent", at, 1, at
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).update(
        state="sent", sent_at=at, asked=1, asked_at=at
    )
