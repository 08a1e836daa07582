"""Sharing a campaign: its address for whoever may share it, and the way in for who was told."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.domain.permissions import SIGNED_IN
from mungchi.accounts.references import CooperativeRef
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.shared import picture_path
from mungchi.campaigns.api.shared_limits import SharedLimit
from mungchi.campaigns.models import Share
from mungchi.common.problems import language


class ShareSerializer(serializers.Serializer):
    """A campaign's address for people who are not signed in, and the picture that it shows."""

    address = serializers.CharField()
    picture = serializers.CharField()
    made_at = serializers.DateTimeField()


class SharedSerializer(serializers.Serializer):
    """A campaign whose address somebody was told: where this seat sees it, or who runs it.

    `campaign` is null where the seat does not see it.
    """

    campaign = serializers.UUIDField(allow_null=True)
    title = serializers.CharField()
    host = CooperativeRef()
    reach = serializers.ChoiceField(choices=["own", "division", "partners", "all"])
    open = serializers.BooleanField()


def _told(share: Share) -> dict[str, Any]:
    token = str(share.token)
    _, shown = operations.glimpse(token=token, anew=False)
    return {
        "address": f"{settings.PUBLIC_URL}/s/{token}",
        "picture": picture_path(token, shown, language()),
        "made_at": share.made_at,
    }


class ShareView(APIView):
    """The campaign's address."""

    capability = {"POST": "campaigns.read", "DELETE": "campaigns.write"}

    @extend_schema(operation_id="share_campaign", request=None, responses=ShareSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """The address, made by the first who asks. Who may: offices, firms that may join or are
        in, the chosen supplier."""
        share = operations.share_campaign(actor=actor_of(request), campaign_id=pk)
        return Response(ShareSerializer(_told(share)).data)

    @extend_schema(operation_id="end_share", request=None, responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Turn sharing off: the address ends at once."""
        operations.end_share(actor=actor_of(request), campaign_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class RenewShareView(APIView):
    """A new address in place of the old."""

    capability = "campaigns.write"

    @extend_schema(operation_id="renew_share", request=None, responses=ShareSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """The old address ends at once; turns sharing on where it was off."""
        share = operations.renew_share(actor=actor_of(request), campaign_id=pk)
        return Response(ShareSerializer(_told(share)).data)


class SharedView(APIView):
    """The way in for somebody who was told an address and has signed in."""

    capability = SIGNED_IN
    throttle_classes = [SharedLimit]

    @extend_schema(
        operation_id="shared_campaign",
        parameters=[OpenApiParameter("token", OpenApiTypes.STR, required=True)],
        responses=SharedSerializer,
    )
    def get(self, request: Request) -> Response:
        """The campaign, where this seat sees it; else which cooperative runs it."""
        share, shown = operations.glimpse(token=request.query_params.get("token", ""), anew=False)
        seen = queries.visible_to(actor_of(request)).filter(pk=share.pk).exists()
        body = {
            "campaign": share.pk if seen else None,
            "title": shown.title,
            "host": share.campaign.host,
            "reach": share.campaign.reach,
            "open": shown.state == "open",
        }
        return Response(SharedSerializer(body).data)
