"""Shapes of what waits for approval."""

from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef
from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.plan_shapes import AlternativeRef
from mungchi.campaigns.api.variant_shapes import ByVariant
from mungchi.campaigns.models import ApprovalRequest, Campaign
from mungchi.catalog.references import ItemRef


class ApprovalCampaignSerializer(serializers.ModelSerializer):
    """The campaign of a request."""

    item = ItemRef(read_only=True)
    zone = serializers.CharField(source="host.zone", read_only=True)

    class Meta:
        model = Campaign
        fields = ["id", "title", "state", "item", "closes_at", "zone", "currency"]


class ApprovalSerializer(ByVariant, serializers.ModelSerializer):
    """A commitment that waits for an owner, or what came of it.

    `terms_version`: by which terms of the offer it was asked for; by others that are worse for it,
    it cannot be approved any more.

    `value`: the most that the goods can come to, VAT included; `limit`: what it is above, null
    where that is in another currency. Minor units.
    """

    campaign = ApprovalCampaignSerializer(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    alternative = AlternativeRef(allow_null=True, read_only=True)
    price_limit = PriceField(allow_null=True, read_only=True)
    asked_by = serializers.CharField(source="asked_by.called", read_only=True)
    decided_by = serializers.SerializerMethodField()

    class Meta:
        model = ApprovalRequest
        fields = [
            "id", "campaign", "cooperative", "state", "quantity", "tolerance", "minimum",
            "price_limit", "plan_b", "alternative", "value", "limit", "asked_by", "asked_at",
            "terms_version", "decided_by", "decided_at", "why", "parts", "tolerance_to",
            "deliver_to",
        ]  # fmt: skip

    def get_decided_by(self, row: ApprovalRequest) -> str:
        """Who decided; empty while it waits, and when the deadline did."""
        return row.decided_by.called if row.decided_by else ""
