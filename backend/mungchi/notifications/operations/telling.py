"""From an event to notifications: exactly once, whatever dies in between."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from mungchi.common import clock
from mungchi.common.bulk import copy_rows
from mungchi.common.ids import uuid7
from mungchi.common.jobs import wake_mail
from mungchi.common.models import History
from mungchi.notifications.domain.hours import next_digest
from mungchi.notifications.domain.kinds import DIGEST, EVENTS, KINDS, NOW, OFF
from mungchi.notifications.models import Mail, Notification, Untold
from mungchi.notifications.operations import (
    approval_news,
    campaign_news,
    changed_offer_news,
    charging_news,
    claim_news,
    cooperative_news,
    dispute_news,
    filling_news,
    lapse_news,
    less_news,
    member_news,
    money_news,
    outreach_news,
    progress_news,
    sourcing_news,
    standing_news,
    terms_news,
    trade_news,
)
from mungchi.notifications.operations.notice import Notice, NotYet
from mungchi.notifications.queries.choices import chosen_by, zones_of

FIELDS = (
    "id", "user_id", "seat_id", "event_id", "kind", "sentence_ko", "sentence_en", "link",
    "created_at", "shown", "digest_after",
)  # fmt: skip
MAIL_FIELDS = (
    "id", "user_id", "event_id", "notification_id", "state", "attempts", "created_at", "after",
    "answer",
)  # fmt: skip


_NEWS: Final = (member_news, cooperative_news, campaign_news, progress_news, filling_news,
                approval_news, changed_offer_news, sourcing_news, standing_news, trade_news,
                charging_news, claim_news, lapse_news, less_news, outreach_news, money_news,
                dispute_news, terms_news)  # fmt: skip
# The functions are named after the kinds of event they speak of.
NEWS: Final[dict[str, Callable[[History], list[Notice]]]] = {
    kind: next(vars(news)[kind] for news in _NEWS if kind in vars(news)) for kind in EVENTS
}


def tell(*, event_id: int) -> int:
    """Tell everybody concerned of one event; return 1, or 0 when another worker does or did.

    The event is taken off the list of untold ones in the transaction that writes the notifications
    and the e-mails to be sent, so none happens without the others; constraints refuse a second
    telling and a second e-mail.
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
        at = clock.now()
        told = list(_told(row.event, notices, at))
        copy_rows(Notification, FIELDS, _rows(row.event, told, at))
        mailed = [one for one in told if one.mail == NOW]
        if mailed:
            copy_rows(Mail, MAIL_FIELDS, _mails(row.event, mailed, at))
            wake_mail()
        row.delete()
        return 1


@dataclass(frozen=True, slots=True)
class _Told:
    """A notice, and how it reaches its person."""

    id: UUID
    notice: Notice
    kind: str
    shown: bool
    mail: str
    digest_after: datetime | None


def _told(event: History, notices: Sequence[Notice], at: datetime) -> Iterator[_Told]:
    """One a seat; nobody gets two e-mails of one event. Three queries at most.

    Who did it is not told of it, except for kinds that say so; nor is anybody who wants neither
    way.
    """
    kinds = {notice.of_kind or event.kind for notice in notices}
    chosen = chosen_by({notice.user_id for notice in notices}, kinds)
    zones = zones_of({notice.seat_id for notice in notices}) if chosen.any_daily(kinds) else {}
    told: set[UUID] = set()
    mailed: set[UUID] = set()
    for notice in notices:
        kind = notice.of_kind or event.kind
        did_it = notice.seat_id == event.seat_id and not KINDS[kind].doer
        if notice.seat_id in told or did_it:
            continue
        told.add(notice.seat_id)
        shown, mail = chosen.of(notice.user_id, kind)
        if not notice.mail or notice.user_id in mailed:
            mail = OFF
        if mail != OFF:
            mailed.add(notice.user_id)
        if shown or mail != OFF:
            after = None
            if mail == DIGEST:
                after = next_digest(at, chosen.letter_at(notice.user_id), zones[notice.seat_id])
            yield _Told(uuid7(), notice, kind, shown, mail, after)


def _rows(event: History, told: Sequence[_Told], at: datetime) -> Iterator[tuple[Any, ...]]:
    for one in told:
        notice = one.notice
        yield (one.id, notice.user_id, notice.seat_id, event.pk, one.kind, notice.sentence.ko,
               notice.sentence.en, notice.link, at, one.shown, one.digest_after)  # fmt: skip


def _mails(event: History, told: Sequence[_Told], at: datetime) -> Iterator[tuple[Any, ...]]:
    for one in told:
        yield (uuid7(), one.notice.user_id, event.pk, one.id, "waiting", 0, at, at, "")
