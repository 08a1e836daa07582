"""What people are told: one row a person and event."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Seat, User
from mungchi.common.models import History, Mailed


class Notification(Mailed):
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "event"], name="a_seat_is_told_of_an_event_once"
            ),
            models.CheckConstraint(
                condition=Q(mail_state__in=["", "waiting", "sent", "failed"]),
                name="the_mail_state_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "-id"], name="notifications_by_seat"),
            models.Index(
                fields=["user", "seat"],
                condition=Q(read_at__isnull=True),
                name="notifications_unread",
            ),
            models.Index(
                fields=["id"], condition=Q(mail_state="waiting"), name="notifications_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence_ko


class Untold(models.Model):
    """An event nobody has been told of yet.

    A trigger on the history puts it here in the transaction of the event itself, so that it
    appears when that commits: reading the history by "id above the last" would miss rows that
    commit later under a lower id. Telling deletes it in the transaction that makes the
    notifications.
    """

    event = models.OneToOneField(History, models.CASCADE, primary_key=True, related_name="untold")
    # Not to be told before this time: an offer in a sealed campaign.
    not_before = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "untold"

    def __str__(self) -> str:
        return str(self.event_id)
