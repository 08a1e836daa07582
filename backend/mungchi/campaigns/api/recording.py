"""The record of a clearing: its facts, its tiers, and every firm's line; also as one workbook."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import Actor, actor_of
from mungchi.campaigns import queries
from mungchi.campaigns.api import serializers as shapes
from mungchi.campaigns.api.plan_shapes import NearestRef
from mungchi.campaigns.api.presenting import seen_with_terms
from mungchi.campaigns.api.variant_shapes import told_differences, told_parts
from mungchi.campaigns.domain import sentences
from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.campaigns.references import told_reason
from mungchi.common.errors import NotFound
from mungchi.common.listing import XLSX, Column, ListView, Sheet, moment_in, workbook
from mungchi.common.text import Text
from mungchi.common.zones import zone_name

OUTCOMES = {
    "succeeded": Text(ko="성립", en="succeeded"), "failed": Text(ko="불발", en="failed"),
    "short": Text(ko="단가 유지 결정 필요", en="short: the price is held only by a decision"),
}  # fmt: skip
VERDICTS = {
    "awarded": Text(ko="배정", en="Awarded"),
    "priced_out": Text(ko="희망 단가 초과", en="Above the price limit"),
    "below_minimum": Text(ko="최소 물량 미달", en="Below the minimum"),
    "not_allocated": Text(ko="배정 없음", en="Not allocated"),
    "lapsed": Text(ko="기한 지나 취소", en="Not paid in time"),
    "unanswered": Text(ko="바뀐 조건에 답하지 않음", en="Did not answer the changed offer"),
}
YES, NO = Text(ko="예", en="yes"), Text(ko="아니요", en="no")


class ClearingSerializer(serializers.Serializer):
    """The stored record of a clearing, as this seat may see it.

    `quantity` is null, and `reason` without figures, where they would give one other firm away.
    """

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    outcome = serializers.CharField()
    unit_price = shapes.PriceField(allow_null=True)
    quantity = serializers.IntegerField(source="told_quantity", allow_null=True)
    firms = serializers.IntegerField()
    rule = serializers.CharField(source="rationing")
    applied = serializers.CharField()
    closed_at = serializers.DateTimeField(source="at")
    # Empty where nobody did it by hand.
    closed_by = serializers.CharField(source="closed_by_person", allow_blank=True)
    inputs_hash = serializers.CharField()
    reason = serializers.CharField()
    mine = shapes.ClearingLineSerializer(allow_null=True)
    # Where a firm that got nothing could join next.
    nearest = NearestRef(allow_null=True)


class ClearingView(APIView):
    """The record of the last clearing."""

    capability = "campaigns.read"

    @extend_schema(
        operation_id="clearing",
        parameters=[OpenApiParameter("export", str, enum=["xlsx"])],
        responses={200: ClearingSerializer, (200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> Response | HttpResponse:
        """The price, who closed, and the firm's own line; `?export=xlsx` the record whole."""
        actor = actor_of(request)
        campaign = seen_with_terms(actor, pk)
        run = queries.told_run(campaign, actor)
        if run is None:
            raise NotFound
        told = queries.may_know_totals(actor, campaign, run)
        run.told_quantity = run.quantity if told else None
        run.reason = told_reason(actor, campaign, run)
        if request.query_params.get("export") == "xlsx":
            response = HttpResponse(_workbook(actor, campaign, run), content_type=XLSX)
            response["Content-Disposition"] = 'attachment; filename="clearing.xlsx"'
            return response
        run.mine = queries.own_line(actor, campaign, run)
        out = run.mine is not None and run.mine.awarded == 0
        run.nearest = queries.nearest_to(actor, campaign) if out else None
        return Response(ClearingSerializer(run).data)


class ClearingLinesView(ListView):
    """Every firm's line of the last clearing, for the office."""

    capability = "campaigns.inspect"
    serializer_class = shapes.ClearingLineSerializer
    orders = {"arrival": "arrival", "-awarded": "-awarded", "firm": "firm__name"}
    export_name = "clearing"
    columns = [
        Column(Text(ko="기업", en="Firm"), lambda c: c.firm.name, 28),
        Column(Text(ko="협동조합", en="Cooperative"), lambda c: c.cooperative.name, 24),
        Column(Text(ko="참여 수량", en="Quantity"), lambda c: c.quantity),
        Column(Text(ko="추가 수용 물량", en="Tolerance"), lambda c: c.tolerance),
        Column(Text(ko="희망 최고 단가", en="Price limit"), lambda c: c.price_limit),
        Column(Text(ko="규격별 참여", en="Wanted by variant"),
               lambda c: told_parts(c, c.parts), 32),
        Column(Text(ko="배정 수량", en="Awarded"), lambda c: c.awarded),
        Column(Text(ko="규격별 배정", en="Awarded by variant"),
               lambda c: told_parts(c, c.awarded_parts), 32),
        Column(Text(ko="결과", en="Verdict"), lambda c: VERDICTS[c.verdict]),
        Column(Text(ko="설명", en="Why"), lambda c: Text(c.sentence_ko, c.sentence_en), 80),
    ]  # fmt: skip

    def rows(self):
        """All lines of a hosted campaign; of another's, the own members'."""
        actor = actor_of(self.request)
        run = queries.told_run(seen_with_terms(actor, self.kwargs["pk"]), actor)
        if run is None:
            raise NotFound
        self.run = run
        return queries.lines_visible_to(actor, run)

    def prepared(self, page):
        """Each with its run, whose campaign has the variants."""
        return _of_run(page, self.run)


def _of_run(lines, run: ClearingRun):
    for line in lines:
        line.run = run
    return lines


def _workbook(actor: Actor, campaign: Campaign, run: ClearingRun) -> bytes:
    """The record as this seat may see it: facts, tiers (for the host), lines."""
    facts = [
        Column(Text(ko="항목", en="What"), lambda fact: fact[0], 24),
        Column(Text(ko="값", en="Value"), lambda fact: fact[1], 80),
    ]
    sheets = [Sheet(Text(ko="기록", en="Record"), facts, _facts(campaign, run))]
    if campaign.host_id == actor.cooperative_id:
        sheets.append(Sheet(Text(ko="단가 구간", en="Tiers"), TIERS, run.tiers))
    lines = _of_run(list(queries.lines_visible_to(actor, run).order_by("arrival")), run)
    firms = Text(ko="기업별 결과", en="Firms")
    return workbook([*sheets, Sheet(firms, ClearingLinesView.columns, lines)])


TIERS = [
    Column(Text(ko="수량 부터", en="From quantity"), lambda t: t["min_quantity"]),
    Column(Text(ko="단가", en="Unit price"), lambda t: Decimal(t["unit_price"])),
    Column(Text(ko="이 단가를 받아들인 수요", en="Accept it"), lambda t: t["demand"], 24),
    Column(Text(ko="주문할 수 있던 수량", en="Orderable"), lambda t: t["orderable"], 20),
    Column(Text(ko="도달", en="Carries itself"), lambda t: YES if t["carries"] else NO),
]


def _facts(campaign: Campaign, run: ClearingRun) -> list[tuple[Text, Any]]:
    zone = campaign.host.zone
    return [
        (Text(ko="공동구매", en="Campaign"), campaign.title),
        (Text(ko="품목", en="Item"), campaign.item.name),
        (Text(ko="주최 협동조합", en="Host"), campaign.host.name),
        (Text(ko="기록 번호", en="Record"), run.number),
        (Text(ko="결과", en="Outcome"), OUTCOMES[run.outcome]),
        (Text(ko="단가(부가세 별도)", en="Unit price, VAT excluded"), run.unit_price),
        *([(Text(ko="규격별 차액", en="Differences by variant"),
            told_differences(campaign, run.offer.differences))] if campaign.variants else []),
        (Text(ko="통화", en="Currency"), campaign.currency),
        (Text(ko="주문 수량", en="Ordered"), run.told_quantity),
        (Text(ko="배정 기업", en="Firms in"), run.firms),
        (Text(ko="설명", en="Why"), run.reason),
        (Text(ko="나누는 규칙", en="Sharing rule"), sentences.RATIONING_RULES[
            sentences.Rule(run.rationing)]),
        (Text(ko="마감 ({zone})", en="Closed ({zone})").format(
            zone=zone_name(zone)), moment_in(run.at, zone)),
        (Text(ko="마감한 사람", en="Closed by"), run.closed_by_person or sentences.BY_ITSELF),
        (Text(ko="입력 확인값", en="Fingerprint of the inputs"), run.inputs_hash),
    ]  # fmt: skip
