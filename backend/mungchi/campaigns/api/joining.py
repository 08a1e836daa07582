"""Committing, quoting, and what the clearing gave: the firm's side of a campaign, and closing."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api import serializers as shapes
from mungchi.campaigns.api.approval_shapes import ApprovalSerializer
from mungchi.campaigns.api.presenting import seen_by, seen_with_terms
from mungchi.campaigns.api.quote_shapes import QuoteSerializer
from mungchi.campaigns.api.quoting import QuoteAsked, quote_answer
from mungchi.campaigns.api.variant_shapes import PartSerializer, by_id, parts_of, told_parts
from mungchi.campaigns.domain import sentences
from mungchi.campaigns.domain import variants as by_variant
from mungchi.campaigns.domain.clearing import Clearing
from mungchi.campaigns.domain.places import OWN_ADDRESS
from mungchi.campaigns.domain.states import COMMITMENT_STATES, TAKING
from mungchi.campaigns.models import ApprovalRequest, Campaign, Commitment
from mungchi.campaigns.operations.closing import numbers_of
from mungchi.common.errors import NotFound
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.money import supply_value
from mungchi.common.problems import language
from mungchi.common.text import Text

TO_ANSWER = Text(ko="답변 필요", en="has to answer")
IF_NOW = Text(ko="지금 마감하면 {sentence}", en="If it closed now: {sentence}")


class CommitmentView(APIView):
    """The firm's own commitment to a campaign."""

    capability = {
        "GET": "campaigns.read", "PUT": "commitments.write", "DELETE": "commitments.write",
    }  # fmt: skip

    @extend_schema(operation_id="commitment", responses=shapes.CommitmentSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What the firm committed to; 404 when it did not."""
        actor = actor_of(request)
        seen_by(actor, pk)
        row = queries.commitments_of(pk, actor.firm_id)
        if row is None:
            raise NotFound
        return Response(shapes.CommitmentSerializer(row).data)

    @extend_schema(
        operation_id="commit", request=shapes.CommitSerializer,
        responses={200: shapes.CommitmentSerializer, 202: ApprovalSerializer},
    )  # fmt: skip
    def put(self, request: Request, pk: UUID) -> Response:
        """Join, or change; the same again changes nothing. 202: it waits for an owner."""
        form = shapes.CommitSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        values["parts"] = by_id(values["parts"], "quantity", "parts")
        row = operations.commit(
            actor=actor_of(request), campaign_id=pk, cooperative_id=values.pop("cooperative"),
            alternative_id=values.pop("alternative"), **values,
        )  # fmt: skip
        if isinstance(row, ApprovalRequest):
            return Response(ApprovalSerializer(row).data, status=status.HTTP_202_ACCEPTED)
        return Response(shapes.CommitmentSerializer(row).data)

    @extend_schema(operation_id="withdraw_commitment", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Step back before the deadline."""
        operations.withdraw_commitment(actor=actor_of(request), campaign_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class QuoteView(APIView):
    """What a commitment would come to, while it is being typed."""

    capability = "commitments.write"

    @extend_schema(
        operation_id="quote",
        parameters=[QuoteAsked],
        responses=QuoteSerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The price now, at the next tier, the most it can be; amounts with VAT."""
        form = QuoteAsked(data=request.query_params)
        form.is_valid(raise_exception=True)
        actor = actor_of(request)
        campaign = seen_with_terms(actor, pk)
        if campaign.awarded_offer is None or campaign.opened_at is None:
            raise NotFound
        return Response(quote_answer(campaign, actor, form.validated_data))


def _partner_fee(row: Commitment) -> Decimal:
    return Decimal(row.partner_fee_bp) / 100


def _to_answer(row: Commitment) -> Text | str:
    return TO_ANSWER if row.must_answer else ""


class CommitmentFilter(django_filters.FilterSet):
    """Those whose firms have to answer a changed offer, or the others."""

    must_answer = django_filters.BooleanFilter()

    class Meta:
        model = Commitment
        fields: list[str] = []


class CommitmentsView(ListView):
    """Everybody's commitments, for the office."""

    capability = "campaigns.inspect"
    serializer_class = shapes.CommitmentSerializer
    filterset_class = CommitmentFilter
    orders = {"arrival": "arrival", "-quantity": "-quantity", "firm": "firm__name"}
    export_name = "commitments"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda c: c.firm.name, 28),
        Column(Text(ko="협동조합", en="Cooperative"), lambda c: c.cooperative.name, 24),
        Column(Text(ko="참여 수량", en="Quantity"), lambda c: c.quantity),
        Column(Text(ko="규격별 수량", en="By variant"), lambda c: told_parts(c, c.parts), 32),
        Column(Text(ko="추가 수용 물량", en="Tolerance"), lambda c: c.tolerance),
        Column(Text(ko="최소 수량", en="Smallest quantity"), lambda c: c.minimum),
        Column(Text(ko="희망 최고 단가", en="Price limit"), lambda c: c.price_limit),
        Column(Text(ko="받을 곳", en="Deliver to"), lambda c: c.deliver_to or OWN_ADDRESS, 36),
        Column(Text(ko="협력 조합 수수료(%)", en="Partner's fee (%)"), _partner_fee),
        Column(Text(ko="상태", en="State"), lambda c: COMMITMENT_STATES[c.state]),
        Column(Text(ko="바뀐 조건에 답해야 함", en="Has to answer"), _to_answer),
        Moment(
            Text(ko="접수", en="Accepted"),
            lambda c: c.accepted_at,
            zone=lambda c: c.campaign.host.zone,
        ),
    ]

    def rows(self):
        """All of a hosted campaign; of another's, the own members'."""
        actor = actor_of(self.request)
        self.campaign = seen_by(actor, self.kwargs["pk"])
        return queries.commitments_visible_to(actor, self.campaign)

    def prepared(self, page):
        """Each with the campaign, whose variants it names."""
        for row in page:
            row.campaign = self.campaign
        return page


class DryRunRowSerializer(serializers.Serializer):
    """What closing now would give one firm."""

    firm = shapes.FirmRef()
    quantity = serializers.IntegerField()
    tolerance = serializers.IntegerField()
    minimum = serializers.IntegerField()
    price_limit = shapes.PriceField(allow_null=True)
    awarded = serializers.IntegerField()
    verdict = serializers.CharField()
    sentence = serializers.CharField()
    # Both shares, VAT excluded, in minor units.
    fee = serializers.IntegerField()
    # Empty where the campaign has no variants.
    parts = PartSerializer(many=True)
    awarded_parts = PartSerializer(many=True)


class RuleResultSerializer(serializers.Serializer):
    """What one rationing rule would give each firm, by firm id."""

    rule = serializers.CharField()
    sentence = serializers.CharField()
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    awards = serializers.DictField(child=serializers.IntegerField())


class TopUpSerializer(serializers.Serializer):
    """What the cooperative itself could take so that a deeper tier is reached.

    `value`, and what others save (`saved`), in minor units, VAT excluded.
    """

    quantity = serializers.IntegerField()
    unit_price = shapes.PriceField()
    value = serializers.IntegerField()
    saved = serializers.IntegerField()
    firms_more = serializers.IntegerField()


class DryRunSerializer(serializers.Serializer):
    """What closing now would store."""

    outcome = serializers.ChoiceField(choices=["succeeded", "failed"])
    unit_price = shapes.PriceField(allow_null=True)
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    supply_value = serializers.IntegerField()
    host_fee = serializers.IntegerField()
    partner_fee = serializers.IntegerField()
    fee_vat = serializers.IntegerField()
    sentence = serializers.CharField()
    shared = serializers.CharField(allow_blank=True)
    ladder = shapes.LadderSerializer()
    rows = DryRunRowSerializer(many=True)
    rules = RuleResultSerializer(many=True)
    top_up = TopUpSerializer(allow_null=True)
    # Whether closing takes the campaign's title, typed.
    must_type = serializers.BooleanField()


class DryRunView(APIView):
    """Closing on trial."""

    capability = "campaigns.inspect"

    @extend_schema(operation_id="dry_run", responses=DryRunSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The outcome if the campaign closed now; nothing is stored."""
        actor = actor_of(request)
        campaign = seen_by(actor, pk)
        if campaign.host_id != actor.cooperative_id or campaign.state not in TAKING:
            raise NotFound
        return Response(DryRunSerializer(_dry_run(campaign, actor)).data)


def _dry_run(campaign: Campaign, actor: Actor) -> dict[str, Any]:
    trial = queries.dry_run(campaign)
    clearing, numbers, tongue = trial.clearing, numbers_of(campaign), language()
    verdicts = {verdict.commitment.key: verdict for verdict in clearing.verdicts}
    firm_of = {str(row.pk): row.firm for row in trial.commitments}
    fees = queries.fees_of(campaign, clearing, trial.commitments)
    rows = []
    for row in trial.commitments:
        verdict, row.campaign = verdicts[str(row.pk)], campaign
        shared = by_variant.shared(row.parts, verdict.awarded, row.tolerance_to)
        rows.append({
            "firm": row.firm, "quantity": row.quantity, "tolerance": row.tolerance,
            "minimum": row.minimum, "price_limit": row.price_limit,
            "awarded": verdict.awarded, "verdict": verdict.kind.value,
            "sentence": sentences.by_variant(
                sentences.for_member(verdict, clearing, numbers, trial=True),
                by_variant.told(campaign.variants, shared),
            ).say(tongue),
            "fee": fees[row.pk].value if row.pk in fees else 0,
            "parts": parts_of(row, row.parts), "awarded_parts": parts_of(row, shared),
        })  # fmt: skip
    queries.attach_standing([campaign], actor)
    return {
        "outcome": clearing.outcome.value,
        "unit_price": clearing.unit_price,
        "quantity": clearing.quantity,
        "firms": clearing.firms(),
        "supply_value": queries.supply_value_of(campaign, clearing, trial.commitments),
        "host_fee": sum(one.host for one in fees.values()),
        "partner_fee": sum(one.partner for one in fees.values()),
        "fee_vat": sum(one.vat for one in fees.values()),
        "sentence": IF_NOW.format(
            sentence=sentences.for_everybody(clearing, numbers, trial=True)
        ).say(tongue),
        "shared": sentences.how_shared(clearing, trial=True).say(tongue)
        if clearing.quantity
        else "",
        "ladder": campaign.ladder,
        "rows": rows,
        "rules": [_rule(name, result, firm_of, tongue) for name, result in trial.others.items()],
        "top_up": _top_up(trial, campaign.currency),
        "must_type": queries.must_type(campaign),
    }


def _top_up(trial: queries.DryRun, currency: str) -> dict[str, Any] | None:
    found = trial.top_up
    return found and {
        "quantity": found.quantity,
        "unit_price": found.unit_price,
        "value": supply_value(found.quantity, found.unit_price, currency),
        "saved": queries.saved_by(found, trial.clearing, currency),
        "firms_more": found.firms_more(trial.clearing),
    }


def _rule(name: str, result: Clearing, firm_of: dict[str, Any], tongue: str) -> dict[str, Any]:
    awards = {str(firm_of[key].pk): awarded for key, awarded in result.awards().items()}
    return {
        "rule": name,
        "sentence": sentences.RATIONING_RULES[sentences.Rule(name)].say(tongue),
        "quantity": result.quantity,
        "firms": result.firms(),
        "awards": awards,
    }
