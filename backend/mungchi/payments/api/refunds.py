"""Refunds: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import Column, ListView, day_in
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.payments import operations, queries
from mungchi.payments.api import refunds_shapes as shapes
from mungchi.payments.api.doing import do
from mungchi.payments.api.filters import RefundFilter
from mungchi.payments.api.serializers import PaymentReasonSerializer
from mungchi.payments.domain.refunding import CAUSES
from mungchi.payments.domain.states import REFUND_LABELS


def _money(name: str) -> Any:
    return lambda row: from_minor(getattr(row, name), row.currency)


class RefundsView(ListView):
    """What the office gives back."""

    capability = "payments.read"
    serializer_class = shapes.RefundSerializer
    filterset_class = RefundFilter
    orders = {"-created": "-id", "created": "id", "firm": "firm__name", "-amount": "-amount"}
    export_name = "refunds"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
        Column(Text(ko="주문번호", en="Order"), lambda row: row.payment.order.number, 20),
        Column(Text(ko="공동구매", en="Campaign"),
               lambda row: row.payment.order.campaign.title, 28),
        Column(Text(ko="입금 코드", en="Reference"), lambda row: row.payment.reference, 12),
        Column(Text(ko="환불액", en="Amount"), _money("amount")),
        Column(Text(ko="공급가액", en="Supply value"), _money("supply_value")),
        Column(Text(ko="배송비", en="Delivery"), _money("delivery")),
        Column(Text(ko="부가세", en="VAT"), _money("vat")),
        Column(Text(ko="주최 조합 수수료", en="Host's fee"), _money("host_fee")),
        Column(Text(ko="협력 조합 수수료", en="Partner's fee"), _money("partner_fee")),
        Column(Text(ko="수수료 부가세", en="VAT on fees"),
               lambda row: from_minor(row.host_fee_vat + row.partner_fee_vat, row.currency)),
        Column(Text(ko="통화", en="Currency"), lambda row: row.currency, 8),
        Column(Text(ko="상태", en="State"), lambda row: REFUND_LABELS[row.state]),
        Column(Text(ko="이유", en="Cause"), lambda row: CAUSES[row.cause], 20),
        Column(Text(ko="사유", en="Reason"), lambda row: row.why, 30),
        Column(Text(ko="요청일", en="Asked for"),
               lambda row: day_in(row.created_at, row.cooperative.zone), 12),
        Column(Text(ko="환불일", en="Sent"),
               lambda row: row.settled_at and day_in(row.settled_at, row.cooperative.zone), 12),
        Column(Text(ko="비고", en="Note"), lambda row: row.note, 30),
    ]  # fmt: skip

    def rows(self):
        """Refunds of the office's own."""
        return queries.refunds_visible_to(actor_of(self.request))


class RefundPartView(APIView):
    """Giving part of a payment back."""

    capability = "payments.write"

    @extend_schema(
        operation_id="refund_payment",
        request=shapes.RefundPartSerializer,
        responses={201: shapes.RefundSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Agree to give so much of it back; the transfer is made and recorded apart."""
        row = do(request, shapes.RefundPartSerializer, operations.refund_part, payment_id=pk)
        return Response(shapes.RefundSerializer(row).data, status=status.HTTP_201_CREATED)


class _StepView(APIView):
    capability = "payments.write"

    def _done(self, request: Request, pk: UUID, step: Any, said: str) -> Response:
        form = PaymentReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = step(actor=actor_of(request), refund_id=pk, **{said: form.validated_data["why"]})
        return Response(shapes.RefundSerializer(row).data)


class SendRefundView(_StepView):
    """A refund that was sent."""

    @extend_schema(
        operation_id="mark_refund_sent",
        request=PaymentReasonSerializer,
        responses=shapes.RefundSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record that it was sent, and by which transfer."""
        return self._done(request, pk, operations.mark_refund_sent, "note")


class UndoRefundSentView(_StepView):
    """A refund that was not sent after all."""

    @extend_schema(
        operation_id="undo_refund_sent",
        request=PaymentReasonSerializer,
        responses=shapes.RefundSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the record back."""
        return self._done(request, pk, operations.undo_refund_sent, "why")


class CancelRefundView(_StepView):
    """A refund that was agreed on by mistake."""

    @extend_schema(
        operation_id="cancel_refund",
        request=PaymentReasonSerializer,
        responses=shapes.RefundSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Call it off before it is sent."""
        return self._done(request, pk, operations.cancel_refund, "why")
