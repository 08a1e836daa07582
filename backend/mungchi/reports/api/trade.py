"""What cooperatives bought with each other: the ledger, and the file that subsidies are paid on."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.accounts.queries import office_of
from mungchi.accounts.references import CooperativeRef
from mungchi.common import clock
from mungchi.common.errors import Invalid
from mungchi.common.listing import XLSX
from mungchi.common.text import Text
from mungchi.reports import queries
from mungchi.reports.domain.period import Period, year_of
from mungchi.reports.operations import evidence_file


class PeriodWrong(Invalid):
    """The last day is not before the first."""

    code = "period_wrong"
    field = "until"
    message = Text(
        ko="기간의 마지막 날이 첫날보다 앞섭니다.",
        en="The last day of the period is before the first.",
    )


class TradeAsked(serializers.Serializer):
    """A period of whole days in the office's zone (this year unless told), and one partner."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)
    partner = serializers.UUIDField(required=False)


class PairSerializer(serializers.Serializer):
    """What members of a cooperative bought in campaigns of another, in one unit and currency.

    Fees without VAT, `fee_vat` is on both; the host collects all of it and owes the partner
    `partner_due`, its fee with VAT.
    """

    host = CooperativeRef()
    cooperative = CooperativeRef()
    unit = serializers.CharField()
    currency = serializers.CharField()
    campaigns = serializers.IntegerField()
    firms = serializers.IntegerField()
    quantity = serializers.IntegerField()
    supply_value = serializers.IntegerField()
    host_fee = serializers.IntegerField()
    partner_fee = serializers.IntegerField()
    fee_vat = serializers.IntegerField()
    partner_due = serializers.IntegerField()


TRADE = inline_serializer(
    "Trade",
    {
        "since": serializers.DateField(),
        "until": serializers.DateField(),
        "pairs": PairSerializer(many=True),
    },
)


def _asked(request: Request) -> dict[str, Any]:
    """What was asked for: actor, cooperative, period, its instants and the partner."""
    form = TradeAsked(data=request.query_params)
    form.is_valid(raise_exception=True)
    actor = actor_of(request)
    cooperative = office_of(actor)
    usual = year_of(clock.now().astimezone(cooperative.timezone).date())
    last: date = form.validated_data.get("until", usual.last)
    first: date = form.validated_data.get("since", min(date(last.year, 1, 1), last))
    # Dates at the very ends of the calendar have no day before or after them.
    if last < first or not 1970 <= first.year <= last.year <= 9000:
        raise PeriodWrong
    period = Period(first, last)
    begin, end = period.instants(cooperative.timezone)
    return {"actor": actor, "begin": begin, "end": end, "period": period,
            "partner": form.validated_data.get("partner"), "cooperative": cooperative}  # fmt: skip


class TradeView(APIView):
    """The ledger between cooperatives."""

    capability = "trade.read"

    @extend_schema(operation_id="trade", parameters=[TradeAsked], responses=TRADE)
    def get(self, request: Request) -> Response:
        """By pair of cooperatives: campaigns, firms, quantity and supply value."""
        asked = _asked(request)
        rows = queries.pairs(asked["actor"], asked["begin"], asked["end"], asked["partner"])
        return Response({
            "since": asked["period"].first,
            "until": asked["period"].last,
            "pairs": PairSerializer(rows, many=True).data,
        })  # fmt: skip


class EvidenceView(APIView):
    """The evidence behind the ledger."""

    capability = "trade.read"

    @extend_schema(
        operation_id="trade_evidence",
        parameters=[TradeAsked],
        responses={(200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        """A spreadsheet: ledger, campaigns, volumes by cooperative, clearing records."""
        asked = _asked(request)
        period: Period = asked["period"]
        response = HttpResponse(evidence_file(at=clock.now(), **asked), content_type=XLSX)
        name = f"evidence-{period.first:%Y%m%d}-{period.last:%Y%m%d}.xlsx"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
