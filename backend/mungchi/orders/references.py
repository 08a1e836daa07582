"""How other rows point at campaigns and orders on the wire: small shapes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.campaigns.models import Campaign
from mungchi.common.money import plain
from mungchi.orders.models import Order


class CampaignTitle(serializers.ModelSerializer):
    """A campaign, as named in orders and payments."""

    class Meta:
        model = Campaign
        fields = ["id", "title"]


class OrderRef(serializers.ModelSerializer):
    """An order, as named in other rows."""

    class Meta:
        model = Order
        fields = ["id", "number"]


@extend_schema_field(serializers.CharField())
class UnitPriceField(serializers.Field):
    """A unit price as an exact decimal string in major units, VAT excluded."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        """Without trailing zeros: "1250", "4.95"."""
        return plain(value)


class BankInstructions(serializers.Serializer):
    """Where to transfer the money to."""

    bank = serializers.CharField()
    account = serializers.CharField()
    holder = serializers.CharField()
