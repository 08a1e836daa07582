"""Reading providers' lists of events, which fills what did not come by itself.

Many accounts at a time: a thousand cooperatives' lists take as long as twenty after
each other, at the end of a job for which no charge waits.
"""

import logging
from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest

from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.jobs import wake_charging
from mungchi.payments.domain.charging import POLL_OVERLAP
from mungchi.payments.models import ProviderAccount, ProviderCursor
from mungchi.payments.operations.calling import Answer, Call
from mungchi.payments.operations.charging import Open, remembering
from mungchi.payments.operations.events import take_in
from mungchi.payments.providers import online
from mungchi.payments.providers.facts import Credentials, Event
from mungchi.payments.queries import events as queries
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.payments")

# So many are looked up at once, whether they are known.
CHUNK: Final = 500


def begin_polls(due_by: datetime, limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return how to read the lists of accounts whose time had come by then, from a little before
    where each was read to. Not of these accounts."""
    opened = remembering()
    while True:
        accounts = queries.accounts_to_poll(due_by, limit, without)
        calls = [call for one in accounts if (call := _begin(one, due_by, opened)) is not None]
        if calls or not accounts:
            return calls


def take_poll(call: Call, answer: Answer) -> None:
    """Take in what of a list is new."""
    if not isinstance(answer, tuple):
        logger.warning("the events of account %s were not read: %s", call.about, answer)
        return
    account = ProviderAccount.objects.select_related("cooperative").get(pk=call.about)
    at, new = clock.now(), 0
    for first in range(0, len(answer), CHUNK):
        chunk = answer[first : first + CHUNK]
        known = queries.known_events(account, [event.id for event in chunk])
        unknown = [event for event in chunk if event.id not in known]
        take_in(account, unknown, at, by="poll")
        new += sum(event.object_kind != "other" for event in unknown)
    if answer:
        until = max(event.created for event in answer)
        ProviderCursor.objects.filter(account=account).update(
            events_until=Greatest("events_until", Value(until))
        )
    if new:
        wake_charging()


def _begin(account: ProviderAccount, due_by: datetime, opened: Open) -> Call | None:
    """Write that a list is read now; None where somebody else does, or nobody can."""
    with transaction.atomic():
        cursor, _ = ProviderCursor.objects.select_for_update(no_key=True).get_or_create(
            account=account, defaults={"cooperative_id": account.cooperative_id}
        )
        if cursor.polled_at is not None and not queries.is_due(cursor.polled_at, due_by):
            return None
        cursor.polled_at = clock.now()
        cursor.save(update_fields=["polled_at"])
    try:
        credentials = opened(account)
    except (KeyUnreadable, NotFound) as error:
        logger.warning("the events of account %s cannot be read: %s", account.pk, error)
        return None
    since = (cursor.events_until or account.created_at) - POLL_OVERLAP
    return Call(account.pk, account.pk, partial(_read, account.provider, credentials, since))


def _read(provider: str, credentials: Credentials, since: datetime) -> tuple[Event, ...]:
    return tuple(online(provider).iter_events(credentials, since))
