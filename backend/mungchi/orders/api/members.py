"""What binds a member firm in its cooperative, and its leaving."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.queries import membership_seen_by
from mungchi.accounts.references import MembershipState
from mungchi.common.shapes import ReasonSerializer
from mungchi.orders import operations, queries
from mungchi.orders.references import CampaignTitle


class RunningShape(serializers.Serializer):
    """What binds a member: leaving waits for commitments and orders; needs end with it."""

    commitments = serializers.IntegerField()
    orders = serializers.IntegerField()
    needs = serializers.IntegerField()


class BoundCommitment(serializers.Serializer):
    """A commitment that a firm would have to withdraw, or see through."""

    campaign = CampaignTitle()
    quantity = serializers.IntegerField()


class BoundOrder(serializers.Serializer):
    """An order that is on its way."""

    id = serializers.UUIDField()
    number = serializers.CharField()
    campaign = CampaignTitle()


class LeavingShape(serializers.Serializer):
    """What binds a firm in a cooperative, by name (the first of each), and how many there are."""

    running = RunningShape()
    commitments = BoundCommitment(many=True)
    orders = BoundOrder(many=True)


class LeaveSerializer(serializers.Serializer):
    """Why the firm leaves, for the office; it may be empty."""

    why = serializers.CharField(max_length=500, allow_blank=True)


class RunningView(APIView):
    """What binds a member just now."""

    capability = "members.read"

    @extend_schema(operation_id="running_of_member", responses=RunningShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """Figures to be seen before a leaving is recorded."""
        return Response(
            RunningShape(queries.running_of(membership_seen_by(actor_of(request), pk))).data
        )


class LeaveCooperativeView(APIView):
    """Recording that a member has left."""

    capability = "members.write"

    @extend_schema(
        operation_id="record_leaving", request=ReasonSerializer, responses=MembershipState
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """With a reason; refused with figures while something is running."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.record_leaving(
            actor=actor_of(request), membership_id=pk, why=form.validated_data["why"]
        )
        return Response(MembershipState(row).data)


class LeavingView(APIView):
    """What a firm sees before it leaves a cooperative."""

    capability = "memberships.read"

    @extend_schema(operation_id="leaving_of_membership", responses=LeavingShape)
    def get(self, request: Request, pk: UUID) -> Response:
        """What is still running there."""
        found = queries.involved_in(membership_seen_by(actor_of(request), pk))
        return Response(LeavingShape(found).data)


class LeaveView(APIView):
    """Leaving a cooperative by the firm's own wish."""

    capability = "memberships.write"

    @extend_schema(
        operation_id="leave_cooperative", request=LeaveSerializer, responses=MembershipState
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The firm is out at once; refused with figures while something is running."""
        form = LeaveSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.leave_cooperative(
            actor=actor_of(request), membership_id=pk, why=form.validated_data["why"]
        )
        return Response(MembershipState(row).data)
