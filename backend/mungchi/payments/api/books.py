"""The books: parse, one call, serialize."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.models import Firm
from mungchi.common import clock
from mungchi.common.listing import EXPORT_LIMIT, Column, ListView, Moment, spreadsheet_response
from mungchi.common.money import from_minor
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.api import books_shapes as shapes
from mungchi.payments.api.filters import LedgerEntryFilter
from mungchi.payments.domain.ledger import ACCOUNTS, KINDS
from mungchi.payments.models import LedgerEntry

# Money on the statement that is nobody's yet has neither.
CAMPAIGN = Column(
    Text(ko="공동구매", en="Campaign"),
    lambda line: line.entry.campaign.title if line.entry.campaign else None, 28,
)  # fmt: skip
ORDER = Column(
    Text(ko="주문번호", en="Order"),
    lambda line: line.entry.payment.order.number if line.entry.payment else None, 20,
)  # fmt: skip


def _depositor(line: Any) -> str:
    return line.entry.bank_line.depositor if line.entry.bank_line else ""


def _side(line: Any, sign: int) -> object:
    amount = line.amount * sign
    return from_minor(amount, line.currency) if amount > 0 else None


class LedgerEntriesView(ListView):
    """The journal of the office's own books; as a spreadsheet a row is a line of an entry."""

    capability = "payments.read"
    serializer_class = shapes.LedgerEntrySerializer
    filterset_class = LedgerEntryFilter
    orders = {"-at": "-at", "at": "at", "-day": "-day", "day": "day"}
    export_name = "journal"
    columns = [
        Column(Text(ko="일자", en="Day"), lambda line: line.entry.day, 12),
        Column(Text(ko="전표", en="Entry"), lambda line: line.entry.key, 48),
        Column(Text(ko="내용", en="Event"), lambda line: KINDS[line.entry.kind], 22),
        Column(Text(ko="계정과목", en="Account"), lambda line: ACCOUNTS[line.account], 26),
        Column(Text(ko="거래처", en="Firm or partner"),
               lambda line: str(line.firm or line.partner or _depositor(line) or ""), 28),
        Column(Text(ko="차변", en="Debit"), lambda line: _side(line, 1)),
        Column(Text(ko="대변", en="Credit"), lambda line: _side(line, -1)),
        Column(Text(ko="통화", en="Currency"), lambda line: line.currency, 8),
        CAMPAIGN,
        ORDER,
        Moment(Text(ko="기록 시각", en="Booked"), lambda line: line.entry.at,
               zone=lambda line: line.entry.cooperative.zone),
    ]  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        """Entries of the office's own books."""
        return queries.with_lines(queries.entries_visible_to(actor_of(self.request)))

    def get(self, request: Request, *args: object, **kwargs: object) -> Response | HttpResponse:
        """One page, or the lines of all entries as a spreadsheet."""
        if request.query_params.get("export") == "xlsx":
            entries = self.filter_queryset(queries.entries_visible_to(actor_of(request)))
            lines = queries.lines_of(entries)[:EXPORT_LIMIT]
            return spreadsheet_response(self.columns, lines, name=self.export_name)
        return super().get(request, *args, **kwargs)


class LedgerBalancesView(GenericAPIView):
    """The accounts of the office's books."""

    capability = "payments.read"
    serializer_class = shapes.LedgerBalancesSerializer
    filterset_class = LedgerEntryFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Entries of the office's own books."""
        if getattr(self, "swagger_fake_view", False):
            return LedgerEntry.objects.none()
        return queries.entries_visible_to(actor_of(self.request))

    @extend_schema(operation_id="ledger_balances")
    def get(self, request: Request) -> Response:
        """What the entries so filtered debited and credited of each account."""
        entries = self.filter_queryset(self.get_queryset())
        return Response(self.get_serializer({"accounts": queries.balances_of(entries)}).data)


class CampaignMoneyView(APIView):
    """A campaign's money on one page."""

    capability = "payments.read"

    @extend_schema(operation_id="campaign_money", responses=shapes.CampaignMoneySerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What the host's books say of it."""
        campaign = queries.hosted_seen_by(actor_of(request), pk)
        return Response(shapes.CampaignMoneySerializer(queries.money_of(campaign)).data)


SHEET = [
    shapes.AccountSheetAsked,
    OpenApiParameter("export", str, enum=["xlsx"]),
]
SHEET_COLUMNS = [
    Column(Text(ko="조합", en="Cooperative"), lambda row: _named(row[0].cooperative), 24),
    Column(Text(ko="일자", en="Day"), lambda row: row[1].entry.day, 12),
    Column(Text(ko="내용", en="Event"), lambda row: KINDS[row[1].entry.kind], 22),
    Column(CAMPAIGN.heading, lambda row: CAMPAIGN.value(row[1]), CAMPAIGN.width),
    Column(ORDER.heading, lambda row: ORDER.value(row[1]), ORDER.width),
    Column(Text(ko="차변", en="Debit"), lambda row: _side(row[1], 1)),
    Column(Text(ko="대변", en="Credit"), lambda row: _side(row[1], -1)),
    Column(Text(ko="잔액", en="Balance"), lambda row: from_minor(row[2], row[1].currency)),
    Column(Text(ko="통화", en="Currency"), lambda row: row[1].currency, 8),
]


class FirmSheetView(APIView):
    """A firm's account in the office's books."""

    capability = "payments.read"

    @extend_schema(
        operation_id="firm_account_sheet",
        parameters=SHEET,
        responses=shapes.AccountSheetsSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response | HttpResponse:
        """What it was asked for, paid and got back."""
        actor = actor_of(request)
        days = _days(request)
        firm, sheets = queries.sheets_of(actor, pk, days)
        return _answer(request, firm, days, sheets)


class OwnSheetView(APIView):
    """The firm's own accounts with the cooperatives it buys through."""

    capability = "firm.read"

    @extend_schema(
        operation_id="own_account_sheet", parameters=SHEET, responses=shapes.AccountSheetsSerializer
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """What it was asked for, paid and got back."""
        actor = actor_of(request)
        days = _days(request)
        firm = Firm.objects.get(pk=actor.firm_id)
        return _answer(request, firm, days, queries.own_sheets(actor, days))


def _answer(
    request: Request, firm: Firm, days: queries.Days, sheets: list[queries.Sheet]
) -> Response | HttpResponse:
    if request.query_params.get("export") == "xlsx":
        rows = [(sheet, *line) for sheet in sheets for line in sheet.lines]
        return spreadsheet_response(SHEET_COLUMNS, rows, name="account")
    told = {"firm": firm, "since": days.first, "until": days.last, "sheets": sheets}
    return Response(shapes.AccountSheetsSerializer(told).data)


def _days(request: Request) -> queries.Days:
    form = shapes.AccountSheetAsked(data=request.query_params)
    form.is_valid(raise_exception=True)
    # The present year; it may have begun already, or not ended yet, elsewhere.
    today = clock.now().date()
    first = form.validated_data.get("since") or (today - timedelta(days=1)).replace(month=1, day=1)
    last = form.validated_data.get("until") or (today + timedelta(days=1)).replace(month=12, day=31)
    return queries.Days.between(first, last)


def _named(cooperative: Any) -> str:
    return str((language() == "en" and cooperative.name_en) or cooperative.name)
