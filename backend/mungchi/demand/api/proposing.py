"""What purchases propose to firms and foretell to offices: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.demand import operations, queries
from mungchi.demand.api import proposing_shapes as shapes
from mungchi.demand.api.filters import ForetoldFilter, ProposalFilter
from mungchi.demand.operations.proposals import ASKED_SINCE


def _proposal(request: Request, pk: UUID) -> Response:
    row = queries.proposals_visible_to(actor_of(request)).get(pk=pk)
    return Response(shapes.ProposedNeedSerializer(row).data)


class ProposedNeedsView(ListView):
    """Needs that a firm's own purchases suggest, with their evidence."""

    capability = "needs.read"
    serializer_class = shapes.ProposedNeedSerializer
    filterset_class = ProposalFilter
    orders = {"needed_by": "needed_by", "-created_at": "-id"}

    def rows(self):
        """Proposals that this seat may see."""
        return queries.proposals_visible_to(actor_of(self.request))


class AcceptProposalView(APIView):
    """Stating what is proposed, as it is or changed."""

    capability = "needs.write"

    @extend_schema(
        operation_id="accept_proposal",
        request=shapes.AcceptanceSerializer,
        responses=shapes.ProposedNeedSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Make a need of it; what is left out is taken from the proposal."""
        form = shapes.AcceptanceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.accept_proposal(actor=actor_of(request), proposal_id=pk, **form.validated_data)
        return _proposal(request, pk)


class DismissProposalView(APIView):
    """Setting a proposal aside."""

    capability = "needs.write"

    @extend_schema(
        operation_id="dismiss_proposal", request=None, responses=shapes.ProposedNeedSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is not proposed again before another purchase."""
        operations.dismiss_proposal(actor=actor_of(request), proposal_id=pk)
        return _proposal(request, pk)


class RestoreProposalView(APIView):
    """Taking that back."""

    capability = "needs.write"

    @extend_schema(
        operation_id="restore_proposal", request=None, responses=shapes.ProposedNeedSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """It is proposed again."""
        operations.restore_proposal(actor=actor_of(request), proposal_id=pk)
        return _proposal(request, pk)


class ForetoldView(ListView):
    """What members are foretold to buy next month."""

    capability = "foretold.read"
    serializer_class = shapes.ForetoldSerializer
    filterset_class = ForetoldFilter
    orders = {"-chance": "-chance", "-quantity": "-quantity"}
    export_name = "foretold"
    columns = [
        Column(Text(ko="달", en="Month"), lambda f: f"{f.month:%Y-%m}"),
        Column(Text(ko="품목코드", en="Item code"), lambda f: f.item.code),
        Column(Text(ko="품목", en="Item"), lambda f: f.item.name, 36),
        Column(Text(ko="가능성(%)", en="Chance (%)"), lambda f: f.chance),
        Column(Text(ko="예상 기업 수", en="Firms"), lambda f: f.firms),
        Column(Text(ko="예측 물량", en="Foretold"), lambda f: f.quantity),
        Column(Text(ko="보통 적게는", en="Usually from"), lambda f: f.low),
        Column(Text(ko="보통 많게는", en="Usually to"), lambda f: f.high),
    ]

    def rows(self):
        """Of this office, for what is to come."""
        return queries.foretold_at(actor_of(self.request), clock.now())


class ForetoldItemView(APIView):
    """One foretold item."""

    capability = "foretold.read"

    @extend_schema(operation_id="foretold_item", responses=shapes.ForetoldDetailSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What it is told from, and who bought it before."""
        row: Any = queries.foretold_visible_to(actor_of(request)).filter(pk=pk).first()
        if row is None:
            raise NotFound
        row.buyers = queries.past_buyers(row, row.known_until - ASKED_SINCE)
        return Response(shapes.ForetoldDetailSerializer(row).data)


class AskMembersView(APIView):
    """Asking members for what is foretold."""

    capability = "foretold.write"

    @extend_schema(operation_id="ask_members", request=None, responses=shapes.ForetoldSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Propose it to every member that bought it within a year."""
        operations.ask_members(actor=actor_of(request), foretold_id=pk)
        row = queries.foretold_visible_to(actor_of(request)).get(pk=pk)
        return Response(shapes.ForetoldSerializer(row).data)
