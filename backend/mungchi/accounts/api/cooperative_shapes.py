"""Shapes of a cooperative on the wire: as it applies, and as the platform and its people see it."""

from typing import Any

from rest_framework import serializers

from mungchi.accounts.models import Cooperative
from mungchi.common.models import History
from mungchi.common.money import EXPONENTS


class CooperativeProfileSerializer(serializers.Serializer):
    """What a cooperative says of itself."""

    name = serializers.CharField(max_length=100)
    name_en = serializers.CharField(max_length=100, allow_blank=True, required=False, default="")
    region = serializers.CharField(max_length=40, allow_blank=True, required=False, default="")
    zone = serializers.CharField(max_length=40)
    currency = serializers.ChoiceField(choices=sorted(EXPONENTS))
    representative = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=200)
    phone = serializers.CharField(max_length=30)


class CooperativeRegistrationSerializer(CooperativeProfileSerializer):
    """A person registers a cooperative."""

    business_number = serializers.CharField(max_length=20)


class ApplicationSerializer(serializers.ModelSerializer):
    """A cooperative, as the person who registered it sees it."""

    class Meta:
        model = Cooperative
        fields = ["id", "name", "name_en", "business_number", "region", "zone", "currency",
                  "representative", "address", "phone", "state", "state_reason",
                  "applied_at"]  # fmt: skip


class PlatformCooperativeSerializer(ApplicationSerializer):
    """A cooperative, as the operators of the platform see it."""

    applicant = serializers.SerializerMethodField()
    members = serializers.IntegerField(read_only=True)
    coordinators = serializers.IntegerField(read_only=True)

    class Meta(ApplicationSerializer.Meta):
        fields = [*ApplicationSerializer.Meta.fields, "applicant", "members", "coordinators",
                  "paused_at"]  # fmt: skip

    def get_applicant(self, row: Cooperative) -> str:
        """Name and address of who registered it; empty when nobody did."""
        who = row.applicant
        return "" if who is None else f"{who.called} <{who.email}>"


class OwnCooperativeSerializer(serializers.ModelSerializer):
    """A cooperative, as its own office sees it."""

    class Meta:
        model = Cooperative
        fields = [
            "id", "name", "name_en", "business_number", "region", "zone", "currency",
            "representative", "address", "phone", "state", "state_reason", "paused_at",
            "payment_days", "bank_name", "bank_account", "bank_holder",
        ]  # fmt: skip


class TrailSerializer(serializers.ModelSerializer):
    """One event in the trail of a cooperative; `before` and `after` by the names of the fields."""

    who = serializers.CharField(source="user_name")
    what = serializers.CharField(source="kind")
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    class Meta:
        model = History
        fields = ["id", "at", "who", "role", "what", "from_state", "to_state", "why", "before",
                  "after"]  # fmt: skip

    def get_before(self, row: History) -> dict[str, str]:
        """What changed, as it was."""
        return _figures(row.data.get("before"))

    def get_after(self, row: History) -> dict[str, str]:
        """What changed, as it is since."""
        return _figures(row.data.get("after"))


def _figures(found: Any) -> dict[str, str]:
    return {str(k): "" if v is None else str(v) for k, v in (found or {}).items()}
