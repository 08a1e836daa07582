"""The supplier confirms less than was ordered; the host looks at what it comes to, and decides."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import queries as campaigns
from mungchi.common.errors import NotFound
from mungchi.orders import operations, queries
from mungchi.orders.api import less_shapes as shapes
from mungchi.orders.api.serializers import PurchaseOrderSerializer
from mungchi.orders.api.views import detail
from mungchi.orders.models import ConfirmedLess


class ConfirmLessView(APIView):
    """The supplier's yes to a part of it."""

    capability = "purchase_orders.answer"

    @extend_schema(
        operation_id="confirm_less",
        request=shapes.ConfirmLessSerializer,
        responses=PurchaseOrderSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say how much can be delivered, why, and by when; the host is asked."""
        form = shapes.ConfirmLessSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said, actor = form.validated_data, actor_of(request)
        operations.confirm_less(
            actor=actor, purchase_order_id=pk, quantity=said["quantity"], why=said["why"],
            due_date=said["due_date"],
            parts={part["variant"]: part["quantity"] for part in said["parts"]},
        )  # fmt: skip
        return detail(queries.purchase_order_seen_by(actor, pk))


class LessOutlookView(APIView):
    """What a campaign's supplier confirmed less, and waits for the host."""

    capability = "campaigns.inspect"

    @extend_schema(operation_id="confirmed_less", responses=shapes.AskedLessSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Which firms would get how much less, and what goes back."""
        campaign = campaigns.hosted(actor_of(request)).filter(pk=pk).first()
        if campaign is None:
            raise NotFound
        row = ConfirmedLess.objects.filter(campaign=campaign, state="asked").first()
        outlook = None if row is None else queries.outlook_of_less(campaign, row)
        return Response(shapes.AskedLessSerializer({"outlook": outlook}).data)


class DecideLessView(APIView):
    """The host's word about it."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="decide_less",
        request=shapes.DecideLessSerializer,
        responses=shapes.ConfirmedLessSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take less, or end the campaign; with a reason."""
        form = shapes.DecideLessSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.decide_less(actor=actor_of(request), less_id=pk, **form.validated_data)
        return Response(shapes.ConfirmedLessSerializer(row).data)
