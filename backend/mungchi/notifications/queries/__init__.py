"""Reading what people are told, and what waits for them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.notifications.models import Notification, Untold


def visible_to(actor: Actor) -> QuerySet[Notification]:
    """What the person was told for the seat it acts from."""
    return Notification.objects.filter(user_id=actor.user_id, seat_id=actor.seat_id)


def unread_counts(actor: Actor) -> tuple[int, int]:
    """How many are unread: for this seat, and for the person's other seats. One query."""
    counts = Notification.objects.filter(user_id=actor.user_id, read_at__isnull=True).aggregate(
        here=Count("id", filter=Q(seat_id=actor.seat_id)),
        elsewhere=Count("id", filter=~Q(seat_id=actor.seat_id)),
    )
    return counts["here"], counts["elsewhere"]


def untold(at: datetime, limit: int) -> Sequence[int]:
    """Events to tell people of, oldest first: ids of history rows."""
    rows = Untold.objects.filter(Q(not_before__isnull=True) | Q(not_before__lte=at))
    return list(rows.order_by("event_id").values_list("event_id", flat=True)[:limit])


def mailable() -> QuerySet[Notification]:
    """Notifications with the person they are for."""
    return Notification.objects.select_related("user")
