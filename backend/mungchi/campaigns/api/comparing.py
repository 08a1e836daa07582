"""The comparison of the offers on a campaign: one call, then as JSON or as a spreadsheet."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.references import FirmRef
from mungchi.campaigns import queries
from mungchi.campaigns.api.serializers import PriceField
from mungchi.campaigns.api.variant_shapes import (
    DifferenceSerializer,
    differences_of,
    told_differences,
)
from mungchi.campaigns.domain import advice, sentences
from mungchi.campaigns.domain.comparing import GROWTHS, THE_RULE, Compared, Trial
from mungchi.campaigns.domain.curves import landed_at
from mungchi.campaigns.domain.splitting import first_part, forced
from mungchi.campaigns.models import Campaign, Offer
from mungchi.campaigns.operations.closing import numbers_of
from mungchi.campaigns.queries import Comparison
from mungchi.catalog.domain.units import UNITS, counted
from mungchi.common import clock
from mungchi.common.listing import XLSX, Column, Sheet, workbook
from mungchi.common.money import exponent, price_label, shown_price, to_minor
from mungchi.common.problems import language
from mungchi.common.text import Text

# What a cost of each is written with beyond the currency's own digits.
MORE_DIGITS = 2
IF_CHOSEN = Text(ko="이 제안으로 마감하면: {sentence}", en="Closing with this offer: {sentence}")
AT_BASE_PRICE = Text(
    ko="개당 값은 규격별 차액을 더하기 전의 단가로 계산합니다. 차액은 제안마다 따로 보여 드립니다.",
    en="Costs are reckoned at the price before the differences of variants, which are shown with "
    "each offer.",
)
SOURCES = {
    "commitments": Text(ko="참여 약정과 남은 구매 수요", en="Commitments, and needs beside them"),
    "needs": Text(ko="수요 묶음의 구매 수요", en="The pool's needs"),
    "threshold": Text(
        ko="알려진 수요가 없어 성립 조건만큼으로 봅니다",
        en="Nothing is known to be wanted: as much as the threshold asks for is assumed",
    ),
}


class TrialSerializer(serializers.Serializer):
    """What closing with one offer would give if demand was `growth` per cent larger.

    `each` is the cost of one unit with delivery and fee, rounded for showing; `price`, `delivery`
    and `fee` are its parts; null where it would fail. Amounts are in minor units, VAT excluded.
    `short`: what firms that accept the price want beyond what can be had.
    """

    growth = serializers.IntegerField()
    sentence = serializers.CharField()
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    refused = serializers.IntegerField()
    short = serializers.IntegerField()
    each = PriceField(allow_null=True)
    price = PriceField(allow_null=True)
    delivery = PriceField(allow_null=True)
    fee = PriceField(allow_null=True)
    total = serializers.IntegerField(allow_null=True)


class PointSerializer(serializers.Serializer):
    """The cost of each when so much is bought; null where the offer does not deliver that."""

    quantity = serializers.IntegerField()
    each = PriceField(allow_null=True)


class TurnSerializer(serializers.Serializer):
    """From `quantity` on `offer` is the cheapest, at `each`; both null: none delivers as much."""

    quantity = serializers.IntegerField()
    offer = serializers.UUIDField(allow_null=True)
    each = PriceField(allow_null=True)
    sentence = serializers.CharField()


class ComparedOfferSerializer(serializers.Serializer):
    """One offer: its trials, by growth, and its curve."""

    offer = serializers.UUIDField()
    supplier = FirmRef()
    state = serializers.CharField()
    lead_time_days = serializers.IntegerField()
    choosable = serializers.BooleanField()
    # Its capacity leaves firms without goods, so that the award may be split.
    short_of_capacity = serializers.BooleanField()
    # What is compared is the price without them.
    differences = DifferenceSerializer(many=True)
    trials = TrialSerializer(many=True)
    curve = PointSerializer(many=True)


class ComparisonSerializer(serializers.Serializer):
    """The offers side by side. `recommended` is null where several are `same`, or none will do."""

    source = serializers.ChoiceField(choices=list(SOURCES))
    demand = serializers.IntegerField()
    firms = serializers.IntegerField()
    growths = serializers.ListField(child=serializers.IntegerField())
    offers = ComparedOfferSerializer(many=True)
    recommended = serializers.UUIDField(allow_null=True)
    same = serializers.ListField(child=serializers.UUIDField())
    advice = serializers.ListField(child=serializers.CharField())
    turning = TurnSerializer(many=True)
    rule = serializers.CharField()


class ComparisonView(APIView):
    """Comparing before the award."""

    capability = "campaigns.inspect"

    @extend_schema(
        operation_id="comparison",
        parameters=[OpenApiParameter("export", str, enum=["xlsx"])],
        responses={200: ComparisonSerializer, (200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> Response | HttpResponse:
        """Every offer cleared against the demand there is; `?export=xlsx` as a spreadsheet."""
        found = queries.comparison(actor_of(request), pk, at=clock.now())
        if request.query_params.get("export") == "xlsx":
            response = HttpResponse(_workbook(found), content_type=XLSX)
            response["Content-Disposition"] = 'attachment; filename="comparison.xlsx"'
            return response
        return Response(ComparisonSerializer(_body(found)).data)


def _body(found: Comparison) -> dict[str, Any]:
    says, choice = _says(found), found.recommendation
    return {
        "source": found.demand.source,
        "demand": found.demand.quantity,
        "firms": len(found.demand.wanted),
        "growths": list(GROWTHS),
        "offers": [
            _offer(found, offer, one)
            for offer, one in zip(found.offers, found.compared, strict=True)
        ],
        "recommended": choice.key,
        "same": choice.same,
        "advice": [one.say(language()) for one in advice.advice(found.compared, says)],
        "turning": [_turn(found, turn) for turn in advice.turning(found.cheapest, says)],
        "rule": " ".join(one.say(language()) for one in _rules(found.campaign)),
    }


def _rules(campaign: Campaign) -> list[Text]:
    return [THE_RULE, AT_BASE_PRICE] if campaign.variants else [THE_RULE]


def _offer(found: Comparison, offer: Offer, one: Compared) -> dict[str, Any]:
    campaign = found.campaign
    costs = [landed_at(one.bid, x, campaign.host_fee_bp) for x in found.quantities]
    return {
        "offer": offer.pk,
        "supplier": offer.supplier,
        "state": offer.state,
        "lead_time_days": offer.lead_time_days,
        "choosable": one.choosable,
        "differences": differences_of(campaign, offer.differences),
        "short_of_capacity": one.choosable
        and forced(one.bid, first_part(one.bid, found.demand.wanted, found.conditions)),
        "trials": [trial_body(campaign, trial) for trial in one.trials],
        "curve": [
            {"quantity": x, "each": cost and shown_price(cost.each)}
            for x, cost in zip(found.quantities, costs, strict=True)
        ],
    }


def _turn(found: Comparison, turn: advice.Turn) -> dict[str, Any]:
    by_key = {one.bid.key: one.bid for one in found.compared}
    cost = turn.key and landed_at(by_key[turn.key], turn.quantity, found.campaign.host_fee_bp)
    return {
        "quantity": turn.quantity,
        "offer": turn.key,
        "each": cost and shown_price(cost.each),
        "sentence": turn.sentence.say(language()),
    }


def trial_body(campaign: Campaign, trial: Trial) -> dict[str, Any]:
    """What closing with one offer would give; see TrialSerializer."""
    cost = trial.cost
    return {
        "growth": trial.growth,
        "sentence": IF_CHOSEN.format(
            sentence=sentences.for_everybody(trial.clearing, numbers_of(campaign), trial=True)
        ).say(language()),
        "quantity": trial.quantity,
        "firms": trial.firms,
        "refused": trial.refused,
        "short": trial.short,
        "each": cost and shown_price(cost.each),
        "price": cost and cost.price,
        "delivery": cost and shown_price(cost.delivery),
        "fee": cost and shown_price(cost.fee),
        "total": cost and to_minor(shown_price(cost.each * trial.quantity), campaign.currency),
    }


def _says(found: Comparison) -> advice.Says:
    currency = found.campaign.currency
    digits = exponent(currency) + MORE_DIGITS

    def price(exact: Fraction | Decimal) -> Text:
        return price_label(shown_price(Fraction(exact), digits).normalize(), currency)

    return advice.Says(
        name={str(offer.pk): offer.supplier.name for offer in found.offers},
        price=price,
        quantity=lambda value: counted(value, UNITS[found.campaign.item.unit]),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the first sheet."""

    offer: Offer
    trial: Trial
    recommended: bool


def _workbook(found: Comparison) -> bytes:
    """Three sheets: the offers at every growth, the curves, and what is recommended and why."""
    campaign, says = found.campaign, _says(found)
    lines = [
        _Line(offer, trial, found.recommendation.key == one.bid.key)
        for offer, one in zip(found.offers, found.compared, strict=True)
        for trial in one.trials
    ]
    told = [
        SOURCES[found.demand.source],
        *advice.advice(found.compared, says),
        *(turn.sentence for turn in advice.turning(found.cheapest, says)),
        *_rules(campaign),
    ]
    return workbook([
        Sheet(Text(ko="비교", en="Comparison"), _columns(campaign), lines),
        Sheet(Text(ko="물량별 값", en="Cost by quantity"), _curve_columns(found),
              found.quantities),
        Sheet(Text(ko="추천과 이유", en="Recommendation"),
              [Column(Text(ko="내용", en="Sentence"), lambda one: one, 110)], told),
    ])  # fmt: skip


def _columns(campaign: Campaign) -> list[Column]:
    def part(name: str) -> Any:
        return lambda line: (
            line.trial.cost and shown_price(Fraction(getattr(line.trial.cost, name)))
        )

    return [
        Column(Text(ko="공급사", en="Supplier"), lambda line: line.offer.supplier.name, 28),
        Column(Text(ko="수요 증가(%)", en="Demand grows (%)"), lambda line: line.trial.growth),
        Column(Text(ko="추천", en="Recommended"),
               lambda line: Text(ko="추천", en="yes") if line.recommended else None),
        Column(Text(ko="개당 값", en="Cost of each"), part("each")),
        Column(Text(ko="단가", en="Unit price"), part("price")),
        Column(Text(ko="규격별 차액", en="Differences by variant"),
               lambda line: told_differences(campaign, line.offer.differences), 32),
        Column(Text(ko="배송비 몫", en="Delivery share"), part("delivery")),
        Column(Text(ko="수수료 몫", en="Fee share"), part("fee")),
        Column(Text(ko="공급 수량", en="Quantity"), lambda line: line.trial.quantity),
        Column(Text(ko="기업 수", en="Firms"), lambda line: line.trial.firms),
        Column(Text(ko="빠지는 기업", en="Firms left out"), lambda line: line.trial.refused),
        Column(Text(ko="모자라는 수량", en="Short"), lambda line: line.trial.short),
        Column(Text(ko="납기(일)", en="Lead time (days)"),
               lambda line: line.offer.lead_time_days),
        Column(Text(ko="결과", en="Result"),
               lambda line: sentences.for_everybody(
                   line.trial.clearing, numbers_of(campaign), trial=True), 80),
    ]  # fmt: skip


def _curve_columns(found: Comparison) -> list[Column]:
    def cost(bid: Any) -> Any:
        def at(quantity: int) -> Decimal | None:
            landed = landed_at(bid, quantity, found.campaign.host_fee_bp)
            return landed and shown_price(landed.each)

        return at

    return [
        Column(Text(ko="수량", en="Quantity"), lambda quantity: quantity),
        *(
            Column(Text(ko=offer.supplier.name, en=offer.supplier.name), cost(one.bid), 24)
            for offer, one in zip(found.offers, found.compared, strict=True)
        ),
    ]
