"""Shapes of lists of needs on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef
from mungchi.catalog.domain.units import UNITS
from mungchi.catalog.references import ItemRef
from mungchi.common.problems import language
from mungchi.common.sheets.workbook import MAX_COLUMNS
from mungchi.demand.api.import_shapes import ColumnShape
from mungchi.demand.api.serializers import PriceField
from mungchi.demand.domain.need_list import FIELDS, NEEDED, VERDICTS, outcome
from mungchi.demand.models import NeedList, NeedListLine

ONE_OF = ["item_name", "item_code"]


class NeedFieldShape(serializers.Serializer):
    """A field that a column can be mapped to; of `one_of` fields one is needed."""

    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()
    one_of = serializers.ListField(child=serializers.CharField())


class NeedMappingShape(serializers.Serializer):
    """Field -> index of the column that holds it, null for none."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One member for each field there is."""
        return {
            name: serializers.IntegerField(
                min_value=0, max_value=MAX_COLUMNS, allow_null=True, required=False
            )
            for name in FIELDS
        }


class NeedCountsShape(serializers.Serializer):
    """How many lines lead to what."""

    new = serializers.IntegerField()
    already = serializers.IntegerField()
    rejected = serializers.IntegerField()


class NeedListRowSerializer(serializers.ModelSerializer):
    """A list of needs, among others."""

    counts = serializers.SerializerMethodField()
    created_by = serializers.CharField(source="created_by.called", read_only=True)
    cooperative = CooperativeRef(read_only=True)

    class Meta:
        model = NeedList
        fields = [
            "id", "filename", "cooperative", "state", "lines", "done", "counts", "created_at",
            "finished_at", "created_by",
        ]  # fmt: skip

    @extend_schema_field(NeedCountsShape)
    def get_counts(self, row: NeedList) -> dict[str, int]:
        """All counts, those of nothing too."""
        return {name: row.counts.get(name, 0) for name in VERDICTS}


class NeedListSerializer(NeedListRowSerializer):
    """A list with everything needed to map, look through and follow it."""

    columns = ColumnShape(many=True, read_only=True)
    mapping = NeedMappingShape(read_only=True)
    fields_ = serializers.SerializerMethodField("known_fields")

    class Meta(NeedListRowSerializer.Meta):
        fields = [*NeedListRowSerializer.Meta.fields, "columns", "mapping", "fields_"]

    def get_fields(self) -> dict[str, serializers.Field]:
        """The member is called `fields`, which is taken as an attribute of serializers."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared

    @extend_schema_field(NeedFieldShape(many=True))
    def known_fields(self, row: NeedList) -> list[dict[str, Any]]:
        """The fields there are, in the caller's language."""
        return [
            {"name": name, "label": label.say(language()), "required": name in NEEDED,
             "one_of": ONE_OF if name in ONE_OF else []}
            for name, label in FIELDS.items()
        ]  # fmt: skip


class NeedListUploadSerializer(serializers.Serializer):
    """A list to bring in: CSV or .xlsx; the cooperative where the firm has several."""

    file = serializers.FileField(allow_empty_file=True)
    cooperative = serializers.UUIDField(required=False)


class MeantSerializer(serializers.Serializer):
    """Which item a line means; every line that calls its item so means it."""

    line = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    item = serializers.UUIDField()


class NeedListChangeSerializer(serializers.Serializer):
    """Which column is what, and which item a line means; what is left out stays."""

    mapping = NeedMappingShape(required=False)
    meant = MeantSerializer(required=False)


class NeedListLineSerializer(serializers.ModelSerializer):
    """A line, what was read from it, and what becomes of it in the caller's language.

    item: as which it was understood; suggested: those it is most like, when it was not. instead:
    quantities or prices that would do. `unit_label` is that of what the line says.
    """

    cells = serializers.ListField(child=serializers.CharField())
    item = ItemRef(allow_null=True)
    suggested = ItemRef(many=True)
    quantity = serializers.SerializerMethodField()
    unit_label = serializers.SerializerMethodField()
    needed_by = serializers.SerializerMethodField()
    price_limit = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()
    instead = serializers.SerializerMethodField()

    class Meta:
        model = NeedListLine
        fields = [
            "id", "line", "cells", "item", "suggested", "quantity", "unit_label", "needed_by",
            "price_limit", "note", "verdict", "reason", "outcome", "instead",
        ]  # fmt: skip

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_quantity(self, row: NeedListLine) -> int | None:
        """As said; null when the line could not be read."""
        return row.said.get("quantity")

    @extend_schema_field(str)
    def get_unit_label(self, row: Any) -> str:
        """Of the unit said, else the item's."""
        unit = row.said.get("unit") or (row.item.unit if row.item else "")
        return UNITS[unit].say(language()) if unit else ""

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_needed_by(self, row: NeedListLine) -> str | None:
        """The day; null when the line could not be read."""
        return row.said.get("needed_by")

    @extend_schema_field(PriceField(allow_null=True))
    def get_price_limit(self, row: NeedListLine) -> str | None:
        """For one of the unit said."""
        return row.said.get("price_limit")

    @extend_schema_field(str)
    def get_note(self, row: NeedListLine) -> str:
        """What the line adds."""
        return row.said.get("note", "")

    @extend_schema_field(str)
    def get_outcome(self, row: NeedListLine) -> str:
        """The reason against it, or what it leads to."""
        text = outcome(row.verdict, row.reason, stated=row.need_id is not None)
        return text.say(language())

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_instead(self, row: NeedListLine) -> list[str]:
        """Figures near what was said."""
        return row.said.get("instead", [])
