"""What every app shares: keys, the history of what happened, e-mails that wait to be sent."""

from datetime import datetime
from typing import ClassVar

from django.db import models

from mungchi.common.exact import ExactDecoder
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


class ThisAct(models.Func):
    """The number of the present transaction, as common_act() gives it."""

    template = "common_act()"
    output_field = models.BigIntegerField()
    arity = 0


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
    # The transaction, as the database counts them: what it kept of the same one has the same.
    # Null for events from before it kept anything.
    act = models.BigIntegerField(null=True, db_default=ThisAct())

    class Meta:
        verbose_name = "history"
        verbose_name_plural = "history"
        indexes = [
            models.Index(fields=["subject_id", "id"], name="history_by_subject"),
            models.Index(fields=["thread", "id"], name="history_by_thread"),
            models.Index(fields=["kind", "id"], name="history_by_kind"),
            models.Index(fields=["cooperative_id", "id"], name="history_by_cooperative"),
            models.Index(fields=["firm_id", "id"], name="history_by_firm"),
            models.Index(fields=["act", "id"], name="history_by_act"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.kind}"


class Change(models.Model):
    """What one statement made of one row, before and after: written by the database (keeping.py).

    Nobody else writes here: requests have no right to, and what is here stays. `id` comes out of
    the sequence of History, so that both read together stand in the order in which they happened.
    `op`: made, changed, gone. `before` and `after` hold the columns that are kept; for a change,
    those that differ. `user_id`, `seat_id`, `role`, `key_id`, `request_id` are what the request
    said; a write from elsewhere has the database's user and the program.
    """

    id = models.BigAutoField(primary_key=True)
    act = models.BigIntegerField()
    at = models.DateTimeField()
    op = models.CharField(max_length=8)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    thread = models.UUIDField(null=True)
    cooperative_id = models.UUIDField(null=True)
    partner_id = models.UUIDField(null=True)
    firm_id = models.UUIDField(null=True)
    before = models.JSONField(null=True, decoder=ExactDecoder)
    after = models.JSONField(null=True, decoder=ExactDecoder)
    user_id = models.UUIDField(null=True)
    seat_id = models.UUIDField(null=True)
    role = models.CharField(max_length=16, blank=True)
    key_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64, blank=True)
    database_user = models.CharField(max_length=64)
    program = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"], name="changes_by_subject"),
            models.Index(
                fields=["thread", "id"],
                condition=models.Q(thread__isnull=False),
                name="changes_by_thread",
            ),
            models.Index(fields=["cooperative_id", "id"], name="changes_by_cooperative"),
            models.Index(
                fields=["partner_id", "id"],
                condition=models.Q(partner_id__isnull=False),
                name="changes_by_partner",
            ),
            models.Index(fields=["firm_id", "id"], name="changes_by_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject_type} {self.op}"


class Trail(models.Model):
    """History and changes read as one, in the order of their ids: a view.

    `place_id` is the office whose trail a row stands in. A change that stands in a second office's
    trail as well (its member in another's campaign) is there twice, once of them `doubled`: filter
    by `place_id`, or by `doubled=False`.
    """

    id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.BigIntegerField(null=True)
    # event, or what Change says.
    op = models.CharField(max_length=8)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    thread = models.UUIDField(null=True)
    place_id = models.UUIDField(null=True)
    doubled = models.BooleanField()
    firm_id = models.UUIDField(null=True)
    from_state = models.CharField(max_length=24)
    to_state = models.CharField(max_length=24)
    why = models.TextField()
    data = models.JSONField()
    before = models.JSONField(null=True, decoder=ExactDecoder)
    after = models.JSONField(null=True, decoder=ExactDecoder)
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=150)
    seat_id = models.UUIDField(null=True)
    role = models.CharField(max_length=16)
    key_id = models.UUIDField(null=True)
    request_id = models.CharField(max_length=64)
    database_user = models.CharField(max_length=64)
    program = models.CharField(max_length=64)

    class Meta:
        managed = False
        db_table = "common_trail"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject_type} {self.kind or self.op}"


class Erasure(models.Model):
    """A person who is, or is to be, erased; `id` is the number that stands where the name stood."""

    id = models.BigAutoField(primary_key=True)
    user_id = models.UUIDField(unique=True)
    asked_at = models.DateTimeField()
    # Who asked: the person, or an operator on its behalf, with the reason.
    asked_by = models.UUIDField(null=True)
    why = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)
    # The database's own number of the transaction that erased: see common_erasing().
    erased_in = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(erased_at__isnull=True), name="erasures_to_do"
            )
        ]

    def __str__(self) -> str:
        return f"{self.id}"


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
