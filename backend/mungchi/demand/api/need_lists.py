"""Lists of needs: a template, upload, look through, start, follow."""

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.common.listing import XLSX, Column, ListView, spreadsheet_response
from mungchi.common.text import Text
from mungchi.common.uploading import UploadsView
from mungchi.demand import operations
from mungchi.demand.api import need_list_shapes as shapes
from mungchi.demand.api.filters import NeedListFilter, NeedListLineFilter
from mungchi.demand.domain.need_list import FIELDS, outcome
from mungchi.demand.operations.need_lists import MOST_BYTES
from mungchi.demand.queries import need_lists as queries


def _answer(row: object, code: int = status.HTTP_200_OK) -> Response:
    return Response(shapes.NeedListSerializer(row).data, status=code)


class NeedListsView(UploadsView):
    """The firm's lists, and uploading one."""

    capability = {"GET": "needs.read", "POST": "needs.write"}
    serializer_class = shapes.NeedListRowSerializer
    filterset_class = NeedListFilter

    def most_bytes(self) -> int:
        """Lists are short, and read whole."""
        return MOST_BYTES

    def rows(self):
        """Lists of the firm's own."""
        return queries.lists_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="upload_needs",
        request={"multipart/form-data": shapes.NeedListUploadSerializer},
        responses={201: shapes.NeedListSerializer},
    )
    def post(self, request: Request) -> Response:
        """Upload what the firm needs; nothing is stated yet."""
        form = shapes.NeedListUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.upload_needs(
            actor=actor_of(request),
            cooperative_id=form.validated_data.get("cooperative"),
            filename=upload.name,
            stream=upload.file,
        )
        return _answer(row, status.HTTP_201_CREATED)


class NeedListTemplateView(APIView):
    """A spreadsheet to fill in."""

    capability = "needs.read"

    @extend_schema(operation_id="need_list_template", responses={(200, XLSX): OpenApiTypes.BINARY})
    def get(self, request: Request) -> Any:
        """Its columns have the names that are recognised, in the caller's language."""
        columns = [Column(label, lambda row: "", 24) for label in FIELDS.values()]
        return spreadsheet_response(columns, [], name="needs")


class NeedListView(APIView):
    """One list."""

    capability = {"GET": "needs.read", "PATCH": "needs.write", "DELETE": "needs.write"}

    @extend_schema(operation_id="need_list", responses=shapes.NeedListSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its columns, counts and progress."""
        return _answer(queries.list_seen_by(actor_of(request), pk))

    @extend_schema(
        operation_id="change_need_list",
        request=shapes.NeedListChangeSerializer,
        responses=shapes.NeedListSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say which column is what, or which item a line means; every line is judged anew."""
        form = shapes.NeedListChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        meant = form.validated_data.get("meant")
        row = operations.change_need_list(
            actor=actor_of(request),
            list_id=pk,
            mapping=form.validated_data.get("mapping", {}),
            meant=(meant["line"], meant["item"]) if meant else None,
        )
        return _answer(row)

    @extend_schema(operation_id="delete_need_list", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw the list away before it starts."""
        operations.delete_need_list(actor=actor_of(request), list_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class StartNeedListView(APIView):
    """Starting a list."""

    capability = "needs.write"

    @extend_schema(
        operation_id="start_need_list", request=None, responses=shapes.NeedListSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Queue it; a worker states the needs."""
        return _answer(operations.start_need_list(actor=actor_of(request), list_id=pk))


class NeedListLinesView(ListView):
    """The lines of a list with what becomes of each; also as a spreadsheet."""

    capability = "needs.read"
    serializer_class = shapes.NeedListLineSerializer
    filterset_class = NeedListLineFilter
    orders = {"line": "line"}
    export_name = "needs"
    columns = [
        Column(Text(ko="줄", en="Line"), lambda row: row.line, 8),
        Column(Text(ko="결과", en="Outcome"),
               lambda row: outcome(row.verdict, row.reason, stated=row.need_id is not None), 44),
        Column(Text(ko="이 품목으로 읽음", en="Read as"),
               lambda row: row.item and row.item.name, 36),
        *(Column(label, lambda row, name=name: row.said.get(name), 24)
          for name, label in FIELDS.items()),
        Column(Text(ko="원래 줄", en="As it stood"), lambda row: " | ".join(row.cells), 60),
    ]  # fmt: skip

    def rows(self):
        """Lines of a list that the firm may see."""
        seen = queries.list_seen_by(actor_of(self.request), self.kwargs["pk"])
        return queries.lines_of(seen)

    def prepared(self, page: list[Any]) -> list[Any]:
        """With the items they were understood as, and those that they are like."""
        seen = queries.list_seen_by(actor_of(self.request), self.kwargs["pk"])
        suggest = self.request.query_params.get("export") is None
        return queries.with_items(seen, page, suggest=suggest)
