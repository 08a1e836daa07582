"""People, firms and cooperatives: parse, one call, serialize."""

from collections import defaultdict
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of, key_of, seats_of
from mungchi.accounts.api import serializers
from mungchi.accounts.api.filters import CooperativeFilter, SupplierFilter
from mungchi.accounts.domain.permissions import SIGNED_IN, capabilities_of
from mungchi.accounts.models import Membership
from mungchi.accounts.references import FirmRef
from mungchi.common import clock
from mungchi.common.listing import ListView


def _me(request: Request) -> Response:
    actor, key = actor_of(request), key_of(request)
    seats = [seat for seat in seats_of(request.user) if not key or seat.pk == key.seat_id]
    firms = [seat.firm_id for seat in seats if seat.firm_id]
    memberships: dict[UUID, list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(firm__in=firms).select_related("cooperative"):
        memberships[row.firm_id].append(row)
    factor = queries.second_factor_state(request.user, actor.role)
    able = [] if factor == "missing" else capabilities_of(actor.role)
    body = {
        "user": request.user,
        "seats": seats,
        "seat": actor.seat_id,
        "capabilities": [name for name in able if not key or name in key.scopes],
        "second_factor": factor,
        "now": clock.now(),
        "simulated_payments": bool(settings.STRIPE_API_BASE),
    }
    return Response(serializers.MeSerializer(body, context={"memberships": memberships}).data)


class MeView(APIView):
    """Who am I, and from where may I act."""

    capability = SIGNED_IN
    open_to_keys = ("GET",)

    @extend_schema(operation_id="me", responses=serializers.MeSerializer)
    def get(self, request: Request) -> Response:
        """The person, its seats, and what the current seat may do."""
        return _me(request)

    @extend_schema(
        operation_id="change_me",
        request=serializers.PersonChangeSerializer,
        responses=serializers.MeSerializer,
    )
    def patch(self, request: Request) -> Response:
        """Change name or language."""
        form = serializers.PersonChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.change_person(
            user=request.user,
            name=form.validated_data.get("name"),
            language=form.validated_data.get("language"),
        )
        return _me(request)


class FirmsView(APIView):
    """Registration of a firm by its owner."""

    capability = SIGNED_IN

    @extend_schema(
        operation_id="register_firm",
        request=serializers.FirmRegistrationSerializer,
        responses={201: serializers.SeatSerializer},
    )
    def post(self, request: Request) -> Response:
        """Register a firm; the person becomes its owner."""
        form = serializers.FirmRegistrationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        cooperative_id = values.pop("cooperative")
        seat = operations.register_firm(user=request.user, cooperative_id=cooperative_id, **values)
        memberships = {
            seat.firm_id: list(
                Membership.objects.filter(firm_id=seat.firm_id).select_related("cooperative")
            )
        }
        body = serializers.SeatSerializer(seat, context={"memberships": memberships}).data
        return Response(body, status=status.HTTP_201_CREATED)


class CooperativesView(ListView):
    """Cooperatives a firm may apply to."""

    capability = SIGNED_IN
    serializer_class = serializers.CooperativeSerializer
    filterset_class = CooperativeFilter
    orders = {"name": "name"}

    def rows(self):
        """All active ones."""
        return queries.cooperatives_open_to_application()


class SuppliersView(ListView):
    """Firms that can be invited to offer."""

    capability = "campaigns.inspect"
    serializer_class = FirmRef
    filterset_class = SupplierFilter
    orders = {"name": "name"}

    def rows(self):
        """All firms that supply."""
        return queries.suppliers_visible_to(actor_of(self.request))
