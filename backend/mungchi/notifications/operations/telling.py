"""From an event to notifications: exactly once, whatever dies in between."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from mungchi.common import clock
from mungchi.common.bulk import copy_rows
from mungchi.common.ids import uuid7
from mungchi.common.models import History
from mungchi.notifications.domain.kinds import KINDS
from mungchi.notifications.models import Notification, Untold
from mungchi.notifications.operations import (
    campaign_news,
    cooperative_news,
    member_news,
    outreach_news,
    trade_news,
)
from mungchi.notifications.operations.notice import Notice, NotYet

FIELDS = (
    "id", "user_id", "seat_id", "event_id", "kind", "sentence_ko", "sentence_en", "link",
    "created_at", "mail_state", "mail_attempts",
)  # fmt: skip


_NEWS: Final = (member_news, cooperative_news, campaign_news, trade_news, outreach_news)
# The functions are named after the kinds of event they speak of.
NEWS: Final[dict[str, Callable[[History], list[Notice]]]] = {
    kind: next(vars(news)[kind] for news in _NEWS if kind in vars(news)) for kind in KINDS
}


def tell(*, event_id: int) -> int:
    """Tell everybody concerned of one event; return 1, or 0 when another worker does or did.

    The event is taken off the list of untold ones in the transaction that writes the
    notifications, so neither happens without the other; a constraint refuses a second telling.
    """
    with transaction.atomic():
        row = (
            Untold.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("event")
            .filter(event_id=event_id)
            .first()
        )
        if row is None:
            return 0
        try:
            notices = NEWS[row.event.kind](row.event)
        except NotYet as wait:
            row.not_before = wait.until
            row.save(update_fields=["not_before"])
            return 0
        copy_rows(Notification, FIELDS, _rows(row.event, notices, clock.now()))
        row.delete()
        return 1


def _rows(event: History, notices: Sequence[Notice], at: datetime) -> Iterator[tuple[Any, ...]]:
    """One row of FIELDS a seat; nobody gets two e-mails of one event.

    Who did it is not told of it, except for kinds that say so.
    """
    told: set[UUID] = set()
    mailed: set[UUID] = set()
    for notice in notices:
        did_it = notice.seat_id == event.seat_id and not KINDS[event.kind].doer
        if notice.seat_id in told or did_it:
            continue
        told.add(notice.seat_id)
        mail = KINDS[event.kind].mail and notice.mail and notice.user_id not in mailed
        if mail:
            mailed.add(notice.user_id)
        yield (uuid7(), notice.user_id, notice.seat_id, event.pk, event.kind, notice.sentence.ko,
               notice.sentence.en, notice.link, at, "waiting" if mail else "", 0)  # fmt: skip
