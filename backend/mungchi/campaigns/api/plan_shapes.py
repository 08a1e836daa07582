"""Shapes of what a firm plans for what it does not get."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.campaigns.models import Campaign, PlanB, PlanBResult
from mungchi.campaigns.queries import LIKENESSES

PLANS = ["none", "need", "campaign"]


class AlternativeRef(serializers.ModelSerializer):
    """Another campaign, by name."""

    zone = serializers.CharField(source="host.zone", read_only=True)

    class Meta:
        model = Campaign
        fields = ["id", "title", "state", "closes_at", "zone"]


class NearestRef(AlternativeRef):
    """Where a firm could go on. `likeness`: it buys the same item, one that looks like it (alike),
    or one of its category."""

    item = serializers.CharField(source="item.name", read_only=True)
    likeness = serializers.SerializerMethodField()

    class Meta(AlternativeRef.Meta):
        fields = [*AlternativeRef.Meta.fields, "item", "likeness"]

    @extend_schema_field(serializers.ChoiceField(choices=LIKENESSES))
    def get_likeness(self, campaign: Campaign) -> str:
        """By what it resembles the other."""
        return LIKENESSES[campaign.near]


class PlanBResultSerializer(serializers.ModelSerializer):
    """What a plan came to after the clearing, or after what was won fell through.

    `outcome`: joined, need_opened, need_stays or nothing. `campaign`: what was joined.
    `refused`: why the alternative was not.
    """

    campaign = serializers.UUIDField(source="joined.campaign_id", allow_null=True, read_only=True)

    class Meta:
        model = PlanBResult
        fields = ["after", "quantity", "outcome", "campaign", "need", "refused", "at"]


class PlanBSerializer(serializers.ModelSerializer):
    """What becomes of what the firm does not get, and what became of it; for the firm alone."""

    alternative = AlternativeRef(allow_null=True, read_only=True)
    results = PlanBResultSerializer(many=True, read_only=True)

    class Meta:
        model = PlanB
        fields = ["kind", "alternative", "results"]
