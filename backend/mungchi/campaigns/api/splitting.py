"""An award split over two offers: what it would give, and giving it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.comparing import TrialSerializer, trial_body
from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.presenting import page
from mungchi.campaigns.api.serializers import CampaignSerializer
from mungchi.campaigns.queries import SplitLook
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.money import shown_price


class SplitQuery(serializers.Serializer):
    """Between which two offers: the first up to its capacity, the second for what that leaves."""

    first = serializers.UUIDField()
    second = serializers.UUIDField()


class SplitChoiceSerializer(SplitQuery):
    """The same, and why."""

    reason = serializers.CharField(max_length=2000)


class SplitSerializer(serializers.Serializer):
    """What a split award would give as demand stands.

    `forced`: the first offer's capacity leaves firms without goods; without that no award is split.
    `first` and `second` are the parts, `alone` the second offer without the first. `wanted`: what
    the first leaves. `whole`: firms that get all they ask for. `each`: the cost of one unit over
    both parts with delivery and fee, VAT excluded, rounded for showing.
    """

    forced = serializers.BooleanField()
    demand = serializers.IntegerField()
    wanted = serializers.IntegerField()
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    whole = serializers.IntegerField()
    each = PriceField(allow_null=True)
    first = TrialSerializer()
    second = TrialSerializer()
    alone = TrialSerializer()


class SplitView(APIView):
    """Splitting an award."""

    capability = {"GET": "campaigns.inspect", "POST": "campaigns.write"}

    @extend_schema(
        operation_id="split_look",
        parameters=[
            OpenApiParameter("first", UUID, required=True),
            OpenApiParameter("second", UUID, required=True),
        ],
        responses=SplitSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """What it would give, part by part, and the second offer alone."""
        actor = actor_of(request)
        # Whose campaign it is comes before what is wrong with the question.
        if not queries.hosted(actor).filter(pk=pk).exists():
            raise NotFound
        asked = SplitQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        found = queries.split_between(
            actor,
            pk,
            asked.validated_data["first"],
            asked.validated_data["second"],
            at=clock.now(),
        )
        return Response(SplitSerializer(_body(found)).data)

    @extend_schema(
        operation_id="split_award", request=SplitChoiceSerializer, responses=CampaignSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Award both, with a written reason: the second part becomes a campaign beside this one."""
        form = SplitChoiceSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        operations.split_award(
            actor=actor_of(request),
            campaign_id=pk,
            first_id=form.validated_data["first"],
            second_id=form.validated_data["second"],
            reason=form.validated_data["reason"],
        )
        return page(request, pk)


def _body(found: SplitLook) -> dict[str, Any]:
    both = found.split
    return {
        "forced": found.forced,
        "demand": found.demand,
        "wanted": both.wanted,
        "quantity": both.quantity,
        "firms": both.firms,
        "whole": both.whole,
        "each": None if both.each is None else shown_price(both.each),
        "first": trial_body(found.campaign, both.first),
        "second": trial_body(found.campaign, both.second),
        "alone": trial_body(found.campaign, found.alone),
    }
