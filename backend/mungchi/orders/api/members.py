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


class RunningShape(serializers.Serializer):
    """What binds a member: leaving waits for commitments and orders; needs end with it."""

    commitments = serializers.IntegerField()
    orders = serializers.IntegerField()
    needs = serializers.IntegerField()


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
