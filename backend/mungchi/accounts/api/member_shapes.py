"""Shapes of memberships and divisions on the wire."""

from rest_framework import serializers

from mungchi.accounts.models import Firm, Membership
from mungchi.accounts.references import CooperativeRef, DivisionRef


class MemberFirmSerializer(serializers.ModelSerializer):
    """A member firm, as its cooperative's office sees it."""

    class Meta:
        model = Firm
        fields = ["id", "name", "business_number", "representative", "address"]


class MemberSerializer(serializers.ModelSerializer):
    """A membership, as the office sees it.

    represented: the firm has people of its own. owner_invited: this office waits for its owner.
    """

    firm = MemberFirmSerializer(read_only=True)
    division = DivisionRef(read_only=True, allow_null=True)
    status = serializers.CharField(source="state", read_only=True)
    represented = serializers.BooleanField(read_only=True)
    owner_invited = serializers.BooleanField(read_only=True)

    class Meta:
        model = Membership
        fields = [
            "id", "firm", "division", "member_code", "status", "joined_at", "represented",
            "owner_invited",
        ]  # fmt: skip


class MemberChangeSerializer(serializers.Serializer):
    """How a member is filed: both are given, null and "" for none."""

    division = serializers.UUIDField(allow_null=True)
    member_code = serializers.CharField(max_length=40, allow_blank=True)


class DivisionSerializer(DivisionRef):
    """A division with its names as they are kept, and how many members it has."""

    name_ko = serializers.CharField(source="name", read_only=True)
    members = serializers.IntegerField(read_only=True, default=0)

    class Meta(DivisionRef.Meta):
        fields = [*DivisionRef.Meta.fields, "name_ko", "name_en", "members"]


class DivisionBodySerializer(serializers.Serializer):
    """The names of a division."""

    name = serializers.CharField(max_length=60)
    name_en = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class RemoveDivisionSerializer(serializers.Serializer):
    """Where the members of a removed division go; null: to none."""

    into = serializers.UUIDField(allow_null=True)


class RemovedDivisionShape(serializers.Serializer):
    """How many members were moved."""

    moved = serializers.IntegerField()


class OwnMembershipSerializer(serializers.ModelSerializer):
    """A firm's membership, as its own people see it."""

    cooperative = CooperativeRef(read_only=True)
    status = serializers.CharField(source="state", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "cooperative", "status", "member_code", "joined_at"]


class ApplySerializer(serializers.Serializer):
    """To which cooperative the firm applies."""

    cooperative = serializers.UUIDField()
