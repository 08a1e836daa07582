"""The letter of the day: what a person was told since the last one, and has not read yet."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from mungchi.common import clock
from mungchi.common.jobs import wake_mail
from mungchi.notifications.models import Mail, Notification
from mungchi.notifications.queries.choices import zone_of


def gather_digest(*, user_id: UUID) -> int:
    """Make the person's letter of the day if its time has come; return 1, or 0 when there is none.

    One a day and person, by a constraint. What was read meanwhile is left out; where nothing is
    left, no letter goes.
    """
    with transaction.atomic():
        at = clock.now()
        waiting = list(
            Notification.objects.select_for_update()
            .filter(user_id=user_id, digest_after__lte=at)
            .order_by("digest_after", "id")
        )
        if not waiting:
            return 0
        rows = Notification.objects.filter(pk__in=[row.pk for row in waiting])
        unread = [row.pk for row in waiting if row.read_at is None]
        if not unread:
            rows.update(digest_after=None)
            return 0
        first = waiting[0]
        assert first.digest_after is not None  # noqa: S101 - as asked for
        day = first.digest_after.astimezone(ZoneInfo(zone_of(first.seat_id))).date()
        letter, made = Mail.objects.get_or_create(
            user_id=user_id, digest_date=day, defaults={"created_at": at, "after": at}
        )
        if not made:
            # That day's has gone: another zone's, or at another time chosen since.
            rows.update(digest_after=F("digest_after") + timedelta(days=1))
            return 0
        rows.update(digest_after=None)
        Notification.objects.filter(pk__in=unread).update(digest=letter)
        wake_mail()
        return 1
