"""What every app shares: keys, the history of what happened, e-mails that wait to be sent."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from mungchi.common.ids import uuid7


class Identified(models.Model):
    """A row with a version 7 UUID as its key: says nothing about how many there are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Mailed(Identified):
    """A row with an e-mail of its own; see common.mailing for how it goes out."""

    # Given up when the mail server has refused so often: about an hour after the first time.
    most_attempts: ClassVar[int] = 6
    # What a kind of row changes of itself with the state, and saves with it.
    mail_content: ClassVar[tuple[str, ...]] = ()

    # "" (not to be mailed), waiting, sent, failed; "sent" is written before the sending.
    mail_state = models.CharField(max_length=8, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_after = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def mark_sent(self, at: datetime) -> None:
        """Write down that it goes out now."""
        self.mail_state, self.mailed_at = "sent", at
        self.mail_attempts += 1
        self.save(update_fields=["mail_state", "mailed_at", "mail_attempts", *self.mail_content])

    def mark_waiting(self, after: datetime, *, given_up: bool) -> None:
        """Write down that it did not go out: it waits until `after`, or is given up."""
        self.mail_state = "failed" if given_up else "waiting"
        self.mailed_at, self.mail_after = None, after
        self.save(update_fields=["mail_state", "mailed_at", "mail_after", *self.mail_content])


class History(models.Model):
    """One event of the business: who did what to which row, when, from where to where, and why.

    Append-only by trigger. `thread` is the row whose trail this belongs to (the campaign for all
    that happens in it), `cooperative_id` the tenant who may read it.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    thread = models.UUIDField(null=True)
    cooperative_id = models.UUIDField(null=True)
    firm_id = models.UUIDField(null=True)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24, blank=True)
    why = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=150, blank=True)
    seat_id = models.UUIDField(null=True)
    role = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "history"
        verbose_name_plural = "history"
        indexes = [
            models.Index(fields=["subject_id", "id"], name="history_by_subject"),
            models.Index(fields=["thread", "id"], name="history_by_thread"),
            models.Index(fields=["kind", "id"], name="history_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class Transition(models.Model):
    """A declared move of a state machine; the trigger on the machine's table looks it up here."""

    id = models.BigAutoField(primary_key=True)
    machine = models.CharField(max_length=40)
    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "from_state", "to_state"], name="a_move_is_declared_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.machine}: {self.from_state or '(new)'} → {self.to_state}"


class WorkerHeartbeat(models.Model):
    """When the pipeline last ran: one row, read by /readyz."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_heartbeat")
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
