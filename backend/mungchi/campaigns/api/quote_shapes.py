"""What a quantity would come to, on the wire."""

from rest_framework import serializers

from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.variant_shapes import VariantPriceSerializer


class AmountsSerializer(serializers.Serializer):
    """What a quantity comes to, in minor units; `delivery_share` is an estimate until closing."""

    unit_price = PriceField()
    quantity = serializers.IntegerField()
    supply_value = serializers.IntegerField()
    delivery_share = serializers.IntegerField()
    vat = serializers.IntegerField()
    host_fee = serializers.IntegerField()
    partner_fee = serializers.IntegerField()
    fee_vat = serializers.IntegerField()
    total = serializers.IntegerField()


class QuoteNextSerializer(AmountsSerializer):
    """The same at the next tier, and what it lacks."""

    missing = serializers.IntegerField()


class SavingSerializer(serializers.Serializer):
    """What the price now saves the firm against what it knows, `fees` (VAT excluded) deducted."""

    each = PriceField()
    fees = serializers.IntegerField()
    total = serializers.IntegerField()
    against = serializers.ChoiceField(choices=["list_price", "last_price"])
    reference_price = PriceField()


class QuoteApprovalSerializer(serializers.Serializer):
    """That it would wait for an owner: the most the goods can come to (VAT included), and the limit
    that this is above, null where it is in another currency. Minor units."""

    value = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True)


class QuoteSerializer(serializers.Serializer):
    """What a firm sees while it types."""

    now = AmountsSerializer(allow_null=True)
    next = QuoteNextSerializer(allow_null=True)
    at_most = AmountsSerializer(allow_null=True)
    kept_out = serializers.BooleanField()
    may_be_cut = serializers.BooleanField()
    may_be_dropped = serializers.BooleanField()
    saving = SavingSerializer(allow_null=True)
    approval = QuoteApprovalSerializer(allow_null=True)
    # Empty where the campaign has no variants.
    variants = VariantPriceSerializer(many=True)
    sentence = serializers.CharField()
