"""Where campaigns stand: what open screens ask for again and again, and what they are sent."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import queries
from mungchi.campaigns.api.presenting import seen_with_terms
from mungchi.campaigns.api.serializers import LadderSerializer
from mungchi.common import clock
from mungchi.common.errors import NotFound


class StandingsAsked(serializers.Serializer):
    """Which campaigns: ids, with commas between them."""

    campaigns = serializers.CharField(max_length=queries.MOST_STANDINGS * 37)

    def validate_campaigns(self, value: str) -> list[Any]:
        """The ids, each once."""
        ids = serializers.ListField(
            child=serializers.UUIDField(), max_length=queries.MOST_STANDINGS
        ).run_validation(value.split(","))
        return list(dict.fromkeys(ids))


class StandingSerializer(serializers.Serializer):
    """What moves on a campaign's page while it is looked at.

    `committed_at`: when the reader's own commitment was accepted last, null without one.
    """

    campaign = serializers.UUIDField()
    state = serializers.CharField()
    closes_at = serializers.DateTimeField(allow_null=True)
    # Changes of the offer since it opened; another number, and the page is another.
    terms_version = serializers.IntegerField()
    fills_until = serializers.DateTimeField(allow_null=True)
    ladder = LadderSerializer(allow_null=True)
    committed_at = serializers.DateTimeField(allow_null=True)


class StandingsSerializer(serializers.Serializer):
    """Where campaigns stand now; those that the reader may not see are left out."""

    now = serializers.DateTimeField()
    standings = StandingSerializer(many=True)


class CoursePointSerializer(serializers.Serializer):
    """The total of the active commitments at a time."""

    at = serializers.DateTimeField()
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()


class CourseSerializer(serializers.Serializer):
    """How commitments came together since the opening.

    Points at which the total would give one other firm away are left out.
    """

    opened_at = serializers.DateTimeField()
    # The deadline; the end of the filling where it was filled after that.
    closes_at = serializers.DateTimeField(source="ends_at")
    points = CoursePointSerializer(many=True)


class CourseView(APIView):
    """A campaign's commitments over time."""

    capability = "campaigns.read"

    @extend_schema(operation_id="course", responses=CourseSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The total from the opening to now, or to the closing."""
        actor = actor_of(request)
        campaign = seen_with_terms(actor, pk)
        if campaign.opened_at is None:
            raise NotFound
        campaign.points = queries.course_of(campaign, actor, clock.now())
        return Response(CourseSerializer(campaign).data)


class StandingsView(APIView):
    """Where some campaigns stand."""

    capability = "campaigns.read"

    @extend_schema(
        operation_id="standings", parameters=[StandingsAsked], responses=StandingsSerializer
    )
    def get(self, request: Request) -> Response:
        """For screens that cannot be sent what changes (see /live), and for the first look."""
        form = StandingsAsked(data=request.query_params)
        form.is_valid(raise_exception=True)
        found = queries.standings(actor_of(request), form.validated_data["campaigns"])
        return Response(StandingsSerializer({"now": clock.now(), "standings": found}).data)
