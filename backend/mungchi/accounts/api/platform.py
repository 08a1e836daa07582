"""Registering a cooperative, and the platform's desk that decides on it."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.api import cooperative_shapes as shapes
from mungchi.accounts.api.filters import AllCooperativesFilter
from mungchi.accounts.domain.permissions import SIGNED_IN
from mungchi.accounts.domain.states import COOPERATIVE_STATES
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.shapes import ReasonSerializer
from mungchi.common.text import Text


class ApplicationsView(ListView):
    """The cooperatives that the person has registered, and registering one."""

    capability = SIGNED_IN
    serializer_class = shapes.ApplicationSerializer

    def rows(self):
        """The person's own."""
        return queries.applications_of(actor_of(self.request))

    @extend_schema(
        operation_id="register_cooperative",
        request=shapes.CooperativeRegistrationSerializer,
        responses={201: shapes.ApplicationSerializer},
    )
    def post(self, request: Request) -> Response:
        """Register a cooperative; the platform decides whether to admit it."""
        form = shapes.CooperativeRegistrationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.register_cooperative(
            user=request.user, actor=actor_of(request), **form.validated_data
        )
        body = shapes.ApplicationSerializer(row).data
        return Response(body, status=status.HTTP_201_CREATED)


class AllCooperativesView(ListView):
    """Every cooperative of the installation."""

    capability = "cooperatives.decide"
    serializer_class = shapes.PlatformCooperativeSerializer
    filterset_class = AllCooperativesFilter
    orders = {"-created": "-id", "name": "name"}
    export_name = "cooperatives"
    columns = [
        Column(Text(ko="협동조합", en="Cooperative"), lambda c: c.name, 28),
        Column(Text(ko="사업자등록번호", en="Business number"), lambda c: c.business_number),
        Column(Text(ko="지역", en="Region"), lambda c: c.region),
        Column(Text(ko="대표자", en="Representative"), lambda c: c.representative),
        Column(Text(ko="상태", en="State"), lambda c: COOPERATIVE_STATES[c.state]),
        Column(Text(ko="조합원사", en="Members"), lambda c: c.members),
        Column(Text(ko="담당자", en="Coordinators"), lambda c: c.coordinators),
        Moment(Text(ko="신청", en="Applied"), lambda c: c.applied_at, zone=lambda c: c.zone),
    ]

    def rows(self):
        """All of them."""
        return queries.cooperatives_for_the_platform(actor_of(self.request))


def _one(request: Request, pk: UUID) -> Response:
    row = queries.seen_by_the_platform(actor_of(request), pk)
    return Response(shapes.PlatformCooperativeSerializer(row).data)


def _reason(request: Request) -> str:
    form = ReasonSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    return str(form.validated_data["why"])


class OneCooperativeView(APIView):
    """One cooperative."""

    capability = "cooperatives.decide"

    @extend_schema(
        operation_id="platform_cooperative", responses=shapes.PlatformCooperativeSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What it says of itself, and its figures."""
        return _one(request, pk)


class HistoryOfOneView(ListView):
    """What happened to one cooperative."""

    capability = "cooperatives.decide"
    serializer_class = shapes.TrailSerializer
    orders = {"-at": "-id"}

    def rows(self):
        """Its trail."""
        row = queries.seen_by_the_platform(actor_of(self.request), self.kwargs["pk"])
        return queries.trail_of(row.pk)


class AdmitCooperativeView(APIView):
    """Admitting a cooperative."""

    capability = "cooperatives.decide"

    @extend_schema(
        operation_id="admit_cooperative",
        request=None,
        responses=shapes.PlatformCooperativeSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Admit an applicant, or take a suspended or departed one back."""
        operations.admit_cooperative(actor=actor_of(request), cooperative_id=pk)
        return _one(request, pk)


class RefuseCooperativeView(APIView):
    """Refusing a cooperative."""

    capability = "cooperatives.decide"

    @extend_schema(
        operation_id="refuse_cooperative",
        request=ReasonSerializer,
        responses=shapes.PlatformCooperativeSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Refuse an applicant, with a reason that it reads."""
        why = _reason(request)
        operations.refuse_cooperative(actor=actor_of(request), cooperative_id=pk, why=why)
        return _one(request, pk)


class SuspendCooperativeView(APIView):
    """Suspending a cooperative."""

    capability = "cooperatives.decide"

    @extend_schema(
        operation_id="suspend_cooperative",
        request=ReasonSerializer,
        responses=shapes.PlatformCooperativeSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Suspend it: nothing new begins, what runs goes on."""
        why = _reason(request)
        operations.suspend_cooperative(actor=actor_of(request), cooperative_id=pk, why=why)
        return _one(request, pk)
