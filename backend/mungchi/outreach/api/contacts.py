"""Contacts, a firm's answers and its wishes: parse, one call, serialize."""

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
from mungchi.outreach.api import seeking_shapes as shapes
from mungchi.outreach.api.filters import ContactFilter, ProposalFilter
from mungchi.outreach.api.seeking import contact, read
from mungchi.outreach.domain.words import ABOUT, ANSWERS, HOW


class ContactsView(ListView):
    """The office's contacts with its members, and writing one down."""

    capability = {"GET": "outreach.read", "POST": "outreach.write"}
    serializer_class = shapes.ContactSerializer
    filterset_class = ContactFilter
    orders = {"-at": "-at", "follow_up_date": "follow_up_date"}
    export_name = "contacts"
    columns = [
        Moment(Text(ko="때", en="When"), lambda row: row.at, zone=lambda row: row.cooperative.zone),
        Column(Text(ko="기업", en="Firm"), lambda row: row.firm.name, 28),
        Column(Text(ko="방법", en="How"), lambda row: HOW[row.how]),
        Column(Text(ko="내용 구분", en="About"), lambda row: ABOUT[row.about]),
        Column(Text(ko="전한 말", en="Said"), lambda row: row.said, 50),
        Column(Text(ko="답", en="Answer"), lambda row: ANSWERS[row.answer]),
        Column(Text(ko="결과", en="Outcome"), lambda row: row.outcome, 50),
        Column(Text(ko="다음 연락일", en="Follow up on"), lambda row: row.follow_up_date),
    ]

    def rows(self):
        """Those of the office's cooperative."""
        return queries.contacts_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="record_contact",
        request=shapes.NewContactSerializer,
        responses={201: shapes.ContactSerializer},
    )
    def post(self, request: Request) -> Response:
        """Write down that the office spoke with a member."""
        values = read(shapes.NewContactSerializer, request)
        row = operations.record_contact(
            actor=actor_of(request), firm_id=values.pop("firm"), **values
        )
        return contact(request, row, status.HTTP_201_CREATED)


class ContactView(APIView):
    """One contact."""

    capability = "outreach.write"

    @extend_schema(
        operation_id="change_contact",
        request=shapes.ContactChangeSerializer,
        responses=shapes.ContactSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Note the answer, what came of it, or when to ask again."""
        values = read(shapes.ContactChangeSerializer, request)
        row = operations.change_contact(actor=actor_of(request), contact_id=pk, **values)
        return contact(request, row)


class ProposalsView(ListView):
    """What offices suggested to the reader's firm."""

    capability = "wishes.read"
    serializer_class = shapes.ProposalSerializer
    filterset_class = ProposalFilter

    def rows(self):
        """The firm's own."""
        return queries.proposals_to(actor_of(self.request))


class AnswerProposalView(APIView):
    """Answering a suggestion."""

    capability = "wishes.write"

    @extend_schema(
        operation_id="answer_proposal",
        request=shapes.AnswerSerializer,
        responses=shapes.ProposalSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Tell the office what the firm says to it."""
        values = read(shapes.AnswerSerializer, request)
        actor = actor_of(request)
        operations.answer_proposal(actor=actor, contact_id=pk, **values)
        seen = queries.proposals_to(actor).get(pk=pk)
        return Response(shapes.ProposalSerializer(seen).data)


def _wish(request: Request, cooperative_id: UUID) -> Response:
    row = queries.wishes_of(actor_of(request)).get(cooperative_id=cooperative_id)
    return Response(shapes.WishSerializer(row).data)


class WishesView(ListView):
    """How the firm's cooperatives are to turn to it."""

    capability = "wishes.read"
    serializer_class = shapes.WishSerializer
    orders = {"name": "cooperative__name"}

    def rows(self):
        """Its active memberships."""
        return queries.wishes_of(actor_of(self.request))


class LeftAloneView(APIView):
    """The wish to be left alone."""

    capability = "wishes.write"

    @extend_schema(operation_id="leave_us_alone", request=None, responses=shapes.WishSerializer)
    def put(self, request: Request, pk: UUID) -> Response:
        """Ask one cooperative to leave the firm alone."""
        operations.leave_us_alone(actor=actor_of(request), cooperative_id=pk)
        return _wish(request, pk)

    @extend_schema(operation_id="speak_to_us_again", responses={200: shapes.WishSerializer})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take that back."""
        operations.speak_to_us_again(actor=actor_of(request), cooperative_id=pk)
        return _wish(request, pk)
