"""Shapes of lists of members on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.domain.member_list import FIELDS, NEEDED, REASONS, VERDICTS
from mungchi.accounts.models import MemberList, MemberListLine
from mungchi.common.problems import language
from mungchi.common.sheets.workbook import MAX_COLUMNS


class ListColumnShape(serializers.Serializer):
    """A column of the file, with some of what stands in it."""

    index = serializers.IntegerField()
    header = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())


class ListFieldShape(serializers.Serializer):
    """A field that a column can be mapped to."""

    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()


class ListMappingShape(serializers.Serializer):
    """Field -> index of the column that holds it, null for none."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One member for each field there is."""
        return {
            name: serializers.IntegerField(
                min_value=0, max_value=MAX_COLUMNS, allow_null=True, required=False
            )
            for name in FIELDS
        }


class ListCountsShape(serializers.Serializer):
    """How many lines lead to what.

    owners: of how many the owner can be invited; once the list is done, how many were.
    """

    new = serializers.IntegerField()
    completes = serializers.IntegerField()
    asks = serializers.IntegerField()
    already = serializers.IntegerField()
    rejected = serializers.IntegerField()
    owners = serializers.IntegerField()


class MemberListRowSerializer(serializers.ModelSerializer):
    """A list of members, among others."""

    counts = serializers.SerializerMethodField()
    created_by = serializers.CharField(source="created_by.called", read_only=True)

    class Meta:
        model = MemberList
        fields = [
            "id", "filename", "state", "lines", "done", "counts", "created_at", "finished_at",
            "created_by",
        ]  # fmt: skip

    @extend_schema_field(ListCountsShape)
    def get_counts(self, row: MemberList) -> dict[str, int]:
        """All counts, those of nothing too."""
        return {name: row.counts.get(name, 0) for name in [*VERDICTS, "owners"]}


class MemberListSerializer(MemberListRowSerializer):
    """A list with everything needed to map, look through and follow it."""

    columns = ListColumnShape(many=True, read_only=True)
    mapping = ListMappingShape(read_only=True)
    fields_ = serializers.SerializerMethodField("known_fields")

    class Meta(MemberListRowSerializer.Meta):
        fields = [
            *MemberListRowSerializer.Meta.fields, "columns", "mapping", "fields_", "invites",
        ]  # fmt: skip

    def get_fields(self) -> dict[str, serializers.Field]:
        """The member is called `fields`, which is taken as an attribute of serializers."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared

    @extend_schema_field(ListFieldShape(many=True))
    def known_fields(self, row: MemberList) -> list[dict[str, Any]]:
        """The fields there are, in the caller's language."""
        return [
            {"name": name, "label": label.say(language()), "required": name in NEEDED}
            for name, label in FIELDS.items()
        ]


class MemberListUploadSerializer(serializers.Serializer):
    """A list to bring in: CSV or .xlsx."""

    file = serializers.FileField(allow_empty_file=True)


class MemberListChangeSerializer(serializers.Serializer):
    """Which column is what, and whether owners are invited; what is left out stays."""

    mapping = ListMappingShape(required=False)
    invites = serializers.BooleanField(required=False)


class MemberListLineSerializer(serializers.ModelSerializer):
    """A line, what was read from it, and what becomes of it in the caller's language."""

    said = serializers.DictField(child=serializers.CharField())
    cells = serializers.ListField(child=serializers.CharField())
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = MemberListLine
        fields = ["id", "line", "cells", "said", "verdict", "reason", "outcome"]

    @extend_schema_field(str)
    def get_outcome(self, row: MemberListLine) -> str:
        """The reason against it, or what it leads to."""
        text = REASONS[row.reason] if row.reason else VERDICTS[row.verdict]
        return text.say(language())
