"""Firms as members: the office's list, what it decides, and what the firm itself decides."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.api import member_shapes as shapes
from mungchi.accounts.api.filters import MemberFilter
from mungchi.accounts.domain.states import MEMBERSHIP_LABELS
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.shapes import ReasonSerializer
from mungchi.common.text import Text


def _member(request: Request, pk: UUID) -> Response:
    row = queries.membership_seen_by(actor_of(request), pk)
    return Response(shapes.MemberSerializer(row).data)


class MembersView(ListView):
    """The office's members."""

    capability = "members.read"
    serializer_class = shapes.MemberSerializer
    filterset_class = MemberFilter
    orders = {"name": "firm__name", "-joined": "-joined_at", "code": "member_code"}
    export_name = "members"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda m: m.firm.name, 28),
        Column(Text(ko="사업자등록번호", en="Business number"), lambda m: m.firm.business_number),
        Column(Text(ko="조합원 번호", en="Member code"), lambda m: m.member_code),
        Column(Text(ko="분과", en="Division"), lambda m: m.division and m.division.name),
        Column(Text(ko="상태", en="Status"), lambda m: MEMBERSHIP_LABELS[m.state]),
        Moment(
            Text(ko="가입", en="Joined"), lambda m: m.joined_at, zone=lambda m: m.cooperative.zone
        ),
    ]

    def rows(self):
        """Memberships of the office's cooperative."""
        return queries.with_people(queries.memberships_visible_to(actor_of(self.request)))


class MemberView(APIView):
    """One member."""

    capability = {"GET": "members.read", "PATCH": "members.write"}

    @extend_schema(operation_id="member", responses=shapes.MemberSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """As the office sees it."""
        return _member(request, pk)

    @extend_schema(
        operation_id="change_member",
        request=shapes.MemberChangeSerializer,
        responses=shapes.MemberSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """File it under another division or code."""
        form = shapes.MemberChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.change_member(
            actor=actor_of(request),
            membership_id=pk,
            division_id=form.validated_data["division"],
            member_code=form.validated_data["member_code"],
        )
        return _member(request, pk)


class DecisionView(APIView):
    """Something that the office decides about one member: a subclass names the operation."""

    capability = "members.write"

    def decide(self, request: Request, pk: UUID, *, with_reason: bool = False) -> Response:
        """Call the operation, with the reason that the body gives; answer with the member."""
        reason = {}
        if with_reason:
            form = ReasonSerializer(data=request.data)
            form.is_valid(raise_exception=True)
            reason = {"why": form.validated_data["why"]}
        self.operation(actor=actor_of(request), membership_id=pk, **reason)
        return _member(request, pk)


class AdmitMemberView(DecisionView):
    """Admitting a firm."""

    operation = staticmethod(operations.admit_member)

    @extend_schema(operation_id="admit_member", request=None, responses=shapes.MemberSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Admit an applicant, or take a suspended member back."""
        return self.decide(request, pk)


class SuspendMemberView(DecisionView):
    """Suspending a firm."""

    operation = staticmethod(operations.suspend_member)

    @extend_schema(
        operation_id="suspend_member", request=ReasonSerializer, responses=shapes.MemberSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Suspend a member, with a reason."""
        return self.decide(request, pk, with_reason=True)


class DeclineApplicationView(DecisionView):
    """Not admitting a firm."""

    operation = staticmethod(operations.decline_application)

    @extend_schema(
        operation_id="decline_application",
        request=ReasonSerializer,
        responses=shapes.MemberSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline an application, with a reason."""
        return self.decide(request, pk, with_reason=True)


class InviteMemberView(DecisionView):
    """Asking a firm that has left to come back."""

    operation = staticmethod(operations.invite_member)

    @extend_schema(operation_id="invite_member", request=None, responses=shapes.MemberSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Its owner decides."""
        return self.decide(request, pk)


class WithdrawMemberInvitationView(DecisionView):
    """Taking an invitation back."""

    operation = staticmethod(operations.withdraw_membership_invitation)

    @extend_schema(
        operation_id="withdraw_member_invitation", request=None, responses=shapes.MemberSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The firm can accept it no longer."""
        return self.decide(request, pk)


class DivisionsView(ListView):
    """The office's divisions."""

    capability = {"GET": "members.read", "POST": "members.write"}
    serializer_class = shapes.DivisionSerializer
    orders = {"name": "name"}

    def rows(self):
        """Divisions of the office's cooperative."""
        return queries.divisions_with_members(actor_of(self.request))

    @extend_schema(
        operation_id="make_division",
        request=shapes.DivisionBodySerializer,
        responses={201: shapes.DivisionSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make a division."""
        form = shapes.DivisionBodySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.make_division(actor=actor_of(request), **form.validated_data)
        return Response(shapes.DivisionSerializer(row).data, status=status.HTTP_201_CREATED)


class DivisionView(APIView):
    """One division."""

    capability = "members.write"

    @extend_schema(
        operation_id="rename_division",
        request=shapes.DivisionBodySerializer,
        responses=shapes.DivisionSerializer,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Give it other names."""
        form = shapes.DivisionBodySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.rename_division(
            actor=actor_of(request), division_id=pk, **form.validated_data
        )
        return Response(shapes.DivisionSerializer(row).data)


class RemoveDivisionView(APIView):
    """Removing a division, or merging it into another."""

    capability = "members.write"

    @extend_schema(
        operation_id="remove_division",
        request=shapes.RemoveDivisionSerializer,
        responses=shapes.RemovedDivisionShape,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Its members go to `into`, or to no division."""
        form = shapes.RemoveDivisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        moved = operations.remove_division(
            actor=actor_of(request), division_id=pk, into_id=form.validated_data["into"]
        )
        return Response({"moved": moved})


class MembershipsView(ListView):
    """The cooperatives of the actor's firm, and applying to one."""

    capability = {"GET": "memberships.read", "POST": "memberships.write"}
    serializer_class = shapes.OwnMembershipSerializer
    orders = {"name": "cooperative__name"}

    def rows(self):
        """Memberships of the actor's firm."""
        return queries.memberships_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="apply_for_membership",
        request=shapes.ApplySerializer,
        responses={201: shapes.OwnMembershipSerializer},
    )
    def post(self, request: Request) -> Response:
        """Apply to a cooperative; twice changes nothing."""
        form = shapes.ApplySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.apply_for_membership(
            actor=actor_of(request), cooperative_id=form.validated_data["cooperative"]
        )
        return Response(shapes.OwnMembershipSerializer(row).data, status=status.HTTP_201_CREATED)


class AcceptMembershipView(APIView):
    """Becoming a member by a cooperative's invitation."""

    capability = "memberships.write"

    @extend_schema(
        operation_id="accept_membership", request=None, responses=shapes.OwnMembershipSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The firm is a member from now on."""
        row = operations.accept_membership(actor=actor_of(request), membership_id=pk)
        return Response(shapes.OwnMembershipSerializer(row).data)


class DeclineMembershipView(APIView):
    """Not becoming a member."""

    capability = "memberships.write"

    @extend_schema(
        operation_id="decline_membership", request=None, responses=shapes.OwnMembershipSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The cooperative may invite again."""
        row = operations.decline_membership(actor=actor_of(request), membership_id=pk)
        return Response(shapes.OwnMembershipSerializer(row).data)
