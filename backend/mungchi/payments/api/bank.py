"""Bank statements, their lines and matches: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import Column, ListView, spreadsheet_response
from mungchi.common.money import from_minor
from mungchi.common.text import Text
from mungchi.common.uploading import UploadsView
from mungchi.payments import operations, queries
from mungchi.payments.api import bank_shapes as shapes
from mungchi.payments.api.filters import BankLineFilter, BankStatementFilter, StatementLineFilter
from mungchi.payments.api.serializers import PaymentReasonSerializer
from mungchi.payments.domain.statement import outcome
from mungchi.payments.domain.states import BANK_LINE_LABELS
from mungchi.payments.operations.bank_statements import MOST_BYTES


def _statement(row: Any, code: int = status.HTTP_200_OK) -> Response:
    return Response(shapes.BankStatementSerializer(row).data, status=code)


class BankStatementsView(UploadsView):
    """The office's statements, and uploading one."""

    capability = {"GET": "payments.read", "POST": "payments.write"}
    serializer_class = shapes.BankStatementRowSerializer
    filterset_class = BankStatementFilter

    def most_bytes(self) -> int:
        """Statements are short, and read whole."""
        return MOST_BYTES

    def rows(self):
        """Statements of the office's own."""
        return queries.statements_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="upload_bank_statement",
        request={"multipart/form-data": shapes.StatementUploadSerializer},
        responses={201: shapes.BankStatementSerializer},
    )
    def post(self, request: Request) -> Response:
        """Upload a statement; nothing is taken in yet."""
        form = shapes.StatementUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.upload_statement(
            actor=actor_of(request), filename=upload.name, stream=upload.file
        )
        return _statement(row, status.HTTP_201_CREATED)


class BankStatementView(APIView):
    """One statement."""

    capability = {"GET": "payments.read", "PATCH": "payments.write", "DELETE": "payments.write"}

    @extend_schema(operation_id="bank_statement", responses=shapes.BankStatementSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its columns and counts."""
        return _statement(queries.statement_seen_by(actor_of(request), pk))

    @extend_schema(
        operation_id="change_bank_statement",
        request=shapes.StatementChangeSerializer,
        responses=shapes.BankStatementSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say which column is what; every line is judged anew."""
        form = shapes.StatementChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.change_statement(
            actor=actor_of(request), statement_id=pk, mapping=form.validated_data["mapping"]
        )
        return _statement(row)

    @extend_schema(operation_id="discard_bank_statement", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw the statement away before it is taken in."""
        operations.discard_statement(actor=actor_of(request), statement_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TakeStatementView(APIView):
    """Taking a statement in."""

    capability = "payments.write"

    @extend_schema(
        operation_id="start_bank_statement", request=None, responses=shapes.BankStatementSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take in the money that came in; it stands in suspense until it is for something."""
        return _statement(operations.take_statement(actor=actor_of(request), statement_id=pk))


class StatementLinesView(ListView):
    """The lines of a statement with what becomes of each; also as a spreadsheet."""

    capability = "payments.read"
    serializer_class = shapes.StatementLineSerializer
    filterset_class = StatementLineFilter
    orders = {"line": "line"}
    export_name = "statement"
    columns = [
        Column(Text(ko="줄", en="Line"), lambda row: row.line, 8),
        Column(Text(ko="결과", en="Outcome"), lambda row: outcome(row.verdict, row.reason), 44),
        Column(Text(ko="원래 줄", en="As it stood"), lambda row: " | ".join(row.cells), 80),
    ]  # fmt: skip

    def rows(self):
        """Lines of a statement that the office may see."""
        seen = queries.statement_seen_by(actor_of(self.request), self.kwargs["pk"])
        return queries.statement_lines(seen)


class BankLinesView(ListView):
    """The money on the office's account, with what it is for or may be for."""

    capability = "payments.read"
    serializer_class = shapes.BankLineSerializer
    filterset_class = BankLineFilter
    orders = {"-day": "-day", "day": "day", "-amount": "-amount", "amount": "amount"}
    export_name = "bank-lines"
    columns = [
        Column(Text(ko="거래일", en="Day"), lambda row: row.day, 12),
        Column(Text(ko="시각", en="Time"), lambda row: row.time and f"{row.time:%H:%M}", 8),
        Column(Text(ko="보낸 분", en="Depositor"), lambda row: row.depositor, 24),
        Column(Text(ko="적요", en="Text"), lambda row: row.text, 24),
        Column(Text(ko="입금액", en="Amount"), lambda row: from_minor(row.amount, row.currency)),
        Column(Text(ko="가수금", en="In suspense"),
               lambda row: from_minor(row.open, row.currency) if row.open else None),
        Column(Text(ko="통화", en="Currency"), lambda row: row.currency, 8),
        Column(Text(ko="상태", en="State"), lambda row: BANK_LINE_LABELS[row.state]),
        Column(Text(ko="배정한 청구", en="Allotted to"),
               lambda row: ", ".join(f"{each.payment.reference} {each.payment.firm.name}"
                                     for each in row.standing), 40),
        Column(Text(ko="사유", en="Reason"), lambda row: row.why, 30),
        Column(Text(ko="파일", en="File"), lambda row: row.statement.filename, 24),
    ]  # fmt: skip

    def rows(self):
        """Lines of the office's own account."""
        return queries.bank_lines_visible_to(actor_of(self.request))

    def prepared(self, page: list[Any]) -> list[Any]:
        """With what they are for; on the screen with what they may be for."""
        suggest = self.request.query_params.get("export") is None
        return queries.with_payments(actor_of(self.request), page, suggest=suggest)


class AllotLineView(APIView):
    """A line that is for a payment."""

    capability = "payments.write"

    @extend_schema(
        operation_id="allot_bank_line",
        request=shapes.AllotSerializer,
        responses=shapes.BankLineSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Allot what is in suspense of it, as far as the payment is missing it."""
        form = shapes.AllotSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        operations.allot_line(actor=actor, line_id=pk, payment_id=form.validated_data["payment"])
        return _line(actor, pk)


class AllotStatementView(APIView):
    """A line that pays a month's statement."""

    capability = "payments.write"

    @extend_schema(
        operation_id="allot_bank_line_to_statement",
        request=shapes.StatementAllottingSerializer,
        responses=shapes.BankLineSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Split what is open of the line over what is still owed, the oldest first."""
        form = shapes.StatementAllottingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        operations.allot_statement(
            actor=actor, line_id=pk, statement_id=form.validated_data["statement"]
        )
        return _line(actor, pk)


class MoveLineView(APIView):
    """A line that is for no payment."""

    capability = "payments.write"

    @extend_schema(
        operation_id="move_bank_line",
        request=shapes.MoveLineSerializer,
        responses=shapes.BankLineSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Set it aside, say that it is to return or was returned, or take that back."""
        form = shapes.MoveLineSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        operations.move_line(actor=actor, line_id=pk, **form.validated_data)
        return _line(actor, pk)


class UndoAllotmentView(APIView):
    """An allotment that was a mistake."""

    capability = "payments.write"

    @extend_schema(
        operation_id="undo_bank_allotment",
        request=PaymentReasonSerializer,
        responses=shapes.BankLineSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back, before the supplier was ordered from."""
        form = PaymentReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        line = operations.undo_allotment(
            actor=actor, allotment_id=pk, why=form.validated_data["why"]
        )
        return _line(actor, line.pk)


class BankMatchesView(APIView):
    """What is surely for a payment."""

    capability = "payments.read"

    @extend_schema(operation_id="bank_matches", responses=shapes.BankMatchesSerializer)
    def get(self, request: Request) -> Response:
        """The preview of one press, and what stands in suspense."""
        actor = actor_of(request)
        told = {"suspense": queries.suspense_of(actor), "matches": queries.previewed(actor)}
        return Response(shapes.BankMatchesSerializer(told).data)


class ConfirmMatchesView(APIView):
    """The one press."""

    capability = "payments.write"

    @extend_schema(
        operation_id="confirm_bank_matches",
        request=shapes.ConfirmMatchesSerializer,
        responses=shapes.ConfirmedSerializer,
    )
    def post(self, request: Request) -> Response:
        """Confirm what was previewed, as far as it is still certain."""
        form = shapes.ConfirmMatchesSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        pairs = [operations.Pair(pair["line"], pair["payment"])
                 for pair in form.validated_data["pairs"]]  # fmt: skip
        done = operations.confirm_matches(actor=actor_of(request), pairs=pairs)
        return Response(shapes.ConfirmedSerializer(done._asdict()).data)


# In the order in which banks take bulk transfers. Where to: what the firm has named, if it has.
RETURN_COLUMNS = [
    Column(Text(ko="입금은행", en="Bank"), lambda row: row["bank"], 14),
    Column(Text(ko="입금계좌번호", en="Account"), lambda row: row["account"], 22),
    Column(Text(ko="예금주", en="Holder"), lambda row: row["holder"], 22),
    Column(Text(ko="이체금액", en="Amount"), lambda row: row["amount"]),
    Column(Text(ko="받는분 통장표시", en="Their statement"), lambda row: row["reference"], 18),
    Column(Text(ko="내 통장표시", en="Our statement"), lambda row: row["firm"], 22),
    Column(Text(ko="통화", en="Currency"), lambda row: row["currency"], 8),
    Column(Text(ko="비고", en="Note"), lambda row: row["note"], 40),
]


class BankReturnsView(APIView):
    """What has to be sent back."""

    capability = "payments.read"

    @extend_schema(
        operation_id="bank_returns",
        parameters=[OpenApiParameter("export", str, enum=["xlsx"])],
        responses=shapes.BankReturnsSerializer,
    )
    def get(self, request: Request) -> Any:
        """Refunds that fell due and lines to return; as a spreadsheet in the form of a bulk
        transfer."""
        refunds, lines = queries.to_return(actor_of(request))
        if request.query_params.get("export") == "xlsx":
            rows = [
                *(_bulk_line(row) for row in refunds),
                *({"bank": "", "account": "", "holder": row.depositor,
                   "amount": from_minor(row.open, row.currency), "reference": "",
                   "firm": row.depositor, "currency": row.currency,
                   "note": row.why} for row in lines),
            ]  # fmt: skip
            return spreadsheet_response(RETURN_COLUMNS, rows, name="returns")
        return Response(shapes.BankReturnsSerializer({"refunds": refunds, "lines": lines}).data)


def _bulk_line(row: Any) -> dict[str, Any]:
    account = getattr(row.firm, "money_account", None)
    return {
        "bank": account.bank_name if account else "",
        "account": account.bank_account if account else "",
        "holder": account.bank_holder if account else row.payment.depositor,
        "amount": from_minor(row.amount, row.currency), "reference": row.payment.reference,
        "firm": row.firm.name, "currency": row.currency,
        "note": row.payment.order.campaign.title,
    }  # fmt: skip


def _line(actor: Any, pk: UUID) -> Response:
    row = queries.bank_line_seen_by(actor, pk)
    (row,) = queries.with_payments(actor, [row], suggest=True)
    return Response(shapes.BankLineSerializer(row).data)
