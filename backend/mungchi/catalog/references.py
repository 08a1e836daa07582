"""How other rows point at items on the wire."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request

from mungchi.accounts.references import NameField
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Category, Item, ItemFile
from mungchi.catalog.queries import item_file
from mungchi.common.papers import as_download
from mungchi.common.problems import language


class CategoryRef(serializers.ModelSerializer):
    """A category, as named in other rows."""

    name = NameField()

    class Meta:
        model = Category
        fields = ["id", "name"]


class ItemRef(serializers.ModelSerializer):
    """An item, as named in other rows, with the unit its quantities are in."""

    name = NameField()
    unit_label = serializers.SerializerMethodField()
    category = CategoryRef(read_only=True, allow_null=True)

    class Meta:
        model = Item
        fields = ["id", "name", "code", "unit", "unit_label", "pack_size", "vat_class", "category",
                  "cover"]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_unit_label(self, item: Item) -> str:
        """The unit in words of the caller's language."""
        return UNITS[item.unit].say(language())


class ItemFileRef(serializers.ModelSerializer):
    """An image or specification sheet of an item, without its content."""

    kind = serializers.ChoiceField(choices=["image", "sheet"], read_only=True)
    # What an image shows; empty for a sheet.
    alt = serializers.CharField(read_only=True)

    class Meta:
        model = ItemFile
        fields = ["id", "kind", "filename", "alt", "size", "width", "height", "uploaded_at"]


def item_file_answer(request: Request, rows: QuerySet[ItemFile], pk: UUID | None) -> HttpResponse:
    """The content of one of these files: an image shown where it stands, a sheet to be saved.

    A file under an id never changes, so that what has been read may be kept for long. Raises
    NotFound.
    """
    small = request.query_params.get("size") == "small"
    row = item_file(rows, pk, small=small)
    if row.kind != "image":
        return as_download(row)
    content = row.small if small else row.content
    response = HttpResponse(bytes(content or b""), content_type=row.content_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
