"""Payments: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.days import last_day
from mungchi.common.listing import Column, ListView
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.payments import operations, queries
from mungchi.payments.api import serializers
from mungchi.payments.api.filters import PaymentFilter
from mungchi.payments.domain.states import PAYMENT_LABELS


class PaymentsView(ListView):
    """What the office collects."""

    capability = "payments.read"
    serializer_class = serializers.PaymentSerializer
    filterset_class = PaymentFilter
    orders = {"due": "due_at", "-created": "-id", "firm": "firm__name", "-amount": "-amount"}
    export_name = "payments"
    columns = [
        Column(Text(ko="입금 코드", en="Reference"), lambda p: p.reference, 12),
        Column(Text(ko="기업", en="Firm"), lambda p: p.firm.name, 28),
        Column(Text(ko="주문번호", en="Order"), lambda p: p.order.number, 20),
        Column(Text(ko="공동구매", en="Campaign"), lambda p: p.order.campaign.title, 28),
        Column(Text(ko="금액", en="Amount"), lambda p: from_minor(p.amount, p.currency)),
        Column(Text(ko="주최 조합 수수료", en="Host's fee"),
               lambda p: from_minor(p.order.host_fee, p.currency)),
        Column(Text(ko="협력 조합 수수료", en="Partner's fee"),
               lambda p: from_minor(p.order.partner_fee, p.currency)),
        Column(Text(ko="수수료 부가세", en="VAT on fees"),
               lambda p: from_minor(p.order.fee_vat, p.currency)),
        Column(Text(ko="일부 입금", en="Arrived in part"),
               lambda p: from_minor(p.allotted, p.currency) if p.missing and p.allotted else None),
        Column(Text(ko="통화", en="Currency"), lambda p: p.currency, 8),
        Column(Text(ko="상태", en="State"), lambda p: PAYMENT_LABELS[p.state]),
        Column(Text(ko="입금 기한", en="Due"),
               lambda p: last_day(p.due_at, p.cooperative.zone), 12),
        Column(Text(ko="입금자", en="Depositor"), lambda p: p.depositor),
        Column(Text(ko="입금일", en="Received"), lambda p: p.received_date, 12),
    ]  # fmt: skip

    def rows(self):
        """Payments into the office's account."""
        return queries.visible_to(actor_of(self.request))


class PaymentView(APIView):
    """One payment."""

    capability = "payments.read"

    @extend_schema(operation_id="payment", responses=serializers.PaymentSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The payment."""
        return Response(serializers.PaymentSerializer(queries.seen_by(actor_of(request), pk)).data)


class ConfirmPaymentView(APIView):
    """A transfer that arrived."""

    capability = "payments.write"

    @extend_schema(
        operation_id="confirm_payment",
        request=serializers.ConfirmationSerializer,
        responses=serializers.PaymentSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Confirm that the whole amount arrived."""
        form = serializers.ConfirmationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.confirm_transfer(
            actor=actor_of(request), payment_id=pk, **form.validated_data
        )
        return Response(serializers.PaymentSerializer(row).data)


class UndoConfirmationView(APIView):
    """A confirmation that was a mistake."""

    capability = "payments.write"

    @extend_schema(
        operation_id="undo_payment_confirmation",
        request=serializers.PaymentReasonSerializer,
        responses=serializers.PaymentSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the confirmation back, before the supplier was ordered from."""
        form = serializers.PaymentReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.undo_confirmation(
            actor=actor_of(request), payment_id=pk, why=form.validated_data["why"]
        )
        return Response(serializers.PaymentSerializer(row).data)


class RefundSentView(APIView):
    """Money that went back."""

    capability = "payments.write"

    @extend_schema(
        operation_id="mark_payment_refunded",
        request=serializers.PaymentReasonSerializer,
        responses=serializers.PaymentSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record that the refund was sent, and by which transfer."""
        form = serializers.PaymentReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.mark_refunded(
            actor=actor_of(request), payment_id=pk, why=form.validated_data["why"]
        )
        return Response(serializers.PaymentSerializer(row).data)
