"""Who is left out, and what the office does about it: parse, one call, serialize."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common import clock
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.outreach import operations, queries
from mungchi.outreach.api import seeking_shapes as shapes
from mungchi.outreach.api.filters import LeftOutFilter
from mungchi.outreach.domain.words import ANSWERS, REASONS
from mungchi.outreach.models import Contact
from mungchi.outreach.queries.evidence import with_evidence
from mungchi.outreach.queries.member_page import outreach_page

DASH = "\n"


def read(shape: Any, request: Request) -> dict[str, Any]:
    """The body, checked."""
    form = shape(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


def contact(request: Request, row: Contact, code: int = status.HTTP_200_OK) -> Response:
    """Answer with one contact, read with all it points at."""
    seen = queries.contacts_visible_to(actor_of(request)).get(pk=row.pk)
    return Response(shapes.ContactSerializer(seen).data, status=code)


class LeftOutView(ListView):
    """Members that are left out, and why."""

    capability = "outreach.read"
    serializer_class = shapes.LeftOutSerializer
    filterset_class = LeftOutFilter
    # Whoever was never turned to, or longest ago, comes first.
    orders = {"sought": "sought", "name": "firm__name", "since": "since"}
    export_name = "left-out"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
        Column(Text(ko="분과", en="Division"), lambda row: row.division and row.division.name),
        Column(Text(ko="사유", en="Reasons"),
               lambda row: ", ".join(REASONS[one.code].say(language()) for one in row.reasons), 36),
        Column(Text(ko="근거", en="Evidence"),
               lambda row: DASH.join(text.say(language()) for one in row.reasons
                                     for text in one.sentences), 80),
        Column(Text(ko="가까운 공동구매", en="Nearest campaign"),
               lambda row: next((one.row.title for one in row.suggestions.campaigns), ""), 30),
        Column(Text(ko="같은 수요 기업", en="Firms with the same need"),
               lambda row: row.suggestions.same_need),
        Moment(Text(ko="마지막 소식", en="Last heard"), lambda row: row.why.heard_at,
               zone=lambda row: row.cooperative.zone),
        Moment(Text(ko="마지막 연락", en="Contacted"), lambda row: row.contacted_at,
               zone=lambda row: row.cooperative.zone),
        Column(Text(ko="답", en="Answer"), lambda row: ANSWERS[row.answer or ""]),
        Column(Text(ko="다음 연락일", en="Follow up on"), lambda row: row.follow_up),
    ]  # fmt: skip

    def rows(self):
        """Those of the office's cooperative, at this moment."""
        self.at = clock.now()
        rows, self.found = queries.left_out_members(actor_of(self.request), self.at)
        self.request.left_out = self.found
        return rows

    def prepared(self, page: list[Any]) -> list[Any]:
        """The evidence, and what could be done."""
        return with_evidence(actor_of(self.request), page, self.found, self.at)


class LeftOutSummaryView(APIView):
    """How many are left out."""

    capability = "outreach.read"

    @extend_schema(operation_id="left_out_summary", responses=shapes.SummarySerializer)
    def get(self, request: Request) -> Response:
        """By reason and by division."""
        found = queries.summary_of(actor_of(request), clock.now())
        body = {
            "total": found.total,
            "reasons": found.reasons,
            "divisions": [{"division": one, "count": count} for one, count in found.divisions],
            "quiet": found.quiet,
            "due": found.due,
        }
        return Response(shapes.SummarySerializer(body).data)


class MemberOutreachView(APIView):
    """One member, for the office that seeks it out."""

    capability = "outreach.read"

    @extend_schema(operation_id="member_outreach", responses=shapes.MemberOutreach)
    def get(self, request: Request, pk: UUID) -> Response:
        """Why it is left out, what could be done, and how it was before."""
        page = outreach_page(actor_of(request), pk, clock.now())
        return Response(shapes.MemberOutreach(page).data)


class SuggestCampaignView(APIView):
    """Suggesting a campaign."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="suggest_campaign",
        request=shapes.SuggestCampaignSerializer,
        responses={201: shapes.ContactSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Tell the firm of an open campaign."""
        values = read(shapes.SuggestCampaignSerializer, request)
        row = operations.suggest_campaign(
            actor=actor_of(request), firm_id=pk, campaign_id=values["campaign"],
            said=values["said"],
        )  # fmt: skip
        return contact(request, row, status.HTTP_201_CREATED)


class SuggestPoolView(APIView):
    """Suggesting a pool."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="suggest_pool",
        request=shapes.SuggestPoolSerializer,
        responses={201: shapes.ContactSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Tell the firm of what others want to buy."""
        values = read(shapes.SuggestPoolSerializer, request)
        row = operations.suggest_pool(
            actor=actor_of(request), firm_id=pk, pool_id=values["pool"], said=values["said"]
        )
        return contact(request, row, status.HTTP_201_CREATED)


class AskNeedsView(APIView):
    """Asking what a firm needs."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="ask_for_needs",
        request=shapes.AskNeedsSerializer,
        responses={201: shapes.ContactSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the firm to say what it needs."""
        values = read(shapes.AskNeedsSerializer, request)
        row = operations.ask_for_needs(
            actor=actor_of(request), firm_id=pk, item_id=values["item"], said=values["said"]
        )
        return contact(request, row, status.HTTP_201_CREATED)


class IntroduceMemberView(APIView):
    """Introducing a firm."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="introduce_member",
        request=shapes.IntroduceSerializer,
        responses={201: shapes.ContactSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Propose to introduce the firm to a member that offers what it lacks."""
        values = read(shapes.IntroduceSerializer, request)
        row = operations.introduce_member(
            actor=actor_of(request),
            firm_id=pk,
            giver_id=values["giver"],
            reason=values["reason"],
            listing_id=values["listing"],
        )
        return contact(request, row.contact, status.HTTP_201_CREATED)
