"""What a closing gave, as it is kept."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Cooperative, Firm
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.commitments import Commitment
from mungchi.campaigns.models.fields import Parts, Price
from mungchi.campaigns.models.offers import Offer
from mungchi.common.models import Identified


class ClearingRun(Identified):
    """The immutable record of one clearing: its inputs, the price, and why."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="clearing_runs")
    number = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    offer = models.ForeignKey(Offer, models.PROTECT)
    # closing: of the commitments. lapse: of those who are left when payments lapsed, at the price
    # of before (see domain.rest); short where they do not carry it. less: of what the supplier
    # confirmed, where that is less than was ordered (see domain.less), at the price of before.
    reason = models.CharField(max_length=8, default="closing", db_default="closing")
    outcome = models.CharField(max_length=12)
    tier_min_quantity = models.PositiveIntegerField(null=True)
    unit_price = Price(null=True)
    quantity = models.PositiveBigIntegerField()
    demand = models.PositiveBigIntegerField()
    firms = models.PositiveIntegerField()
    # The rule that the campaign states, and what was really applied to make the sums meet.
    rationing = models.CharField(max_length=12)
    applied = models.CharField(max_length=20)
    inputs_hash = models.CharField(max_length=64)
    tiers = models.JSONField()
    sentence_ko = models.TextField()
    sentence_en = models.TextField()
    closed_by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="clearing_runs_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=["succeeded", "short"], unit_price__isnull=False, quantity__gt=0
                )
                | Q(outcome="failed", unit_price__isnull=True, quantity=0),
                name="a_clearing_has_a_price_or_failed",
            ),
            models.CheckConstraint(
                condition=Q(reason="closing", outcome__in=["succeeded", "failed"])
                | Q(reason__in=["lapse", "less"], outcome__in=["succeeded", "short"],
                    previous__isnull=False),
                name="a_clearing_again_names_the_one_before",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.campaign} #{self.number}: {self.outcome}"

    @property
    def closed_by_person(self) -> str:
        """Who closed it by hand; empty where it closed by itself."""
        return "" if self.closed_by == SYSTEM.user_name else self.closed_by


class ClearingLine(models.Model):
    """What one clearing gave one commitment, with the commitment as it was and a sentence."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(ClearingRun, models.PROTECT, related_name="lines")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    arrival = models.BigIntegerField()
    quantity = models.PositiveIntegerField()
    tolerance = models.PositiveIntegerField()
    minimum = models.PositiveIntegerField()
    price_limit = Price(null=True)
    parts = Parts()
    tolerance_to = models.PositiveSmallIntegerField(null=True)
    awarded = models.PositiveIntegerField()
    awarded_parts = Parts()
    verdict = models.CharField(max_length=16)
    sentence_ko = models.TextField()
    sentence_en = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "commitment"], name="a_commitment_stands_once_in_a_clearing"
            ),
            models.CheckConstraint(
                condition=Q(verdict="awarded", awarded__gt=0) | Q(awarded=0),
                name="only_an_awarded_line_gets_something",
            ),
            models.CheckConstraint(
                condition=Q(awarded=0)
                | Q(awarded__gte=F("minimum"), awarded__lte=F("quantity") + F("tolerance")),
                name="an_award_is_what_the_firm_would_take",
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "-id"], name="clearing_lines_by_firm"),
            # Few, and what the office looks for: who got nothing.
            models.Index(fields=["cooperative", "firm", "-id"], condition=Q(awarded=0),
                         name="clearing_lines_lost"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.firm}: {self.awarded} ({self.verdict})"
