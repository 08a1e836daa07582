"""What a member firm does, for its page: one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns.models import Commitment
from mungchi.catalog.references import CategoryRef
from mungchi.orders.models import Order
from mungchi.orders.references import CampaignTitle
from mungchi.reports import queries


class MemberCommitmentSerializer(serializers.ModelSerializer):
    """A campaign that a member is or was in."""

    campaign = CampaignTitle(read_only=True)
    campaign_state = serializers.CharField(source="campaign.state", read_only=True)
    unit = serializers.CharField(source="campaign.item.unit", read_only=True)

    class Meta:
        model = Commitment
        fields = ["id", "campaign", "campaign_state", "quantity", "unit", "state", "accepted_at"]


class MemberOrderSerializer(serializers.ModelSerializer):
    """An order of a member."""

    campaign = CampaignTitle(read_only=True)

    class Meta:
        model = Order
        fields = ["id", "number", "campaign", "quantity", "total", "currency", "state",
                  "created_at"]  # fmt: skip


class ActivitySerializer(serializers.Serializer):
    """What a member does in this cooperative; the latest ten of each, and how many there are."""

    categories = CategoryRef(many=True)
    commitments = MemberCommitmentSerializer(many=True)
    orders = MemberOrderSerializer(many=True)
    campaigns_count = serializers.IntegerField()
    orders_count = serializers.IntegerField()
    last_at = serializers.DateTimeField(allow_null=True)


class MemberActivityView(APIView):
    """What a member does."""

    capability = "members.read"

    @extend_schema(operation_id="member_activity", responses=ActivitySerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Campaigns, orders, categories, and when it last did something."""
        return Response(ActivitySerializer(queries.activity_of(actor_of(request), pk)).data)
