"""Shapes of the directory on the wire. No address, telephone or e-mail is among them."""

from decimal import Decimal

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.references import CategoryRef
from mungchi.common.money import MAX_UNIT_PRICE, PRICE_DECIMALS
from mungchi.common.problems import language
from mungchi.orders.references import UnitPriceField
from mungchi.outreach.domain.words import KINDS
from mungchi.outreach.models import Listing

LONGEST = 2000


class ListingSerializer(serializers.ModelSerializer):
    """What a firm offers, and what connects it with the reader (see queries.directory_page)."""

    firm = FirmRef(read_only=True)
    category = CategoryRef(read_only=True)
    kind = serializers.ChoiceField(choices=list(KINDS), read_only=True)
    unit_label = serializers.SerializerMethodField()
    price = UnitPriceField(allow_null=True)
    status = serializers.ChoiceField(
        choices=["active", "withdrawn"], source="state", read_only=True
    )
    cooperatives = CooperativeRef(many=True, source="shared", read_only=True)
    partners = CooperativeRef(many=True, source="abroad", read_only=True)
    carriers = CooperativeRef(many=True, read_only=True)
    mine = serializers.BooleanField(read_only=True)
    asked = serializers.UUIDField(allow_null=True, read_only=True)
    campaign = serializers.UUIDField(allow_null=True, read_only=True)

    class Meta:
        model = Listing
        fields = [
            "id", "firm", "title", "description", "kind", "category", "unit", "unit_label",
            "price", "currency", "region", "for_campaigns", "for_partners", "status",
            "cooperatives", "partners", "carriers", "mine", "asked", "campaign", "changed_at",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_unit_label(self, row: Listing) -> str:
        """The unit in words of the caller's language."""
        return UNITS[row.unit].say(language())


def _price() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=18, decimal_places=PRICE_DECIMALS, min_value=Decimal("0.000001"),
        max_value=MAX_UNIT_PRICE, required=False, allow_null=True,
    )  # fmt: skip


class NewListingSerializer(serializers.Serializer):
    """What a firm offers. Without a price it is on request."""

    title = serializers.CharField(max_length=120)
    description = serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, default=""
    )
    kind = serializers.ChoiceField(choices=list(KINDS))
    category = serializers.UUIDField()
    unit = serializers.ChoiceField(choices=list(UNITS))
    price = _price()
    region = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    for_campaigns = serializers.BooleanField(required=False, default=False)
    for_partners = serializers.BooleanField(required=False, default=False)


class ListingChangeSerializer(serializers.Serializer):
    """What is to change; what is left out stays."""

    title = serializers.CharField(max_length=120, required=False)
    description = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    kind = serializers.ChoiceField(choices=list(KINDS), required=False)
    category = serializers.UUIDField(required=False)
    unit = serializers.ChoiceField(choices=list(UNITS), required=False)
    price = _price()
    region = serializers.CharField(max_length=40, required=False, allow_blank=True)
    for_campaigns = serializers.BooleanField(required=False)
    for_partners = serializers.BooleanField(required=False)


class DraftedSerializer(serializers.Serializer):
    """The campaign that was drafted."""

    campaign = serializers.UUIDField()
