"""Shapes of bank statements and their lines on the wire. Amounts in minor units."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.common.problems import language
from mungchi.common.sheets.workbook import MAX_COLUMNS
from mungchi.orders.references import CampaignTitle
from mungchi.payments.api.refunds_shapes import RefundToSendSerializer
from mungchi.payments.domain.matching import REASONS
from mungchi.payments.domain.statement import FIELDS, ONE_OF, VERDICTS, outcome
from mungchi.payments.domain.states import BANK_LINE_LABELS
from mungchi.payments.models import (
    BankAllotment,
    BankLine,
    BankStatement,
    MonthlyStatement,
    Payment,
    StatementLine,
)
from mungchi.payments.operations.bank_lines import CHOICES

# So many are confirmed in one request; the screen sends more in turns, and shows how far it is.
MOST_AT_ONCE = 100


class StatementColumnShape(serializers.Serializer):
    """A column of the file, with some of what stands in it."""

    index = serializers.IntegerField()
    header = serializers.CharField(allow_blank=True)
    samples = serializers.ListField(child=serializers.CharField())


class StatementFieldShape(serializers.Serializer):
    """A field that a column can be mapped to; of `one_of` fields one is needed."""

    name = serializers.CharField()
    label = serializers.CharField()
    required = serializers.BooleanField()
    one_of = serializers.ListField(child=serializers.CharField())


class StatementMappingShape(serializers.Serializer):
    """Field -> index of the column that holds it, null for none."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One member for each field there is."""
        return {
            name: serializers.IntegerField(
                min_value=0, max_value=MAX_COLUMNS, allow_null=True, required=False
            )
            for name in FIELDS
        }


class StatementCountsShape(serializers.Serializer):
    """How many lines lead to what, and what the money taken in comes to."""

    new = serializers.IntegerField()
    old = serializers.IntegerField()
    outgoing = serializers.IntegerField()
    already = serializers.IntegerField()
    rejected = serializers.IntegerField()
    amount = serializers.IntegerField()


class BankStatementRowSerializer(serializers.ModelSerializer):
    """A statement, among others."""

    counts = serializers.SerializerMethodField()
    created_by = serializers.CharField(source="created_by.called", read_only=True)

    class Meta:
        model = BankStatement
        fields = [
            "id", "filename", "state", "currency", "lines", "counts", "created_at", "taken_at",
            "created_by",
        ]  # fmt: skip

    @extend_schema_field(StatementCountsShape)
    def get_counts(self, row: BankStatement) -> dict[str, int]:
        """All counts, those of nothing too."""
        return {name: row.counts.get(name, 0) for name in (*VERDICTS, "amount")}


class BankStatementSerializer(BankStatementRowSerializer):
    """A statement with everything needed to map and look through it."""

    columns = StatementColumnShape(many=True, read_only=True)
    mapping = StatementMappingShape(read_only=True)
    fields_ = serializers.SerializerMethodField("known_fields")

    class Meta(BankStatementRowSerializer.Meta):
        fields = [*BankStatementRowSerializer.Meta.fields, "columns", "mapping", "fields_"]

    def get_fields(self) -> dict[str, serializers.Field]:
        """The member is called `fields`, which is taken as an attribute of serializers."""
        declared = super().get_fields()
        declared["fields"] = declared.pop("fields_")
        return declared

    @extend_schema_field(StatementFieldShape(many=True))
    def known_fields(self, row: BankStatement) -> list[dict[str, Any]]:
        """The fields there are, in the caller's language."""
        return [
            {"name": name, "label": label.say(language()), "required": name == "day",
             "one_of": list(ONE_OF) if name in ONE_OF else []}
            for name, label in FIELDS.items()
        ]  # fmt: skip


class StatementUploadSerializer(serializers.Serializer):
    """A statement of the bank: CSV or .xlsx."""

    file = serializers.FileField(allow_empty_file=True)


class StatementChangeSerializer(serializers.Serializer):
    """Which column is what; what is left out stays."""

    mapping = StatementMappingShape()


class StatementSaidShape(serializers.Serializer):
    """What was read from a line."""

    day = serializers.DateField()
    time = serializers.TimeField(allow_null=True)
    amount = serializers.IntegerField()
    depositor = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    balance = serializers.IntegerField(allow_null=True)


class StatementLineSerializer(serializers.ModelSerializer):
    """A line of the file, what was read from it, and what becomes of it (caller's language)."""

    cells = serializers.ListField(child=serializers.CharField())
    said = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()

    class Meta:
        model = StatementLine
        fields = ["id", "line", "cells", "said", "verdict", "reason", "outcome"]

    @extend_schema_field(StatementSaidShape(allow_null=True))
    def get_said(self, row: StatementLine) -> dict[str, Any] | None:
        """Null when no money came in, or it could not be read."""
        return row.said or None

    @extend_schema_field(str)
    def get_outcome(self, row: StatementLine) -> str:
        """The reason against it, or what it leads to."""
        return outcome(row.verdict, row.reason).say(language())


class PaymentNamedShape(serializers.ModelSerializer):
    """The payment that a line is for, or may be."""

    firm = FirmRef(read_only=True)
    order = serializers.UUIDField(source="order_id", read_only=True)
    campaign = CampaignTitle(source="order.campaign", read_only=True)
    missing = serializers.IntegerField(read_only=True)

    class Meta:
        model = Payment
        fields = ["id", "reference", "firm", "order", "campaign", "amount", "missing", "currency",
                  "state"]  # fmt: skip


class StatementNamedShape(serializers.ModelSerializer):
    """A monthly statement of what a firm buys on terms, as it is named beside a line."""

    firm = FirmRef(read_only=True)

    class Meta:
        model = MonthlyStatement
        fields = ["id", "firm", "month", "reference", "closing", "currency"]


class SuggestionShape(serializers.Serializer):
    """A payment that a line may be for, or a month's statement (one of them is null), and why that
    is thought; `amount`: how much of the line would be (0: nothing can be)."""

    payment = PaymentNamedShape(allow_null=True)
    statement = StatementNamedShape(allow_null=True)
    amount = serializers.IntegerField()
    why = serializers.CharField()
    label = serializers.SerializerMethodField()
    certain = serializers.BooleanField()

    @extend_schema_field(str)
    def get_label(self, row: Any) -> str:
        """The reason, in the caller's language."""
        return REASONS[row["why"]].say(language())


class AllotmentSerializer(serializers.ModelSerializer):
    """So much of a line is for a payment. `tied`: it had been confirmed by hand."""

    payment = PaymentNamedShape(read_only=True)

    class Meta:
        model = BankAllotment
        fields = ["id", "payment", "amount", "tied", "created_at"]


class StatementRefShape(serializers.ModelSerializer):
    """The file that brought a line in."""

    class Meta:
        model = BankStatement
        fields = ["id", "filename"]


class BankLineSerializer(serializers.ModelSerializer):
    """Money that came in, what it is for, and (while some of it is in suspense) what it may be for,
    the surest first."""

    label = serializers.SerializerMethodField()
    statement = StatementRefShape(read_only=True)
    allotments = AllotmentSerializer(source="standing", many=True, read_only=True)
    suggestions = SuggestionShape(many=True, read_only=True)

    class Meta:
        model = BankLine
        fields = [
            "id", "day", "time", "amount", "currency", "depositor", "text", "balance", "old",
            "state", "label", "open", "why", "statement", "allotments", "suggestions",
        ]  # fmt: skip

    @extend_schema_field(str)
    def get_label(self, row: BankLine) -> str:
        """The state, in the caller's language."""
        return BANK_LINE_LABELS[row.state].say(language())


class ArrivedShape(serializers.ModelSerializer):
    """A line, in few words."""

    class Meta:
        model = BankLine
        fields = ["id", "day", "time", "amount", "open", "currency", "depositor", "text", "why"]


class CertainMatchShape(serializers.Serializer):
    """A line and the payment that it is surely for."""

    line = ArrivedShape()
    suggestion = SuggestionShape()


class SuspenseShape(serializers.Serializer):
    """What of a currency stands in suspense."""

    currency = serializers.CharField()
    lines = serializers.IntegerField()
    amount = serializers.IntegerField()


class BankMatchesSerializer(serializers.Serializer):
    """What stands in suspense, and what of it is surely for a payment."""

    suspense = SuspenseShape(many=True)
    matches = CertainMatchShape(many=True)


class StatementAllottingSerializer(serializers.Serializer):
    """Which month's statement a line pays."""

    statement = serializers.UUIDField()


class PairSerializer(serializers.Serializer):
    """A line and its payment (or the month's statement that it pays), as they were previewed."""

    line = serializers.UUIDField()
    payment = serializers.UUIDField()


class ConfirmMatchesSerializer(serializers.Serializer):
    """What was previewed and is to be confirmed."""

    pairs = PairSerializer(many=True, allow_empty=False)

    def validate_pairs(self, pairs: list[Any]) -> list[Any]:
        """So many at once."""
        if len(pairs) > MOST_AT_ONCE:
            raise serializers.ValidationError(code="max_length")
        return pairs


class ConfirmedSerializer(serializers.Serializer):
    """How many were confirmed, over how much; and how many are not certain any more."""

    count = serializers.IntegerField()
    amount = serializers.IntegerField()
    changed = serializers.IntegerField()


class AllotSerializer(serializers.Serializer):
    """The payment that a line is for."""

    payment = serializers.UUIDField()


class MoveLineSerializer(serializers.Serializer):
    """What becomes of what is in suspense of a line, and why."""

    to = serializers.ChoiceField(choices=CHOICES)
    why = serializers.CharField(max_length=1000)


class BankReturnsSerializer(serializers.Serializer):
    """What the office has to send back: refunds, and lines."""

    refunds = RefundToSendSerializer(many=True)
    lines = ArrivedShape(many=True)
