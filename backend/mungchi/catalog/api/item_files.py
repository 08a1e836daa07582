"""Images and specification sheets of items: parse, one call, serialize."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from mungchi.accounts.access import actor_of
from mungchi.catalog import operations, queries
from mungchi.catalog.models import ItemFile
from mungchi.catalog.references import ItemFileRef, item_file_answer
from mungchi.common.errors import NotFound
from mungchi.common.listing import ListView
from mungchi.common.papers import refuse_too_long


class ItemFileUploadSerializer(serializers.Serializer):
    """An image (PNG, JPEG, WebP) with what it shows in words, or a PDF without."""

    file = serializers.FileField()
    alt = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class AltSerializer(serializers.Serializer):
    """What an image shows."""

    alt = serializers.CharField(max_length=200)


class ItemFilesView(ListView):
    """Images and sheets of an item, and adding one."""

    capability = {"GET": "items.read", "POST": "items.merge"}
    serializer_class = ItemFileRef
    parser_classes = [MultiPartParser]
    orders = {"uploaded": "id"}

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """Refuse a body that is too large before any of it is read."""
        refuse_too_long(request)
        super().initial(request, *args, **kwargs)

    def rows(self):
        """For everybody who sees the item."""
        return queries.item_files_visible_to(actor_of(self.request), self.kwargs["pk"])

    @extend_schema(
        operation_id="add_item_file",
        request={"multipart/form-data": ItemFileUploadSerializer},
        responses={201: ItemFileRef},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add an image, or a sheet where the content is a PDF."""
        form = ItemFileUploadSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload, alt = form.validated_data["file"], form.validated_data["alt"]
        about = {"actor": actor_of(request), "item_id": pk, "filename": upload.name}
        begins = upload.file.read(5)
        upload.file.seek(0)
        if begins == b"%PDF-":
            row = operations.add_item_sheet(stream=upload.file, **about)
        else:
            row = operations.add_item_image(stream=upload.file, alt=alt, **about)
        return Response(ItemFileRef(row).data, status=status.HTTP_201_CREATED)


class ItemFileView(APIView):
    """One image or sheet."""

    capability = "items.merge"

    @extend_schema(operation_id="describe_item_image", request=AltSerializer, responses=ItemFileRef)
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say anew what an image shows."""
        form = AltSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = operations.describe_item_image(
            actor=actor_of(request), file_id=pk, **form.validated_data
        )
        return Response(ItemFileRef(row).data)

    @extend_schema(operation_id="remove_item_file", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take it away."""
        operations.remove_item_file(actor=actor_of(request), file_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ItemFileContentView(APIView):
    """The content of an image or sheet."""

    capability = "items.read"

    @extend_schema(
        operation_id="item_file_content",
        parameters=[OpenApiParameter("size", OpenApiTypes.STR, enum=["small"])],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """An image to be shown, small for lists, or a sheet to be saved."""
        item = ItemFile.objects.filter(pk=pk).values_list("item_id", flat=True).first()
        if item is None:
            raise NotFound
        rows = queries.item_files_visible_to(actor_of(request), item)
        return item_file_answer(request, rows, pk)
