"""Shapes of sessions, keys and the table of permissions on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.models import ApiKey, Session
from mungchi.accounts.operations.keys import LONGEST_DAYS
from mungchi.common import clock


class SessionSerializer(serializers.ModelSerializer):
    """A session of the signed-in person."""

    current = serializers.SerializerMethodField()

    class Meta:
        model = Session
        fields = ["id", "ip", "agent", "signed_in_at", "last_seen_at", "current"]

    @extend_schema_field(bool)
    def get_current(self, session: Session) -> bool:
        """Whether it is the one that asks."""
        return session.session_key == self.context["request"].session.session_key


class EndedSessionsSerializer(serializers.Serializer):
    """How many sessions were ended."""

    ended = serializers.IntegerField()


class ApiKeySerializer(serializers.ModelSerializer):
    """A key, as its own seat sees it: everything but the key."""

    status = serializers.SerializerMethodField()

    class Meta:
        model = ApiKey
        fields = [
            "id", "name", "prefix", "scopes", "created_at", "expires_at", "last_used_at",
            "revoked_at", "status",
        ]  # fmt: skip

    def get_status(self, key: ApiKey) -> str:
        """Whether programs can use it: active, expired or revoked."""
        if key.revoked_at:
            return "revoked"
        return "active" if key.expires_at > self._now() else "expired"

    def _now(self) -> Any:
        """One reading of the clock for a whole list."""
        if "now" not in self.context:
            self.context["now"] = clock.now()
        return self.context["now"]


class NewApiKeySerializer(serializers.Serializer):
    """A key to be made."""

    name = serializers.CharField(max_length=60)
    scopes = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=100
    )
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_DAYS)


class MadeApiKeySerializer(ApiKeySerializer):
    """A key that was just made: the only answer with the key itself."""

    key = serializers.CharField(source="shown", read_only=True)

    class Meta(ApiKeySerializer.Meta):
        fields = [*ApiKeySerializer.Meta.fields, "key"]


class RoleSerializer(serializers.Serializer):
    """A role and how it is called."""

    role = serializers.CharField()
    name = serializers.CharField()
    needs_second_factor = serializers.BooleanField()


class CapabilitySerializer(serializers.Serializer):
    """What can be done, in words, and by which roles."""

    capability = serializers.CharField()
    words = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    for_keys = serializers.BooleanField()


class SubjectSerializer(serializers.Serializer):
    """What can be done with one kind of thing."""

    subject = serializers.CharField()
    name = serializers.CharField()
    capabilities = CapabilitySerializer(many=True)


class PermissionsSerializer(serializers.Serializer):
    """The whole table of who may do what."""

    roles = RoleSerializer(many=True)
    subjects = SubjectSerializer(many=True)


class FactorResetSerializer(serializers.Serializer):
    """Whose second factor is taken off, and why."""

    email = serializers.EmailField()
    why = serializers.CharField(max_length=1000)
