"""What people are told, and what waits for them: parse, one call, serialize."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.common import clock
from mungchi.common.listing import ListView
from mungchi.notifications import operations, queries
from mungchi.notifications.api import serializers
from mungchi.notifications.api.filters import NotificationFilter
from mungchi.notifications.queries.desk import desk_of


class NotificationsView(ListView):
    """What the person was told for the seat it acts from."""

    capability = "notifications.read"
    serializer_class = serializers.NotificationSerializer
    filterset_class = NotificationFilter

    def rows(self):
        """The seat's own."""
        return queries.visible_to(actor_of(self.request))


def _unread(actor: Actor) -> Response:
    here, elsewhere = queries.unread_counts(actor)
    body = {"count": here, "elsewhere": elsewhere}
    return Response(serializers.UnreadSerializer(body).data)


class UnreadView(APIView):
    """How many are unread."""

    capability = "notifications.read"

    @extend_schema(operation_id="unread_notifications", responses=serializers.UnreadSerializer)
    def get(self, request: Request) -> Response:
        """Counts for this seat and the others."""
        return _unread(actor_of(request))


class ReadView(APIView):
    """Marking as read."""

    capability = "notifications.read"

    @extend_schema(
        operation_id="read_notifications",
        request=serializers.ReadingSerializer,
        responses=serializers.UnreadSerializer,
    )
    def post(self, request: Request) -> Response:
        """Mark some or all as read, or as unread; the answer is what is left."""
        form = serializers.ReadingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        wanted = form.validated_data
        operations.mark_read(actor=actor, ids=wanted.get("ids"), read=wanted["read"])
        return _unread(actor)


class DeskView(APIView):
    """What waits for the seat."""

    capability = "notifications.read"

    @extend_schema(operation_id="desk", responses=serializers.WaitingSerializer(many=True))
    def get(self, request: Request) -> Response:
        """Most urgent first."""
        rows = desk_of(actor_of(request), clock.now())
        return Response(serializers.WaitingSerializer(rows, many=True).data)
