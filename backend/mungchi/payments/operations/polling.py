"""Reading providers' lists of events, which fills what did not come by itself.

Many accounts at a time: a thousand cooperatives' lists take as long as the slowest twenty, and
nothing else waits for them.
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
from mungchi.payments.operations.charging import remembering
from mungchi.payments.operations.events import take_in
from mungchi.payments.providers import online
from mungchi.payments.providers.facts import Credentials, Event, EventList, ProviderError
from mungchi.payments.queries import events as queries
from mungchi.payments.queries.online import KeyUnreadable

logger = logging.getLogger("mungchi.payments")

# So many are looked up at once, whether they are known.
CHUNK: Final = 500


def begin_polls(limit: int, without: Collection[UUID] = ()) -> list[Call]:
    """Return how to read the lists of accounts whose time has come, from a little before where each
    was read to. Not of these accounts."""
    at = clock.now()
    calls = []
    opened = remembering()
    for account in queries.accounts_to_poll(at, limit, without):
        with transaction.atomic():
            cursor, _ = ProviderCursor.objects.select_for_update(no_key=True).get_or_create(
                account=account, defaults={"cooperative_id": account.cooperative_id}
            )
            if cursor.polled_at is not None and not queries.is_due(cursor.polled_at, at):
                continue
            cursor.polled_at = at
            cursor.save(update_fields=["polled_at"])
        try:
            credentials = opened(account)
        except (KeyUnreadable, NotFound) as error:
            logger.warning("the events of account %s cannot be read: %s", account.pk, error)
            continue
        since = (cursor.events_until or account.created_at) - POLL_OVERLAP
        ask = partial(_read, account.provider, credentials, since)
        calls.append(Call(account.pk, account.pk, ask))
    return calls


def take_poll(call: Call, answer: Answer) -> None:
    """Take in what of a list is new. Where it broke off it is read from the same place again."""
    if not isinstance(answer, EventList):
        logger.warning("the events of account %s were not read: %s", call.about, answer)
        return
    account = ProviderAccount.objects.select_related("cooperative").get(pk=call.about)
    at, new = clock.now(), 0
    for first in range(0, len(answer.events), CHUNK):
        chunk = answer.events[first : first + CHUNK]
        known = queries.known_events(account, [event.id for event in chunk])
        rows = [take_in(account, one, at, by="poll") for one in chunk if one.id not in known]
        new += sum(row.state in queries.WAITING for row in rows)
    if answer.whole and answer.events:
        until = max(event.created for event in answer.events)
        ProviderCursor.objects.filter(account=account).update(
            events_until=Greatest("events_until", Value(until))
        )
    if new:
        wake_charging()


def _read(provider: str, credentials: Credentials, since: datetime) -> EventList:
    """All that the list gives until it breaks off; raises what providers raise when that is
    nothing."""
    events: list[Event] = []
    try:
        events.extend(online(provider).iter_events(credentials, since))
    except ProviderError:
        if not events:
            raise
        return EventList(tuple(events), whole=False)
    return EventList(tuple(events), whole=True)
