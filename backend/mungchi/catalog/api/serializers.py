"""Shapes of the catalogue on the wire."""

from rest_framework import serializers

from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.catalog.models import Item
from mungchi.catalog.references import ItemRef
from mungchi.common.problems import language

LARGEST_PACK = 1_000_000
MOST_AT_ONCE = 500


class NewItemSerializer(serializers.Serializer):
    """An item to be added to the cooperative's catalogue."""

    name = serializers.CharField(max_length=200)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    code = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    unit = serializers.ChoiceField(choices=list(UNITS), default="each")
    pack_size = serializers.IntegerField(min_value=1, max_value=LARGEST_PACK, default=1)
    vat_class = serializers.ChoiceField(choices=list(VAT_CLASSES), default="taxable")
    category = serializers.UUIDField(required=False, allow_null=True, default=None)


class OwnItemSerializer(ItemRef):
    """An item of the cooperative's own catalogue, with its name in each language."""

    name = serializers.CharField(read_only=True)
    variants = serializers.SerializerMethodField()

    class Meta(ItemRef.Meta):
        fields = [*ItemRef.Meta.fields, "name_en", "variants"]

    def get_variants(self, item: Item) -> list[str]:
        """What its variants are called, those that are archived left out."""
        return variant_names(item)


def variant_names(item: Item) -> list[str]:
    """The names of an item's variants that are not archived, in the caller's language."""
    english = language() == "en"
    return [
        (english and row.name_en) or row.name
        for row in item.variants.all()
        if row.archived_at is None
    ]


class ItemChangeSerializer(serializers.Serializer):
    """What is to change; what is left out stays."""

    name = serializers.CharField(max_length=200, required=False)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True)
    code = serializers.CharField(max_length=60, required=False, allow_blank=True)
    category = serializers.UUIDField(required=False, allow_null=True)


class FiledItem(serializers.Serializer):
    """An item and its category; null: none."""

    id = serializers.UUIDField()
    category = serializers.UUIDField(allow_null=True)


class FilingSerializer(serializers.Serializer):
    """Items and the categories they are, or were, filed under."""

    items = serializers.ListField(child=FiledItem(), min_length=1, max_length=MOST_AT_ONCE)


class FiledSerializer(serializers.Serializer):
    """Those that changed, with the category of each before: sent back, it undoes the filing."""

    items = FiledItem(many=True)


class UnitSerializer(serializers.Serializer):
    """A unit that quantities are counted in."""

    code = serializers.CharField()
    label = serializers.CharField()
