"""Shapes of claims on the wire. Amounts in minor units of the currency beside them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.domain.units import UNITS
from mungchi.common.money import MAX_QUANTITY
from mungchi.common.problems import language
from mungchi.deliveries.domain.claims import (
    KINDS,
    MOST_ANSWER_DAYS,
    MOST_CLAIM_DAYS,
    WAITS_FOR,
)
from mungchi.deliveries.models import Claim, ClaimPhoto, ClaimStep
from mungchi.orders.references import CampaignTitle, OrderRef

MOST_WORDS = 2000


class ClaimPartSerializer(serializers.Serializer):
    """So many of a variant."""

    variant = serializers.UUIDField(source="id")
    name = serializers.CharField()
    quantity = serializers.IntegerField()


def named_parts(parts: Any, of: Any) -> list[dict[str, Any]]:
    """Quantities by variant with their names in the order, in the caller's language."""
    names = {
        str(part["id"]): (language() == "en" and part["name_en"]) or part["name"] for part in of
    }
    return [
        {"id": part["id"], "name": names.get(str(part["id"]), ""), "quantity": part["quantity"]}
        for part in parts
    ]


class ClaimRowSerializer(serializers.ModelSerializer):
    """A claim, as in lists. `waits_for`: who has to answer (supplier, firm, office; "" nobody)."""

    label = serializers.SerializerMethodField()
    order = OrderRef(read_only=True)
    campaign = CampaignTitle(source="order.campaign", read_only=True)
    firm = FirmRef(read_only=True)
    supplier = FirmRef(read_only=True)
    host = CooperativeRef(read_only=True)
    unit_label = serializers.SerializerMethodField()
    waits_for = serializers.SerializerMethodField()
    side = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = [
            "id", "label", "order", "campaign", "firm", "supplier", "host", "kind", "wish",
            "quantity", "unit_label", "state", "waits_for", "side", "answer_by", "created_at",
            "remedy", "settled_quantity", "decided_at",
        ]  # fmt: skip

    def get_label(self, row: Claim) -> str:
        """How people call it: the order's number and its own."""
        return f"{row.order.number}-C{row.number}"

    def get_unit_label(self, row: Claim) -> str:
        """The item's unit, in the caller's language."""
        return UNITS[row.order.item.unit].say(language())

    def get_waits_for(self, row: Claim) -> str:
        """Who has to answer."""
        return WAITS_FOR.get(row.state, "")

    def get_side(self, row: Claim) -> str:
        """On which side of it the caller stands: firm, supplier, office; "" only sees it."""
        actor = self.context["actor"]
        if actor.is_firm:
            return "firm" if actor.firm_id == row.firm_id else "supplier"
        return "office" if actor.cooperative_id == row.host_id else ""


class ClaimStepSerializer(serializers.ModelSerializer):
    """One thing that was said or done."""

    class Meta:
        model = ClaimStep
        fields = ["id", "at", "side", "step", "text", "remedy", "quantity", "amount"]


class ClaimPhotoSerializer(serializers.ModelSerializer):
    """A photograph, without its content."""

    class Meta:
        model = ClaimPhoto
        fields = ["id", "width", "height", "added_at"]


class ClaimRestSerializer(serializers.Serializer):
    """What a claim's refund comes to beyond what the payer's bank had taken."""

    id = serializers.UUIDField()
    amount = serializers.IntegerField()
    state = serializers.CharField()
    settled_at = serializers.DateTimeField(allow_null=True)


class ClaimRefundSerializer(ClaimRestSerializer):
    """The refund that a claim ended in, for the firm and the offices. `rest`: what goes back beside
    it where the payer's bank had taken so much; null where there is nothing more."""

    rest = ClaimRestSerializer(allow_null=True)


class ClaimCreditSerializer(serializers.Serializer):
    """What was taken off what the firm owes on account, for the firm and the offices."""

    id = serializers.UUIDField()
    amount = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class ClaimSerializer(ClaimRowSerializer):
    """A claim with what was said of it.

    `worth`: what the claimed units are worth, the supplier's part with VAT: the most that a refund
    may be agreed on over. `worth_in_all`: with the fees that go back on top; null for the supplier.
    `to_replace`: how many units of a replacement are still to be sent, to `address`; `under_way`:
    whether some are on their way.
    """

    shipment = serializers.UUIDField(source="shipment_id", allow_null=True, read_only=True)
    parts = serializers.SerializerMethodField()
    settled_parts = serializers.SerializerMethodField()
    currency = serializers.CharField(source="order.currency", read_only=True)
    item = serializers.CharField(source="order.item.name", read_only=True)
    address = serializers.CharField(source="order.goes_to", read_only=True)
    worth = serializers.IntegerField()
    worth_in_all = serializers.IntegerField(allow_null=True)
    to_replace = serializers.IntegerField()
    refund = ClaimRefundSerializer(allow_null=True)
    credit = ClaimCreditSerializer(allow_null=True)
    steps = ClaimStepSerializer(many=True, read_only=True)
    photos = ClaimPhotoSerializer(many=True, read_only=True)
    under_way = serializers.BooleanField()

    class Meta(ClaimRowSerializer.Meta):
        fields = [
            *ClaimRowSerializer.Meta.fields, "shipment", "parts", "settled_parts",
            "settled_amount", "answer", "decided_by", "alone", "currency", "item", "address",
            "worth", "worth_in_all", "to_replace", "under_way", "refund", "credit", "steps",
            "photos",
        ]  # fmt: skip

    @extend_schema_field(ClaimPartSerializer(many=True))
    def get_parts(self, row: Claim) -> list[dict[str, Any]]:
        """What is claimed by variant."""
        parts = named_parts(row.parts, row.order.parts)
        return list(ClaimPartSerializer(parts, many=True).data)

    @extend_schema_field(ClaimPartSerializer(many=True))
    def get_settled_parts(self, row: Claim) -> list[dict[str, Any]]:
        """What was agreed on by variant."""
        parts = named_parts(row.settled_parts, row.order.parts)
        return list(ClaimPartSerializer(parts, many=True).data)


class PartsField(serializers.DictField):
    """Variant -> how many."""

    child = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY)

    def to_internal_value(self, data: Any) -> dict[str, int]:
        """No more variants than an item has."""
        found: dict[str, int] = super().to_internal_value(data)
        if len(found) > 100:
            raise serializers.ValidationError("too many", code="max_length")
        return found


class ClaimingSerializer(serializers.Serializer):
    """What a firm claims. `shipment`: null for what was not sent in time."""

    order = serializers.UUIDField()
    shipment = serializers.UUIDField(allow_null=True, default=None)
    kind = serializers.ChoiceField(choices=sorted(KINDS))
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)
    parts = PartsField(required=False, allow_null=True, default=None)
    wish = serializers.ChoiceField(choices=["refund", "replacement"])
    words = serializers.CharField(max_length=MOST_WORDS)


class TermsSerializer(serializers.Serializer):
    """What is proposed or decided. `amount`: of a refund, the supplier's part with VAT where it is
    less than the units are worth."""

    remedy = serializers.ChoiceField(choices=["refund", "replacement", "none"])
    quantity = serializers.IntegerField(min_value=0, max_value=MAX_QUANTITY, default=0)
    amount = serializers.IntegerField(min_value=1, max_value=2**62, allow_null=True, default=None)
    parts = PartsField(required=False, allow_null=True, default=None)


class AnsweringSerializer(TermsSerializer):
    """The supplier's answer."""

    words = serializers.CharField(max_length=MOST_WORDS, allow_blank=True, default="")


class DecidingSerializer(TermsSerializer):
    """The office's decision, with its reason."""

    why = serializers.CharField(max_length=MOST_WORDS)


class ReplyingSerializer(serializers.Serializer):
    """Whether the firm agrees to the supplier's answer; why not."""

    agree = serializers.BooleanField()
    words = serializers.CharField(max_length=MOST_WORDS, allow_blank=True, default="")


class WordsSerializer(serializers.Serializer):
    """Words for all sides."""

    words = serializers.CharField(max_length=MOST_WORDS)


class WithdrawingSerializer(serializers.Serializer):
    """Why a claim is taken back; nothing need be said."""

    words = serializers.CharField(max_length=MOST_WORDS, allow_blank=True, default="")


class TurningSerializer(serializers.Serializer):
    """Why money goes back instead of goods coming."""

    why = serializers.CharField(max_length=MOST_WORDS)
    parts = PartsField(required=False, allow_null=True, default=None)


class ReplacingSerializer(serializers.Serializer):
    """A parcel in place of what was claimed about."""

    quantity = serializers.IntegerField(min_value=1, max_value=MAX_QUANTITY)
    carrier = serializers.CharField(max_length=60)
    tracking_number = serializers.CharField(max_length=60, allow_blank=True, default="")
    shipped_date = serializers.DateField()


class PhotoUploadSerializer(serializers.Serializer):
    """A photograph: PNG, JPEG or WebP, 5 MB at most."""

    file = serializers.FileField()


class ClaimableSerializer(serializers.Serializer):
    """What of an order may be claimed about: of a shipment, or (null) what was not sent in time.

    `kinds`: kind -> at most how many units. `until`: before when. `shut`: why nothing may be
    claimed (time_over, claimed).
    """

    shipment = serializers.UUIDField(allow_null=True)
    kinds = serializers.DictField(child=serializers.IntegerField())
    until = serializers.DateTimeField(allow_null=True)
    shut = serializers.CharField(allow_blank=True)


class ClaimableOrderSerializer(serializers.Serializer):
    """The same of a whole order, with how many of each variant no claim speaks for yet, and the
    cooperative's rule."""

    claim_days = serializers.IntegerField()
    answer_days = serializers.IntegerField()
    parts = ClaimPartSerializer(many=True)
    of = ClaimableSerializer(many=True)


class ClaimRulesSerializer(serializers.Serializer):
    """Days after receipt within which members may claim, and that each side has to answer."""

    claim_days = serializers.IntegerField(min_value=1, max_value=MOST_CLAIM_DAYS)
    answer_days = serializers.IntegerField(min_value=1, max_value=MOST_ANSWER_DAYS)
