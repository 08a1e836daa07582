"""Shapes of the books on the wire. Amounts in minor units of the currency beside them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.common.problems import language
from mungchi.orders.references import CampaignTitle
from mungchi.payments.domain.ledger import ACCOUNTS, KINDS
from mungchi.payments.models import LedgerEntry, LedgerLine


class AccountName(serializers.CharField):
    """What an account of the books is called, in the caller's language."""

    def to_representation(self, value: Any) -> str:
        """Of its code."""
        return ACCOUNTS[value].say(language())


class KindName(serializers.CharField):
    """What an event of money is called, in the caller's language."""

    def to_representation(self, value: Any) -> str:
        """Of its code."""
        return KINDS[value].say(language())


class LedgerLineSerializer(serializers.ModelSerializer):
    """One side of an entry: a debit is above zero, a credit below."""

    label = AccountName(source="account", read_only=True)
    firm = FirmRef(read_only=True, allow_null=True)
    partner = CooperativeRef(read_only=True, allow_null=True)

    class Meta:
        model = LedgerLine
        fields = ["account", "label", "firm", "partner", "amount"]


class LedgerEntrySerializer(serializers.ModelSerializer):
    """An entry of the journal; its lines sum to zero."""

    label = KindName(source="kind", read_only=True)
    # Without a payment it is of money on the bank's statement, of which `depositor` is printed.
    campaign = CampaignTitle(read_only=True, allow_null=True)
    firm = FirmRef(read_only=True, allow_null=True)
    order = serializers.UUIDField(source="payment.order_id", read_only=True, allow_null=True,
                                  default=None)  # fmt: skip
    order_number = serializers.CharField(source="payment.order.number", read_only=True,
                                         allow_null=True, default=None)  # fmt: skip
    depositor = serializers.CharField(source="bank_line.depositor", read_only=True,
                                      allow_null=True, default=None)  # fmt: skip
    lines = LedgerLineSerializer(many=True, read_only=True)

    class Meta:
        model = LedgerEntry
        fields = [
            "id", "kind", "label", "day", "at", "campaign", "firm", "order", "order_number",
            "depositor", "currency", "reverses", "lines",
        ]  # fmt: skip


class LedgerBalanceSerializer(serializers.Serializer):
    """What was debited and credited of an account, both above zero, and debits less credits."""

    account = serializers.CharField()
    label = AccountName(source="account")
    currency = serializers.CharField()
    debit = serializers.IntegerField()
    credit = serializers.IntegerField()
    balance = serializers.IntegerField()


class LedgerBalancesSerializer(serializers.Serializer):
    """Every account that was moved; over a currency, debits and credits come to the same."""

    accounts = LedgerBalanceSerializer(many=True)


class CampaignMoneySerializer(serializers.Serializer):
    """A campaign's money by the books: asked for, received, still open, given up, lapsed; held for
    the members, to be returned, returned; the supplier's, paid out to it, still owed to it, what of
    it the cooperative itself pays; and the fees with their VAT."""

    currency = serializers.CharField()
    asked = serializers.IntegerField()
    received = serializers.IntegerField()
    open = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    lapsed = serializers.IntegerField()
    held = serializers.IntegerField()
    refund_due = serializers.IntegerField()
    refunded = serializers.IntegerField()
    supplier = serializers.IntegerField()
    paid_out = serializers.IntegerField()
    supplier_open = serializers.IntegerField()
    fees = serializers.IntegerField()
    partner_fees = serializers.IntegerField()
    # What of the supplier's the cooperative itself pays.
    subsidy = serializers.IntegerField()
    disputed = serializers.IntegerField()
    dispute_loss = serializers.IntegerField()


class AccountSheetAsked(serializers.Serializer):
    """From which day to which; the present year where nothing is said."""

    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False)


class AccountSheetLineSerializer(serializers.Serializer):
    """What a firm was asked for (above zero), paid, was owed back (both below) or got back (above),
    and what it owed then; below zero, it was owed."""

    day = serializers.DateField(source="line.entry.day")
    kind = serializers.CharField(source="line.entry.kind")
    label = KindName(source="line.entry.kind")
    campaign = CampaignTitle(source="line.entry.campaign")
    order = serializers.UUIDField(source="line.entry.payment.order_id")
    order_number = serializers.CharField(source="line.entry.payment.order.number")
    amount = serializers.IntegerField(source="line.amount")
    balance = serializers.IntegerField()


class AccountSheetSerializer(serializers.Serializer):
    """A firm's account with a cooperative in a currency."""

    cooperative = CooperativeRef()
    currency = serializers.CharField()
    opening = serializers.IntegerField()
    closing = serializers.IntegerField()
    lines = serializers.SerializerMethodField()

    @extend_schema_field(AccountSheetLineSerializer(many=True))
    def get_lines(self, sheet: Any) -> Any:
        """In order of time."""
        rows = [{"line": line, "balance": balance} for line, balance in sheet.lines]
        return AccountSheetLineSerializer(rows, many=True).data


class AccountSheetsSerializer(serializers.Serializer):
    """A firm's accounts over some days, both included."""

    firm = FirmRef()
    since = serializers.DateField()
    until = serializers.DateField()
    sheets = AccountSheetSerializer(many=True)
