"""Price lists from files: upload, look through, apply, follow."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import XLSX, Column, ListView, spreadsheet_response
from mungchi.common.text import Text
from mungchi.common.uploads import too_large
from mungchi.pricelists import operations
from mungchi.pricelists.api import sheet_shapes as shapes
from mungchi.pricelists.api.exporting import TEMPLATE
from mungchi.pricelists.api.filters import SheetLineFilter
from mungchi.pricelists.domain.lines import REASONS, VERDICTS
from mungchi.pricelists.operations.sheets import MEGABYTES, MOST_BYTES
from mungchi.pricelists.queries import sheets as queries

# What a multipart body has besides the file: boundaries and headers.
ENVELOPE_BYTES = 64 * 1024


def _answer(row: object, code: int = status.HTTP_200_OK) -> Response:
    return Response(shapes.SheetSerializer(row).data, status=code)


class SheetsView(ListView):
    """The supplier's files, and uploading one."""

    capability = {"GET": "prices.read", "POST": "prices.write"}
    serializer_class = shapes.SheetRowSerializer
    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES + ENVELOPE_BYTES:
            raise too_large(MEGABYTES * 1024 * 1024)
        super().initial(request, *args, **kwargs)

    def rows(self):
        """Files of the supplier."""
        return queries.sheets_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="upload_prices",
        request={"multipart/form-data": shapes.SheetUploadSerializer},
        responses={201: shapes.SheetSerializer},
    )
    def post(self, request: Request) -> Response:
        """Upload a list of prices; nothing changes yet."""
        form = shapes.SheetUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.upload_prices(
            actor=actor_of(request), filename=upload.name, stream=upload.file
        )
        return _answer(row, status.HTTP_201_CREATED)


class TemplateView(APIView):
    """An empty list to fill in."""

    capability = "prices.read"

    @extend_schema(
        operation_id="price_sheet_template", responses={(200, XLSX): OpenApiTypes.BINARY}
    )
    def get(self, request: Request) -> HttpResponse:
        """The columns that are recognised, as .xlsx."""
        return spreadsheet_response(TEMPLATE, [], name="price-list-template")


class SheetView(APIView):
    """One file."""

    capability = {"GET": "prices.read", "PATCH": "prices.write", "DELETE": "prices.write"}

    @extend_schema(operation_id="price_sheet", responses=shapes.SheetSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its columns, counts and progress."""
        return _answer(queries.sheet_seen_by(actor_of(request), pk))

    @extend_schema(
        operation_id="change_price_sheet",
        request=shapes.SheetChangeSerializer,
        responses=shapes.SheetSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say which column is what; every line is judged anew."""
        form = shapes.SheetChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        defaults = dict(form.validated_data.get("defaults", {}))
        if defaults.get("valid_until"):
            defaults["valid_until"] = defaults["valid_until"].isoformat()
        row = operations.change_sheet(
            actor=actor_of(request),
            sheet_id=pk,
            mapping=form.validated_data.get("mapping", {}),
            defaults=defaults,
            ends_missing=form.validated_data.get("ends_missing"),
            chosen={one["called"]: one["item"] for one in form.validated_data.get("chosen", [])},
        )
        return _answer(row)

    @extend_schema(operation_id="delete_price_sheet", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw the file away before it starts."""
        operations.delete_sheet(actor=actor_of(request), sheet_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class StartSheetView(APIView):
    """Letting a file become the list."""

    capability = "prices.write"

    @extend_schema(operation_id="start_price_sheet", request=None, responses=shapes.SheetSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        """Queue it; a worker applies it whole."""
        return _answer(operations.start_sheet(actor=actor_of(request), sheet_id=pk))


class SheetLinesView(ListView):
    """The lines of a file with what becomes of each; also as a spreadsheet."""

    capability = "prices.read"
    serializer_class = shapes.SheetLineSerializer
    filterset_class = SheetLineFilter
    orders = {"line": "line"}
    export_name = "price-list-lines"
    columns = [
        Column(Text(ko="줄", en="Line"), lambda row: row.line, 8),
        Column(Text(ko="결과", en="Outcome"),
               lambda row: REASONS[row.reason] if row.reason else VERDICTS[row.verdict], 44),
        Column(Text(ko="품목", en="Item"), lambda row: row.found.get("item"), 30),
        Column(Text(ko="관리 코드", en="Own code"), lambda row: row.found.get("code"), 18),
        Column(Text(ko="단가 변동(%)", en="Price moves (%)"),
               lambda row: row.found.get("percent"), 14),
        Column(Text(ko="원래 줄", en="As it stood"), lambda row: " | ".join(row.cells), 60),
    ]  # fmt: skip

    def rows(self):
        """Lines of a file that the seat may see."""
        seen = queries.sheet_seen_by(actor_of(self.request), self.kwargs["pk"])
        return queries.lines_of(seen)


class MissingView(ListView):
    """What the list has and the file has not."""

    capability = "prices.read"
    serializer_class = shapes.MissingSerializer
    orders = {"code": "code"}
    export_name = "price-list-missing"
    columns = [
        Column(Text(ko="관리 코드", en="Own code"), lambda row: row.code, 18),
        Column(Text(ko="품목", en="Item"), lambda row: row.item.name, 32),
        Column(Text(ko="종료일", en="Valid until"), lambda row: row.valid_until),
    ]

    def rows(self):
        """Of a file that the seat may see, as of when it was judged last."""
        return queries.missing_in(actor_of(self.request), self.kwargs["pk"])
