"""What is not paid in time: the outlook, more time, ending early; parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.queries import membership_seen_by
from mungchi.payments import operations, queries
from mungchi.payments.api import lapsing_shapes as shapes
from mungchi.payments.api.serializers import PaymentReasonSerializer, PaymentSerializer


class PaymentsOutlookView(APIView):
    """A campaign's payments as they stand, and what if some do not pay."""

    capability = "payments.read"

    @extend_schema(
        operation_id="payments_outlook",
        parameters=[shapes.OutlookAsked],
        responses=shapes.OutlookSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """A calculation: it changes nothing."""
        form = shapes.OutlookAsked(data=request.query_params)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        found = queries.payments_outlook(actor, pk, without=form.validated_data["without"])
        return Response(shapes.OutlookSerializer(shapes.told(found)).data)


class ExtendPaymentView(APIView):
    """More time for one firm."""

    capability = "payments.write"

    @extend_schema(
        operation_id="extend_payment", request=shapes.MoreTimeSerializer,
        responses=PaymentSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Move the last day to pay to a later one; the firm is told."""
        form = shapes.MoreTimeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.extend_payment(
            actor=actor_of(request), payment_id=pk, **form.validated_data
        )
        return Response(PaymentSerializer(row).data)


class ExtendPaymentsView(APIView):
    """More time for all of a campaign who have not paid."""

    capability = "payments.write"

    @extend_schema(
        operation_id="extend_payments", request=shapes.MoreTimeSerializer,
        responses=shapes.ExtendedSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Move their last day to a later one; every one of them is told."""
        form = shapes.MoreTimeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        count = operations.extend_payments(
            actor=actor_of(request), campaign_id=pk, **form.validated_data
        )
        return Response({"payments": count})


class LapsePaymentView(APIView):
    """Ending a payment that is overdue before its grace has ended."""

    capability = "payments.write"

    @extend_schema(
        operation_id="lapse_payment", request=PaymentReasonSerializer, responses=PaymentSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """End it, with a reason that the firm is told; the order is cancelled in the background."""
        form = PaymentReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.lapse_early(
            actor=actor_of(request), payment_id=pk, why=form.validated_data["why"]
        )
        return Response(PaymentSerializer(row).data)


class MemberLapsesView(APIView):
    """How a member pays."""

    capability = "members.read"

    @extend_schema(operation_id="lapses_of_member", responses=shapes.LapsesSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """How many of its payments to this office lapsed, of how many that were asked for."""
        row = membership_seen_by(actor_of(request), pk)
        found = queries.lapses_of(row.cooperative_id, row.firm_id)
        return Response(shapes.LapsesSerializer(found).data)
