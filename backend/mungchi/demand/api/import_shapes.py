"""Shapes of imports on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.common.problems import language
from mungchi.common.sheets.problems import PROBLEMS
from mungchi.common.sheets.workbook import MAX_COLUMNS
from mungchi.demand.domain.fields import ALWAYS_NEEDED, FIELDS, ONE_OF
from mungchi.demand.domain.lines import REASONS
from mungchi.demand.domain.values import DATE_ORDERS
from mungchi.demand.models import ImportRejection, PurchaseImport


def spoken_reason(code: str) -> dict[str, str]:
    """A reason with its sentence in the caller's language."""
    return {"code": code, "message": REASONS[code].say(language())}


class ReasonShape(serializers.Serializer):
    """Why a line is not taken."""

    code = serializers.CharField()
    message = serializers.CharField()


class CountedReasonShape(ReasonShape):
    """A reason, and of how many lines."""

    count = serializers.IntegerField()


class ColumnShape(serializers.Serializer):
    """A column of the file, with some of what stands in it."""

    index = serializers.IntegerField()
    header = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())


class FieldShape(serializers.Serializer):
    """A field that a column can be mapped to; of `one_of` fields one is needed."""

    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()
    one_of = serializers.ListField(child=serializers.CharField())


class MappingShape(serializers.Serializer):
    """Field -> index of the column that holds it, null for none."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One member for each field there is."""
        return {
            name: serializers.IntegerField(
                min_value=0, max_value=MAX_COLUMNS, allow_null=True, required=False
            )
            for name in FIELDS
        }


class RulesShape(serializers.Serializer):
    """What the file's values mean, where files differ."""

    five_digit_codes = serializers.BooleanField(required=False)
    c_is_cancelled = serializers.BooleanField(required=False)
    date_order = serializers.ChoiceField(choices=list(DATE_ORDERS), required=False)


class PreviewRowShape(serializers.Serializer):
    """One of the first lines: what would be read from it, and why it would not be taken."""

    line = serializers.IntegerField()
    values = serializers.DictField(child=serializers.CharField())
    problem = ReasonShape(allow_null=True)


class PreviewShape(serializers.Serializer):
    """What the import would do with the first `lines` lines; `whole`: that is all of them."""

    rows = PreviewRowShape(many=True)
    lines = serializers.IntegerField()
    whole = serializers.BooleanField()
    kept = serializers.IntegerField()
    rejected = CountedReasonShape(many=True)


class CountsShape(serializers.Serializer):
    """How far the import is, and what came of it; `lines` is an estimate until it is done."""

    lines = serializers.IntegerField()
    done = serializers.IntegerField()
    kept = serializers.IntegerField()
    rejected = serializers.IntegerField()
    already_there = serializers.IntegerField()
    firms_new = serializers.IntegerField()
    items_new = serializers.IntegerField()
    purchases_new = serializers.IntegerField()


class CreatorShape(serializers.Serializer):
    """Who uploaded it."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="called")


class ImportRowSerializer(serializers.ModelSerializer):
    """An import in a list."""

    counts = serializers.SerializerMethodField()
    problem = serializers.SerializerMethodField()
    created_by = CreatorShape(read_only=True)

    class Meta:
        model = PurchaseImport
        fields = [
            "id", "filename", "size", "state", "counts", "problem", "created_at", "finished_at",
            "created_by",
        ]  # fmt: skip

    @extend_schema_field(CountsShape)
    def get_counts(self, row: PurchaseImport) -> dict[str, int]:
        """How far it is, and what came of it."""
        counts = {name: getattr(row, name) for name in CountsShape().fields if hasattr(row, name)}
        return {**counts, "purchases_new": row.kept - row.already_there}

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_problem(self, row: PurchaseImport) -> str | None:
        """Why it failed, in the caller's language."""
        return PROBLEMS[row.problem].say(language()) if row.problem else None


class ImportSerializer(ImportRowSerializer):
    """An import with everything needed to map, preview and follow it."""

    columns = ColumnShape(many=True, read_only=True)
    mapping = MappingShape(read_only=True)
    rules = RulesShape(read_only=True)
    fields_ = serializers.SerializerMethodField("known_fields")
    preview = serializers.SerializerMethodField()

    class Meta(ImportRowSerializer.Meta):
        fields = [
            *ImportRowSerializer.Meta.fields, "columns", "mapping", "rules", "fields_", "preview",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field]:
        """The member is called `fields`, which is taken as an attribute of serializers."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared

    @extend_schema_field(FieldShape(many=True))
    def known_fields(self, row: PurchaseImport) -> list[dict[str, Any]]:
        """The fields there are, in the caller's language."""
        pairs = {name: list(pair) for pair in ONE_OF for name in pair}
        return [
            {"name": name, "label": label.say(language()), "required": name in ALWAYS_NEEDED,
             "one_of": pairs.get(name, [])}
            for name, label in FIELDS.items()
        ]  # fmt: skip

    @extend_schema_field(PreviewShape)
    def get_preview(self, row: PurchaseImport) -> dict[str, Any]:
        """The stored preview with its reasons in the caller's language."""
        kept = row.preview
        return {
            **kept,
            "rows": [
                {**shown, "problem": shown["problem"] and spoken_reason(shown["problem"])}
                for shown in kept["rows"]
            ],
            "rejected": [
                {**spoken_reason(code), "count": count} for code, count in kept["rejected"].items()
            ],
        }


class UploadSerializer(serializers.Serializer):
    """A file to import."""

    file = serializers.FileField(allow_empty_file=True)


class ImportChangeSerializer(serializers.Serializer):
    """Which column is what, and what values mean; what is left out stays."""

    mapping = MappingShape(required=False)
    rules = RulesShape(required=False)


class RejectionSerializer(serializers.ModelSerializer):
    """A line that was not taken."""

    reason = serializers.SerializerMethodField()
    values = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ImportRejection
        fields = ["line", "reason", "values"]

    @extend_schema_field(ReasonShape)
    def get_reason(self, row: ImportRejection) -> dict[str, str]:
        """Why, in the caller's language."""
        return spoken_reason(row.reason)
