"""Telling people, letting them read and choose, and mailing."""

from mungchi.notifications.operations.calendar import end_calendar, open_calendar, renew_calendar
from mungchi.notifications.operations.choosing import (
    Wanted,
    arrange_mailbox,
    choose,
    unsubscribe,
)
from mungchi.notifications.operations.digests import gather_digest
from mungchi.notifications.operations.posting import ServerAway, send_taken, take, take_up_stuck
from mungchi.notifications.operations.reading import mark_read
from mungchi.notifications.operations.telling import tell

__all__ = [
    "ServerAway",
    "Wanted",
    "arrange_mailbox",
    "choose",
    "end_calendar",
    "gather_digest",
    "mark_read",
    "open_calendar",
    "renew_calendar",
    "send_taken",
    "take",
    "take_up_stuck",
    "tell",
    "unsubscribe",
]
