"""Deciding about a campaign when payments lapsed, and the supplier's word."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.presenting import page
from mungchi.campaigns.api.serializers import CampaignSerializer
from mungchi.campaigns.models import Hold
from mungchi.campaigns.operations.holding import CHOICES
from mungchi.common.errors import NotFound


class RestDecisionSerializer(serializers.Serializer):
    """`run`: the clearing that was looked at. `typed`: the campaign's title, where the outlook says
    `must_type`."""

    run = serializers.UUIDField()
    choice = serializers.ChoiceField(choices=list(CHOICES))
    reason = serializers.CharField(max_length=1000)
    typed = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)


class DecideRestView(APIView):
    """What becomes of a campaign when payments lapsed."""

    capability = "campaigns.write"

    @extend_schema(
        operation_id="decide_rest", request=RestDecisionSerializer, responses=CampaignSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the supplier to hold the price, pay the difference, or let it fail; with a reason."""
        form = RestDecisionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        operations.decide_rest(
            actor=actor_of(request), campaign_id=pk, run_id=asked["run"], choice=asked["choice"],
            reason=asked["reason"], typed=asked["typed"],
        )  # fmt: skip
        return page(request, pk)


class WordSerializer(serializers.ModelSerializer):
    """What a supplier is asked: to sell `quantity` at the price of the campaign. `before`: what had
    been cleared at first."""

    state = serializers.ChoiceField(
        choices=["asked", "held", "refused", "withdrawn", "lapsed"], read_only=True
    )
    quantity = serializers.IntegerField(source="run.quantity", read_only=True)
    firms = serializers.IntegerField(source="run.firms", read_only=True)
    unit_price = PriceField(source="run.unit_price", read_only=True)
    before = serializers.SerializerMethodField()

    class Meta:
        model = Hold
        fields = ["id", "state", "reason", "quantity", "firms", "unit_price", "before", "at",
                  "answer", "answered_at"]  # fmt: skip

    def get_before(self, row: Hold) -> int:
        """The quantity of the clearing of the commitments."""
        return queries.first_run(row.campaign).quantity


class AskedWordSerializer(serializers.Serializer):
    """Null where the supplier was asked nothing."""

    word = WordSerializer(allow_null=True)


class AskedWordView(APIView):
    """What a supplier was last asked about a campaign."""

    capability = "offers.read"

    @extend_schema(operation_id="asked_word", responses=AskedWordSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """To sell what is left when payments lapsed at the same price."""
        actor = actor_of(request)
        if not queries.visible_to(actor).filter(pk=pk).exists():
            raise NotFound
        row = queries.asked_word(actor, pk)
        return Response(AskedWordSerializer({"word": row}).data)


class WordAnswerSerializer(serializers.Serializer):
    """The supplier's word, and why not where it is no."""

    accept = serializers.BooleanField()
    why = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)

    def validate(self, data: dict[str, object]) -> dict[str, object]:
        """A no has a reason."""
        if not data["accept"] and not data["why"]:
            field = serializers.CharField()
            try:
                field.fail("blank")
            except serializers.ValidationError as error:
                raise serializers.ValidationError({"why": error.detail}) from None
        return data


class AnswerWordView(APIView):
    """The supplier's answer."""

    capability = "offers.write"

    @extend_schema(
        operation_id="answer_word", request=WordAnswerSerializer, responses=AskedWordSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Hold the price for what is left, or not."""
        form = WordAnswerSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.answer_word(
            actor=actor_of(request), hold_id=pk, accept=form.validated_data["accept"],
            why=form.validated_data["why"],
        )  # fmt: skip
        return Response(AskedWordSerializer({"word": row}).data)
