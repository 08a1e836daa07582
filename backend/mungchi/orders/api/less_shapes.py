"""Shapes of what suppliers confirm less on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.common.problems import language
from mungchi.orders.domain.states import LESS_LABELS
from mungchi.orders.models import ConfirmedLess


class LessPartSerializer(serializers.Serializer):
    """So many of a variant."""

    variant = serializers.UUIDField()
    quantity = serializers.IntegerField(min_value=0)


class ConfirmLessSerializer(serializers.Serializer):
    """How much the supplier can deliver (by variant where there are any), why, and by when."""

    quantity = serializers.IntegerField(min_value=1, max_value=2**53)
    parts = LessPartSerializer(many=True, required=False, default=list)
    why = serializers.CharField(max_length=1000)
    due_date = serializers.DateField()


class ConfirmedLessSerializer(serializers.ModelSerializer):
    """What a supplier confirmed less. `answer_by`: until when the host is asked to answer; nothing
    happens by itself then. `reason`: the host's."""

    state = serializers.ChoiceField(choices=list(LESS_LABELS), read_only=True)
    parts = serializers.SerializerMethodField()

    class Meta:
        model = ConfirmedLess
        fields = ["id", "state", "quantity", "parts", "why", "due_date", "asked_at", "answer_by",
                  "reason", "decided_at"]  # fmt: skip

    @extend_schema_field(LessPartSerializer(many=True))
    def get_parts(self, row: ConfirmedLess) -> list[dict[str, Any]]:
        """By variant, those of which there is something."""
        pairs = zip(row.campaign.variants, row.parts, strict=bool(row.parts))
        return [
            {"variant": variant["id"], "quantity": quantity} for variant, quantity in pairs
            if quantity
        ]  # fmt: skip


class LessLineSerializer(serializers.Serializer):
    """What one firm would get less; `back` goes back to it, minor units."""

    firm = FirmRef()
    order = serializers.UUIDField(source="order.pk")
    before = serializers.IntegerField()
    quantity = serializers.IntegerField()
    minimum = serializers.IntegerField()
    below_minimum = serializers.BooleanField()
    back = serializers.IntegerField()


class LessBackSerializer(serializers.Serializer):
    """What goes back to firms in all, part by part; minor units. `vat` is on goods and delivery."""

    supply_value = serializers.IntegerField()
    delivery_share = serializers.IntegerField()
    vat = serializers.IntegerField()
    host_fee = serializers.IntegerField()
    partner_fee = serializers.IntegerField()
    fee_vat = serializers.IntegerField()
    total = serializers.IntegerField()


class LessOutlookSerializer(serializers.Serializer):
    """What accepting would come to. `quantity`: what firms would take of it. `lacks`: what tier and
    threshold lack, in words; the price stays. `fewer`, `out`: how many firms get less, and nothing;
    `lines` are the first 200 of them. `must_type`: the campaign's title goes with the decision."""

    less = ConfirmedLessSerializer()
    currency = serializers.CharField(source="less.campaign.currency")
    before = serializers.IntegerField()
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    fewer = serializers.IntegerField()
    out = serializers.IntegerField()
    lacks = serializers.SerializerMethodField()
    back = LessBackSerializer()
    lines = LessLineSerializer(many=True)
    must_type = serializers.BooleanField()

    def get_lacks(self, row: Any) -> list[str]:
        """In the reader's language."""
        return [lack.say(language()) for lack in row.lacks]


class AskedLessSerializer(serializers.Serializer):
    """Null where nothing waits for the host."""

    outlook = LessOutlookSerializer(allow_null=True)


class DecideLessSerializer(serializers.Serializer):
    """Take less (`accept`), or end the campaign; `typed`: the title, where the outlook says so."""

    accept = serializers.BooleanField()
    reason = serializers.CharField(max_length=1000)
    typed = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
