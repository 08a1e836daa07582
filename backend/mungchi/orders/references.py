"""How other rows point at campaigns and orders on the wire: small shapes."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.campaigns.models import Campaign
from mungchi.common.money import plain
from mungchi.common.problems import language
from mungchi.common.text import Text
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
        return plain(Decimal(value))


class OrderPartSerializer(serializers.Serializer):
    """So many of a variant: its unit price is the tier's price and its difference, VAT excluded;
    the supply value is in minor units."""

    variant = serializers.UUIDField(source="id")
    name = serializers.SerializerMethodField()
    code = serializers.CharField(allow_blank=True)
    quantity = serializers.IntegerField()
    unit_price = UnitPriceField()
    supply_value = serializers.IntegerField()

    def get_name(self, part: dict[str, Any]) -> str:
        """As it was called, in the caller's language."""
        return str((language() == "en" and part["name_en"]) or part["name"])


def told_parts(row: Any) -> Text | None:
    """Quantities by variant in one cell of a spreadsheet: "빨강 6, 파랑 4"."""
    if not row.parts:
        return None
    return Text(
        ko=", ".join(f"{part['name']} {part['quantity']:,}" for part in row.parts),
        en=", ".join(f"{part['name_en'] or part['name']} {part['quantity']:,}"
                     for part in row.parts),
    )  # fmt: skip


class BankInstructions(serializers.Serializer):
    """Where to transfer the money to."""

    bank = serializers.CharField()
    account = serializers.CharField()
    holder = serializers.CharField()
