"""What the supplier sent to a firm, what the firm says arrived or claims, and where members
collect."""

from django.db import models
from django.db.models import F, Q

from mungchi.accounts.models import Cooperative, Firm
from mungchi.campaigns.models import Campaign
from mungchi.common.models import Identified
from mungchi.deliveries.models.claims import Claim, ClaimPhoto, ClaimRules, ClaimStep
from mungchi.orders.models import Order

__all__ = [
    "Claim",
    "ClaimPhoto",
    "ClaimRules",
    "ClaimStep",
    "Collection",
    "PickupPoint",
    "Receipt",
    "Shipment",
]


class Shipment(Identified):
    """One sending for one order; an order may take several."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="shipments")
    supplier = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default="shipped")
    carrier = models.CharField(max_length=60)
    tracking_number = models.CharField(max_length=60, blank=True)
    quantity = models.PositiveIntegerField()
    shipped_date = models.DateField()
    created_at = models.DateTimeField()
    # What it replaces, at no price; it does not count towards what was ordered.
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="replacements")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_shipment_has_a_quantity"),
            # A replacement and the rest of the order may lie in one carton.
            models.UniqueConstraint(
                fields=["order", "carrier", "tracking_number", "claim"],
                condition=~Q(tracking_number=""),
                nulls_distinct=False,
                name="a_parcel_is_recorded_once",
            ),
        ]
        indexes = [models.Index(fields=["supplier", "-id"], name="shipments_by_supplier")]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"


class Receipt(Identified):
    """The firm's word on what arrived with one shipment."""

    shipment = models.OneToOneField(Shipment, models.PROTECT, related_name="receipt")
    quantity = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.quantity} of {self.shipment}"


class PickupPoint(Identified):
    """A place of a cooperative where its members collect goods; `hours` in its own words."""

    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="pickup_points")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    hours = models.CharField(max_length=100, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cooperative", "name"],
                condition=Q(closed_at__isnull=True),
                name="open_pickup_points_differ_in_name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Collection(Identified):
    """Where and on which days a cooperative's members collect what they get from a campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="collections")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="+")
    point = models.ForeignKey(PickupPoint, models.PROTECT, related_name="collections")
    first_date = models.DateField()
    last_date = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "point"], name="a_point_stands_once_in_a_campaign"
            ),
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")),
                name="the_last_day_of_collecting_is_not_before_the_first",
            ),
        ]
        indexes = [models.Index(fields=["cooperative", "-id"], name="collections_by_cooperative")]

    def __str__(self) -> str:
        return f"{self.point} {self.first_date}"
