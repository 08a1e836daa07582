"""Those whom a campaign left out, asked again by their office: parse, one call, serialize."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.common.errors import NotFound


class GotNothingSerializer(serializers.Serializer):
    """How it stands with the office's members who got nothing.

    `firms` of them; `askable` can be asked now, `left_alone` could be but want to be left alone by
    the office. Of those `asked`, `accepted` have stated a need, `dismissed` do not want it,
    `waiting` have not answered; the others let its day go by. `pool`: where what they state
    gathers.
    """

    firms = serializers.IntegerField()
    askable = serializers.IntegerField()
    left_alone = serializers.IntegerField()
    asked = serializers.IntegerField()
    accepted = serializers.IntegerField()
    dismissed = serializers.IntegerField()
    waiting = serializers.IntegerField()
    pool = serializers.UUIDField(source="pool.pk", allow_null=True, default=None)


class GotNothingView(APIView):
    """Members who got nothing."""

    capability = {"GET": "campaigns.inspect", "POST": "campaigns.write"}

    @extend_schema(operation_id="left_out_of_campaign", responses=GotNothingSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """How many were left out, asked, and have answered."""
        return self._answer(request, pk)

    @extend_schema(operation_id="ask_left_out", request=None, responses=GotNothingSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Propose to each of them to state as a need what it did not get."""
        operations.ask_left_out(actor=actor_of(request), campaign_id=pk)
        return self._answer(request, pk)

    def _answer(self, request: Request, pk: UUID) -> Response:
        actor = actor_of(request)
        campaign = queries.visible_to(actor).filter(pk=pk).first()
        if campaign is None or not actor.is_office:
            raise NotFound
        return Response(GotNothingSerializer(queries.left_out_of(actor, campaign)).data)
