"""How changed offers stand on the wire."""

from typing import Any

from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.terms_shapes import TermsSerializer, TierSerializer, difference
from mungchi.campaigns.api.variant_shapes import DifferenceInput
from mungchi.campaigns.domain.revisions import TERMS
from mungchi.campaigns.domain.variants import MOST_VARIANTS
from mungchi.campaigns.models import OfferChange
from mungchi.common.price_fields import quantity_input

STATES = ["waiting", "accepted", "refused", "withdrawn", "lapsed"]


def _terms_named() -> serializers.Field:
    return serializers.ListField(child=serializers.ChoiceField(choices=list(TERMS)))


class AnswerSerializer(serializers.Serializer):
    """What a firm is asked: what of the terms is otherwise than it agreed to, `before` and `after`,
    and which of them may be worse for it (`touched`). It answers by committing or withdrawing."""

    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()
    touched = _terms_named()

    def get_before(self, answer: Any) -> TermsSerializer:
        """As the firm agreed to them."""
        return TermsSerializer(difference(answer.agreed, answer.now)[0]).data

    def get_after(self, answer: Any) -> TermsSerializer:
        """As they are."""
        return TermsSerializer(difference(answer.agreed, answer.now)[1]).data


class ChangeSerializer(serializers.ModelSerializer):
    """A change of the offer of an open campaign, with what is otherwise: `before` and `after`.

    `worse`: what may be worse for some firm; `asked`: how many firms had to answer it. Why it was
    asked for, and who asked, is told to the supplier and the host's office alone.
    """

    state = serializers.ChoiceField(choices=STATES, read_only=True)
    worse = _terms_named()
    before = TermsSerializer(source="was", read_only=True)
    after = TermsSerializer(source="now", read_only=True)
    why = serializers.CharField(source="told_why", read_only=True)
    asked_by = serializers.CharField(source="told_asker", read_only=True)

    class Meta:
        model = OfferChange
        fields = ["id", "state", "version", "worse", "before", "after", "why", "refusal",
                  "asked_by", "asked_at", "decided_at", "asked"]  # fmt: skip


class ChangeTermsSerializer(serializers.Serializer):
    """Other terms for an offer, all of them, and why. `delivery_cost` in minor units."""

    tiers = TierSerializer(many=True)
    # Left out, they stay as they are.
    differences = DifferenceInput(many=True, required=False, default=list, max_length=MOST_VARIANTS)
    pack_size = quantity_input(least=1)
    capacity = quantity_input(least=1, allow_null=True)
    lead_time_days = serializers.IntegerField(min_value=0, max_value=730)
    delivery_cost = serializers.IntegerField(min_value=0, max_value=10**13)
    valid_until = serializers.DateTimeField()
    note = serializers.CharField(max_length=1000, allow_blank=True)
    why = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class ChangeTrialSerializer(serializers.Serializer):
    """What a change would be: in force `at_once`, or after the office's word and with those firms
    asked again for which `worse` may be worse. `in_time`: it can be accepted without extending."""

    before = TermsSerializer()
    after = TermsSerializer()
    worse = _terms_named()
    at_once = serializers.BooleanField()
    in_time = serializers.BooleanField()


class ClosingNowSerializer(serializers.Serializer):
    """What closing now gives."""

    unit_price = PriceField(allow_null=True)
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()


class TouchedSerializer(serializers.Serializer):
    """A commitment that a change asks again, and by what."""

    firm = FirmRef()
    quantity = serializers.IntegerField()
    price_limit = PriceField(allow_null=True)
    touched = _terms_named()


class EffectSerializer(serializers.Serializer):
    """What a change would do now. `count` firms are asked, the first of them `named`; closing now
    gives `now`, `silent` if none of those answered, `stay` if all of them stayed."""

    count = serializers.IntegerField()
    named = TouchedSerializer(many=True)
    now = ClosingNowSerializer()
    silent = ClosingNowSerializer()
    stay = ClosingNowSerializer()
    in_time = serializers.BooleanField()
