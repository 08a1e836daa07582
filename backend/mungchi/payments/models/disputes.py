"""What a payer's bank takes back of a charge, and what the office keeps together against that."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.common.papers import Paper
from mungchi.payments.domain.states import OPEN_DISPUTES
from mungchi.payments.models.online import Attempt, ProviderAccount

_FREE = {"max_length": 1000, "blank": True}


class Dispute(Identified):
    """One dispute of one charge, as the provider tells it now. Amounts in minor units."""

    account = models.ForeignKey(ProviderAccount, models.PROTECT, related_name="disputes")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    campaign = models.ForeignKey(Campaign, models.PROTECT)
    payment = models.ForeignKey("payments.Payment", models.PROTECT, related_name="disputes")
    firm = models.ForeignKey(Firm, models.PROTECT)
    attempt = models.ForeignKey(Attempt, models.PROTECT)
    external_id = models.CharField(max_length=100)
    state = models.CharField(max_length=16)
    # The bank only asks, and has taken nothing.
    inquiry = models.BooleanField(default=False)
    reason = models.CharField(max_length=60)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    due_by = models.DateTimeField(null=True)
    # What is gone of the charge, what the provider keeps for it where that is in this currency, and
    # what of the first the books say is lost.
    taken = models.BigIntegerField(default=0)
    fee = models.BigIntegerField(default=0)
    borne = models.BigIntegerField(default=0)
    # When it began there; when we heard; when what is written was asked for; when it ended.
    opened_at = models.DateTimeField()
    found_at = models.DateTimeField()
    told_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    # What was done at the provider, by hand, in the office's words.
    submitted_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    submitted_note = models.CharField(**_FREE)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    accepted_why = models.CharField(**_FREE)
    # What the firm owes again: none, asked, paid, dropped.
    again = models.CharField(max_length=8, default="none")
    again_amount = models.BigIntegerField(default=0)
    again_due = models.DateField(null=True)
    again_paid_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "external_id"], name="a_dispute_is_there_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_dispute_is_above_zero"),
            models.CheckConstraint(
                condition=Q(taken__gte=0, taken__lte=F("amount"), borne__gte=0,
                            borne__lte=F("taken"), fee__gte=0),
                name="no_more_is_taken_than_disputed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_DISPUTES, ended_at__isnull=True)
                | (~Q(state__in=OPEN_DISPUTES) & Q(ended_at__isnull=False)),
                name="a_dispute_that_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(again="none", again_amount=0)
                | (~Q(again="none") & Q(again_amount__gt=0, again_due__isnull=False)),
                name="what_is_asked_for_again_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(again="paid", again_paid_on__isnull=False)
                | (~Q(again="paid") & Q(again_paid_on__isnull=True)),
                name="what_was_paid_again_has_a_day",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["cooperative", "state", "-id"], name="disputes_by_office"),
            models.Index(
                fields=["campaign"],
                condition=Q(state__in=OPEN_DISPUTES),
                name="disputes_by_campaign",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id


class DisputeNote(Identified):
    """What somebody of the office writes down about a dispute; stays."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="notes")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)
    text = models.CharField(max_length=2000)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text[:40]


class DisputeFile(Paper):
    """A file that the office keeps with a dispute: a delivery note, a letter, a picture."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="files")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "digest"], name="a_dispute_has_a_file_once")
        ]

    def __str__(self) -> str:
        return self.filename
