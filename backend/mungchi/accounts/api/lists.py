"""Lists of members: upload, look through, start, follow."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts import operations
from mungchi.accounts.access import actor_of
from mungchi.accounts.api import list_shapes as shapes
from mungchi.accounts.api.filters import MemberListLineFilter
from mungchi.accounts.domain.member_list import FIELDS, REASONS, VERDICTS
from mungchi.accounts.operations.member_lists import MOST_BYTES
from mungchi.accounts.queries import member_lists as queries
from mungchi.common.listing import Column, ListView
from mungchi.common.text import Text
from mungchi.common.uploading import UploadsView


def _answer(row: object, code: int = status.HTTP_200_OK) -> Response:
    return Response(shapes.MemberListSerializer(row).data, status=code)


class MemberListsView(UploadsView):
    """The office's lists, and uploading one."""

    capability = {"GET": "members.read", "POST": "members.write"}
    serializer_class = shapes.MemberListRowSerializer

    def most_bytes(self) -> int:
        """Lists are short, and read whole."""
        return MOST_BYTES

    def rows(self):
        """Lists of the office's cooperative."""
        return queries.lists_visible_to(actor_of(self.request))

    @extend_schema(
        operation_id="upload_members",
        request={"multipart/form-data": shapes.MemberListUploadSerializer},
        responses={201: shapes.MemberListSerializer},
    )
    def post(self, request: Request) -> Response:
        """Upload a list of members; nobody joins yet."""
        form = shapes.MemberListUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        row = operations.upload_members(
            actor=actor_of(request), filename=upload.name, stream=upload.file
        )
        return _answer(row, status.HTTP_201_CREATED)


class MemberListView(APIView):
    """One list."""

    capability = {"GET": "members.read", "PATCH": "members.write", "DELETE": "members.write"}

    @extend_schema(operation_id="member_list", responses=shapes.MemberListSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its columns, counts and progress."""
        return _answer(queries.list_seen_by(actor_of(request), pk))

    @extend_schema(
        operation_id="change_member_list",
        request=shapes.MemberListChangeSerializer,
        responses=shapes.MemberListSerializer,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say which column is what; every line is judged anew."""
        form = shapes.MemberListChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.change_list(
            actor=actor_of(request),
            list_id=pk,
            mapping=form.validated_data.get("mapping", {}),
            invites=form.validated_data.get("invites"),
        )
        return _answer(row)

    @extend_schema(operation_id="delete_member_list", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw the list away before it starts."""
        operations.delete_list(actor=actor_of(request), list_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class StartMemberListView(APIView):
    """Starting a list."""

    capability = "members.write"

    @extend_schema(
        operation_id="start_member_list", request=None, responses=shapes.MemberListSerializer
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Queue it; a worker does it."""
        return _answer(operations.start_list(actor=actor_of(request), list_id=pk))


class MemberListLinesView(ListView):
    """The lines of a list with what becomes of each; also as a spreadsheet."""

    capability = "members.read"
    serializer_class = shapes.MemberListLineSerializer
    filterset_class = MemberListLineFilter
    orders = {"line": "line"}
    export_name = "member-list"
    columns = [
        Column(Text(ko="줄", en="Line"), lambda row: row.line, 8),
        Column(Text(ko="결과", en="Outcome"),
               lambda row: REASONS[row.reason] if row.reason else VERDICTS[row.verdict], 44),
        *(Column(label, lambda row, name=name: row.said.get(name, ""), 24)
          for name, label in FIELDS.items()),
        Column(Text(ko="원래 줄", en="As it stood"), lambda row: " | ".join(row.cells), 60),
    ]  # fmt: skip

    def rows(self):
        """Lines of a list that the office may see."""
        seen = queries.list_seen_by(actor_of(self.request), self.kwargs["pk"])
        return queries.lines_of(seen)
