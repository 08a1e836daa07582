"""Shapes of what a firm plans for what it does not get."""

from rest_framework import serializers

from mungchi.campaigns.models import Campaign, PlanB, PlanBResult

PLANS = ["none", "need", "campaign"]


class AlternativeRef(serializers.ModelSerializer):
    """Another campaign, by name."""

    zone = serializers.CharField(source="host.zone", read_only=True)

    class Meta:
        model = Campaign
        fields = ["id", "title", "state", "closes_at", "zone"]


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
