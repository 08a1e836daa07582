"""Shapes of payouts on the wire. Amounts in minor units of the currency beside them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.common.problems import language
from mungchi.orders.references import CampaignTitle
from mungchi.payments import queries
from mungchi.payments.api.payees_shapes import TransferWaySerializer
from mungchi.payments.domain.payees import failure
from mungchi.payments.models import FirmAccount, Payout
from mungchi.payments.providers import BANK_TRANSFER


def called(row: Payout) -> str:
    """How people name a payout: by the purchase order that it pays."""
    return queries.name_of_payout(row)


class PayoutSerializer(serializers.ModelSerializer):
    """Money of a campaign that goes to its supplier: goods + delivery + vat - deducted (what firms
    get back of these) - earlier (paid out before). `fees` are the cooperatives', paid by the firms
    on top, and not in it; only the office is told them, and by whom it was prepared and
    approved."""

    name = serializers.SerializerMethodField()
    campaign = CampaignTitle(read_only=True)
    supplier = FirmRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    purchase_order = serializers.UUIDField(source="campaign.purchase_order.pk", read_only=True)
    requested_by = serializers.SerializerMethodField()
    approved_by = serializers.SerializerMethodField()
    fees = serializers.SerializerMethodField()
    # Whether whoever asks may approve it: "yes", "type" the supplier's name (nobody else could),
    # or "no".
    approval = serializers.ChoiceField(choices=["yes", "type", "no"], read_only=True)
    # The supplier's connected account, as the provider calls it; null where it goes to a bank.
    payee = serializers.CharField(source="payee.external_id", read_only=True, default=None,
                                  allow_null=True)  # fmt: skip
    failure = serializers.SerializerMethodField()

    class Meta:
        model = Payout
        fields = [
            "id", "name", "campaign", "supplier", "cooperative", "purchase_order", "number",
            "state", "way", "currency", "amount", "goods", "delivery", "vat", "deducted", "earlier",
            "outstanding", "fees", "returned", "payee", "failure", "bank_name",
            "bank_account", "bank_holder", "early", "note", "requested_by",
            "requested_at", "approved_by", "approved_at", "alone", "sent_date", "approval",
        ]  # fmt: skip

    def get_name(self, row: Payout) -> str:
        """As people name it."""
        return called(row)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_failure(self, row: Payout) -> str | None:
        """Why a provider did not send it, and what to do; null unless it failed, and to the
        supplier."""
        if row.state != "failed" or not row.for_office:  # type: ignore[attr-defined]
            return None
        return failure(row.note).say(language())

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_requested_by(self, row: Any) -> str | None:
        """Who prepared it; null to the supplier."""
        return str(row.requested_by.called) if row.for_office else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_approved_by(self, row: Any) -> str | None:
        """Who approved it; null to the supplier, and while nobody has."""
        return str(row.approved_by.called) if row.for_office and row.approved_by else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_fees(self, row: Any) -> int | None:
        """What the cooperatives ask, VAT included; null to the supplier."""
        return int(row.fees) if row.for_office else None


class PayoutTotalSerializer(serializers.Serializer):
    """What the supplier of a campaign was to get, got, and is still to get."""

    campaign = CampaignTitle()
    supplier = FirmRef()
    cooperative = CooperativeRef()
    currency = serializers.CharField()
    ordered = serializers.IntegerField()
    deducted = serializers.IntegerField()
    paid = serializers.IntegerField()
    spoken_for = serializers.IntegerField()
    open = serializers.IntegerField()


class PayoutTotalsSerializer(serializers.Serializer):
    """By campaign."""

    campaigns = PayoutTotalSerializer(many=True)


class PayableSerializer(serializers.Serializer):
    """What a campaign's supplier could be paid now: `open`; `fees` are the cooperatives', and never
    in it. `not_received`: orders that their firms have not received, for which a reason is asked.
    `account`: null as long as the supplier has named none."""

    currency = serializers.CharField()
    ordered = serializers.IntegerField()
    deducted = serializers.IntegerField()
    paid = serializers.IntegerField()
    spoken_for = serializers.IntegerField()
    open = serializers.IntegerField()
    fees = serializers.IntegerField()
    not_received = serializers.IntegerField()
    # What firms still owe on account: the cooperative pays it first, and confirms that it does.
    owing_firms = serializers.IntegerField()
    outstanding = serializers.IntegerField()
    account = serializers.SerializerMethodField()
    # By a provider, where the cooperative has an account for that; null where it has none.
    transfer = TransferWaySerializer(allow_null=True)
    blocks = serializers.SerializerMethodField()
    # The latest ones, those under way first.
    payouts = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_account(self, told: dict[str, Any]) -> str | None:
        """Bank, number and holder in one line."""
        row = told["account"]
        return row and f"{row.bank_name} {row.bank_account} ({row.bank_holder})"

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_blocks(self, told: dict[str, Any]) -> list[str]:
        """Why it cannot be paid yet, each a sentence."""
        return [why.say(language()) for why in told["blocks"]]

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_payouts(self, told: dict[str, Any]) -> list[str]:
        """Their ids."""
        return [str(pk) for pk in told["payouts"]]


class PreparingSerializer(serializers.Serializer):
    """Why before every firm has received its goods; needed only then. `outstanding`: what firms
    still owe on account, as it was shown and confirmed."""

    early = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    outstanding = serializers.IntegerField(
        min_value=0, max_value=2**53 - 1, required=False, default=0
    )
    # bank_transfer, or the provider that sends it to the supplier's connected account.
    way = serializers.CharField(max_length=20, required=False, default=BANK_TRANSFER.name)


class ApprovingSerializer(serializers.Serializer):
    """The supplier's name, typed by who has nobody else in the office."""

    typed = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")


class PaidOutSerializer(serializers.Serializer):
    """The transfer that the office made."""

    sent_date = serializers.DateField()
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class FirmAccountSerializer(serializers.ModelSerializer):
    """The account on which a firm takes money."""

    changed_by = serializers.CharField(source="changed_by.called", read_only=True, allow_null=True,
                                       default=None)  # fmt: skip
    changed_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = FirmAccount
        fields = ["bank_name", "bank_account", "bank_holder", "changed_by", "changed_at"]


class NamingAccountSerializer(serializers.Serializer):
    """An account, as its bank calls it."""

    bank_name = serializers.CharField(max_length=40)
    bank_account = serializers.RegexField(r"^[0-9A-Za-z \-]{4,40}$", max_length=40)
    bank_holder = serializers.CharField(max_length=60)
