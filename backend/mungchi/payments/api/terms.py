"""Buying on terms: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import queries as accounts
from mungchi.accounts.access import Actor, actor_of
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.listing import Column, ListView, spreadsheet_response
from mungchi.common.money import from_minor
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.payments import operations
from mungchi.payments.api import terms_shapes as shapes
from mungchi.payments.api.filters import CreditLineFilter, MonthlyFilter
from mungchi.payments.api.serializers import PaymentSerializer
from mungchi.payments.domain.monthly import LINES
from mungchi.payments.domain.terms import AGES, NOT_GIVEN, last_day
from mungchi.payments.queries import monthly
from mungchi.payments.queries import terms as queries


class TermsView(APIView):
    """Whether firms may buy on terms from the cooperative of the office."""

    capability = {"GET": "terms.read", "PUT": "terms.write"}

    @extend_schema(operation_id="payment_terms", responses=shapes.PaymentTermsSerializer)
    def get(self, request: Request) -> Response:
        """The terms as they stand; not offered where nobody ever said."""
        place = accounts.office_of(actor_of(request))
        return Response(shapes.PaymentTermsSerializer(queries.terms_of(place)).data)

    @extend_schema(
        operation_id="set_payment_terms",
        request=shapes.PaymentTermsSerializer,
        responses=shapes.PaymentTermsSerializer,
    )
    def put(self, request: Request) -> Response:
        """Say whether and how; what firms chose for open campaigns stays as they read it."""
        form = shapes.PaymentTermsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = {"offered": False, "holds_payout": False, **form.validated_data}
        row = operations.set_terms(actor=actor_of(request), **said)
        return Response(shapes.PaymentTermsSerializer(row).data)


def _amount(name: str) -> Any:
    return lambda row: from_minor(getattr(row, name), row.currency)


class CreditLinesView(ListView):
    """Which firms may buy on terms, up to how much, and what each owes by age."""

    capability = "terms.read"
    serializer_class = shapes.CreditLineSerializer
    filterset_class = CreditLineFilter
    orders = {"firm": "firm__name", "oldest": "oldest", "-open": "-open", "-amount": "-amount"}
    export_name = "on-account"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
        Column(Text(ko="한도", en="Limit"), _amount("amount")),
        Column(Text(ko="외상 잔액", en="Open"), _amount("open")),
        *(Column(words, _amount(name)) for name, words in AGES.items()),
        Column(Text(ko="외상 중지", en="Stopped"), lambda row: row.stopped, 8),
        Column(Text(ko="통화", en="Currency"), lambda row: row.currency, 8),
        Column(Text(ko="사유", en="Reason"), lambda row: row.why, 40),
    ]

    def rows(self) -> Any:
        """The firms of the office."""
        return queries.credit_lines_visible_to(actor_of(self.request), clock.now())


class CreditLineView(APIView):
    """Up to how much one firm may owe."""

    capability = "terms.write"

    @extend_schema(
        operation_id="set_credit_limit",
        request=shapes.LimitAsked,
        responses=shapes.CreditLineSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Set a firm's limit, with a reason; the firm is told."""
        form = shapes.LimitAsked(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        operations.set_limit(actor=actor, firm_id=pk, **form.validated_data)
        row = queries.credit_line_seen_by(actor, pk, clock.now())
        return Response(shapes.CreditLineSerializer(row).data)


class TakeOffView(APIView):
    """A firm owes less of what is on account."""

    capability = "terms.write"

    @extend_schema(
        operation_id="take_off_account", request=shapes.TakeOffAsked, responses=PaymentSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take so much off, as agreed with the firm."""
        form = shapes.TakeOffAsked(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.take_off(actor=actor_of(request), payment_id=pk, **form.validated_data)
        return Response(PaymentSerializer(row).data)


MONTHLY = [
    Column(Text(ko="월", en="Month"), lambda row: row.month.strftime("%Y-%m"), 10),
    Column(Text(ko="조합", en="Cooperative"), lambda row: row.cooperative.name, 24),
    Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
    Column(Text(ko="입금 코드", en="Reference"), lambda row: row.reference, 12),
    Column(Text(ko="전월 이월", en="Brought forward"), _amount("opening")),
    Column(Text(ko="주문", en="Orders"), _amount("charged")),
    Column(Text(ko="감액", en="Taken off"), _amount("credited")),
    Column(Text(ko="입금", en="Paid"), _amount("received")),
    Column(Text(ko="말일 잔액", en="Owed at the end"), _amount("closing")),
    Column(Text(ko="공급가액", en="Supply value"), _amount("supply_value")),
    Column(Text(ko="부가세", en="VAT"), _amount("vat")),
    Column(Text(ko="통화", en="Currency"), lambda row: row.currency, 8),
]


class MonthlyStatementsView(ListView):
    """Monthly statements: a firm's own, or of all firms of an office."""

    capability = "statements.read"
    serializer_class = shapes.MonthlySerializer
    filterset_class = MonthlyFilter
    orders = {"-month": "-month", "firm": "firm__name", "-closing": "-closing"}
    export_name = "monthly-statements"
    columns = MONTHLY

    def rows(self) -> Any:
        """Those that concern the seat, with what of each is open now."""
        return monthly.with_owed(monthly.monthly_visible_to(actor_of(self.request)))


LINE_COLUMNS = [
    Column(Text(ko="일자", en="Day"), lambda row: row.day),
    Column(Text(ko="구분", en="What"), lambda row: LINES[row.kind].say(language()), 14),
    Column(Text(ko="주문번호", en="Order"), lambda row: row.payment.order.number, 20),
    Column(Text(ko="공동구매", en="Campaign"), lambda row: row.payment.order.campaign.title, 28),
    Column(Text(ko="공급가액", en="Supply value"),
           lambda row: from_minor(row.supply_value, row.statement.currency)),
    Column(Text(ko="부가세", en="VAT"), lambda row: from_minor(row.vat, row.statement.currency)),
    Column(Text(ko="금액", en="Amount"),
           lambda row: from_minor(row.amount, row.statement.currency)),
    Column(Text(ko="통화", en="Currency"), lambda row: row.statement.currency, 8),
]  # fmt: skip


class MonthlyStatementView(APIView):
    """One statement."""

    capability = "statements.read"

    @extend_schema(
        operation_id="monthly_statement",
        parameters=[OpenApiParameter("export", str, enum=["xlsx"])],
        responses=shapes.MonthlyWholeSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Any:
        """The whole of it; as a spreadsheet too."""
        row = monthly.whole(actor_of(request), pk)
        if request.query_params.get("export") == "xlsx":
            name = f"statement-{row.month:%Y-%m}"
            return spreadsheet_response(LINE_COLUMNS, row.told_lines, name=name)
        return Response(shapes.MonthlyWholeSerializer(row).data)


def told_terms(actor: Actor, campaign: Campaign) -> dict[str, Any] | None:
    """Whether the firm may pay for a campaign on terms, by when, and what is left; None: the host
    offers none."""
    at = clock.now()
    terms, standing = queries.standing_in(campaign, actor.firm_id, at)
    choice = queries.standing_choice(campaign.pk, actor.firm_id)
    if not terms.offered and choice is None:
        return None
    closes = (campaign.closes_at or at).astimezone(campaign.host.timezone).date()
    return {
        "basis": terms.basis, "days": terms.days,
        "due_on": last_day(terms.basis, terms.days, closes), "limit": standing.limit,
        "open": standing.open, "left": standing.left,
        "why": NOT_GIVEN[standing.why].say(language()) if standing.why else "",
        "chosen": choice is not None,
        "chosen_due_on": choice and last_day(choice.basis, choice.days, closes),
    }  # fmt: skip
