"""Shapes of a cooperative on the wire: as it applies, and as the platform and its people see it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.domain.fees import MOST_FEE_BP
from mungchi.accounts.models import AccountChange, Cooperative
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


class CooperativeChangeSerializer(CooperativeProfileSerializer):
    """What the office may change of its cooperative."""

    payment_days = serializers.IntegerField(min_value=1, max_value=90)
    # After that, until what is not paid lapses; of new campaigns.
    grace_days = serializers.IntegerField(min_value=0, max_value=30)
    default_rationing = serializers.ChoiceField(choices=["uniform", "proportional", "first_come"])
    default_open_days = serializers.IntegerField(min_value=2, max_value=180)
    # Of taxable items, in basis points; each campaign keeps what it began with.
    vat_rate_bp = serializers.IntegerField(min_value=0, max_value=10_000)
    # On supply value, VAT excluded: of its own campaigns, and of its members in others'.
    host_fee_bp = serializers.IntegerField(min_value=0, max_value=MOST_FEE_BP)
    member_fee_bp = serializers.IntegerField(min_value=0, max_value=MOST_FEE_BP)
    # Supply value in minor units, VAT excluded, from which a close by hand is typed; null: never.
    typed_close_from = serializers.IntegerField(min_value=1, max_value=2**53, allow_null=True)


class AccountSerializer(serializers.Serializer):
    """Where the cooperative takes transfers."""

    bank_name = serializers.CharField(max_length=40)
    bank_account = serializers.RegexField(r"^[0-9A-Za-z][0-9A-Za-z -]*$", max_length=40)
    bank_holder = serializers.CharField(max_length=60)


class AccountChangeSerializer(serializers.ModelSerializer):
    """A change of account that waits for a second coordinator. `mine`: the reader proposed it."""

    proposed_by = serializers.CharField(source="proposed_by.called", read_only=True)
    mine = serializers.SerializerMethodField()

    class Meta:
        model = AccountChange
        fields = ["id", "bank_name", "bank_account", "bank_holder", "state", "alone",
                  "proposed_by", "proposed_at", "mine"]  # fmt: skip

    def get_mine(self, row: AccountChange) -> bool:
        """Whether the reader must leave it to somebody else."""
        return bool(row.proposed_by_id == self.context["user_id"])


class OwnCooperativeSerializer(serializers.ModelSerializer):
    """A cooperative, as its own office sees it."""

    account_change = serializers.SerializerMethodField()

    class Meta:
        model = Cooperative
        fields = [
            "id", "name", "name_en", "business_number", "region", "zone", "currency",
            "representative", "address", "phone", "state", "state_reason", "paused_at",
            "payment_days", "grace_days", "default_rationing", "default_open_days", "vat_rate_bp",
            "host_fee_bp", "member_fee_bp", "typed_close_from", "bank_name", "bank_account",
            "bank_holder", "account_change",
        ]  # fmt: skip

    @extend_schema_field(AccountChangeSerializer(allow_null=True))
    def get_account_change(self, row: Cooperative) -> Any:
        """The change that waits, if there is one."""
        waiting = self.context["waiting"]
        return AccountChangeSerializer(waiting, context=self.context).data if waiting else None


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
