"""Shapes of proposed needs and of what is foretold on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.references import ItemRef
from mungchi.common.money import MAX_QUANTITY
from mungchi.demand.api.serializers import NeedCampaignSerializer, PriceField, UnitField
from mungchi.demand.models import ForetoldItem, ProposedNeed


class OccasionSerializer(serializers.Serializer):
    """A past purchase that a proposal is told from; bulk: far more than usual, and left out."""

    date = serializers.DateField()
    quantity = serializers.IntegerField()
    unit_price = serializers.CharField(allow_null=True)
    bulk = serializers.BooleanField()


class StatedNeedSerializer(serializers.Serializer):
    """The need that an accepted proposal became."""

    id = serializers.UUIDField()
    state = serializers.CharField()


class ProposedNeedSerializer(serializers.ModelSerializer):
    """A need that a firm's purchases suggest. `rhythm`: regular, yearly, or asked by the office."""

    firm = FirmRef(read_only=True)
    item = ItemRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    last_price = PriceField(allow_null=True)
    evidence = OccasionSerializer(many=True)
    need = StatedNeedSerializer(allow_null=True)

    class Meta:
        model = ProposedNeed
        fields = [
            "id", "firm", "item", "cooperative", "rhythm", "every_days", "quantity", "needed_by",
            "last_price", "currency", "evidence", "state", "need", "created_at",
        ]  # fmt: skip


class AcceptanceSerializer(serializers.Serializer):
    """What the firm would have otherwise; what is left out is as proposed."""

    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY, required=False)
    needed_by = serializers.DateField(required=False)
    price_limit = PriceField(required=False, allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    unit = UnitField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A unit says what a quantity is in: the proposed one is in the item's."""
        if attrs.get("unit") and "quantity" not in attrs:
            raise serializers.ValidationError(
                {"quantity": [self.fields["quantity"].error_messages["required"]]}, "required"
            )
        return attrs


class MonthBoughtSerializer(serializers.Serializer):
    """How many members bought how much in a month ("2026-10")."""

    month = serializers.CharField()
    firms = serializers.IntegerField()
    quantity = serializers.IntegerField()


class ForetoldSerializer(serializers.ModelSerializer):
    """What is foretold of an item. `chance` in per cent that two firms or more buy it; `quantity`
    is the one figure that will be least wrong, `low` to `high` what is usual if they buy."""

    item = ItemRef(read_only=True)
    evidence = MonthBoughtSerializer(many=True)
    campaign = serializers.SerializerMethodField()

    class Meta:
        model = ForetoldItem
        fields = [
            "id", "item", "month", "known_until", "chance", "firms", "quantity", "low", "high",
            "evidence", "asked_at", "campaign",
        ]  # fmt: skip

    @extend_schema_field(NeedCampaignSerializer(allow_null=True))
    def get_campaign(self, row: Any) -> dict[str, Any] | None:
        """The campaign that was made of it."""
        campaign = getattr(row, "campaign", None)
        return {"id": campaign.pk, "title": campaign.title} if campaign else None


class BuyerSerializer(serializers.Serializer):
    """A member that bought the item within a year before. `left_alone`: it wants to be left alone
    by the office, and is not asked."""

    id = serializers.UUIDField(source="firm_id")
    name = serializers.CharField()
    times = serializers.IntegerField()
    quantity = serializers.IntegerField()
    last_date = serializers.DateField()
    left_alone = serializers.BooleanField()


class ForetoldDetailSerializer(ForetoldSerializer):
    """One foretold item with the members that bought it before."""

    buyers = BuyerSerializer(many=True)

    class Meta(ForetoldSerializer.Meta):
        fields = [*ForetoldSerializer.Meta.fields, "buyers"]
