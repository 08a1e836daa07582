"""Shapes of answers about a provider's balance and payouts to the bank."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.common.problems import language
from mungchi.orders.references import CampaignTitle
from mungchi.payments.domain.movements import MOVEMENTS
from mungchi.payments.domain.open_items import KINDS, OUTCOMES
from mungchi.payments.domain.states import BANK_PAYOUT_LABELS
from mungchi.payments.models import BalanceLine, BalanceReading, BankLine, BankPayout, OpenItem


class BalanceSumSerializer(serializers.Serializer):
    """Of a currency: what the provider's movements and what the books' entries on it come to, and
    by how much the provider has more. Minor units."""

    currency = serializers.CharField()
    provider = serializers.IntegerField()
    books = serializers.IntegerField()
    difference = serializers.SerializerMethodField()

    def get_difference(self, row: dict[str, Any]) -> int:
        """The provider's less the books'."""
        return int(row["provider"] - row["books"])


class ItemOfSerializer(serializers.ModelSerializer):
    """The item that is (or was) open about a difference."""

    what = serializers.SerializerMethodField()
    how = serializers.SerializerMethodField()

    class Meta:
        model = OpenItem
        fields = ["id", "kind", "what", "state", "outcome", "how", "why"]

    def get_what(self, row: OpenItem) -> str:
        """What it is, in the reader's language."""
        return KINDS[row.kind].say(language())

    def get_how(self, row: OpenItem) -> str:
        """How it was settled, in words; empty while it is open."""
        return OUTCOMES[row.outcome].say(language()) if row.outcome else ""


class BalanceDifferenceSerializer(serializers.Serializer):
    """One thing of which provider and books have not the same; minor units."""

    name = serializers.CharField()
    what = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    currency = serializers.CharField()
    provider = serializers.IntegerField()
    books = serializers.IntegerField()
    difference = serializers.IntegerField()
    campaign = CampaignTitle(allow_null=True)
    item = ItemOfSerializer(allow_null=True)

    def get_what(self, row: Any) -> str:
        """What it is, in the reader's language."""
        return str(row.words.say(language()))


class BalanceReadingSerializer(serializers.ModelSerializer):
    """One comparison: how many movements were new, how many items it opened and how many settled by
    themselves, and how both sums stood (minor units)."""

    sums = BalanceSumSerializer(many=True)

    class Meta:
        model = BalanceReading
        fields = ["id", "created_at", "reached", "ended_at", "problem", "lines", "opened", "closed",
                  "sums"]  # fmt: skip


class BalanceSerializer(serializers.Serializer):
    """A provider's balance against the books. `more`: differences that are not shown. `going`: it
    is being read."""

    sums = BalanceSumSerializer(many=True)
    differences = BalanceDifferenceSerializer(many=True)
    more = serializers.IntegerField()
    readings = BalanceReadingSerializer(many=True)
    going = serializers.BooleanField()


class BalanceLineSerializer(serializers.ModelSerializer):
    """One movement of a provider's balance; minor units. `matched`: entries of the books are it."""

    what = serializers.SerializerMethodField()
    matched = serializers.SerializerMethodField()

    class Meta:
        model = BalanceLine
        fields = ["id", "external_id", "kind", "what", "source_id", "currency", "amount", "fee",
                  "net", "source_amount", "source_currency", "rate", "available_on", "at",
                  "matched"]  # fmt: skip

    def get_what(self, row: BalanceLine) -> str:
        """What it is, in the reader's language."""
        return MOVEMENTS[row.kind].say(language())

    def get_matched(self, row: BalanceLine) -> bool:
        """Whether entries of the books are it."""
        return bool(row.ties.all())


class CandidateSerializer(serializers.ModelSerializer):
    """A line of the bank's statement that a payout may be."""

    class Meta:
        model = BankLine
        fields = ["id", "day", "depositor", "text", "amount", "currency"]


class BankPayoutSerializer(serializers.ModelSerializer):
    """What a provider sent to the bank; minor units. `candidates`: lines that it may be; `parts`:
    how many movements it holds, as far as the provider says."""

    label = serializers.SerializerMethodField()
    parts = serializers.SerializerMethodField()
    candidates = serializers.SerializerMethodField()
    arrived_by = serializers.CharField(source="arrived_by.called", default="", read_only=True)

    class Meta:
        model = BankPayout
        fields = ["id", "external_id", "state", "label", "currency", "amount", "automatic",
                  "sent_at", "arrives_on", "failure", "bank_line", "arrived_on", "arrived_by",
                  "parts", "candidates"]  # fmt: skip

    def get_label(self, row: BankPayout) -> str:
        """How far it is, in the reader's language."""
        return BANK_PAYOUT_LABELS[row.state].say(language())

    def get_parts(self, row: BankPayout) -> int:
        """How many movements of the balance it holds."""
        return len(row.parts.all())

    @extend_schema_field(CandidateSerializer(many=True))
    def get_candidates(self, row: BankPayout) -> Any:
        """Lines of the statement that it may be."""
        return CandidateSerializer(getattr(row, "candidates", []), many=True).data


class UndoneSerializer(serializers.Serializer):
    """A written reason."""

    why = serializers.CharField(max_length=1000)


class ArrivedSerializer(serializers.Serializer):
    """Which line of the statement it is, or on which day it came where no statement is imported."""

    line = serializers.UUIDField(source="line_id", allow_null=True, default=None)
    day = serializers.DateField(allow_null=True, default=None)
    why = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
