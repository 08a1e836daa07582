"""Guests of a campaign: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.references import FirmRef
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.presenting import seen_by
from mungchi.campaigns.models import Guest
from mungchi.common.listing import ListView


class GuestSerializer(serializers.ModelSerializer):
    """A firm that the host has admitted to one campaign."""

    firm = FirmRef(read_only=True)
    committed = serializers.BooleanField(read_only=True)

    class Meta:
        model = Guest
        fields = ["id", "firm", "admitted_at", "committed"]


class GuestNumberSerializer(serializers.Serializer):
    """Which firm to admit."""

    business_number = serializers.CharField(max_length=20)


class GuestsView(ListView):
    """The guests of a campaign, for its host's office, and admitting one."""

    capability = {"GET": "campaigns.inspect", "POST": "campaigns.write"}
    serializer_class = GuestSerializer
    orders = {"-admitted": "-admitted_at"}

    def rows(self):
        """Those who are admitted now."""
        actor = actor_of(self.request)
        return queries.guests_visible_to(actor, seen_by(actor, self.kwargs["pk"]))

    @extend_schema(
        operation_id="admit_guest",
        request=GuestNumberSerializer,
        responses={201: GuestSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Admit a registered firm by its business number."""
        form = GuestNumberSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        row = operations.admit_guest(actor=actor, campaign_id=pk, **form.validated_data)
        told = queries.guests_visible_to(actor, row.campaign).get(pk=row.pk)
        return Response(GuestSerializer(told).data, status=status.HTTP_201_CREATED)


class GuestView(APIView):
    """One guest."""

    capability = "campaigns.write"

    @extend_schema(operation_id="remove_guest", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take a guest off that has not committed."""
        operations.remove_guest(actor=actor_of(request), guest_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
