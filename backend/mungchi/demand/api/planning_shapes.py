"""Shapes of needs that come back, and of the last time."""

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.references import ItemRef
from mungchi.common.money import MAX_QUANTITY
from mungchi.common.problems import language
from mungchi.demand.api.serializers import PriceField
from mungchi.demand.domain.recurring import ENDS, MOST_AHEAD, MOST_EVERY, RHYTHMS
from mungchi.demand.models import NeedPlan


class NeedPlanSerializer(serializers.ModelSerializer):
    """A need that comes back: how often, when it is needed next, and when it is stated for that."""

    firm = FirmRef(read_only=True)
    item = ItemRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    price_limit = PriceField(allow_null=True)
    stated_on = serializers.SerializerMethodField()
    ended = serializers.SerializerMethodField()

    class Meta:
        model = NeedPlan
        fields = [
            "id", "firm", "item", "cooperative", "quantity", "price_limit", "note", "every",
            "rhythm", "next_date", "ahead_days", "stated_on", "state", "ended", "created_at",
        ]  # fmt: skip

    @extend_schema_field(serializers.DateField())
    def get_stated_on(self, plan: NeedPlan) -> Any:
        """The day on which the next one is stated."""
        return plan.next_date - timedelta(days=plan.ahead_days)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_ended(self, plan: NeedPlan) -> str | None:
        """Why it stopped by itself; null when it did not."""
        return ENDS[plan.ended_by].say(language()) if plan.ended_by else None


class NewNeedPlanSerializer(serializers.Serializer):
    """A firm plans a need that comes back."""

    cooperative = serializers.UUIDField()
    item = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)
    first_date = serializers.DateField()
    every = serializers.IntegerField(min_value=1, max_value=MOST_EVERY)
    rhythm = serializers.ChoiceField(choices=list(RHYTHMS))
    ahead_days = serializers.IntegerField(min_value=0, max_value=MOST_AHEAD, default=14)
    price_limit = PriceField(required=False, allow_null=True, default=None)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class NeedPlanChangeSerializer(serializers.Serializer):
    """What may change of a plan; what is left out stays."""

    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY, required=False)
    price_limit = PriceField(required=False, allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    ahead_days = serializers.IntegerField(min_value=0, max_value=MOST_AHEAD, required=False)


class SkipSerializer(serializers.Serializer):
    """The time to be skipped, by its date: so that pressing twice skips once."""

    next_date = serializers.DateField()


class AskedItemSerializer(serializers.Serializer):
    """Of which item."""

    item = serializers.UUIDField()


class LastTimeSerializer(serializers.Serializer):
    """What a firm last stated (`need`) or bought (`purchase`) of an item; null: it never did."""

    source = serializers.ChoiceField(choices=["need", "purchase"], allow_null=True)
    quantity = serializers.IntegerField(allow_null=True)
    date = serializers.DateField(source="day", allow_null=True)
    price_limit = PriceField(allow_null=True)
    unit_price = PriceField(allow_null=True)
    currency = serializers.CharField(allow_null=True)
