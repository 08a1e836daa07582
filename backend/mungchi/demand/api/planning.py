"""Needs that come back, and what a firm wanted last time: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.demand import operations, queries
from mungchi.demand.api import planning_shapes as shapes
from mungchi.demand.api.filters import PlanFilter
from mungchi.demand.domain.kept import PLAN_STATES, RHYTHMS


def _plan(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    """Answer with one plan, read with all it points at."""
    row = queries.plans_visible_to(actor_of(request)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return Response(shapes.NeedPlanSerializer(row).data, status=code)


class NeedPlansView(ListView):
    """Needs that come back, and planning one."""

    capability = {"GET": "needs.read", "POST": "needs.write"}
    serializer_class = shapes.NeedPlanSerializer
    filterset_class = PlanFilter
    orders = {"next_date": "next_date", "-created_at": "-id"}
    export_name = "recurring-needs"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda p: p.firm.name, 28),
        Column(Text(ko="품목", en="Item"), lambda p: p.item.name, 36),
        Column(Text(ko="수량", en="Quantity"), lambda p: p.quantity),
        Column(Text(ko="간격", en="Every"), lambda p: p.every),
        Column(Text(ko="주기 단위", en="Counted in"), lambda p: RHYTHMS[p.rhythm]),
        Column(Text(ko="다음 날짜", en="Next date"), lambda p: p.next_date),
        Column(Text(ko="상태", en="State"), lambda p: PLAN_STATES[p.state]),
    ]

    def rows(self):
        """Plans that this seat may see."""
        return queries.plans_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="plan_need",
        request=shapes.NewNeedPlanSerializer,
        responses={201: shapes.NeedPlanSerializer},
    )
    def post(self, request: Request) -> Response:
        """Plan a need that comes back."""
        form = shapes.NewNeedPlanSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        plan = operations.plan_need(
            actor=actor_of(request),
            cooperative_id=values.pop("cooperative"),
            item_id=values.pop("item"),
            **values,
        )
        return _plan(request, plan.pk, status.HTTP_201_CREATED)


class NeedPlanView(APIView):
    """One need that comes back."""

    capability = {"GET": "needs.read", "PATCH": "needs.write"}

    @extend_schema(operation_id="need_plan", responses=shapes.NeedPlanSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What it says, and when it comes next."""
        return _plan(request, pk)

    @extend_schema(
        operation_id="change_plan",
        request=shapes.NeedPlanChangeSerializer,
        responses=shapes.NeedPlanSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Change what comes next."""
        form = shapes.NeedPlanChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.change_plan(actor=actor_of(request), plan_id=pk, **form.validated_data)
        return _plan(request, pk)


class SkipNextView(APIView):
    """Leaving out the next time."""

    capability = "needs.write"

    @extend_schema(
        operation_id="skip_next",
        request=shapes.SkipSerializer,
        responses=shapes.NeedPlanSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Skip the time that is named."""
        form = shapes.SkipSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.skip_next(actor=actor_of(request), plan_id=pk, **form.validated_data)
        return _plan(request, pk)


class StopPlanView(APIView):
    """Letting a need come back no more."""

    capability = "needs.write"

    @extend_schema(operation_id="stop_plan", request=None, responses=shapes.NeedPlanSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Stop it; it can go on again."""
        operations.stop_plan(actor=actor_of(request), plan_id=pk)
        return _plan(request, pk)


class ResumePlanView(APIView):
    """Letting a stopped need come back again."""

    capability = "needs.write"

    @extend_schema(operation_id="resume_plan", request=None, responses=shapes.NeedPlanSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Let it go on."""
        operations.resume_plan(actor=actor_of(request), plan_id=pk)
        return _plan(request, pk)


class LastTimeView(APIView):
    """The same as last time."""

    capability = "needs.write"

    @extend_schema(
        operation_id="last_time",
        parameters=[OpenApiParameter("item", OpenApiTypes.UUID, required=True)],
        responses=shapes.LastTimeSerializer,
    )
    def get(self, request: Request) -> Response:
        """What the firm wanted or bought of an item last; all null when it never did."""
        form = shapes.AskedItemSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        found = queries.last_time(actor_of(request), form.validated_data["item"])
        return Response(shapes.LastTimeSerializer(found).data)
