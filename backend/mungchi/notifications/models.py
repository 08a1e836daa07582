"""What people are told: one row a person and event."""

from django.db import models

from mungchi.accounts.models import Seat, User
from mungchi.common.models import History, Identified


class Notification(Identified):
    """One thing a person is told, for one of the person's seats."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    seat = models.ForeignKey(Seat, models.CASCADE)
    event = models.ForeignKey(History, models.PROTECT)
    kind = models.CharField(max_length=40)
    sentence_ko = models.TextField()
    sentence_en = models.TextField()
    link = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "event"], name="a_seat_is_told_of_an_event_once"
            )
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notifications_by_user"),
            models.Index(
                fields=["user"],
                condition=models.Q(read_at__isnull=True),
                name="notifications_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence_ko


class Reader(models.Model):
    """How far the history has been read for telling people: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_event = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last_event)
