"""What is left to fill of a campaign after its deadline."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import queries
from mungchi.campaigns.api import serializers as shapes
from mungchi.campaigns.api.presenting import seen_with_terms
from mungchi.campaigns.domain.filling import Way
from mungchi.campaigns.domain.filling_words import THE_RULE, said
from mungchi.campaigns.domain.sentences import Numbers
from mungchi.common.errors import NotFound
from mungchi.common.problems import language


class WaySerializer(serializers.Serializer):
    """What a firm could commit to and be taken: all of it, `more` of it new; and what all would pay
    then. `deeper`: a tier is reached by it, else a pack completed."""

    more = serializers.IntegerField()
    quantity = serializers.IntegerField()
    tolerance = serializers.IntegerField()
    minimum = serializers.IntegerField()
    price_limit = shapes.PriceField(allow_null=True)
    unit_price = shapes.PriceField()
    deeper = serializers.BooleanField()
    sentence = serializers.CharField()


class FillingSerializer(serializers.Serializer):
    """`unit_price`: what closing now would give, null where it would fail. `ways`: the least first;
    for the host's office those of a firm that is not in it. `withheld`: some are not told, as they
    would give another firm's quantity away."""

    until = serializers.DateTimeField()
    rule = serializers.CharField()
    unit_price = shapes.PriceField(allow_null=True)
    ways = WaySerializer(many=True)
    withheld = serializers.BooleanField()


class FillingView(APIView):
    """What would be taken of a campaign that is being filled."""

    capability = "campaigns.read"

    @extend_schema(operation_id="filling", responses=FillingSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What the firm could ask for more; 404 while nothing is filled."""
        actor = actor_of(request)
        campaign = seen_with_terms(actor, pk)
        if campaign.state != "filling":
            raise NotFound
        found, numbers = queries.filling_for(campaign, actor), queries.numbers_in(campaign)
        body = {
            "until": campaign.fills_until,
            "rule": THE_RULE.say(language()),
            "unit_price": found.unit_price,
            "ways": [_way(way, numbers) for way in found.ways],
            "withheld": found.withheld,
        }
        return Response(FillingSerializer(body).data)


def _way(way: Way, numbers: Numbers) -> dict[str, Any]:
    return {
        "more": way.more,
        "quantity": way.change.quantity,
        "tolerance": way.change.tolerance,
        "minimum": way.change.minimum,
        "price_limit": way.change.limit,
        "unit_price": way.unit_price,
        "deeper": way.deeper,
        "sentence": said(way, numbers).say(language()),
    }
