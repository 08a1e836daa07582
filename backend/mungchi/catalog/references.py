"""How other rows point at items on the wire."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import NameField
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.models import Category, Item
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
        fields = ["id", "name", "code", "unit", "unit_label", "pack_size", "vat_class", "category"]

    @extend_schema_field(serializers.CharField())
    def get_unit_label(self, item: Item) -> str:
        """The unit in words of the caller's language."""
        return UNITS[item.unit].say(language())
