"""Reading what people are told, and what waits for them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.notifications.models import CalendarFeed, Mail, Notification, Untold


def visible_to(actor: Actor) -> QuerySet[Notification]:
    """What the person was told for the seat it acts from."""
    return Notification.objects.filter(user_id=actor.user_id, seat_id=actor.seat_id, shown=True)


def unread_counts(actor: Actor) -> tuple[int, int]:
    """How many are unread: for this seat, and for the person's other seats. One query."""
    counts = Notification.objects.filter(
        user_id=actor.user_id, read_at__isnull=True, shown=True
    ).aggregate(
        here=Count("id", filter=Q(seat_id=actor.seat_id)),
        elsewhere=Count("id", filter=~Q(seat_id=actor.seat_id)),
    )
    return counts["here"], counts["elsewhere"]


def untold(at: datetime, limit: int) -> Sequence[int]:
    """Events to tell people of, oldest first: ids of history rows."""
    rows = Untold.objects.filter(Q(not_before__isnull=True) | Q(not_before__lte=at))
    return list(rows.order_by("event_id").values_list("event_id", flat=True)[:limit])


def has_mail(at: datetime) -> bool:
    """Whether an e-mail waits that is due."""
    return Mail.objects.filter(state="waiting", after__lte=at).exists()


def due_for_digests(at: datetime, limit: int) -> list[UUID]:
    """People whose daily letter is due, who has waited longest first."""
    rows = Notification.objects.filter(digest_after__lte=at).order_by().values("user_id")
    oldest = rows.annotate(since=Min("digest_after")).order_by("since")
    return list(oldest.values_list("user_id", flat=True)[:limit])


def calendar_of(actor: Actor) -> CalendarFeed | None:
    """The seat's calendar address, if it has one."""
    return CalendarFeed.objects.filter(seat_id=actor.seat_id).first()
