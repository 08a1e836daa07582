"""A cooperative's own office looks after it: profile, trail, leaving."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations, queries
from mungchi.accounts.access import actor_of
from mungchi.accounts.api import cooperative_shapes as shapes
from mungchi.common.listing import ListView
from mungchi.common.shapes import ReasonSerializer


def _own(request: Request) -> Response:
    row = queries.office_of(actor_of(request))
    return Response(shapes.OwnCooperativeSerializer(row).data)


class OwnCooperativeView(APIView):
    """The cooperative of the office."""

    capability = "cooperative.read"

    @extend_schema(operation_id="own_cooperative", responses=shapes.OwnCooperativeSerializer)
    def get(self, request: Request) -> Response:
        """What it says of itself, its rules and its account."""
        return _own(request)


class LeaveView(APIView):
    """Leaving the platform."""

    capability = "cooperative.write"

    @extend_schema(
        operation_id="leave_platform",
        request=ReasonSerializer,
        responses=shapes.OwnCooperativeSerializer,
    )
    def post(self, request: Request) -> Response:
        """Leave: nothing new begins, what runs goes on to its end."""
        form = ReasonSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.leave_platform(actor=actor_of(request), why=form.validated_data["why"])
        return _own(request)


class OwnHistoryView(ListView):
    """What happened to the office's cooperative."""

    capability = "cooperative.read"
    serializer_class = shapes.TrailSerializer
    orders = {"-at": "-id"}

    def rows(self):
        """Its trail."""
        return queries.trail_of(actor_of(self.request).cooperative_id)
