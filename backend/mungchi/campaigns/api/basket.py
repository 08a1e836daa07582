"""Everything that a firm has committed to, with what it will owe: parse, one call, serialize."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.references import CooperativeRef
from mungchi.campaigns import queries
from mungchi.campaigns.api.approval_shapes import ApprovalCampaignSerializer
from mungchi.campaigns.api.fields import PriceField
from mungchi.campaigns.api.plan_shapes import AlternativeRef
from mungchi.campaigns.api.quote_shapes import AmountsSerializer
from mungchi.campaigns.api.variant_shapes import ByVariant, told_parts
from mungchi.campaigns.domain.kept import PLANS_B
from mungchi.campaigns.domain.places import OWN_ADDRESS
from mungchi.campaigns.models import Commitment
from mungchi.common.listing import Column, ListView, Moment
from mungchi.common.money import from_minor
from mungchi.common.text import Text

KEPT_OUT = Text(ko="희망 최고 단가로 제외", en="kept out by the limit")
WOULD_FAIL = Text(ko="성립 조건 미달", en="would fail")
TO_ANSWER = Text(ko="바뀐 조건에 답변 필요", en="changed offer to be answered")
IN = Text(ko="참여", en="in")


class BasketCampaignSerializer(ApprovalCampaignSerializer):
    """The campaign of a commitment."""

    host = CooperativeRef(read_only=True)

    class Meta(ApprovalCampaignSerializer.Meta):
        fields = [*ApprovalCampaignSerializer.Meta.fields, "fills_until", "host"]


class BasketRowSerializer(ByVariant, serializers.ModelSerializer):
    """A commitment to an open campaign, and what the firm will owe for it.

    `now`: if it closed now; null where nothing would be asked, because it would fail, the limit
    keeps the firm out, or it has to answer a changed offer (`must_answer`). `at_most`: whatever
    comes; null where no tier is within the limit.
    """

    campaign = BasketCampaignSerializer(read_only=True)
    price_limit = PriceField(allow_null=True, read_only=True)
    price_now = PriceField(source="owing.price_now", allow_null=True, read_only=True)
    kept_out = serializers.BooleanField(source="owing.kept_out", read_only=True)
    may_be_cut = serializers.BooleanField(source="owing.may_be_cut", read_only=True)
    now = AmountsSerializer(source="owing.now", allow_null=True, read_only=True)
    at_most = AmountsSerializer(source="owing.at_most", allow_null=True, read_only=True)
    plan_b = serializers.SerializerMethodField()
    # The campaign that its plan B names, where it names one.
    alternative = AlternativeRef(source="plan_b.alternative", allow_null=True, read_only=True)

    class Meta:
        model = Commitment
        fields = ["id", "campaign", "quantity", "tolerance", "minimum", "price_limit", "price_now",
                  "kept_out", "may_be_cut", "now", "at_most", "plan_b", "alternative",
                  "must_answer", "parts", "tolerance_to"]  # fmt: skip

    def get_plan_b(self, row: Commitment) -> str:
        """Its kind; none where nothing was chosen."""
        return _plan(row)


class BasketTotalSerializer(serializers.Serializer):
    """Sums in one currency, in minor units, VAT and fees included."""

    currency = serializers.CharField()
    campaigns = serializers.IntegerField()
    kept_out = serializers.IntegerField()
    would_fail = serializers.IntegerField()
    to_answer = serializers.IntegerField()
    now = serializers.IntegerField()
    at_most = serializers.IntegerField()


class BasketFilter(django_filters.FilterSet):
    """Commitments by the campaign's title or item."""

    search = django_filters.CharFilter(method="by_text", max_length=100)

    class Meta:
        model = Commitment
        fields: list[str] = []

    def by_text(self, rows: QuerySet[Commitment], name: str, text: str) -> QuerySet[Commitment]:
        """Every word in the title, the item's name or its code."""
        for word in text.split()[:8]:
            rows = rows.filter(campaign__in=queries.ids_about(word))
        return rows


def _plan(row: Commitment) -> str:
    plan = getattr(row, "plan_b", None)
    return plan.kind if plan else "none"


def _alternative(row: Commitment) -> str:
    plan = getattr(row, "plan_b", None)
    return plan.alternative.title if plan and plan.alternative else ""


def _state(row: Commitment) -> Text:
    if row.must_answer:
        return TO_ANSWER
    if row.owing.price_now is None:
        return WOULD_FAIL
    return KEPT_OUT if row.owing.kept_out else IN


def _of(part: str, figure: str) -> Any:
    """A column's value: an amount of a part in major units."""

    def value(row: Commitment) -> object:
        amounts = getattr(row.owing, part)
        return from_minor(amounts[figure], row.campaign.currency) if amounts else None

    return value


class BasketView(ListView):
    """What the firm has committed to in campaigns that are open or being filled."""

    capability = "campaigns.read"
    serializer_class = BasketRowSerializer
    filterset_class = BasketFilter
    orders = {
        "closes_at": "ends",
        "-closes_at": "-ends",
        "title": "campaign__title",
    }
    export_name = "commitments"
    columns = [
        Column(Text(ko="공동구매", en="Campaign"), lambda c: c.campaign.title, 40),
        Column(Text(ko="품목", en="Item"), lambda c: c.campaign.item.name, 30),
        Column(Text(ko="협동조합", en="Cooperative"), lambda c: c.campaign.host.name, 24),
        Moment(
            Text(ko="마감", en="Closes"),
            lambda c: c.campaign.ends_at,
            zone=lambda c: c.campaign.host.zone,
        ),
        Column(Text(ko="참여 수량", en="Quantity"), lambda c: c.quantity),
        Column(Text(ko="규격별 수량", en="By variant"), lambda c: told_parts(c, c.parts), 32),
        Column(Text(ko="추가 수용 물량", en="Tolerance"), lambda c: c.tolerance),
        Column(Text(ko="받을 곳", en="Deliver to"), lambda c: c.deliver_to or OWN_ADDRESS, 36),
        Column(Text(ko="희망 최고 단가", en="Price limit"), lambda c: c.price_limit),
        Column(Text(ko="지금 단가", en="Price now"), lambda c: c.owing.price_now),
        Column(Text(ko="지금 마감하면", en="If it closed now"), _state, 24),
        Column(Text(ko="지금 공급가액", en="Supply value now"), _of("now", "supply_value")),
        Column(Text(ko="지금 부가세", en="VAT now"), _of("now", "vat")),
        Column(Text(ko="지금 합계", en="Total now"), _of("now", "total")),
        Column(Text(ko="최대 합계", en="At most"), _of("at_most", "total")),
        Column(Text(ko="통화", en="Currency"), lambda c: c.campaign.currency),
        Column(Text(ko="차선책", en="Plan B"), lambda c: PLANS_B[_plan(c)], 24),
        Column(Text(ko="차선책 공동구매", en="Campaign of plan B"), _alternative, 30),
    ]

    def rows(self):
        """The firm's own."""
        return queries.basket_of(actor_of(self.request))

    def prepared(self, page):
        """What each comes to, in one query for the page."""
        return queries.attach_owing(page)


class BasketTotalsView(APIView):
    """What all of it comes to."""

    capability = "campaigns.read"

    @extend_schema(operation_id="commitment_totals", responses=BasketTotalSerializer(many=True))
    def get(self, request: Request) -> Response:
        """If each closed now, and at most; by currency."""
        found = queries.basket_totals(actor_of(request))
        return Response(BasketTotalSerializer(found, many=True).data)
