"""Where a firm's goods may go: one call, serialize."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import queries


class DeliveryPlacesSerializer(serializers.Serializer):
    """The firm's own address, and the other places that it named before, the last first (ten)."""

    address = serializers.CharField()
    used = serializers.ListField(child=serializers.CharField())


class DeliveryPlacesView(APIView):
    """To choose from while a commitment is typed."""

    capability = "commitments.write"

    @extend_schema(operation_id="delivery_places", responses=DeliveryPlacesSerializer)
    def get(self, request: Request) -> Response:
        """The firm's own."""
        return Response(DeliveryPlacesSerializer(queries.own_places(actor_of(request))).data)
