"""Reports: parse, one call, serialize."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common import clock
from mungchi.common.listing import Column, spreadsheet_response
from mungchi.common.money import from_minor
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.reports.api import serializers
from mungchi.reports.queries.assembly import Report, assembly_of

ALL = Text(ko="전체", en="All")
NONE = Text(ko="분과 없음", en="No division")
COUNTS = [
    (Text(ko="조합원사", en="Members"), "members"),
    (Text(ko="기간 중 가입", en="Joined"), "joined"),
    (Text(ko="참여 기업", en="Taking part"), "taking_part"),
    (Text(ko="공동구매", en="Campaigns"), "campaigns"),
    (Text(ko="빠져 있는 기업(현재)", en="Left out now"), "left_out"),
    (Text(ko="연락한 기업", en="Contacted"), "contacted"),
    (Text(ko="돌아온 기업", en="Came back"), "returned"),
    (Text(ko="연결", en="Introduced"), "introduced"),
    (Text(ko="성사", en="Worked out"), "worked_out"),
]
AMOUNTS = [
    (Text(ko="공급가액", en="Supply value"), "supply_value"),
    (Text(ko="절감액(첫 구간 단가 대비)", en="Saved against the first tier"), "savings"),
    (Text(ko="연결 거래 금액", en="Value of introductions"), "introduction_value"),
]


def _rows(report: Report) -> list[tuple[Any, Any]]:
    """(division or None, figures) in the order in which they are shown."""
    return [(one, report.figures.divisions[one.pk]) for one in report.divisions] + [
        (None, report.figures.divisions[None])
    ]


def _months(report: Report) -> list[dict[str, Any]]:
    order = [*[one.pk for one in report.divisions], None]
    return [
        {
            "month": month,
            "returned": sum(counts.values()),
            "by_division": [counts[division] for division in order],
        }
        for month, counts in report.figures.months.items()
    ]


def _named(division: Any) -> str:
    if division is None:
        return NONE.say(language())
    return str((language() == "en" and division.name_en) or division.name)


def _divisions_sheet(report: Report) -> HttpResponse:
    def amount(name: str) -> Any:
        return lambda row: from_minor(getattr(row[1], name), report.cooperative.currency)

    def number(name: str) -> Any:
        return lambda row: getattr(row[1], name)

    columns = [Column(Text(ko="분과", en="Division"), lambda row: row[0], 24)]
    columns += [Column(heading, number(name)) for heading, name in COUNTS[:4]]
    columns += [Column(heading, amount(name), 22) for heading, name in AMOUNTS[:2]]
    columns += [Column(heading, number(name)) for heading, name in COUNTS[4:]]
    columns += [Column(heading, amount(name), 22) for heading, name in AMOUNTS[2:]]
    rows = [(_named(division), figures) for division, figures in _rows(report)]
    rows.append((ALL.say(language()), report.figures.total))
    return spreadsheet_response(columns, rows, name=f"assembly-{report.first}-{report.last}")


def _months_sheet(report: Report) -> HttpResponse:
    def returned(at: int) -> Any:
        return lambda row: row["by_division"][at]

    columns = [Column(Text(ko="월", en="Month"), lambda row: row["month"])]
    names = [_named(one) for one in (*report.divisions, None)]
    columns += [Column(Text(ko=name, en=name), returned(at)) for at, name in enumerate(names)]
    columns.append(Column(ALL, lambda row: row["returned"]))
    return spreadsheet_response(
        columns, _months(report), name=f"returned-{report.first}-{report.last}"
    )


class AssemblyView(APIView):
    """The figures for the assembly."""

    capability = "reports.read"

    @extend_schema(
        operation_id="assembly_figures",
        parameters=[
            serializers.PeriodSerializer,
            OpenApiParameter("export", enum=["xlsx"], description="The table as a spreadsheet."),
        ],
        responses=serializers.AssemblySerializer,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """By division, and in all."""
        form = serializers.PeriodSerializer(data=request.query_params)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        report = assembly_of(actor_of(request), clock.now(), asked["first"], asked["last"])
        if request.query_params.get("export") == "xlsx":
            return (_months_sheet if asked["table"] == "months" else _divisions_sheet)(report)
        body = {
            "cooperative": report.cooperative,
            "first": report.first,
            "last": report.last,
            "at": report.at,
            "divisions": [
                {"division": division, "figures": figures} for division, figures in _rows(report)
            ],
            "total": report.figures.total,
            "months": _months(report),
            "foreign": report.foreign,
        }
        return Response(serializers.AssemblySerializer(body).data)
