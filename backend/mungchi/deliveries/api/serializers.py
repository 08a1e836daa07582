"""Shapes of shipments on the wire."""

from rest_framework import serializers

from mungchi.common.money import MAX_QUANTITY
from mungchi.deliveries.models import Shipment


class ShipmentSerializer(serializers.ModelSerializer):
    """One sending for one order, with the firm's word on it."""

    order = serializers.UUIDField(source="order_id", read_only=True)
    received_quantity = serializers.IntegerField(
        source="receipt.quantity", allow_null=True, default=None, read_only=True
    )
    received_at = serializers.DateTimeField(
        source="receipt.received_at", allow_null=True, default=None, read_only=True
    )
    note = serializers.CharField(source="receipt.note", default="", read_only=True)
    # The claim that it replaces something for.
    claim = serializers.UUIDField(source="claim_id", allow_null=True, read_only=True)

    class Meta:
        model = Shipment
        fields = [
            "id", "order", "carrier", "tracking_number", "quantity", "shipped_date", "state",
            "received_quantity", "received_at", "note", "claim",
        ]  # fmt: skip


class ParcelSerializer(serializers.Serializer):
    """What goes to one firm."""

    order = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)
    tracking_number = serializers.CharField(
        max_length=60, required=False, allow_blank=True, default=""
    )


class ShippingSerializer(ParcelSerializer):
    """One shipment."""

    carrier = serializers.CharField(max_length=60)
    shipped_date = serializers.DateField()


class BulkShippingSerializer(serializers.Serializer):
    """Shipments to many firms, handed over on one day to one carrier: all are recorded or none."""

    purchase_order = serializers.UUIDField()
    carrier = serializers.CharField(max_length=60)
    shipped_date = serializers.DateField()
    lines = ParcelSerializer(many=True, allow_empty=False, max_length=1000)


class ReceivingSerializer(serializers.Serializer):
    """What arrived."""

    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
