"""Lists: filter, sort by a declared set of orders, page by cursor, and export whole to Excel."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from mungchi.common.errors import Invalid
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.common.zones import zone_name

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORT_LIMIT = 100_000


def day_in(at: datetime, zone: str) -> date:
    """The day of a moment on the calendar of a zone, as a column shows it."""
    return at.astimezone(ZoneInfo(zone)).date()


def moment_in(at: datetime, zone: str) -> datetime:
    """A moment as the clocks of a zone show it, without a zone: what stands beside it names it."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


class OrderUnknown(Invalid):
    """The list cannot be sorted that way."""

    code = "order_unknown"
    field = "ordering"
    message = Text(ko="이 순서로는 정렬할 수 없습니다.", en="The list cannot be sorted that way.")


@dataclass(frozen=True)
class Column:
    """One column of an exported list: its heading and what stands in it for a row."""

    heading: Text
    value: Callable[[Any], object]
    width: int = 16


@dataclass(frozen=True)
class Moment(Column):
    """A column of moments, as the clocks of a zone show them; the heading names the zone.

    zone: a row's, that of its cooperative. Where the rows of a file have several, all moments of
    the column are in UTC, so that it can be sorted.
    """

    width: int = 20
    zone: Callable[[Any], str] = field(kw_only=True)


class ListView(GenericAPIView):
    """GET a list. A concrete view gives `rows`, a serializer, and optionally the rest.

    orders: names a caller may sort by -> fields; the first is the default.
    columns: when given, `?export=xlsx` returns every filtered row as a spreadsheet.
    keys_first: a page's keys are found before its rows, so that an index that holds all that is
    ordered and filtered by is read alone, without the table.
    """

    orders: ClassVar[dict[str, str]] = {"-created": "-id"}
    columns: ClassVar[Sequence[Column]] = ()
    export_name: ClassVar[str] = "mungchi"
    keys_first: ClassVar[bool] = False

    def rows(self) -> QuerySet[Any]:
        """The rows this actor may see."""
        raise NotImplementedError

    def get_queryset(self) -> QuerySet[Any]:
        """What django-filter and the schema generator ask for; the latter without a request."""
        if getattr(self, "swagger_fake_view", False):
            shape: Any = self.serializer_class
            rows: QuerySet[Any] = shape.Meta.model.objects.none()
            return rows
        return self.rows()

    def page_ordering(self, request: Request) -> str:
        """The field to sort by, from `?ordering=`; OrderUnknown for anything undeclared."""
        name = request.query_params.get("ordering")
        if not name:
            return next(iter(self.orders.values()))
        try:
            return self.orders[name]
        except KeyError:
            raise OrderUnknown from None

    def prepared(self, page: list[Any]) -> list[Any]:
        """Hook: attach what the serializer needs to the rows of one page, in few queries."""
        return page

    def get(self, request: Request, *args: object, **kwargs: object) -> Response | HttpResponse:
        """One page, or the whole list as a spreadsheet."""
        rows = self.filter_queryset(self.get_queryset())
        if request.query_params.get("export") == "xlsx" and self.columns:
            ordered = rows.order_by(self.page_ordering(request), "id")[:EXPORT_LIMIT]
            return spreadsheet_response(self.columns, self.prepared(list(ordered)),
                                        name=self.export_name)  # fmt: skip
        page = self.paginate_queryset(rows)
        serializer = self.get_serializer(self.prepared(list(page or [])), many=True)
        return self.get_paginated_response(serializer.data)


@dataclass(frozen=True)
class Sheet:
    """One sheet of a spreadsheet: its name, its columns, and its rows."""

    name: Text
    columns: Sequence[Column]
    rows: Iterable[Any]


def spreadsheet(columns: Sequence[Column], rows: Iterable[Any], *, sheet: str = "Mungchi") -> bytes:
    """Write rows as .xlsx with a frozen heading and filters. Text is never read as a formula."""
    return workbook([Sheet(Text(ko=sheet, en=sheet), columns, rows)])


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write several sheets as one .xlsx, each with a frozen heading and filters."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    heading = book.add_format({"bold": True, "bg_color": "#E8EDF3", "border": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    whole = book.add_format({"num_format": "#,##0"})
    for sheet in sheets:
        _fill(book.add_worksheet(sheet.name.say(language())[:31]), sheet, heading=heading, day=day,
              moment=moment, whole=whole)  # fmt: skip
    book.close()
    return buffer.getvalue()


def _fill(page: Any, sheet: Sheet, *, heading: Any, **formats: Any) -> None:
    columns, rows = sheet.columns, sheet.rows
    if any(isinstance(column, Moment) for column in columns):
        rows = list(rows)
        columns = [_in_one_zone(column, rows) for column in columns]
    for at, column in enumerate(columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.heading.say(language()), heading)
    last = 0
    for last, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _write(page, last, at, column.value(row), **formats)
    page.freeze_panes(1, 0)
    if sheet.columns:
        page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)


def _in_one_zone(column: Column, rows: Sequence[Any]) -> Column:
    """A column of moments, as what they are on the clocks of the zone that its heading names."""
    if not isinstance(column, Moment):
        return column
    zones = {column.zone(row) for row in rows if column.value(row) is not None}
    if not zones:
        return column
    zone = zones.pop() if len(zones) == 1 else "UTC"

    def local(row: Any) -> datetime | None:
        at = column.value(row)
        assert at is None or isinstance(at, datetime)  # noqa: S101 - what such a column is for
        return at and moment_in(at, zone)

    named, there = column.heading, zone_name(zone)
    heading = Text(ko=f"{named.ko}({there.ko})", en=f"{named.en} ({there.en})")
    return Column(heading, local, column.width)


def _write(
    page: Any, row: int, at: int, value: object, *, day: Any, moment: Any, whole: Any
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, Text):
        page.write_string(row, at, value.say(language()))
    elif isinstance(value, datetime):
        if value.tzinfo is None:
            page.write_datetime(row, at, value, moment)
        else:
            # No heading says in which zone, so the cell does.
            page.write_string(row, at, f"{value:%Y-%m-%d %H:%M %Z}")
    elif isinstance(value, date):
        page.write_datetime(row, at, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, int):
        page.write_number(row, at, value, whole)
    elif isinstance(value, Decimal | float):
        page.write_number(row, at, float(value))
    else:
        page.write_string(row, at, str(value)[:32_000])


def spreadsheet_response(
    columns: Sequence[Column], rows: Iterable[Any], *, name: str
) -> HttpResponse:
    """Return rows as a spreadsheet to be downloaded as `name`.xlsx."""
    response = HttpResponse(spreadsheet(columns, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
