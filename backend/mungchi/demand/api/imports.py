"""Bringing in a purchase history: parse, one call, serialize."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import EXPORT_LIMIT, Column, ListView, spreadsheet_response
from mungchi.common.parsers import StrictJSONParser
from mungchi.common.problems import language
from mungchi.common.text import Text
from mungchi.common.uploading import UploadsView
from mungchi.demand import operations, queries
from mungchi.demand.api import import_shapes as shapes
from mungchi.demand.api.filters import ImportFilter, RejectionFilter
from mungchi.demand.domain.lines import REASONS
from mungchi.demand.models import ImportRejection, PurchaseImport

LINE = Text(ko="줄", en="Line")
REASON = Text(ko="사유", en="Reason")
# A cell that begins so is a formula to a spreadsheet program.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def _answer(row: PurchaseImport, code: int = status.HTTP_200_OK) -> Response:
    return Response(shapes.ImportSerializer(row).data, status=code)


class ImportsView(UploadsView):
    """The office's imports, and uploading a file."""

    capability = {"GET": "imports.read", "POST": "imports.write"}
    serializer_class = shapes.ImportRowSerializer
    filterset_class = ImportFilter

    def most_bytes(self) -> int:
        """As the installation says."""
        return settings.IMPORT_MAX_BYTES

    def rows(self):
        """Imports of the office's cooperative."""
        return queries.imports_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="upload_purchases",
        request={"multipart/form-data": shapes.UploadSerializer},
        responses={201: shapes.ImportSerializer},
    )
    def post(self, request: Request) -> Response:
        """Upload a purchase history: CSV or .xlsx."""
        form = shapes.UploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.upload_purchases(
            actor=actor_of(request), filename=upload.name, stream=upload.file
        )
        return _answer(row, status.HTTP_201_CREATED)


class ImportView(APIView):
    """One import."""

    capability = {"GET": "imports.read", "PATCH": "imports.write", "DELETE": "imports.write"}
    parser_classes = [StrictJSONParser]

    @extend_schema(operation_id="import", responses=shapes.ImportSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its columns, mapping, preview and progress."""
        return _answer(queries.import_seen_by(actor_of(request), pk))

    @extend_schema(
        operation_id="map_columns",
        request=shapes.ImportChangeSerializer,
        responses=shapes.ImportSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say which column is what; answers with a new preview."""
        form = shapes.ImportChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.map_columns(
            actor=actor_of(request),
            import_id=pk,
            mapping=form.validated_data.get("mapping", {}),
            rules=form.validated_data.get("rules", {}),
        )
        return _answer(row)

    @extend_schema(operation_id="delete_upload", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw the upload away before it starts."""
        operations.delete_upload(actor=actor_of(request), import_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class StartImportView(APIView):
    """Starting an import."""

    capability = "imports.write"

    @extend_schema(operation_id="start_import", request=None, responses=shapes.ImportSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Queue it; a worker does it."""
        return _answer(operations.start_import(actor=actor_of(request), import_id=pk))


class RejectionsView(ListView):
    """The lines of a file that were not taken, and why; also as .xlsx or CSV."""

    capability = "imports.read"
    serializer_class = shapes.RejectionSerializer
    filterset_class = RejectionFilter
    orders = {"line": "line"}

    def rows(self):
        """Rejections of an import that the office may see."""
        seen = queries.import_seen_by(actor_of(self.request), self.kwargs["pk"])
        return queries.rejections_of(seen)

    def get(
        self, request: Request, *args: object, **kwargs: object
    ) -> Response | HttpResponse | StreamingHttpResponse:
        """One page, or all of them as a file."""
        wanted = request.query_params.get("export")
        if wanted not in {"xlsx", "csv"}:
            return super().get(request, *args, **kwargs)
        seen = queries.import_seen_by(actor_of(request), self.kwargs["pk"])
        rejected = self.filter_queryset(self.get_queryset()).order_by("line")[:EXPORT_LIMIT]
        headers = [column["header"] for column in seen.columns]
        if wanted == "csv":
            return _csv_download(headers, rejected)
        columns = [
            Column(LINE, lambda row: row.line, 8),
            Column(REASON, lambda row: REASONS[row.reason], 50),
            *(_cell_column(index, header) for index, header in enumerate(headers)),
        ]
        return spreadsheet_response(columns, rejected.iterator(), name="rejections")


def _cell_column(index: int, header: str) -> Column:
    name = header or f"#{index + 1}"
    return Column(
        Text(ko=name, en=name),
        lambda row: row.values[index] if index < len(row.values) else "",
    )


def _csv_download(headers: list[str], rejected: QuerySet[ImportRejection]) -> StreamingHttpResponse:
    spoken = language()

    def lines() -> Iterator[str]:
        # The mark at the start makes Excel read the file as UTF-8.
        yield "\ufeff" + _csv_line([LINE.say(spoken), REASON.say(spoken), *headers])
        for row in rejected.iterator():
            yield _csv_line([str(row.line), REASONS[row.reason].say(spoken), *row.values])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rejections.csv"'
    return response


def _csv_line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_harmless(cell) for cell in cells])
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    """Keep a spreadsheet program from running a cell; plain negative numbers stay numbers."""
    if not cell.startswith(FORMULA_MARKS):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
