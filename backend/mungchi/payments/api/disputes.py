"""Disputed payments: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.days import last_day
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView
from mungchi.common.money import from_minor
from mungchi.common.papers import as_download, refuse_too_long
from mungchi.common.text import Text
from mungchi.payments import operations
from mungchi.payments import queries as payments
from mungchi.payments.api import disputes_shapes as shapes
from mungchi.payments.api.doing import do
from mungchi.payments.api.filters import DisputeFilter
from mungchi.payments.api.serializers import PaymentReasonSerializer
from mungchi.payments.domain.disputes import reason_of
from mungchi.payments.domain.states import AGAIN_LABELS, DISPUTE
from mungchi.payments.queries import disputes as queries


def _money(name: str) -> Any:
    return lambda row: from_minor(getattr(row, name), row.currency)


class DisputesView(ListView):
    """What payers' banks take back of the office's charges, or ask about."""

    capability = "payments.read"
    serializer_class = shapes.DisputeSerializer
    filterset_class = DisputeFilter
    orders = {"-found": "-id", "found": "id", "due": "due_by", "-amount": "-amount"}
    export_name = "disputes"
    columns = [
        Column(Text(ko="알게 된 날", en="Found"),
               lambda row: last_day(row.found_at, row.cooperative.zone), 12),
        Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
        Column(Text(ko="주문번호", en="Order"), lambda row: row.payment.order.number, 20),
        Column(Text(ko="공동구매", en="Campaign"), lambda row: row.campaign.title, 28),
        Column(Text(ko="금액", en="Amount"), _money("amount")),
        Column(Text(ko="통화", en="Currency"), lambda row: row.currency, 8),
        Column(Text(ko="사유", en="Reason"), lambda row: reason_of(row.reason), 26),
        Column(Text(ko="상태", en="State"), lambda row: DISPUTE.labels[row.state], 18),
        Column(Text(ko="소명 기한", en="Evidence due"),
               lambda row: row.due_by and last_day(row.due_by, row.cooperative.zone), 12),
        Column(Text(ko="제출일", en="Submitted"), lambda row: row.submitted_on, 12),
        Column(Text(ko="회수된 금액", en="Taken back"), _money("taken")),
        Column(Text(ko="잃은 금액", en="Lost"), _money("borne")),
        Column(Text(ko="처리 수수료", en="Fee"), _money("fee")),
        Column(Text(ko="기업에 다시 청구", en="Asked for again"),
               lambda row: AGAIN_LABELS[row.again], 14),
        Column(Text(ko="결제대행사 번호", en="Provider's id"), lambda row: row.external_id, 30),
    ]  # fmt: skip

    def rows(self):
        """Of the office's own accounts."""
        return queries.disputes_visible_to(actor_of(self.request))


def _one(request: Request, pk: UUID) -> Response:
    row = queries.dispute_seen_by(actor_of(request), pk)
    row.may_ask = (  # type: ignore[attr-defined]
        queries.owed_again(row, row.payment) if row.again in ("none", "dropped") else 0
    )
    return Response(shapes.DisputeDetailSerializer(row).data)


class DisputeView(APIView):
    """One dispute."""

    capability = "payments.read"

    @extend_schema(operation_id="dispute", responses=shapes.DisputeDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """With what the office keeps with it."""
        return _one(request, pk)


class DisputeNotesView(APIView):
    """What is written down about a dispute."""

    capability = "payments.write"

    @extend_schema(
        operation_id="note_dispute",
        request=shapes.NotingSerializer,
        responses={201: shapes.DisputeNoteSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write something down."""
        note = do(request, shapes.NotingSerializer, operations.note_dispute, dispute_id=pk)
        return Response(shapes.DisputeNoteSerializer(note).data, status=status.HTTP_201_CREATED)


class DisputeFilesView(APIView):
    """Files that are kept with a dispute."""

    capability = "payments.write"
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        refuse_too_long(request)
        super().initial(request, *args, **kwargs)

    @extend_schema(
        operation_id="add_dispute_file",
        request={"multipart/form-data": shapes.DisputeUploadSerializer},
        responses={201: shapes.DisputeFileSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Keep a file."""
        form = shapes.DisputeUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.add_dispute_file(
            actor=actor_of(request), dispute_id=pk, filename=upload.name, stream=upload.file
        )
        return Response(shapes.DisputeFileSerializer(row).data, status=status.HTTP_201_CREATED)


class DisputeFileView(APIView):
    """One file."""

    capability = {"GET": "payments.read", "DELETE": "payments.write"}

    @extend_schema(
        operation_id="dispute_file_content",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> Any:
        """To be saved."""
        row = queries.dispute_files_visible_to(actor_of(request)).filter(pk=pk).first()
        if row is None:
            raise NotFound
        return as_download(row)

    @extend_schema(operation_id="remove_dispute_file", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw it away."""
        operations.remove_dispute_file(actor=actor_of(request), file_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class SubmitDisputeView(APIView):
    """Evidence that was handed in."""

    capability = "payments.write"

    @extend_schema(
        operation_id="mark_dispute_submitted",
        request=shapes.SubmittedSerializer,
        responses=shapes.DisputeDetailSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write down that it was, at the provider."""
        do(request, shapes.SubmittedSerializer, operations.mark_submitted, dispute_id=pk)
        return _one(request, pk)


class AcceptDisputeView(APIView):
    """A dispute that is given up."""

    capability = "payments.write"

    @extend_schema(
        operation_id="accept_dispute",
        request=shapes.AcceptingSerializer,
        responses=shapes.DisputeDetailSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write down that it was, at the provider."""
        do(request, shapes.AcceptingSerializer, operations.accept_dispute, dispute_id=pk)
        return _one(request, pk)


class AskAgainView(APIView):
    """Asking the firm again for what was lost."""

    capability = "payments.write"

    @extend_schema(
        operation_id="ask_firm_again",
        request=shapes.AskingAgainSerializer,
        responses=shapes.DisputeDetailSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """By transfer, until a day."""
        do(request, shapes.AskingAgainSerializer, operations.ask_firm_again, dispute_id=pk)
        return _one(request, pk)


class PaidAgainView(APIView):
    """What was paid again."""

    capability = "payments.write"

    @extend_schema(
        operation_id="was_paid_again",
        request=shapes.PaidAgainSerializer,
        responses=shapes.DisputeDetailSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The money is there."""
        do(request, shapes.PaidAgainSerializer, operations.was_paid_again, dispute_id=pk)
        return _one(request, pk)


class NotPaidAgainView(APIView):
    """What was not paid again after all."""

    capability = "payments.write"

    @extend_schema(
        operation_id="was_not_paid_again",
        request=PaymentReasonSerializer,
        responses=shapes.DisputeDetailSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is awaited again."""
        do(request, PaymentReasonSerializer, operations.was_not_paid_again, dispute_id=pk)
        return _one(request, pk)


class AskNoMoreView(APIView):
    """What is not asked for any more."""

    capability = "payments.write"

    @extend_schema(
        operation_id="ask_no_more",
        request=PaymentReasonSerializer,
        responses=shapes.DisputeDetailSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The cooperative bears it."""
        do(request, PaymentReasonSerializer, operations.ask_no_more, dispute_id=pk)
        return _one(request, pk)


class DisputesOfPaymentView(APIView):
    """What a firm sees of disputes of its own payment."""

    capability = "orders.read"

    @extend_schema(operation_id="disputes_of_payment", responses=shapes.DisputedSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """All of them, the latest first."""
        payment = payments.seen_by(actor_of(request), pk)
        rows = queries.disputes_of_payment(payment)
        return Response(shapes.DisputedSerializer({"disputes": rows}).data)
