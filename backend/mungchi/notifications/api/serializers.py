"""Shapes of notifications and of the desk on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.common.problems import language
from mungchi.notifications.domain.kinds import GROUPS, KINDS
from mungchi.notifications.models import Notification


class NotificationSerializer(serializers.ModelSerializer):
    """One thing a person is told, in the caller's language."""

    text = serializers.SerializerMethodField()
    title = serializers.SerializerMethodField()
    group = serializers.SerializerMethodField()

    class Meta:
        model = Notification
        fields = ["id", "kind", "title", "group", "text", "link", "created_at", "read_at"]

    @extend_schema_field(serializers.CharField())
    def get_title(self, row: Notification) -> str:
        """What its kind is called."""
        return KINDS[row.kind].title.say(language())

    @extend_schema_field(serializers.ChoiceField(choices=list(GROUPS)))
    def get_group(self, row: Notification) -> str:
        """The heading its kind stands under."""
        return KINDS[row.kind].group

    @extend_schema_field(serializers.CharField())
    def get_text(self, row: Notification) -> str:
        """The sentence."""
        return row.sentence_en if language() == "en" else row.sentence_ko


class UnreadSerializer(serializers.Serializer):
    """How many are unread: for the seat the tab acts from, and for the person's other seats."""

    count = serializers.IntegerField()
    elsewhere = serializers.IntegerField()


class ReadingSerializer(serializers.Serializer):
    """Which ones were read, or with `read` false are to be read again: some, or all."""

    ids = serializers.ListField(
        child=serializers.UUIDField(), required=False, allow_empty=False, max_length=1000
    )
    all = serializers.BooleanField(required=False, default=False)
    read = serializers.BooleanField(required=False, default=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if bool(attrs.get("ids")) == attrs["all"]:
            raise serializers.ValidationError("ids or all", code="ids_or_all")
        return attrs


class WaitingSerializer(serializers.Serializer):
    """One thing that waits for the seat."""

    kind = serializers.CharField()
    text = serializers.SerializerMethodField()
    link = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True)
    count = serializers.IntegerField()

    @extend_schema_field(serializers.CharField())
    def get_text(self, row: Any) -> str:
        """The sentence in the caller's language."""
        return str(row.text.say(language()))
