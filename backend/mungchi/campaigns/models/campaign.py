"""Campaigns, the guests that they admit, and what people were last told of them."""

from datetime import datetime, timedelta

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from mungchi.accounts.domain.fees import MOST_FEE_BP
from mungchi.accounts.models import Cooperative, Division, Firm
from mungchi.campaigns.domain.states import AFTER_AWARD, ENDED, MOST_FILL_HOURS
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.common.searching import Letters
from mungchi.demand.models import ForetoldItem, Pool


class Campaign(Identified):
    """One purchase together: one item, a threshold, a deadline."""

    host = models.ForeignKey(Cooperative, models.PROTECT, related_name="campaigns")
    item = models.ForeignKey(Item, models.PROTECT)
    pool = models.OneToOneField(Pool, models.PROTECT, null=True, related_name="campaign")
    foretold = models.OneToOneField(
        ForetoldItem, models.PROTECT, null=True, related_name="campaign"
    )
    # The first part of a split award, of which this is the second: it takes what that leaves.
    overflow_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="overflows")
    # What of the item's variants it takes, in order: [{"id", "name", "name_en", "code"}], as they
    # were called; fixed once it is published.
    variants = models.JSONField(default=list, db_default=[])
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=12, default="draft")
    reach = models.CharField(max_length=8, default="own")
    # Of the host: it is for its members alone, where that is the reach.
    division = models.ForeignKey(Division, models.SET_NULL, null=True, related_name="campaigns")
    partners = models.ManyToManyField(Cooperative, blank=True, related_name="joined_campaigns")
    # Whether the host may admit firms that are members of none of these, one by one.
    takes_guests = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    # Basis points; frozen at creation, 0 for items without VAT.
    vat_rate_bp = models.PositiveIntegerField()
    # What the host asks of everybody's supply value, and the VAT on fees, both in basis points:
    # fixed once it opens. What a partner asks is that cooperative's fee at the time of opening.
    host_fee_bp = models.PositiveSmallIntegerField(default=0)
    fee_vat_rate_bp = models.PositiveIntegerField(default=0)
    threshold_quantity = models.PositiveIntegerField(default=1)
    threshold_firms = models.PositiveIntegerField(default=2)
    rationing = models.CharField(max_length=12, default="uniform")
    sealed = models.BooleanField(default=False)
    for_all_suppliers = models.BooleanField(default=True)
    # When it became known outside the host's office; a cancelled draft never was.
    published_at = models.DateTimeField(null=True)
    offers_due_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # For how long after the deadline what fills is taken: fixed once it opens, 0 for not at all.
    fill_hours = models.PositiveSmallIntegerField(default=0)
    # Set when that begins; it is moved no more.
    fills_until = models.DateTimeField(null=True)
    payment_days = models.PositiveSmallIntegerField(default=7)
    payment_due_at = models.DateTimeField(null=True)
    # Days after that until what is not paid lapses: fixed once it opens. None: not by the clock.
    grace_days = models.PositiveSmallIntegerField(null=True)
    delivery_place = models.CharField(max_length=200, blank=True)
    awarded_offer = models.ForeignKey("Offer", models.PROTECT, null=True, related_name="+")
    award_reason = models.TextField(blank=True)
    # The number of the last change of the offer since it opened (see OfferChange); 0: none.
    terms_version = models.PositiveSmallIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=AFTER_AWARD)
                | Q(awarded_offer__isnull=False, closes_at__isnull=False, opened_at__isnull=False),
                name="an_opened_campaign_has_an_offer_and_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(closes_at__gt=F("opened_at")),
                name="a_campaign_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(threshold_quantity__gte=1, threshold_firms__gte=1),
                name="a_threshold_is_at_least_one",
            ),
            models.CheckConstraint(
                condition=Q(rationing__in=["uniform", "proportional", "first_come"]),
                name="the_rationing_rule_is_known",
            ),
            models.CheckConstraint(
                condition=Q(reach__in=["own", "division", "partners", "all"]),
                name="the_reach_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(reach="division") | Q(division__isnull=False) | Q(state__in=ENDED),
                name="a_campaign_for_a_division_names_it_until_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(reach="division") | Q(division__isnull=True),
                name="only_a_campaign_for_a_division_names_one",
            ),
            models.UniqueConstraint(
                fields=["overflow_of"],
                condition=~Q(state="cancelled"),
                name="an_award_is_split_in_two",
            ),
            models.CheckConstraint(
                condition=Q(host_fee_bp__lte=MOST_FEE_BP), name="a_hosts_fee_is_at_most_10_percent"
            ),
            models.CheckConstraint(
                condition=Q(fill_hours__lte=MOST_FILL_HOURS),
                name="a_campaign_is_filled_for_three_days_at_most",
            ),
            models.CheckConstraint(
                condition=Q(fills_until__isnull=True) | Q(fills_until__gt=F("closes_at")),
                name="a_campaign_is_filled_after_its_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state="filling") | Q(fills_until__isnull=False),
                name="a_campaign_that_is_filled_says_until_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_at"], name="campaigns_by_deadline"),
            models.Index(fields=["host", "state", "-id"], name="campaigns_by_host"),
            # As `icontains` asks, and `holds` for one letter or two.
            GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"), name="campaigns_by_part_of_title"
            ),
            GinIndex(Letters(Upper("title")), name="campaigns_by_letters"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at_latest(self) -> datetime | None:
        """When it closes at the latest, if it is filled as long as it may be."""
        if self.closes_at is None:
            return None
        return self.closes_at + timedelta(hours=self.fill_hours)

    @property
    def ends_at(self) -> datetime | None:
        """Until when anything is taken: the deadline, and once it is filled the end of that."""
        return self.fills_until or self.closes_at

    def opened_to(self, cooperative: Cooperative) -> bool:
        """Whether a campaign for all is one for this cooperative: not when it opened only after
        the cooperative had been suspended or had left."""
        paused = cooperative.paused_at
        return paused is None or (self.opened_at is not None and self.opened_at < paused)


class Guest(Identified):
    """A firm that the host admits to one campaign, though no cooperative there is its own."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="guests")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    admitted_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "firm"], name="a_guest_is_admitted_once")
        ]
        indexes = [models.Index(fields=["firm", "campaign"], name="guests_by_firm")]

    def __str__(self) -> str:
        return f"{self.firm} @ {self.campaign}"


class Progress(models.Model):
    """What people were last told of an open campaign; beside it, so that telling locks no row that
    joining needs."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, primary_key=True)
    # The row of its trail up to which it was looked at.
    seen = models.BigIntegerField(default=0)
    # The tier, by its smallest quantity, that closing then would have given; none: it would fail.
    tier = models.PositiveIntegerField(null=True)
    closing_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.campaign}: {self.tier}"


class Step(models.Model):
    """A tier that people were told of: on the way down the ladder of prices, or on the way back."""

    id = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="steps")
    min_quantity = models.PositiveIntegerField()
    deeper = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "min_quantity", "deeper"], name="a_step_is_told_of_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.min_quantity}"
