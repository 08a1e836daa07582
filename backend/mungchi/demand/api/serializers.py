"""Shapes of needs, pools and purchases on the wire (those of imports are beside theirs)."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.domain.converting import price_from_base, ratio
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.references import ItemRef
from mungchi.common.money import MAX_QUANTITY, PRICE_DECIMALS, plain
from mungchi.common.problems import language
from mungchi.demand.models import Need, Pool, Purchase
from mungchi.demand.queries import FEWEST_FIRMS_SHOWN


@extend_schema_field({"type": "string", "format": "decimal"})
class PriceField(serializers.DecimalField):
    """A unit price: a decimal string in major units, VAT excluded, without trailing zeros."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=PRICE_DECIMALS, **kwargs)

    def to_representation(self, value: Decimal) -> str:
        """The shortest way to write it."""
        return plain(value)


class UnitField(serializers.ChoiceField):
    """What quantity and price limit are said in; null or left out: the item's own unit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"choices": list(UNITS), "required": False, "allow_null": True, **kwargs}
        )


class NeedCampaignSerializer(serializers.Serializer):
    """The campaign that was made of a need's pool."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class SaidSerializer(serializers.Serializer):
    """A need as its firm said it; `price_limit` is for one of that unit, null where there is none
    or where it cannot be written exactly."""

    unit = serializers.CharField()
    unit_label = serializers.CharField()
    quantity = serializers.IntegerField()
    price_limit = PriceField(allow_null=True)


class NeedSerializer(serializers.ModelSerializer):
    """A need, as its firm and its cooperative's office see it.

    `quantity` and `price_limit` are in the item's unit; `said` is what the firm said where that was
    another, else null.
    """

    firm = FirmRef(read_only=True, allow_null=True)
    item = ItemRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    price_limit = PriceField(allow_null=True)
    pool = serializers.UUIDField(source="pool_id", read_only=True)
    campaign = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField()

    class Meta:
        model = Need
        fields = [
            "id", "firm", "item", "quantity", "said", "needed_by", "price_limit", "note", "state",
            "pool", "cooperative", "created_at", "campaign",
        ]  # fmt: skip

    @extend_schema_field(SaidSerializer(allow_null=True))
    def get_said(self, need: Need) -> dict[str, Any] | None:
        """The firm's own unit, quantity and price."""
        if need.said_quantity is None:
            return None
        one = ratio(need.said_quantity, need.quantity)
        price = None if need.price_limit is None else price_from_base(need.price_limit, one)
        return {
            "unit": need.said_unit,
            "unit_label": UNITS[need.said_unit].say(language()),
            "quantity": need.said_quantity,
            "price_limit": None if price is None else plain(price),
        }

    @extend_schema_field(NeedCampaignSerializer(allow_null=True))
    def get_campaign(self, need: Need) -> dict[str, Any] | None:
        """The campaign the need is or was part of; none while it waits or after it came back."""
        # A pool is a campaign's own, or holds what its winners needed beside that.
        part = getattr(need.pool, "part", None)
        campaign = part.campaign if part else getattr(need.pool, "campaign", None)
        return {"id": campaign.pk, "title": campaign.title} if campaign else None


class NewNeedSerializer(serializers.Serializer):
    """A firm states a need."""

    cooperative = serializers.UUIDField()
    item = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)
    needed_by = serializers.DateField()
    price_limit = PriceField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    unit = UnitField()


class NeedChangeSerializer(serializers.Serializer):
    """What a firm may change about a need; what is left out stays."""

    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY, required=False)
    needed_by = serializers.DateField(required=False)
    price_limit = PriceField(required=False, allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    unit = UnitField()


def told_quantity(pool: Any, *, office: bool) -> int | None:
    """A pool's total; None where it would give one firm away to a reader who is no office."""
    shown = office or pool.firms >= FEWEST_FIRMS_SHOWN
    return int(pool.quantity) if shown else None


class PoolSerializer(serializers.ModelSerializer):
    """A pool: totals for members, and for the office.

    `quantity` is null for a firm while fewer than three firms are in the pool: with its own needs
    it could tell the other's from the total. Needs `office` (bool) in the context.
    """

    item = ItemRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    quantity = serializers.SerializerMethodField()
    firms = serializers.IntegerField()
    earliest_needed_by = serializers.DateField(source="first_day")
    mine = serializers.IntegerField(allow_null=True)

    class Meta:
        model = Pool
        fields = [
            "id", "cooperative", "item", "quantity", "firms", "earliest_needed_by", "state", "mine",
        ]  # fmt: skip

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_quantity(self, pool: Any) -> int | None:
        """The total, where it gives no firm away."""
        return told_quantity(pool, office=self.context["office"])


class PoolDetailSerializer(PoolSerializer):
    """A pool with its needs, for the office; for a firm `needs` is null."""

    needs = NeedSerializer(many=True, allow_null=True)

    class Meta(PoolSerializer.Meta):
        fields = [*PoolSerializer.Meta.fields, "needs"]


class PurchaseSerializer(serializers.ModelSerializer):
    """A past purchase."""

    firm = FirmRef(read_only=True)
    item = ItemRef(read_only=True)
    unit_price = PriceField()

    class Meta:
        model = Purchase
        fields = [
            "id", "firm", "item", "quantity", "unit_price", "currency", "purchased_date",
            "document",
        ]  # fmt: skip
