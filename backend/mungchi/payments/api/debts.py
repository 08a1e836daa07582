"""What suppliers owe back: parse, one call, serialize."""

from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.common.filters import WordsFilter
from mungchi.common.listing import Column, ListView
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.orders.references import CampaignTitle
from mungchi.payments import operations, queries
from mungchi.payments.api.doing import do
from mungchi.payments.api.serializers import PaymentReasonSerializer
from mungchi.payments.domain.states import DEBT_LABELS, DEBT_WAYS
from mungchi.payments.models import SupplierDebt


class DebtSerializer(serializers.ModelSerializer):
    """What a supplier owes back. Amount in minor units; `why`: the words of the claim."""

    campaign = CampaignTitle(read_only=True)
    against = CampaignTitle(read_only=True, allow_null=True)
    supplier = FirmRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    order_number = serializers.CharField(source="of.payment.order.number", default="")
    why = serializers.CharField(read_only=True)

    class Meta:
        model = SupplierDebt
        fields = ["id", "campaign", "supplier", "cooperative", "order_number", "currency", "amount",
                  "state", "created_at", "why", "way", "against", "settled_date",
                  "note"]  # fmt: skip


class RepaidSerializer(serializers.Serializer):
    """In which line of the statement (`line`) the money came, or on which day it was seen on the
    account; and what there is to say of it."""

    line = serializers.UUIDField(source="line_id", allow_null=True, default=None)
    received_date = serializers.DateField(allow_null=True, default=None)
    note = serializers.CharField(max_length=1000, allow_blank=True, default="")


class OffsetSerializer(serializers.Serializer):
    """For which campaign the supplier gets so much less."""

    campaign = serializers.UUIDField(source="campaign_id")
    note = serializers.CharField(max_length=1000, allow_blank=True, default="")


class DebtFilter(django_filters.FilterSet):
    """By state and campaign."""

    state = WordsFilter()
    campaign = django_filters.UUIDFilter(field_name="campaign_id")

    class Meta:
        model = SupplierDebt
        fields: list[str] = []


class DebtsView(ListView):
    """What the office is owed back by suppliers, or a supplier owes back."""

    capability = "payouts.read"
    serializer_class = DebtSerializer
    filterset_class = DebtFilter
    orders = {"-created": "-id", "-settled": "-settled_date", "-amount": "-amount",
              "supplier": "supplier__name"}  # fmt: skip
    export_name = "owed-by-suppliers"
    columns = [
        Column(Text(ko="공급사", en="Supplier"), lambda d: d.supplier.name, 24),
        Column(Text(ko="공동구매", en="Campaign"), lambda d: d.campaign.title, 28),
        Column(Text(ko="금액", en="Amount"), lambda d: from_minor(d.amount, d.currency)),
        Column(Text(ko="통화", en="Currency"), lambda d: d.currency, 8),
        Column(Text(ko="사유", en="Reason"), lambda d: d.why, 36),
        Column(Text(ko="상태", en="State"), lambda d: DEBT_LABELS[d.state]),
        Column(Text(ko="정산 방법", en="How settled"), lambda d: DEBT_WAYS.get(d.way, ""), 18),
        Column(Text(ko="공제한 공동구매", en="Taken off"),
               lambda d: d.against.title if d.against else "", 28),
        Column(Text(ko="정산일", en="Settled on"), lambda d: d.settled_date, 12),
        Column(Text(ko="비고", en="Note"), lambda d: d.note, 30),
    ]  # fmt: skip

    def rows(self) -> QuerySet[SupplierDebt]:
        """What the actor may see."""
        return queries.debts_visible_to(actor_of(self.request))


class _DebtView(APIView):
    capability = "payouts.write"

    def told(self, request: Request, row: SupplierDebt) -> Response:
        """The debt as it is now."""
        return Response(DebtSerializer(queries.debt_of_office(actor_of(request), row.pk)).data)


class DebtRepaidView(_DebtView):
    """Money that a supplier sent back."""

    @extend_schema(operation_id="debt_repaid", request=RepaidSerializer, responses=DebtSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Record that it came."""
        return self.told(request, do(request, RepaidSerializer, operations.debt_repaid, debt_id=pk))


class DebtOffsetView(_DebtView):
    """What is taken off a payout."""

    @extend_schema(operation_id="debt_offset", request=OffsetSerializer, responses=DebtSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it off what the supplier is owed for another campaign."""
        return self.told(request, do(request, OffsetSerializer, operations.debt_offset, debt_id=pk))


class UndoDebtView(_DebtView):
    """A settlement that was a mistake."""

    @extend_schema(
        operation_id="undo_debt_settled", request=PaymentReasonSerializer, responses=DebtSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back."""
        row = do(request, PaymentReasonSerializer, operations.undo_debt_settled, debt_id=pk)
        return self.told(request, row)
