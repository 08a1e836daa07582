"""Shapes of the catalogue on the wire."""

from rest_framework import serializers

from mungchi.catalog.domain.units import UNITS, VAT_CLASSES

LARGEST_PACK = 1_000_000


class NewItemSerializer(serializers.Serializer):
    """An item to be added to the cooperative's catalogue."""

    name = serializers.CharField(max_length=200)
    name_en = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    code = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    unit = serializers.ChoiceField(choices=list(UNITS), default="each")
    pack_size = serializers.IntegerField(min_value=1, max_value=LARGEST_PACK, default=1)
    vat_class = serializers.ChoiceField(choices=list(VAT_CLASSES), default="taxable")
    category = serializers.UUIDField(required=False, allow_null=True, default=None)


class UnitSerializer(serializers.Serializer):
    """A unit that quantities are counted in."""

    code = serializers.CharField()
    label = serializers.CharField()
