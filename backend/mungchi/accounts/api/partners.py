"""Partner cooperatives: parse, one call, serialize."""

from typing import Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.api.filters import CooperativeFilter
from mungchi.accounts.api.serializers import CooperativeSerializer
from mungchi.accounts.models import Partnership
from mungchi.accounts.references import CooperativeRef
from mungchi.common import clock
from mungchi.common.filters import WordsFilter
from mungchi.common.listing import ListView
from mungchi.common.shapes import ReasonSerializer


class PartnershipSerializer(serializers.ModelSerializer):
    """A partnership as one of its two sides sees it: `partner` is the other one."""

    partner = serializers.SerializerMethodField()
    asked_by_us = serializers.SerializerMethodField()

    class Meta:
        model = Partnership
        fields = ["id", "partner", "asked_by_us", "state", "message", "reason", "proposed_at",
                  "answered_at", "ends_at"]  # fmt: skip

    @extend_schema_field(CooperativeRef)
    def get_partner(self, row: Partnership) -> Any:
        """The other cooperative."""
        return CooperativeRef(row.asked if self.get_asked_by_us(row) else row.asking).data

    def get_asked_by_us(self, row: Partnership) -> bool:
        """Whether the reader's own side proposed it."""
        return bool(row.asking_id == self.context["cooperative_id"])


class PartnershipFilter(django_filters.FilterSet):
    """Partnerships by state."""

    state = WordsFilter(field_name="state")

    class Meta:
        model = Partnership
        fields: list[str] = []


class ProposalSerializer(serializers.Serializer):
    """To whom a partnership is proposed, and what for."""

    cooperative = serializers.UUIDField()
    message = serializers.CharField(max_length=1000, allow_blank=True, required=False, default="")


class NoticeSerializer(serializers.Serializer):
    """The last day of a partnership in one's own zone, and why it ends."""

    last_day = serializers.DateField()
    why = serializers.CharField(max_length=1000)


def _answer(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    actor = actor_of(request)
    row = queries.partnership_seen_by(actor, pk)
    about = {"cooperative_id": actor.cooperative_id}
    return Response(PartnershipSerializer(row, context=about).data, status=code)


class PartnershipsView(ListView):
    """The partnerships of the office's cooperative, and proposing one."""

    capability = {"GET": "cooperative.read", "POST": "cooperative.write"}
    serializer_class = PartnershipSerializer
    filterset_class = PartnershipFilter
    orders = {"-proposed": "-proposed_at"}

    def rows(self):
        """On either side."""
        return queries.partnerships_visible_to(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        """Which of the two sides reads."""
        found = super().get_serializer_context()
        if not getattr(self, "swagger_fake_view", False):
            found["cooperative_id"] = actor_of(self.request).cooperative_id
        return found

    @extend_schema(
        operation_id="propose_partnership",
        request=ProposalSerializer,
        responses={201: PartnershipSerializer},
    )
    def post(self, request: Request) -> Response:
        """Propose a partnership to another cooperative."""
        form = ProposalSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.propose_partnership(
            actor=actor_of(request),
            cooperative_id=form.validated_data["cooperative"],
            message=form.validated_data["message"],
        )
        return _answer(request, row.pk, status.HTTP_201_CREATED)


class PartnersView(ListView):
    """Cooperatives that a campaign of this office may be opened to."""

    capability = "cooperative.read"
    serializer_class = CooperativeSerializer
    filterset_class = CooperativeFilter
    orders = {"name": "name"}

    def rows(self):
        """Active partners."""
        return queries.active_partners_of(actor_of(self.request).cooperative_id, clock.now())


class AcceptPartnershipView(APIView):
    """Agreeing to a partnership."""

    capability = "cooperative.write"

    @extend_schema(operation_id="accept_partnership", request=None, responses=PartnershipSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Agree."""
        operations.accept_partnership(actor=actor_of(request), partnership_id=pk)
        return _answer(request, pk)


class DeclinePartnershipView(APIView):
    """Declining a partnership."""

    capability = "cooperative.write"

    @extend_schema(
        operation_id="decline_partnership",
        request=ReasonSerializer,
        responses=PartnershipSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline, with a reason that the other side reads."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.decline_partnership(
            actor=actor_of(request), partnership_id=pk, why=form.validated_data["why"]
        )
        return _answer(request, pk)


class WithdrawPartnershipView(APIView):
    """Calling one's own proposal off."""

    capability = "cooperative.write"

    @extend_schema(
        operation_id="withdraw_partnership", request=None, responses=PartnershipSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Call it off before an answer."""
        operations.withdraw_partnership(actor=actor_of(request), partnership_id=pk)
        return _answer(request, pk)


class EndPartnershipView(APIView):
    """Ending a partnership with notice."""

    capability = "cooperative.write"

    @extend_schema(
        operation_id="end_partnership", request=NoticeSerializer, responses=PartnershipSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Give notice: campaigns that are open go on."""
        form = NoticeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.end_partnership(
            actor=actor_of(request), partnership_id=pk, **form.validated_data
        )
        return _answer(request, pk)
