"""Shapes of buying on terms on the wire. Amounts in minor units."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.common.problems import language
from mungchi.orders.references import BankInstructions
from mungchi.payments.domain.monthly import LINES
from mungchi.payments.domain.terms import BASES, MOST_DAYS
from mungchi.payments.models import CreditLine, MonthlyLine, MonthlyStatement, Terms

MOST = 2**53 - 1


class PaymentTermsSerializer(serializers.ModelSerializer):
    """Whether firms may buy on terms, and how. `basis`: closing, or month_end; then so many days.
    Overdue for more than `grace_days`, a firm buys nothing more on terms."""

    basis = serializers.ChoiceField(choices=list(BASES))
    days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS)
    default_limit = serializers.IntegerField(min_value=0, max_value=MOST)
    grace_days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS)
    currency = serializers.CharField(read_only=True)

    class Meta:
        model = Terms
        fields = ["offered", "basis", "days", "default_limit", "currency", "grace_days",
                  "holds_payout"]  # fmt: skip


class CreditLineSerializer(serializers.ModelSerializer):
    """Up to how much a firm may owe on terms, and what it owes by how long it is overdue. `left`:
    what it could still buy; `stopped`: overdue for too long. `owing`: how many payments."""

    firm = FirmRef(read_only=True)
    changed_by = serializers.CharField(source="changed_by.called", read_only=True)
    open = serializers.IntegerField(read_only=True)
    left = serializers.SerializerMethodField()
    stopped = serializers.BooleanField(read_only=True)
    owing = serializers.IntegerField(read_only=True)
    not_due = serializers.IntegerField(read_only=True)
    to_30 = serializers.IntegerField(read_only=True)
    to_60 = serializers.IntegerField(read_only=True)
    to_90 = serializers.IntegerField(read_only=True)
    over_90 = serializers.IntegerField(read_only=True)

    class Meta:
        model = CreditLine
        fields = ["id", "firm", "amount", "currency", "why", "changed_by", "changed_at", "open",
                  "left", "stopped", "owing", "not_due", "to_30", "to_60", "to_90",
                  "over_90"]  # fmt: skip

    def get_left(self, row: Any) -> int:
        """Nothing while it is stopped."""
        return 0 if row.stopped else max(row.amount - row.open, 0)


class LimitAsked(serializers.Serializer):
    """Up to how much (null: the usual limit; 0: nothing), and why; the firm reads the reason."""

    amount = serializers.IntegerField(min_value=0, max_value=MOST, allow_null=True)
    why = serializers.CharField(max_length=1000)


class TakeOffAsked(serializers.Serializer):
    """How much less is owed, VAT and fees included, and why; the firm reads the reason."""

    amount = serializers.IntegerField(min_value=1, max_value=MOST)
    why = serializers.CharField(max_length=1000)


class TermsChosenAsked(serializers.Serializer):
    """The terms as they were shown."""

    basis = serializers.ChoiceField(choices=list(BASES))
    days = serializers.IntegerField(min_value=0, max_value=MOST_DAYS)


class CampaignTermsSerializer(serializers.Serializer):
    """Whether a firm may pay for a campaign on terms. `why`: empty, or why it may not, in words.

    `due_on`: the last day to pay if the campaign closes as announced; `limit`, `open` and `left` of
    what it may owe; `chosen` whether it wants to; `chosen_due_on` by the terms that it chose.
    """

    basis = serializers.CharField()
    days = serializers.IntegerField()
    due_on = serializers.DateField()
    limit = serializers.IntegerField()
    open = serializers.IntegerField()
    left = serializers.IntegerField()
    why = serializers.CharField(allow_blank=True)
    chosen = serializers.BooleanField()
    chosen_due_on = serializers.DateField(allow_null=True)


class MonthlyLineSerializer(serializers.ModelSerializer):
    """One line of a statement. Above zero the firm owes more."""

    label = serializers.SerializerMethodField()
    order = serializers.UUIDField(source="payment.order_id", read_only=True)
    order_number = serializers.CharField(source="payment.order.number", read_only=True)
    title = serializers.CharField(source="payment.order.campaign.title", read_only=True)
    reference = serializers.CharField(source="payment.reference", read_only=True)
    due_at = serializers.DateTimeField(source="payment.due_at", read_only=True)

    class Meta:
        model = MonthlyLine
        fields = ["id", "kind", "label", "day", "order", "order_number", "title", "reference",
                  "due_at", "amount", "supply_value", "vat"]  # fmt: skip

    def get_label(self, row: MonthlyLine) -> str:
        """What it is, in the caller's language."""
        return LINES[row.kind].say(language())


class PartySerializer(serializers.Serializer):
    """Who stands on a statement."""

    name = serializers.CharField()
    business_number = serializers.CharField()
    representative = serializers.CharField()
    address = serializers.CharField()


class MonthlySerializer(serializers.ModelSerializer):
    """A month of what a firm bought on terms and paid. `owed`: what of all that it states is open
    now."""

    cooperative = CooperativeRef(read_only=True)
    firm = FirmRef(read_only=True)
    owed = serializers.IntegerField(read_only=True)

    class Meta:
        model = MonthlyStatement
        fields = ["id", "cooperative", "firm", "month", "currency", "reference", "opening",
                  "charged", "credited", "received", "closing", "supply_value", "vat", "due_at",
                  "made_at", "owed"]  # fmt: skip


class MonthlyWholeSerializer(MonthlySerializer):
    """A statement with its lines, both parties, and where to pay."""

    lines = MonthlyLineSerializer(many=True, read_only=True, source="told_lines")
    instructions = serializers.SerializerMethodField()
    seller = serializers.SerializerMethodField()
    buyer = serializers.SerializerMethodField()

    class Meta(MonthlySerializer.Meta):
        fields = [*MonthlySerializer.Meta.fields, "lines", "instructions", "seller", "buyer"]

    @extend_schema_field(BankInstructions(allow_null=True))
    def get_instructions(self, row: MonthlyStatement) -> dict[str, Any] | None:
        """The account, as it was told to the firm; null when there was none."""
        return row.instructions if "bank" in row.instructions else None

    @extend_schema_field(PartySerializer)
    def get_seller(self, row: MonthlyStatement) -> Any:
        """The cooperative."""
        return _party(row.cooperative)

    @extend_schema_field(PartySerializer)
    def get_buyer(self, row: MonthlyStatement) -> Any:
        """The firm."""
        return _party(row.firm)


def _party(row: Any) -> Any:
    return PartySerializer(
        {name: getattr(row, name, "") or "" for name in PartySerializer().fields}
    ).data
