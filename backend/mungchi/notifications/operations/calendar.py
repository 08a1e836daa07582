"""The private address of a seat's dates: made, renewed, read, ended."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from mungchi.accounts.access import Actor, seat_that_may_act
from mungchi.accounts.models import Seat
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.notifications.models import CalendarFeed

# "Last read" is written at most this often.
SEEN_EVERY: Final = timedelta(minutes=5)


def digest_of(key: str) -> str:
    """What is kept of an address's key. It has 256 random bits: nothing to guess from."""
    return hashlib.sha256(key.encode()).hexdigest()


def renew_calendar(*, actor: Actor) -> tuple[CalendarFeed, str]:
    """Make the seat's address, or a new one in place of the old, which ends at once; its key too.

    The key is shown this once.
    """
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        feed, _ = CalendarFeed.objects.update_or_create(
            seat_id=actor.seat_id,
            defaults={
                "user_id": actor.user_id,
                "key_hash": digest_of(key),
                "made_at": clock.now(),
                "read_at": None,
            },
        )
    return feed, key


def end_calendar(*, actor: Actor) -> None:
    """Let the seat's address end. Again: changes nothing."""
    CalendarFeed.objects.filter(seat_id=actor.seat_id).delete()


def open_calendar(*, key: str) -> Seat:
    """The seat whose address it is, with its person and place; the connection is then behind the
    wall as that seat.

    Raises NotFound for a key that is none (any more), and for a seat that may do nothing.
    """
    feed = CalendarFeed.objects.filter(key_hash=digest_of(key)).first()
    seat = seat_that_may_act(feed.seat_id) if feed else None
    if feed is None or seat is None:
        raise NotFound
    at = clock.now()
    unnoticed = Q(read_at__isnull=True) | Q(read_at__lt=at - SEEN_EVERY)
    CalendarFeed.objects.filter(unnoticed, pk=feed.pk).update(read_at=at)
    return seat
