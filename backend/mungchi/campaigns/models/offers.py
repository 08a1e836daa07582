"""What suppliers offer on a campaign, and who is asked to."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Firm
from mungchi.campaigns.models.campaign import Campaign
from mungchi.campaigns.models.fields import Differences, Price
from mungchi.common.models import Identified


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
    differences = Differences()
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
