"""A provider's balance against the books, and what arrived at the bank: parse, call, serialize."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import XLSX, Column, ListView, day_in
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.payments import operations
from mungchi.payments.api import balance_shapes as shapes
from mungchi.payments.api.balance_report import LINE_COLUMNS, report_of
from mungchi.payments.api.doing import do
from mungchi.payments.api.filters import BalanceLineFilter, BankPayoutFilter
from mungchi.payments.domain.states import BANK_PAYOUT_AWAITED, BANK_PAYOUT_LABELS
from mungchi.payments.models import BalanceLine, BankPayout
from mungchi.payments.operations.arriving import candidates
from mungchi.payments.queries import balance as queries
from mungchi.payments.queries.differences import differences_of

# More are in the report.
MOST_ROWS = 100
MOST_READINGS = 14


class BalanceView(APIView):
    """The provider's balance against the books."""

    capability = "payments.read"

    @extend_schema(operation_id="provider_balance", responses=shapes.BalanceSerializer)
    def get(self, request: Request) -> Response:
        """Both sums by currency, what makes the difference, and when it was last compared."""
        actor = actor_of(request)
        rows = differences_of(actor.cooperative_id) if actor.cooperative_id else []
        readings = queries.readings_visible_to(actor).order_by("-id")
        body = {
            "sums": queries.sums_of(actor.cooperative_id) if actor.cooperative_id else [],
            "differences": rows[:MOST_ROWS],
            "more": max(0, len(rows) - MOST_ROWS),
            "readings": readings[:MOST_READINGS],
            "going": readings.filter(ended_at__isnull=True).exists(),
        }
        return Response(shapes.BalanceSerializer(body).data)


class BalanceReportView(APIView):
    """The comparison as a spreadsheet."""

    capability = "payments.read"

    @extend_schema(
        operation_id="provider_balance_report", responses={(200, XLSX): OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> HttpResponse:
        """Sums, differences, payouts to the bank, and every movement of the last 92 days."""
        response = HttpResponse(report_of(actor_of(request)), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="provider-balance.xlsx"'
        return response


class ReadBalanceView(APIView):
    """Comparing now."""

    capability = "payments.write"

    @extend_schema(
        operation_id="read_provider_balance",
        request=None,
        responses=shapes.BalanceReadingSerializer,
    )
    def post(self, request: Request) -> Response:
        """Ask the provider now; a job reads, and the page shows when it is done."""
        reading = operations.read_now(actor=actor_of(request))
        return Response(shapes.BalanceReadingSerializer(reading).data)


class BalanceLinesView(ListView):
    """The movements of the office's balance at its provider."""

    capability = "payments.read"
    serializer_class = shapes.BalanceLineSerializer
    filterset_class = BalanceLineFilter
    orders = {"-at": "-at", "at": "at"}
    export_name = "balance-movements"
    columns = LINE_COLUMNS

    def rows(self) -> QuerySet[BalanceLine]:
        """Of the office's own accounts."""
        rows = queries.balance_lines_visible_to(actor_of(self.request))
        return rows.prefetch_related("ties", "items")


class BankPayoutsView(ListView):
    """What providers sent to the office's own bank account."""

    capability = "payments.read"
    serializer_class = shapes.BankPayoutSerializer
    filterset_class = BankPayoutFilter
    orders = {"-sent": "-sent_at", "sent": "sent_at"}
    export_name = "payouts-to-the-bank"
    columns = [
        Column(Text(ko="보낸 날", en="Sent"), lambda p: day_in(p.sent_at, p.cooperative.zone), 12),
        Column(Text(ko="입금 예정일", en="Expected"), lambda p: p.arrives_on, 12),
        Column(Text(ko="금액", en="Amount"), lambda p: from_minor(p.amount, p.currency)),
        Column(Text(ko="통화", en="Currency"), lambda p: p.currency, 8),
        Column(Text(ko="상태", en="State"), lambda p: BANK_PAYOUT_LABELS[p.state], 14),
        Column(Text(ko="입금일", en="Arrived"), lambda p: p.arrived_on, 12),
        Column(Text(ko="결제대행사 번호", en="Provider's id"), lambda p: p.external_id, 30),
    ]

    def rows(self) -> QuerySet[BankPayout]:
        """Of the office's own accounts."""
        return queries.bank_payouts_visible_to(actor_of(self.request)).prefetch_related("parts")

    def prepared(self, page: list[Any]) -> list[Any]:
        """Which lines of the statement each that is awaited may be."""
        actor = actor_of(self.request)
        waiting = [row for row in page if row.state in BANK_PAYOUT_AWAITED]
        pairs = candidates(actor.cooperative_id) if waiting and actor.cooperative_id else []
        lines = queries.bank_lines_named({pair.line for pair in pairs})
        for row in page:
            row.candidates = [lines[pair.line] for pair in pairs if pair.payout == row.pk]
        return page


def _told(request: Request, pk: UUID) -> Response:
    """The payout as it is now."""
    row = queries.bank_payout_seen_by(actor_of(request), pk)
    return Response(shapes.BankPayoutSerializer(row).data)


class ArrivedView(APIView):
    """A payout that is at the bank."""

    capability = "payments.write"

    @extend_schema(
        operation_id="note_arrival", request=shapes.ArrivedSerializer,
        responses=shapes.BankPayoutSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Say which line of the statement it is, or on which day it came."""
        do(request, shapes.ArrivedSerializer, operations.note_arrival, payout_id=pk)
        return _told(request, pk)


class UndoArrivedView(APIView):
    """A payout that is not at the bank after all."""

    capability = "payments.write"

    @extend_schema(
        operation_id="undo_arrival", request=shapes.UndoneSerializer,
        responses=shapes.BankPayoutSerializer,
    )  # fmt: skip
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back: the line is in suspense again."""
        do(request, shapes.UndoneSerializer, operations.undo_arrival, payout_id=pk)
        return _told(request, pk)
