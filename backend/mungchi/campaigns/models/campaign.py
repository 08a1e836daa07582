"""Campaigns, offers, commitments, clearing runs."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.domain.fees import MOST_FEE_BP
from mungchi.accounts.models import Cooperative, Division, Firm
from mungchi.campaigns.domain.states import AFTER_AWARD, ENDED
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.demand.models import ForetoldItem, Pool


class Price(models.DecimalField):
    """A unit price: exact, major units of the campaign's currency, VAT excluded."""

    def __init__(self, **kwargs: object) -> None:
        kwargs["max_digits"] = 18
        kwargs["decimal_places"] = 6
        super().__init__(**kwargs)  # type: ignore[arg-type]


class NextArrival(models.Func):
    """The next number of the sequence in which commitments arrive."""

    template = "nextval('campaigns_arrival')"
    output_field = models.BigIntegerField()
    arity = 0


class Campaign(Identified):
    """One purchase together: one item, a threshold, a deadline."""

    host = models.ForeignKey(Cooperative, models.PROTECT, related_name="campaigns")
    item = models.ForeignKey(Item, models.PROTECT)
    pool = models.OneToOneField(Pool, models.PROTECT, null=True, related_name="campaign")
    foretold = models.OneToOneField(
        ForetoldItem, models.PROTECT, null=True, related_name="campaign"
    )
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
    payment_days = models.PositiveSmallIntegerField(default=7)
    payment_due_at = models.DateTimeField(null=True)
    delivery_place = models.CharField(max_length=200, blank=True)
    awarded_offer = models.ForeignKey("Offer", models.PROTECT, null=True, related_name="+")
    award_reason = models.TextField(blank=True)
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
            models.CheckConstraint(
                condition=Q(host_fee_bp__lte=MOST_FEE_BP), name="a_hosts_fee_is_at_most_10_percent"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_at"], name="campaigns_by_deadline"),
            models.Index(fields=["host", "state", "-id"], name="campaigns_by_host"),
        ]

    def __str__(self) -> str:
        return self.title

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


class Invitation(Identified):
    """A supplier asked to post an offer for a campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="invitations")
    supplier = models.ForeignKey(Firm, models.PROTECT)
    invited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "supplier"], name="a_supplier_is_invited_once"
            )
        ]
        indexes = [models.Index(fields=["supplier", "-id"], name="invitations_by_supplier")]

    def __str__(self) -> str:
        return f"{self.supplier} → {self.campaign}"


class Offer(Identified):
    """A supplier's price ladder for a campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="offers")
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="offers")
    state = models.CharField(max_length=12, default="submitted")
    pack_size = models.PositiveIntegerField(default=1)
    capacity = models.PositiveIntegerField(null=True)
    lead_time_days = models.PositiveSmallIntegerField()
    # Minor units for the whole delivery, VAT excluded.
    delivery_cost = models.BigIntegerField(default=0)
    valid_until = models.DateTimeField()
    note = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    revised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "supplier"], name="one_offer_per_supplier_and_campaign"
            ),
            models.CheckConstraint(
                condition=Q(pack_size__gte=1), name="an_offers_pack_is_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=F("pack_size")),
                name="a_capacity_holds_at_least_one_pack",
            ),
            models.CheckConstraint(
                condition=Q(delivery_cost__gte=0), name="a_delivery_cost_is_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["supplier", "-id"], name="offers_by_supplier")]

    def __str__(self) -> str:
        return f"{self.supplier} → {self.campaign}"


class OfferTier(models.Model):
    """From this total quantity on, everybody pays this unit price."""

    id = models.BigAutoField(primary_key=True)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="tiers")
    min_quantity = models.PositiveIntegerField()
    unit_price = Price()

    class Meta:
        ordering = ["min_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "min_quantity"], name="tiers_of_an_offer_differ_in_quantity"
            ),
            models.UniqueConstraint(
                fields=["offer", "unit_price"], name="tiers_of_an_offer_differ_in_price"
            ),
            models.CheckConstraint(
                condition=Q(min_quantity__gte=1, unit_price__gt=0),
                name="a_tier_has_quantity_and_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.min_quantity}+ → {self.unit_price}"


class Commitment(Identified):
    """A firm's binding order under conditions. One row a firm; its changes are in the history."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="commitments")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="commitments")
    # The cooperative through which the firm takes part. It begins an index below.
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, db_index=False)
    state = models.CharField(max_length=12, default="active")
    quantity = models.PositiveIntegerField()
    tolerance = models.PositiveIntegerField(default=0)
    minimum = models.PositiveIntegerField(default=0)
    price_limit = Price(null=True)
    # What that cooperative asks of its member, in basis points: as it was when the campaign opened.
    partner_fee_bp = models.PositiveSmallIntegerField(default=0)
    # Place in the order of arrival, from a database sequence: settles ties and remainders. Asking
    # for more goes to the back; anything else keeps the place.
    arrival = models.BigIntegerField(db_default=NextArrival())
    accepted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "firm"], name="a_firm_commits_to_a_campaign_once"
            ),
            models.UniqueConstraint(fields=["arrival"], name="no_two_commitments_arrive_at_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, minimum__lte=F("quantity")),
                name="a_smallest_quantity_is_at_most_the_quantity",
            ),
            models.CheckConstraint(
                condition=Q(price_limit__isnull=True) | Q(price_limit__gt=0),
                name="a_price_limit_is_above_zero_or_none",
            ),
            models.CheckConstraint(
                condition=Q(partner_fee_bp__lte=MOST_FEE_BP),
                name="a_partners_fee_is_at_most_10_percent",
            ),
        ]
        indexes = [
            # All that the outlook sums, so that it never visits the table.
            models.Index(
                fields=["campaign"],
                include=["quantity", "tolerance", "price_limit"],
                condition=Q(state="active"),
                name="commitments_for_the_outlook",
            ),
            models.Index(fields=["firm", "-id"], name="commitments_by_firm"),
            # With the firm, which the second wall asks for: so it never visits the table either.
            models.Index(fields=["cooperative", "campaign"], include=["firm"],
                         name="commitments_by_office_and_firm"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.firm}: {self.quantity} → {self.campaign}"


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


class ClearingRun(Identified):
    """The immutable record of one clearing: its inputs, the price, and why."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="clearing_runs")
    number = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    offer = models.ForeignKey(Offer, models.PROTECT)
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
                condition=Q(outcome="succeeded", unit_price__isnull=False, quantity__gt=0)
                | Q(outcome="failed", unit_price__isnull=True, quantity=0),
                name="a_clearing_has_a_price_or_failed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} #{self.number}: {self.outcome}"


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
    awarded = models.PositiveIntegerField()
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
