"""What people are told: on the screen, and by e-mail; and how they want to be told."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Seat, User
from mungchi.common.models import History, Identified
from mungchi.notifications.domain.hours import DIGEST_AT
from mungchi.notifications.domain.kinds import WAYS


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
    # Whether it is on the list on the screen; else it is here for its e-mail alone.
    shown = models.BooleanField(default=True)
    # When the daily letter is due for which it waits, and the letter that it then stood in.
    digest_after = models.DateTimeField(null=True)
    digest = models.ForeignKey("Mail", models.SET_NULL, null=True, related_name="gathered")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "event"], name="a_seat_is_told_of_an_event_once"
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
                fields=["digest_after"],
                condition=Q(digest_after__isnull=False),
                name="notifications_for_digests",
            ),
        ]

    def __str__(self) -> str:
        return self.sentence_ko


class Mail(Identified):
    """An e-mail to a person: of one event, or the letter of one day.

    Its words are made when it goes. Taken by a worker it is `sending`; only what the mail server
    took is `sent`. A worker that dies in between leaves it `sending`, and it is taken up again,
    with the same Message-ID.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="mails")
    event = models.ForeignKey(History, models.PROTECT, null=True)
    notification = models.OneToOneField(
        Notification, models.CASCADE, null=True, related_name="mail"
    )
    digest_date = models.DateField(null=True)
    state = models.CharField(max_length=8, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    # Not to be taken before this.
    after = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # What the mail server said when it did not take it.
    answer = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event"], name="a_person_is_mailed_of_an_event_once"
            ),
            models.UniqueConstraint(
                fields=["user", "digest_date"], name="a_person_has_one_letter_a_day"
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False, notification__isnull=False, digest_date=None)
                | Q(event=None, notification=None, digest_date__isnull=False),
                name="a_mail_is_of_an_event_or_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "sending", "sent", "refused", "failed", "dropped"]
                ),
                name="the_state_of_a_mail_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", taken_at__isnull=False)
                | (~Q(state="sending") & Q(taken_at=None)),
                name="a_mail_is_taken_while_it_is_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["after"], condition=Q(state="waiting"), name="mails_to_send"),
            models.Index(fields=["taken_at"], condition=Q(state="sending"), name="mails_taken"),
            models.Index(fields=["user", "-id"], name="mails_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.digest_date or self.event_id} → {self.user_id}"


class Preference(Identified):
    """How a person wants to be told of one kind, where it is not as it comes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="preferences")
    kind = models.CharField(max_length=40)
    shown = models.BooleanField()
    mail = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="a_person_chooses_for_a_kind_once"
            ),
            models.CheckConstraint(
                condition=Q(mail__in=WAYS), name="a_mail_goes_now_daily_or_not_at_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


class Mailbox(models.Model):
    """What holds for all e-mails to a person, where it is not as it comes."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="mailbox")
    # No e-mails but the necessary ones.
    only_necessary = models.BooleanField(default=False)
    # By the clock of the cooperative; none when both are empty.
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest_at = models.TimeField(default=DIGEST_AT)
    # The address that the mail server called unknown: nothing is sent there any more.
    refused_address = models.EmailField(blank=True)
    refused_at = models.DateTimeField(null=True)
    refused_answer = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "mailboxes"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False)
                & ~Q(quiet_from=F("quiet_to")),
                name="quiet_hours_begin_and_end",
            ),
            models.CheckConstraint(
                condition=Q(refused_address="", refused_at=None)
                | (~Q(refused_address="") & Q(refused_at__isnull=False)),
                name="an_address_was_refused_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)


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


class CalendarFeed(Identified):
    """The private address of a seat's dates, for a calendar program; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_feeds")
    seat = models.OneToOneField(Seat, models.CASCADE, related_name="calendar_feed")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.seat_id)
