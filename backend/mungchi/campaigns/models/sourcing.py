"""Between the first offer and the award: decisions that need a second person, questions, versions
of offers, files."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Firm, User
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.fields import Differences
from mungchi.campaigns.models.offers import Offer
from mungchi.common.models import Identified
from mungchi.common.papers import Paper


class Decision(Identified):
    """What a coordinator may not decide alone, because its own firm offers on the campaign or is in
    it: an award, a closing by hand, what becomes of it when payments lapsed (word, pay, fail: see
    Hold). A second coordinator confirms or refuses."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    # Of the award, or of going on, as it will be kept with it.
    reason = models.TextField(blank=True)
    state = models.CharField(max_length=12, default="waiting")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # Why it was refused.
    refusal = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "kind"],
                condition=Q(state="waiting"),
                name="one_decision_of_a_kind_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="award", offer__isnull=False)
                | Q(kind__in=["close", "word", "pay", "fail", "less"], offer__isnull=True),
                name="an_award_names_its_offer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "refused"])
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("asked_by"))),
                name="a_second_person_answers_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.kind} ({self.state})"


class Question(Identified):
    """What a supplier asks before it offers, and what the office answers: read by all who may
    offer, without the name of who asked."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="questions")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_words_and_a_time",
            )
        ]
        indexes = [models.Index(fields=["campaign", "id"], name="questions_by_campaign")]

    def __str__(self) -> str:
        return self.text


class OfferRevision(models.Model):
    """One version of an offer's terms, as it was sent. Append-only."""

    id = models.BigAutoField(primary_key=True)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    # [[from quantity, unit price], ...]
    tiers = models.JSONField()
    differences = Differences()
    pack_size = models.PositiveIntegerField()
    capacity = models.PositiveIntegerField(null=True)
    lead_time_days = models.PositiveSmallIntegerField()
    delivery_cost = models.BigIntegerField()
    valid_until = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "number"], name="versions_of_an_offer_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer} #{self.number}"


class Attachment(Paper):
    """A file with a campaign (a drawing, a specification) or, sealed as it is, with an offer."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="files")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="files")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "offer", "digest"],
                name="a_file_is_attached_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["application/pdf", "image/png", "image/jpeg"]),
                name="a_file_is_of_a_known_type",
            ),
        ]
        indexes = [models.Index(fields=["offer"], name="files_by_offer")]

    def __str__(self) -> str:
        return self.filename
