"""What providers tell by themselves: taken in once each, and applied as what is true now.

An event says what to look at, nothing else of it is believed: the object is asked for, and what is
true of it now is written. So events may come twice, in any order, late or not at all; the list of
events is read as well, which fills what did not come.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F

from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.jobs import wake_charging
from mungchi.payments.models import (
    ProviderAccount,
    ProviderEvent,
    RefusedEvents,
)
from mungchi.payments.providers import accounts, online
from mungchi.payments.providers.facts import (
    Event,
    ForgedEvent,
    OversizedEvent,
    StaleEvent,
    WebhookRefused,
)
from mungchi.payments.queries import events as queries
from mungchi.payments.queries.payees import payee_named

WHY: Final[dict[type[WebhookRefused], str]] = {
    ForgedEvent: "forged", StaleEvent: "stale", OversizedEvent: "oversized",
}  # fmt: skip


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
    take_in(account, [event], at, by="webhook")
    row = ProviderEvent.objects.get(account=account, external_id=event.id)
    if row.state in queries.WAITING:
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


def take_in(account: ProviderAccount, events: Sequence[Event], at: datetime, *, by: str) -> None:
    """Write events down once each, whoever told of them, and how often. What is about a kind of
    object that we have nothing of ends at once."""
    rows = [
        ProviderEvent(
            account=account, cooperative_id=account.cooperative_id, external_id=event.id,
            kind=event.type[:80], object_kind=event.object_kind, object_id=event.object_id,
            happened_at=event.created, by=by, received_at=at,
            state="ignored" if event.object_kind == "other" else "received",
            next_at=None if event.object_kind == "other" else at,
            applied_at=at if event.object_kind == "other" else None,
        )
        for event in events
    ]  # fmt: skip
    ProviderEvent.objects.bulk_create(rows, ignore_conflicts=True)


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


def _connected(account: ProviderAccount, event: Event) -> bool:
    """Whether an event came for an account of a supplier that is connected to this one."""
    return event.account is not None and payee_named(account, event.account) is not None
