"""What waits for a second coordinator: parse, one call, answer with the campaign's page."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations
from mungchi.campaigns.api.presenting import page
from mungchi.campaigns.api.serializers import CampaignSerializer
from mungchi.common.shapes import ReasonSerializer


class ConfirmDecisionView(APIView):
    """Confirming as the second coordinator."""

    capability = "campaigns.write"

    @extend_schema(operation_id="confirm_decision", request=None, responses=CampaignSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Award, or close, what another coordinator may not decide alone."""
        campaign = operations.confirm_decision(actor=actor_of(request), decision_id=pk)
        return page(request, campaign.pk)


class RefuseDecisionView(APIView):
    """Refusing as the second coordinator."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="refuse_decision", request=ReasonSerializer, responses=CampaignSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Refuse, with a reason that who asked is told."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        campaign = operations.refuse_decision(
            actor=actor_of(request), decision_id=pk, why=form.validated_data["why"]
        )
        return page(request, campaign.pk)


class WithdrawDecisionView(APIView):
    """Taking one's own request back."""

    capability = "campaigns.write"

    @extend_schema(operation_id="withdraw_decision", request=None, responses=CampaignSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back before it is answered."""
        campaign = operations.withdraw_decision(actor=actor_of(request), decision_id=pk)
        return page(request, campaign.pk)
