"""Shapes of refunds on the wire. Amounts in minor units of the currency beside them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.common.problems import language
from mungchi.orders.references import BankInstructions, CampaignTitle
from mungchi.payments.domain.refunding import CAUSES
from mungchi.payments.models import Refund


class CauseName(serializers.CharField):
    """Why money goes back, in the caller's language."""

    def to_representation(self, value: Any) -> str:
        """Of its code."""
        return CAUSES[value].say(language())


class RefundSerializer(serializers.ModelSerializer):
    """So much of a payment that goes back, by its parts: goods, delivery and the VAT on both, fees
    and the VAT on them."""

    payment = serializers.UUIDField(source="payment_id", read_only=True)
    reference = serializers.CharField(source="payment.reference", read_only=True)
    depositor = serializers.CharField(source="payment.depositor", read_only=True)
    order = serializers.UUIDField(source="payment.order_id", read_only=True)
    order_number = serializers.CharField(source="payment.order.number", read_only=True)
    campaign = CampaignTitle(source="payment.order.campaign", read_only=True)
    firm = FirmRef(read_only=True)
    cause_name = CauseName(source="cause", read_only=True)

    class Meta:
        model = Refund
        fields = [
            "id", "payment", "reference", "depositor", "order", "order_number", "campaign", "firm",
            "number", "state", "cause", "cause_name", "way", "currency", "amount", "supply_value",
            "delivery", "vat", "host_fee", "partner_fee", "host_fee_vat", "partner_fee_vat", "why",
            "note", "created_at", "settled_at",
        ]  # fmt: skip


class RefundToSendSerializer(RefundSerializer):
    """A refund that the office sends by a transfer, and where to if the firm has said so."""

    account = serializers.SerializerMethodField()

    class Meta(RefundSerializer.Meta):
        fields = [*RefundSerializer.Meta.fields, "account"]

    @extend_schema_field(BankInstructions(allow_null=True))
    def get_account(self, row: Refund) -> dict[str, str] | None:
        """The account on which the firm takes money."""
        account = getattr(row.firm, "money_account", None)
        return account and {
            "bank": account.bank_name,
            "account": account.bank_account,
            "holder": account.bank_holder,
        }


class RefundPartSerializer(serializers.Serializer):
    """How much is given back, VAT and fees included, and why."""

    amount = serializers.IntegerField(min_value=1, max_value=2**62)
    why = serializers.CharField(max_length=1000)
