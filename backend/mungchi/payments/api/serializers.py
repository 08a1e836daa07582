"""Shapes of payments on the wire."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.common.problems import language
from mungchi.orders.references import BankInstructions, CampaignTitle
from mungchi.payments.models import Payment


class PaymentSerializer(serializers.ModelSerializer):
    """One obligation of one firm. Amount in minor units, VAT included; what of it cooperatives ask
    is `host_fee` and `partner_fee`, and `fee_vat` on the two."""

    order = serializers.UUIDField(source="order_id", read_only=True)
    order_number = serializers.CharField(source="order.number", read_only=True)
    campaign = CampaignTitle(source="order.campaign", read_only=True)
    firm = FirmRef(read_only=True)
    host_fee = serializers.IntegerField(source="order.host_fee", read_only=True)
    partner_fee = serializers.IntegerField(source="order.partner_fee", read_only=True)
    fee_vat = serializers.IntegerField(source="order.fee_vat", read_only=True)
    # What is still waited for; `allotted` came with bank statements.
    missing = serializers.IntegerField(read_only=True)
    instructions = serializers.SerializerMethodField()
    notice = serializers.SerializerMethodField()

    class Meta:
        model = Payment
        fields = [
            "id", "order", "order_number", "campaign", "firm", "amount", "host_fee", "partner_fee",
            "fee_vat", "currency", "provider", "state", "reference", "due_at", "lapses_at",
            "instructions", "notice", "paid_at", "depositor", "received_date", "allotted",
            "credited", "missing",
        ]  # fmt: skip

    @extend_schema_field(BankInstructions(allow_null=True))
    def get_instructions(self, row: Payment) -> dict[str, str] | None:
        """The account, as it was told to the firm; null when there is none."""
        return row.instructions if "bank" in row.instructions else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_notice(self, row: Payment) -> str | None:
        """Whom to ask while there is no account."""
        notice = row.instructions.get("notice")
        return notice[language()] if notice else None


class ConfirmationSerializer(serializers.Serializer):
    """What the office read on its account statement."""

    amount = serializers.IntegerField(min_value=1, max_value=2**62)
    depositor = serializers.CharField(max_length=60)
    received_date = serializers.DateField()


class PaymentReasonSerializer(serializers.Serializer):
    """A written reason."""

    why = serializers.CharField(max_length=1000)
