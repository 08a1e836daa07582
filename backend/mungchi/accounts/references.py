"""How other rows point at firms and cooperatives on the wire: small shapes used by every app."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.models import Cooperative, Division, Firm, Membership
from mungchi.common.problems import language


@extend_schema_field(serializers.CharField())
class NameField(serializers.Field):
    """A name kept in Korean with an optional English one: read in the caller's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        """The English name for a reader of English, if there is one."""
        return str((language() == "en" and value.name_en) or value.name)


class FirmRef(serializers.ModelSerializer):
    """A firm, as named in other rows."""

    class Meta:
        model = Firm
        fields = ["id", "name"]


class CooperativeRef(serializers.ModelSerializer):
    """A cooperative, as named in other rows, with what its dates and prices are read in."""

    name = NameField()

    class Meta:
        model = Cooperative
        fields = ["id", "name", "zone", "currency"]


class DivisionRef(serializers.ModelSerializer):
    """A division, as named in other rows."""

    name = NameField()

    class Meta:
        model = Division
        fields = ["id", "name"]


class NamedPlace(serializers.Serializer):
    """A firm or a cooperative, where either may stand."""

    kind = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=["firm", "cooperative"]))
    def get_kind(self, place: Firm | Cooperative) -> str:
        """Which of the two."""
        return "firm" if isinstance(place, Firm) else "cooperative"

    @extend_schema_field(str)
    def get_name(self, place: Firm | Cooperative) -> str:
        """Its name in the caller's language."""
        return str((language() == "en" and getattr(place, "name_en", "")) or place.name)


class MembershipState(serializers.ModelSerializer):
    """A membership, as far as its state goes."""

    status = serializers.CharField(source="state", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "status"]
