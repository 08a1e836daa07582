"""Shapes of price lists that are brought in, on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.catalog.references import ItemRef
from mungchi.common.money import EXPONENTS
from mungchi.common.problems import language
from mungchi.common.sheets.workbook import MAX_COLUMNS
from mungchi.pricelists.domain.columns import FIELDS
from mungchi.pricelists.domain.lines import REASONS, VERDICTS
from mungchi.pricelists.domain.terms import TERM_WORDS
from mungchi.pricelists.models import PriceSheet, PriceSheetLine, StandingOffer


class SheetColumnShape(serializers.Serializer):
    """A column of the file, with some of what stands in it."""

    index = serializers.IntegerField()
    header = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())


class SheetFieldShape(serializers.Serializer):
    """A field that a column can be mapped to."""

    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()


class SheetMappingShape(serializers.Serializer):
    """Field -> index of the column that holds it, null for none."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One member for each field there is."""
        return {
            name: serializers.IntegerField(
                min_value=0, max_value=MAX_COLUMNS, allow_null=True, required=False
            )
            for name in FIELDS
        }


class SheetDefaultsShape(serializers.Serializer):
    """What new offers get where their lines do not say; null: nothing."""

    currency = serializers.ChoiceField(choices=list(EXPONENTS), required=False)
    vat_included = serializers.BooleanField(required=False)
    lead_time_days = serializers.IntegerField(
        min_value=0, max_value=730, required=False, allow_null=True
    )
    valid_until = serializers.DateField(required=False, allow_null=True)


class SheetCountsShape(serializers.Serializer):
    """How many lines lead to what; `missing`: how many standing offers the file leaves out."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One figure a verdict."""
        return {name: serializers.IntegerField() for name in [*VERDICTS, "missing"]}


class SheetRowSerializer(serializers.ModelSerializer):
    """A file of prices, among others."""

    counts = serializers.SerializerMethodField()
    created_by = serializers.CharField(source="created_by.called", read_only=True)

    class Meta:
        model = PriceSheet
        fields = [
            "id", "filename", "state", "lines", "counts", "ends_missing", "created_at",
            "finished_at", "created_by",
        ]  # fmt: skip

    @extend_schema_field(SheetCountsShape)
    def get_counts(self, row: PriceSheet) -> dict[str, int]:
        """All counts, those of nothing too."""
        return {name: row.counts.get(name, 0) for name in [*VERDICTS, "missing"]}


class SheetSerializer(SheetRowSerializer):
    """A file with everything needed to map, look through and follow it."""

    columns = SheetColumnShape(many=True, read_only=True)
    mapping = SheetMappingShape(read_only=True)
    defaults = SheetDefaultsShape(read_only=True)
    fields_ = serializers.SerializerMethodField("known_fields")

    class Meta(SheetRowSerializer.Meta):
        fields = [*SheetRowSerializer.Meta.fields, "columns", "mapping", "defaults", "fields_"]

    def get_fields(self) -> dict[str, serializers.Field]:
        """The member is called `fields`, which is taken as an attribute of serializers."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared

    @extend_schema_field(SheetFieldShape(many=True))
    def known_fields(self, row: PriceSheet) -> list[dict[str, Any]]:
        """The fields there are, in the caller's language."""
        return [
            {"name": name, "label": label.say(language()), "required": name == "price1"}
            for name, label in FIELDS.items()
        ]


class SheetUploadSerializer(serializers.Serializer):
    """A list to bring in: CSV or .xlsx."""

    file = serializers.FileField(allow_empty_file=True)


class ChosenItemShape(serializers.Serializer):
    """Which item lines mean that call it so."""

    called = serializers.CharField(max_length=400)
    item = serializers.UUIDField()


class SheetChangeSerializer(serializers.Serializer):
    """Which column is what, what lines without a word get, whether what the file leaves out ends,
    and which items are meant where no catalogue has what lines call them; what is left out
    of the request stays."""

    mapping = SheetMappingShape(required=False)
    defaults = SheetDefaultsShape(required=False)
    ends_missing = serializers.BooleanField(required=False)
    chosen = ChosenItemShape(many=True, required=False, max_length=200)


class SheetTierShape(serializers.Serializer):
    """A tier, as read or as it stands."""

    min_quantity = serializers.IntegerField()
    unit_price = serializers.CharField()


class SheetLineSerializer(serializers.ModelSerializer):
    """A line and what becomes of it, in the caller's language; of the first line of an offer also
    its item and code, its ladder now and before, the largest move of the price in per cent (of one
    that goes both ways also the largest each way, `moves`), and which terms change."""

    cells = serializers.ListField(child=serializers.CharField())
    verdict = serializers.ChoiceField(choices=list(VERDICTS), read_only=True)
    outcome = serializers.SerializerMethodField()
    item = serializers.SerializerMethodField()
    code = serializers.SerializerMethodField()
    tiers = serializers.SerializerMethodField()
    before = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()
    # What the line calls an item that has to be chosen; "" where there is nothing to choose.
    called = serializers.SerializerMethodField()
    terms = serializers.SerializerMethodField()

    class Meta:
        model = PriceSheetLine
        fields = ["id", "line", "cells", "verdict", "reason", "outcome", "item", "code", "tiers",
                  "before", "percent", "moves", "terms", "called"]  # fmt: skip

    @extend_schema_field(str)
    def get_outcome(self, row: PriceSheetLine) -> str:
        """The reason against it, or what it leads to."""
        text = REASONS[row.reason] if row.reason else VERDICTS[row.verdict]
        return text.say(language())

    @extend_schema_field(str)
    def get_item(self, row: PriceSheetLine) -> str:
        """What it is called."""
        return str(row.found.get("item", ""))

    @extend_schema_field(str)
    def get_code(self, row: PriceSheetLine) -> str:
        """The supplier's."""
        return str(row.found.get("code", ""))

    @extend_schema_field(SheetTierShape(many=True))
    def get_tiers(self, row: PriceSheetLine) -> list[dict[str, Any]]:
        """The ladder that it asks for."""
        return _tiers(row.found.get("tiers", ()))

    @extend_schema_field(SheetTierShape(many=True))
    def get_before(self, row: PriceSheetLine) -> list[dict[str, Any]]:
        """The ladder that stood."""
        return _tiers(row.found.get("before", ()))

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_percent(self, row: PriceSheetLine) -> str | None:
        """Up (positive) or down."""
        return row.found.get("percent")

    @extend_schema_field(str)
    def get_called(self, row: PriceSheetLine) -> str:
        """As `chosen` of a change names it."""
        return str(row.found.get("called", ""))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_moves(self, row: PriceSheetLine) -> list[str]:
        """Up, then down, in per cent, where both happen at different quantities; else empty."""
        return list(row.found.get("moves", ()))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_terms(self, row: PriceSheetLine) -> list[str]:
        """What changes, in words."""
        return [TERM_WORDS[name].say(language()) for name in row.found.get("terms", ())]


def _tiers(found: Any) -> list[dict[str, Any]]:
    return [{"min_quantity": least, "unit_price": price} for least, price in found]


class MissingSerializer(serializers.ModelSerializer):
    """A standing offer that the file leaves out."""

    item = ItemRef(read_only=True)

    class Meta:
        model = StandingOffer
        fields = ["id", "code", "item", "valid_until"]
