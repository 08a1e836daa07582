"""What providers tell by themselves: taken in once each, and applied as what is true now.

An event says what to look at, nothing else of it is believed: the object is asked for, and what is
true of it now is written. So events may come twice, in any order, late or not at all; the list of
events is read as well, which fills what did not come.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.jobs import wake_charging, wake_providers
from mungchi.payments.domain.charging import ASK_AGAIN_AFTER, POLL_OVERLAP, look_again
from mungchi.payments.models import (
    ProviderAccount,
    ProviderCursor,
    ProviderEvent,
    RefusedEvents,
)
from mungchi.payments.operations.answers import apply_fact
from mungchi.payments.operations.asking_again import take_refund
from mungchi.payments.operations.calling import Answer, Call
from mungchi.payments.operations.charging import Open, remembering
from mungchi.payments.operations.disputes import apply_dispute
from mungchi.payments.operations.open_items import open_unknown
from mungchi.payments.operations.payees import apply_payee
from mungchi.payments.operations.reading_balances import begin_reading
from mungchi.payments.operations.saving import finish_setup
from mungchi.payments.operations.sending_payouts import take_payout
from mungchi.payments.providers import accounts, online
from mungchi.payments.providers.facts import (
    ChargeFact,
    DisputeFact,
    Event,
    ForgedEvent,
    OversizedEvent,
    PayeeFact,
    PayoutFact,
    ProviderAway,
    ProviderBusy,
    ProviderError,
    RefundFact,
    StaleEvent,
    WebhookRefused,
)
from mungchi.payments.queries import events as queries
from mungchi.payments.queries.charging import attempt_of_charge
from mungchi.payments.queries.payees import payee_named

WHY: Final[dict[type[WebhookRefused], str]] = {
    ForgedEvent: "forged", StaleEvent: "stale", OversizedEvent: "oversized",
}  # fmt: skip

# What a provider calls that something of a charge went back.
REFUNDED: Final = "charge.refunded"


class EventRefused(Exception):
    """What came is not taken in; `why` is a code of payments.domain.states.REFUSALS."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def receive_event(*, account_id: UUID, body: bytes, header: str) -> ProviderEvent:
    """Take in what came for an account: verified on the bytes as they came, once each.

    Raises NotFound for an account that is not there, EventRefused (counted) for what is not a fresh
    event of this account in its mode, KeyUnreadable.
    """
    # Also of one that is switched off: what it charged may be disputed, or come back, for months.
    rows = ProviderAccount.objects.select_related("cooperative").filter(pk=account_id)
    account = rows.first()
    if account is None:
        raise NotFound
    at = clock.now()
    try:
        event = _verified(account, body, header, at)
    except EventRefused as refused:
        refuse(account, refused.why, at)
        raise
    row = take_in(account, event, at, by="webhook")
    wake_charging()
    return row


def refuse(account: ProviderAccount, why: str, at: datetime) -> None:
    """Count what was refused, for the office to see; what came is not kept."""
    day = at.astimezone(account.cooperative.timezone).date()
    with transaction.atomic():
        RefusedEvents.objects.get_or_create(
            account=account, day=day, why=why,
            defaults={"cooperative_id": account.cooperative_id, "last_at": at},
        )  # fmt: skip
        RefusedEvents.objects.filter(account=account, day=day, why=why).update(
            count=F("count") + 1, last_at=at
        )


def refuse_oversized(*, account_id: UUID) -> None:
    """Count what was too large to be read at all."""
    account = ProviderAccount.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    refuse(account, "oversized", clock.now())


def take_in(account: ProviderAccount, event: Event, at: datetime, *, by: str) -> ProviderEvent:
    """Write an event down once, whoever told of it, and how often."""
    row, _ = ProviderEvent.objects.get_or_create(
        account=account, external_id=event.id,
        defaults={
            "cooperative_id": account.cooperative_id, "kind": event.type[:80],
            "object_kind": event.object_kind, "object_id": event.object_id,
            "happened_at": event.created, "by": by, "received_at": at, "next_at": at,
        },
    )  # fmt: skip
    return row


def begin_events(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return what is to be asked for events that wait; those about nothing of ours end here."""
    at = clock.now()
    pks = queries.events_to_apply(at, limit, without)
    if not pks:
        return []
    calls = []
    with transaction.atomic():
        opened = remembering()
        for row in queries.lock_events(pks, at):
            row.tries += 1
            row.asked_at, row.next_at = at, at + ASK_AGAIN_AFTER
            row.save(update_fields=["tries", "asked_at", "next_at"])
            calls.append(_call(row, opened))
    return calls


def write_event(call: Call, answer: Answer) -> None:
    """Apply what is true of the object of an event."""
    row = ProviderEvent.objects.select_related("account").get(pk=call.about)
    if row.state not in ("received", "parked"):
        return
    if isinstance(answer, (ProviderAway, ProviderBusy)):
        # Looked at again in a minute; that nobody answered says nothing about the event.
        ProviderEvent.objects.filter(pk=row.pk).update(tries=F("tries") - 1)
        return
    if isinstance(answer, ProviderError):
        _park(row, str(answer))
    elif row.kind == REFUNDED and isinstance(answer, list):
        _refunds(row, answer)
    elif row.object_kind == "refund":
        _refunds(row, [answer] if isinstance(answer, RefundFact) else [])
    elif row.object_kind == "charge":
        _charge(row, answer)
    elif row.object_kind == "dispute":
        _dispute(row, answer)
    elif row.object_kind == "payout":
        taken = isinstance(answer, PayoutFact) and take_payout(row.account, answer)
        _end(row, "applied" if taken else "ignored")
    elif row.object_kind == "payee":
        _payee(row, answer)
    elif row.object_kind == "bank_payout":
        # Its state, its parts and its movement are all told by the balance.
        begin_reading(account=row.account)
        wake_providers()
        _end(row, "applied")
    elif row.object_kind == "setup":
        mandate_id = queries.mandate_of_session(row.account, row.object_id)
        if mandate_id is not None:
            finish_setup(mandate_id)
        _end(row, "applied" if mandate_id else "ignored")
    else:
        _end(row, "ignored")


def poll_events(account: ProviderAccount) -> int:
    """Read an account's list of events from a little before where it was read to; return how many
    were new. Raises what providers raise. Not to be called in a transaction."""
    at = clock.now()
    with transaction.atomic():
        cursor, _ = ProviderCursor.objects.select_for_update(no_key=True).get_or_create(
            account=account, defaults={"cooperative_id": account.cooperative_id}
        )
        if cursor.polled_at is not None and not queries.is_due(cursor.polled_at, at):
            return 0
        cursor.polled_at = at
        cursor.save(update_fields=["polled_at"])
        credentials = accounts.credentials_of(account)
    since = (cursor.events_until or account.created_at) - POLL_OVERLAP
    new, until = 0, cursor.events_until
    for event in online(account.provider).iter_events(credentials, since):
        row = take_in(account, event, at, by="poll")
        new += row.received_at == at and row.by == "poll"
        until = max(until or event.created, event.created)
    ProviderCursor.objects.filter(pk=account.pk).update(events_until=until)
    return new


def _verified(account: ProviderAccount, body: bytes, header: str, at: datetime) -> Event:
    """Raises EventRefused. While a key is being changed, either secret holds."""
    refused = "forged"
    for secret in accounts.webhook_secrets(account):
        try:
            event = online(account.provider).verify_webhook(body, header, secret, at)
        except WebhookRefused as error:
            refused = max(refused, WHY[type(error)])  # stale says more than forged
            continue
        if event.live != account.live:
            raise EventRefused("other_mode")
        if event.account not in {None, account.external_id} and not _connected(account, event):
            raise EventRefused("other_account")
        return event
    raise EventRefused(refused)


def _call(row: ProviderEvent, opened: Open) -> Call:
    provider = online(row.account.provider)
    credentials = opened(row.account)
    if row.kind == REFUNDED and row.object_kind == "charge":
        # It says that something of the charge went back: all that did is looked at.
        refunds = partial(provider.refunds_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, refunds)
    if row.object_kind == "refund":
        refund = partial(provider.refund_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, refund)
    if row.object_kind == "charge":
        ask = partial(provider.sync, credentials, row.object_id)
        return Call(row.pk, row.account_id, ask)
    if row.object_kind == "dispute":
        look = partial(provider.dispute_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, look)
    if row.object_kind == "payout":
        transfer = partial(provider.payout_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, transfer)
    if row.object_kind == "payee" and payee_named(row.account, row.object_id) is not None:
        payee = partial(provider.payee_of, credentials, row.object_id)
        return Call(row.pk, row.account_id, payee)
    return Call(row.pk, row.account_id, lambda: None)


def _connected(account: ProviderAccount, event: Event) -> bool:
    """Whether an event came for an account of a supplier that is connected to this one."""
    return event.account is not None and payee_named(account, event.account) is not None


def _payee(row: ProviderEvent, answer: Answer) -> None:
    """Of a connected account; one that we do not know is somebody else's."""
    payee = payee_named(row.account, row.object_id)
    if payee is None or not isinstance(answer, PayeeFact) or row.asked_at is None:
        _end(row, "ignored")
        return
    apply_payee(payee_id=payee.pk, fact=answer, asked_at=row.asked_at)
    _end(row, "applied")


def _charge(row: ProviderEvent, answer: Answer) -> None:
    if not isinstance(answer, ChargeFact):
        _park(row, "no such charge")
        return
    attempt = queries.attempt_meant(row.account, answer.id, answer.metadata)
    if attempt is not None:
        apply_fact(attempt_id=attempt.pk, fact=answer, before=row.asked_at)
        _end(row, "applied")
    elif answer.metadata.get("installation") == settings.INSTALLATION:
        _park(row, "no payment of ours")
    else:
        _end(row, "ignored")


def _dispute(row: ProviderEvent, answer: Answer) -> None:
    """Of a charge of ours that paid an order; others are nobody's here, or for a person."""
    if not isinstance(answer, DisputeFact):
        _park(row, "no such dispute")
        return
    attempt = attempt_of_charge(row.account, answer.charge_id)
    if attempt is None:
        _end(row, "ignored")
        return
    is_ours = answer.currency == attempt.currency and queries.paid_an_order(attempt)
    if not is_ours or answer.amount > attempt.amount or row.asked_at is None:
        _park(row, "of a charge that paid nothing here")
        return
    apply_dispute(attempt_id=attempt.pk, fact=answer, asked_at=row.asked_at)
    _end(row, "applied")


def _refunds(row: ProviderEvent, facts: list[RefundFact]) -> None:
    """Write what is true of refunds; those of nothing of ours are somebody else's."""
    ours = [take_refund(row.account, fact) for fact in facts]
    _end(row, "applied" if any(ours) else "ignored")


def _park(row: ProviderEvent, why: str) -> None:
    at = clock.now()
    with transaction.atomic():
        row.problem = why[:200]
        again = look_again(at, row.tries)
        if again is None:
            open_unknown(row.account, row.object_id, at, note=row.kind)
            row.state, row.next_at = "ignored", None
        else:
            row.state, row.next_at = "parked", again
        row.save(update_fields=["state", "next_at", "problem"])


def _end(row: ProviderEvent, state: str) -> None:
    at = clock.now()
    ProviderEvent.objects.filter(pk=row.pk, state__in=["received", "parked"]).update(
        state=state, applied_at=at, next_at=None
    )
