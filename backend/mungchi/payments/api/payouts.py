"""Payouts to suppliers: parse, one call, serialize."""

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
from mungchi.payments.api import payouts_shapes as shapes
from mungchi.payments.api.doing import do
from mungchi.payments.api.filters import PayoutFilter
from mungchi.payments.api.payees import transfer_way
from mungchi.payments.api.serializers import PaymentReasonSerializer
from mungchi.payments.domain.kept import WAYS
from mungchi.payments.domain.states import PAYOUT_LABELS
from mungchi.payments.models import FirmAccount


def _money(name: str) -> Any:
    return lambda row: from_minor(getattr(row, name), row.currency)


class PayoutsView(ListView):
    """What an office pays to suppliers, or a supplier is paid: its statement (지급 명세서)."""

    capability = "payouts.read"
    serializer_class = shapes.PayoutSerializer
    filterset_class = PayoutFilter
    orders = {
        "-created": "-id", "created": "id", "supplier": "supplier__name", "-amount": "-amount",
        "-sent": "-sent_date",
    }  # fmt: skip
    export_name = "payouts"
    columns = [
        Column(Text(ko="지급번호", en="Payout"), lambda row: shapes.called(row), 24),
        Column(Text(ko="공급사", en="Supplier"), lambda row: row.supplier.name, 26),
        Column(Text(ko="협동조합", en="Cooperative"), lambda row: row.cooperative.name, 24),
        Column(Text(ko="공동구매", en="Campaign"), lambda row: row.campaign.title, 28),
        Column(Text(ko="공급가액", en="Supply value"), _money("goods")),
        Column(Text(ko="배송비", en="Delivery"), _money("delivery")),
        Column(Text(ko="부가세", en="VAT"), _money("vat")),
        Column(Text(ko="환불 공제", en="Refunds deducted"), _money("deducted")),
        Column(Text(ko="먼저 지급한 금액", en="Paid before"), _money("earlier")),
        Column(Text(ko="지급액", en="Amount"), _money("amount")),
        Column(Text(ko="통화", en="Currency"), lambda row: row.currency, 8),
        Column(Text(ko="상태", en="State"), lambda row: PAYOUT_LABELS[row.state]),
        Column(Text(ko="지급 방법", en="Way"), lambda row: WAYS.get(row.way, row.way), 20),
        Column(Text(ko="되돌아온 금액", en="Taken back"), _money("returned")),
        Column(Text(ko="은행", en="Bank"), lambda row: row.bank_name, 14),
        Column(Text(ko="계좌번호", en="Account"), lambda row: row.bank_account, 22),
        Column(Text(ko="예금주", en="Holder"), lambda row: row.bank_holder, 20),
        Column(Text(ko="준비일", en="Prepared"),
               lambda row: day_in(row.requested_at, row.cooperative.zone), 12),
        Column(Text(ko="송금일", en="Sent"), lambda row: row.sent_date, 12),
        Column(Text(ko="비고", en="Note"), lambda row: row.note, 30),
    ]  # fmt: skip

    def rows(self):
        """The office's own, or those to the firm."""
        return queries.payouts_visible_to(actor_of(self.request))

    def prepared(self, page: list[Any]) -> list[Any]:
        """With whether this person may approve each."""
        return queries.with_approval(actor_of(self.request), page)


class PayoutTotalsView(APIView):
    """What suppliers were paid and are still owed, by campaign."""

    capability = "payouts.read"

    @extend_schema(operation_id="payout_totals", responses=shapes.PayoutTotalsSerializer)
    def get(self, request: Request) -> Response:
        """Of campaigns whose supplier has taken the order; those with something open first."""
        rows = queries.payout_totals(actor_of(request))
        return Response(shapes.PayoutTotalsSerializer({"campaigns": rows}).data)


class PayoutView(APIView):
    """One payout."""

    capability = "payouts.read"

    @extend_schema(operation_id="payout", responses=shapes.PayoutSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The payout with what makes its amount."""
        return _payout(request, pk)


class CampaignPayoutView(APIView):
    """What a campaign's supplier is owed, and preparing to pay it."""

    capability = {"GET": "payments.read", "POST": "payouts.write"}

    @extend_schema(operation_id="campaign_payout", responses=shapes.PayableSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What could be paid out now, and what stands in the way."""
        campaign = queries.hosted_seen_by(actor_of(request), pk)
        told = queries.payable_of(campaign, operations.blocks_payout(campaign))
        told["transfer"] = transfer_way(campaign, told["open"])
        return Response(shapes.PayableSerializer(told).data)

    @extend_schema(
        operation_id="prepare_payout",
        request=shapes.PreparingSerializer,
        responses={201: shapes.PayoutSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Prepare a payout over all that is open."""
        row = do(request, shapes.PreparingSerializer, operations.prepare_payout, campaign_id=pk)
        return _payout(request, row.pk, status.HTTP_201_CREATED)


class ApprovePayoutView(APIView):
    """The second pair of eyes."""

    capability = "payouts.approve"

    @extend_schema(
        operation_id="approve_payout",
        request=shapes.ApprovingSerializer,
        responses=shapes.PayoutSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Approve what another coordinator has prepared."""
        do(request, shapes.ApprovingSerializer, operations.approve_payout, payout_id=pk)
        return _payout(request, pk)


class SendPayoutView(APIView):
    """A payout that was sent."""

    capability = "payouts.write"

    @extend_schema(
        operation_id="mark_payout_sent",
        request=shapes.PaidOutSerializer,
        responses=shapes.PayoutSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record the transfer."""
        do(request, shapes.PaidOutSerializer, operations.mark_paid_out, payout_id=pk)
        return _payout(request, pk)


class TransferPayoutView(APIView):
    """A payout that a provider sends."""

    capability = "payouts.write"

    @extend_schema(operation_id="send_payout", request=None, responses=shapes.PayoutSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Have it sent to the supplier's connected account; it is asked for a moment later."""
        operations.send_payout(actor=actor_of(request), payout_id=pk)
        return _payout(request, pk)


class CancelPayoutView(APIView):
    """A payout that is not to be."""

    capability = "payouts.write"

    @extend_schema(
        operation_id="cancel_payout",
        request=PaymentReasonSerializer,
        responses=shapes.PayoutSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Call it off before it is sent."""
        do(request, PaymentReasonSerializer, operations.cancel_payout, payout_id=pk)
        return _payout(request, pk)


class ReversePayoutView(APIView):
    """A payout that came back."""

    capability = "payouts.write"

    @extend_schema(
        operation_id="reverse_payout",
        request=PaymentReasonSerializer,
        responses=shapes.PayoutSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record that the bank sent it back: it is owed again."""
        do(request, PaymentReasonSerializer, operations.payout_came_back, payout_id=pk)
        return _payout(request, pk)


class FirmAccountView(APIView):
    """Where the firm takes money."""

    capability = {"GET": "firm.read", "PUT": "firm.account"}

    @extend_schema(operation_id="firm_account", responses=shapes.FirmAccountSerializer)
    def get(self, request: Request) -> Response:
        """The account; empty while none is named."""
        row = queries.account_of(actor_of(request).firm_id) or FirmAccount()
        return Response(shapes.FirmAccountSerializer(row).data)

    @extend_schema(
        operation_id="name_firm_account",
        request=shapes.NamingAccountSerializer,
        responses=shapes.FirmAccountSerializer,
    )
    def put(self, request: Request) -> Response:
        """Name another; every owner is told."""
        row = do(request, shapes.NamingAccountSerializer, operations.name_account)
        return Response(shapes.FirmAccountSerializer(row).data)


def _payout(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    actor = actor_of(request)
    (row,) = queries.with_approval(actor, [queries.payout_seen_by(actor, pk)])
    return Response(shapes.PayoutSerializer(row).data, status=code)
