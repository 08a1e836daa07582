"""Introductions: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.text import Text
from mungchi.outreach import operations, queries
from mungchi.outreach.api import introduction_shapes as shapes
from mungchi.outreach.api.filters import IntroductionFilter
from mungchi.outreach.domain.words import INTRODUCTION_STATES


def _introduction(request: Request, pk: UUID, code: int = status.HTTP_200_OK) -> Response:
    """Answer with one introduction, read with all it points at."""
    actor = actor_of(request)
    row = queries.introduction_seen_by(actor, pk)
    body = shapes.IntroductionSerializer(row, context={"actor": actor}).data
    return Response(body, status=code)


def _read(shape: Any, request: Request) -> dict[str, Any]:
    form = shape(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class IntroductionsView(ListView):
    """Introductions of a firm, or those that an office carries; and asking for one."""

    capability = {"GET": "introductions.read", "POST": "introductions.answer"}
    serializer_class = shapes.IntroductionSerializer
    filterset_class = IntroductionFilter

    def rows(self):
        """Those that this seat may see."""
        return queries.introductions_visible_to(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        """Who reads."""
        return {**super().get_serializer_context(), "actor": actor_of(self.request)}

    @extend_schema(
        operation_id="ask_for_introduction",
        request=shapes.AskSerializer,
        responses={201: shapes.IntroductionSerializer},
    )
    def post(self, request: Request) -> Response:
        """Ask to be introduced to the firm behind a listing."""
        values = _read(shapes.AskSerializer, request)
        row = operations.ask_for_introduction(
            actor=actor_of(request),
            listing_id=values["listing"],
            reason=values["reason"],
            phone=values["phone"],
            cooperative_id=values["cooperative"],
        )
        return _introduction(request, row.pk, status.HTTP_201_CREATED)


class OfficeIntroductionsView(ListView):
    """All that an office carries, to be saved as a spreadsheet; and proposing one."""

    capability = {"GET": "outreach.read", "POST": "outreach.write"}
    serializer_class = shapes.IntroductionSerializer
    filterset_class = IntroductionFilter
    export_name = "introductions"
    columns = [
        Column(Text(ko="찾는 기업", en="Seeks"), lambda row: row.seeker.name, 28),
        Column(Text(ko="제공 기업", en="Offers"), lambda row: row.giver.name, 28),
        Column(Text(ko="항목", en="Listing"), lambda row: row.listing and row.listing.title, 30),
        Column(Text(ko="사유", en="Reason"), lambda row: row.reason, 40),
        Column(Text(ko="상태", en="Status"), lambda row: INTRODUCTION_STATES[row.state]),
        Moment(
            Text(ko="제안", en="Proposed"),
            lambda row: row.created_at,
            zone=lambda row: row.cooperative.zone,
        ),
        Moment(
            Text(ko="연결", en="Introduced"),
            lambda row: row.introduced_at,
            zone=lambda row: row.cooperative.zone,
        ),
        Column(Text(ko="결과", en="Outcome"), lambda row: row.outcome_note, 40),
        Column(Text(ko="거래 금액", en="Value"), lambda row: row.value),
        Column(Text(ko="통화", en="Currency"), lambda row: row.cooperative.currency),
    ]

    def rows(self):
        """Those of the office's cooperative."""
        return queries.introductions_visible_to(actor_of(self.request))

    def get_serializer_context(self) -> dict[str, Any]:
        """Who reads."""
        return {**super().get_serializer_context(), "actor": actor_of(self.request)}

    @extend_schema(
        operation_id="propose_introduction",
        request=shapes.ProposeSerializer,
        responses={201: shapes.IntroductionSerializer},
    )
    def post(self, request: Request) -> Response:
        """Propose to bring two members together."""
        values = _read(shapes.ProposeSerializer, request)
        row = operations.introduce_member(
            actor=actor_of(request),
            firm_id=values["seeker"],
            giver_id=values["giver"],
            reason=values["reason"],
            listing_id=values["listing"],
        )
        return _introduction(request, row.pk, status.HTTP_201_CREATED)


class IntroductionView(APIView):
    """One introduction."""

    capability = "introductions.read"

    @extend_schema(operation_id="introduction", responses=shapes.IntroductionSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """How it stands."""
        return _introduction(request, pk)


class AcceptIntroductionView(APIView):
    """Agreeing."""

    capability = "introductions.answer"

    @extend_schema(
        operation_id="accept_introduction",
        request=shapes.AcceptSerializer,
        responses=shapes.IntroductionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Agree to share how to reach the firm; it is shared when the other agrees too."""
        values = _read(shapes.AcceptSerializer, request)
        operations.accept_introduction(actor=actor_of(request), introduction_id=pk, **values)
        return _introduction(request, pk)


class DeclineIntroductionView(APIView):
    """Not now."""

    capability = "introductions.answer"

    @extend_schema(
        operation_id="decline_introduction",
        request=shapes.DeclineSerializer,
        responses=shapes.IntroductionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline; the other firm is told no more than "not now"."""
        values = _read(shapes.DeclineSerializer, request)
        operations.decline_introduction(actor=actor_of(request), introduction_id=pk, **values)
        return _introduction(request, pk)


class WithdrawIntroductionView(APIView):
    """Taking it back."""

    capability = "introductions.withdraw"

    @extend_schema(
        operation_id="withdraw_introduction",
        request=None,
        responses=shapes.IntroductionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Withdraw it: the office, or the firm that asked."""
        operations.withdraw_introduction(actor=actor_of(request), introduction_id=pk)
        return _introduction(request, pk)


class IntroductionOutcomeView(APIView):
    """What came of it."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="record_introduction_outcome",
        request=shapes.OutcomeSerializer,
        responses=shapes.IntroductionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Write down whether it worked out, and what the dealings came to."""
        values = _read(shapes.OutcomeSerializer, request)
        operations.record_outcome(actor=actor_of(request), introduction_id=pk, **values)
        return _introduction(request, pk)


class IntroductionFollowUpView(APIView):
    """When to ask what came of it."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="set_introduction_follow_up",
        request=shapes.FollowUpSerializer,
        responses=shapes.IntroductionSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Set or clear the day on which the office asks."""
        values = _read(shapes.FollowUpSerializer, request)
        operations.ask_again_on(actor=actor_of(request), introduction_id=pk, day=values["date"])
        return _introduction(request, pk)
