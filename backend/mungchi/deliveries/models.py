"""What the supplier sent to a firm, and what the firm says arrived."""

from django.db import models
from django.db.models import Q

from mungchi.accounts.models import Firm
from mungchi.common.models import Identified
from mungchi.orders.models import Order


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

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="a_shipment_has_a_quantity"),
            models.UniqueConstraint(
                fields=["order", "carrier", "tracking_number"],
                condition=~Q(tracking_number=""),
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
