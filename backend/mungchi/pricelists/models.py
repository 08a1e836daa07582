"""Suppliers' standing offers, where they went, and price lists that are brought in."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm, User
from mungchi.campaigns.models import Campaign, Offer
from mungchi.catalog.models import Item
from mungchi.common.models import Identified
from mungchi.common.money import PRICE_DECIMALS
from mungchi.pricelists.domain.terms import PERIODS


class StandingOffer(Identified):
    """What a supplier asks for an item, whoever comes, for as long as it says."""

    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="standing_offers")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    # The supplier's own; files name the offer by it.
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=8, default="active")
    # Of the version that stands.
    number = models.PositiveIntegerField(default=1)
    pack_size = models.PositiveIntegerField(default=1)
    minimum = models.PositiveIntegerField(default=1)
    capacity = models.PositiveIntegerField(null=True)
    capacity_per = models.CharField(max_length=8, default="order")
    lead_time_days = models.PositiveSmallIntegerField()
    # Minor units for a whole delivery.
    delivery_cost = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    # Whether VAT is in the prices and the delivery cost.
    vat_included = models.BooleanField(default=False)
    # Both days belong to it.
    valid_from = models.DateField()
    valid_until = models.DateField()
    # Else for those in its audience alone.
    for_all = models.BooleanField(default=True)
    note = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "code"],
                condition=Q(state="active"),
                name="a_code_is_of_one_standing_offer",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="a_standing_offer_has_a_code"),
            models.CheckConstraint(
                condition=Q(pack_size__gte=1, minimum__gte=1, delivery_cost__gte=0),
                name="a_standing_offers_figures_are_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True)
                | (Q(capacity__gte=F("pack_size")) & Q(capacity__gte=F("minimum"))),
                name="a_standing_capacity_holds_a_pack_and_the_minimum",
            ),
            models.CheckConstraint(
                condition=Q(capacity_per__in=list(PERIODS)), name="a_capacitys_period_is_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")),
                name="a_standing_offer_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | Q(state="active", ended_at__isnull=True),
                name="an_ended_standing_offer_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["supplier", "-id"], name="standing_by_supplier"),
            models.Index(fields=["supplier", "valid_until", "id"], name="standing_by_last_day"),
            models.Index(fields=["supplier", "code", "id"], name="standing_by_code"),
            models.Index(
                fields=["item", "-id"], condition=Q(state="active"), name="standing_by_item"
            ),
            models.Index(
                fields=["valid_until", "id"], condition=Q(state="active"), name="standing_that_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.item}"


class StandingTier(models.Model):
    """From this quantity on, this unit price; as the supplier names it, see vat_included."""

    id = models.BigAutoField(primary_key=True)
    standing_offer = models.ForeignKey(StandingOffer, models.CASCADE, related_name="tiers")
    min_quantity = models.PositiveIntegerField()
    unit_price = models.DecimalField(max_digits=18, decimal_places=PRICE_DECIMALS)

    class Meta:
        ordering = ["min_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["standing_offer", "min_quantity"],
                name="standing_tiers_differ_in_quantity",
            ),
            models.UniqueConstraint(
                fields=["standing_offer", "unit_price"], name="standing_tiers_differ_in_price"
            ),
            models.CheckConstraint(
                condition=Q(min_quantity__gte=1, unit_price__gt=0),
                name="a_standing_tier_has_quantity_and_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.min_quantity}+ → {self.unit_price}"


class Audience(models.Model):
    """A cooperative for which a standing offer is that is not for all. The supplier stands here
    too, so that the second wall needs no other table."""

    id = models.BigAutoField(primary_key=True)
    standing_offer = models.ForeignKey(StandingOffer, models.CASCADE, related_name="audience")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "standing_offer"], name="a_cooperative_is_chosen_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing_offer_id} → {self.cooperative_id}"


class StandingVersion(models.Model):
    """A standing offer's terms as they were from one moment on. Append-only."""

    id = models.BigAutoField(primary_key=True)
    standing_offer = models.ForeignKey(StandingOffer, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # See domain.terms.Terms.as_json.
    terms = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standing_offer", "number"], name="standing_versions_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing_offer_id} #{self.number}"


class Taking(Identified):
    """That an office took a standing offer into its campaign. Says nothing of whether an offer came
    of it: in a sealed campaign that would tell whether the supplier has offered by itself."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    standing_offer = models.ForeignKey(StandingOffer, models.PROTECT, related_name="takings")
    number = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "standing_offer"], name="a_standing_offer_is_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.standing_offer_id} → {self.campaign_id}"


class Posting(models.Model):
    """Of which version of which standing offer an offer on a campaign was made; sealed as it is."""

    offer = models.OneToOneField(Offer, models.PROTECT, primary_key=True, related_name="+")
    standing_offer = models.ForeignKey(StandingOffer, models.PROTECT, related_name="postings")
    number = models.PositiveIntegerField()
    # Else by the supplier.
    by_office = models.BooleanField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.standing_offer_id} #{self.number} → {self.offer_id}"


class PriceSheet(Identified):
    """One file of prices that a supplier brings in."""

    supplier = models.ForeignKey(Firm, models.PROTECT)
    created_by = models.ForeignKey(User, models.PROTECT)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    filename = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default="uploaded")
    # What was read from the head of the file: columns with samples.
    columns = models.JSONField(default=list)
    # field name -> column index; see domain.columns.
    mapping = models.JSONField(default=dict)
    # What lines that say nothing of it get; see domain.lines.Defaults.
    defaults = models.JSONField(default=dict)
    # What lines call an item that no catalogue has -> the key of the one that the supplier chose.
    chosen = models.JSONField(default=dict, db_default={})
    # Whether what is not in the file ends.
    ends_missing = models.BooleanField(default=False)
    # verdict -> how many.
    counts = models.JSONField(default=dict)
    lines = models.PositiveIntegerField(default=0)
    # Keys of the standing offers that the file leaves out, as of when it was judged.
    missing = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["supplier", "-id"], name="price_sheets_by_supplier")]

    def __str__(self) -> str:
        return self.filename


class PriceSheetLine(models.Model):
    """One line: its cells, what it leads to, and with which it belongs together."""

    id = models.BigAutoField(primary_key=True)
    sheet = models.ForeignKey(PriceSheet, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=24, blank=True)
    # Of the first line of an offer: its item, its code, and what changes.
    found = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "line"], name="lines_of_a_price_sheet_are_numbered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} #{self.line}"
