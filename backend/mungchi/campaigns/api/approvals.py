"""What waits for approval inside a firm: parse, one call, serialize."""

from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.approval_shapes import ApprovalSerializer
from mungchi.campaigns.api.variant_shapes import told_parts
from mungchi.campaigns.domain.kept import APPROVAL_STATES
from mungchi.campaigns.domain.places import OWN_ADDRESS
from mungchi.campaigns.models import ApprovalRequest
from mungchi.common.filters import WordsFilter
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.money import from_minor
from mungchi.common.shapes import ReasonSerializer
from mungchi.common.text import Text


class ApprovalFilter(django_filters.FilterSet):
    """Requests by state and campaign."""

    state = WordsFilter(field_name="state")
    campaign = django_filters.UUIDFilter(field_name="campaign_id")

    class Meta:
        model = ApprovalRequest
        fields: list[str] = []


def _money(row: ApprovalRequest) -> object:
    return from_minor(row.value, row.campaign.currency)


class ApprovalsView(ListView):
    """What waits for approval in the firm, and what came of what waited."""

    capability = "approvals.read"
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilter
    orders = {"-asked_at": "-id", "closes_at": "campaign__closes_at"}
    export_name = "approvals"
    columns = [
        Column(Text(ko="공동구매", en="Campaign"), lambda r: r.campaign.title, 40),
        Moment(
            Text(ko="마감", en="Closes"),
            lambda r: r.campaign.closes_at,
            zone=lambda r: r.campaign.host.zone,
        ),
        Column(Text(ko="상태", en="State"), lambda r: APPROVAL_STATES[r.state]),
        Column(Text(ko="수량", en="Quantity"), lambda r: r.quantity),
        Column(Text(ko="규격별 수량", en="By variant"), lambda r: told_parts(r, r.parts), 32),
        Column(Text(ko="추가 수용 물량", en="Tolerance"), lambda r: r.tolerance),
        Column(Text(ko="희망 최고 단가", en="Price limit"), lambda r: r.price_limit),
        Column(Text(ko="받을 곳", en="Deliver to"), lambda r: r.deliver_to or OWN_ADDRESS, 36),
        Column(Text(ko="최대 금액(부가세 포함)", en="At most (with VAT)"), _money),
        Column(Text(ko="통화", en="Currency"), lambda r: r.campaign.currency),
        Column(Text(ko="신청한 사람", en="Asked by"), lambda r: r.asked_by.called, 20),
        Moment(
            Text(ko="신청", en="Asked"),
            lambda r: r.asked_at,
            zone=lambda r: r.campaign.host.zone,
        ),
        Column(
            Text(ko="결정한 사람", en="Decided by"),
            lambda r: r.decided_by.called if r.decided_by else "",
            20,
        ),
        Moment(
            Text(ko="결정", en="Decided"),
            lambda r: r.decided_at,
            zone=lambda r: r.campaign.host.zone,
        ),
        Column(Text(ko="까닭", en="Reason"), lambda r: r.why, 40),
    ]

    def rows(self):
        """The firm's own."""
        return queries.approvals_visible_to(actor_of(self.request))


class ApproveView(APIView):
    """An owner's yes."""

    capability = "approvals.decide"

    @extend_schema(operation_id="approve_commitment", request=None, responses=ApprovalSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Bind the firm to what was asked for."""
        row = operations.approve_commitment(actor=actor_of(request), request_id=pk)
        return Response(ApprovalSerializer(row).data)


class DeclineView(APIView):
    """An owner's no."""

    capability = "approvals.decide"

    @extend_schema(
        operation_id="decline_commitment", request=ReasonSerializer, responses=ApprovalSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Say no, and why; what the firm was bound to before stays."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.decline_commitment(
            actor=actor_of(request), request_id=pk, why=form.validated_data["why"]
        )
        return Response(ApprovalSerializer(row).data)


class WithdrawRequestView(APIView):
    """Taking back what waits."""

    capability = "commitments.write"

    @extend_schema(operation_id="withdraw_request", request=None, responses=ApprovalSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Take it back; what the firm was bound to before stays."""
        row = operations.withdraw_request(actor=actor_of(request), request_id=pk)
        return Response(ApprovalSerializer(row).data)
