"""Shapes of disputes on the wire. Amounts in minor units of the currency beside them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import FirmRef
from mungchi.common.problems import language
from mungchi.orders.references import CampaignTitle, OrderRef
from mungchi.payments.domain.disputes import reason_of
from mungchi.payments.models import Dispute, DisputeFile, DisputeNote


class DisputeSerializer(serializers.ModelSerializer):
    """What a payer's bank takes back, or asks about (`inquiry`). `taken`: what is gone of the
    charge now; `fee`: what the provider keeps for it; `borne`: what of the first is lost."""

    says = serializers.SerializerMethodField()
    provider = serializers.CharField(source="account.provider", read_only=True)
    campaign = CampaignTitle(read_only=True)
    firm = FirmRef(read_only=True)
    order = OrderRef(source="payment.order", read_only=True)
    payment_state = serializers.CharField(source="payment.state", read_only=True)
    reference = serializers.CharField(source="payment.reference", read_only=True)
    # The cooperative's, in which days are meant.
    zone = serializers.CharField(source="cooperative.zone", read_only=True)
    submitted_by = serializers.CharField(
        source="submitted_by.called", read_only=True, allow_null=True, default=None
    )
    accepted_by = serializers.CharField(
        source="accepted_by.called", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Dispute
        fields = [
            "id", "external_id", "provider", "state", "inquiry", "reason", "says", "amount",
            "currency", "taken", "fee", "borne", "due_by", "opened_at", "found_at", "ended_at",
            "campaign", "firm", "order", "payment", "payment_state", "reference", "zone",
            "submitted_on",
            "submitted_by", "submitted_note", "accepted_at", "accepted_by", "accepted_why", "again",
            "again_amount", "again_due", "again_paid_on",
        ]  # fmt: skip

    def get_says(self, row: Dispute) -> str:
        """The bank's reason, in the reader's language."""
        return reason_of(row.reason).say(language())


class DisputeNoteSerializer(serializers.ModelSerializer):
    """What somebody of the office wrote down."""

    written_by = serializers.CharField(source="written_by.called", read_only=True)

    class Meta:
        model = DisputeNote
        fields = ["id", "text", "written_by", "written_at"]
        read_only_fields = ["id", "written_at"]


class DisputeFileSerializer(serializers.ModelSerializer):
    """A file that the office keeps with a dispute."""

    uploaded_by = serializers.CharField(
        source="uploaded_by.called", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = DisputeFile
        fields = ["id", "filename", "content_type", "size", "uploaded_by", "uploaded_at"]


class DisputeDetailSerializer(DisputeSerializer):
    """One dispute with what the office keeps with it. `may_ask`: what the firm could be asked for
    again now, 0 for nothing; `to_account`: where it would transfer that, empty for none."""

    notes = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()
    may_ask = serializers.IntegerField(read_only=True)
    to_account = serializers.SerializerMethodField()

    class Meta(DisputeSerializer.Meta):
        fields = [*DisputeSerializer.Meta.fields, "notes", "files", "may_ask", "to_account"]

    @extend_schema_field(DisputeNoteSerializer(many=True))
    def get_notes(self, row: Dispute) -> Any:
        """The newest first."""
        rows = row.notes.select_related("written_by").order_by("-id")
        return DisputeNoteSerializer(rows, many=True).data

    @extend_schema_field(DisputeFileSerializer(many=True))
    def get_files(self, row: Dispute) -> Any:
        """In the order in which they came."""
        rows = row.files.select_related("uploaded_by").defer("content").order_by("id")
        return DisputeFileSerializer(rows, many=True).data

    def get_to_account(self, row: Dispute) -> str:
        """Bank, number and holder in one line."""
        office = row.cooperative
        if not office.bank_account:
            return ""
        return f"{office.bank_name} {office.bank_account} ({office.bank_holder})"


class NotingSerializer(serializers.Serializer):
    """What is written down."""

    text = serializers.CharField(max_length=2000)


class DisputeUploadSerializer(serializers.Serializer):
    """A PDF, PNG or JPEG."""

    file = serializers.FileField()


class SubmittedSerializer(serializers.Serializer):
    """When the evidence was handed in at the provider, and what was said."""

    submitted_on = serializers.DateField()
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class AcceptingSerializer(serializers.Serializer):
    """That the dispute was given up at the provider, and why."""

    confirmed = serializers.BooleanField()
    why = serializers.CharField(max_length=1000)


class AskingAgainSerializer(serializers.Serializer):
    """By which day the firm is to pay again, and why: the firm reads it."""

    due = serializers.DateField()
    why = serializers.CharField(max_length=500)


class PaidAgainSerializer(serializers.Serializer):
    """On which day the money was there: said, or that of the line of the statement."""

    received_date = serializers.DateField(required=False, allow_null=True, default=None)
    line = serializers.UUIDField(source="line_id", required=False, allow_null=True, default=None)


class OwedAgainSerializer(serializers.Serializer):
    """What a firm sees of a dispute of its own payment: what it is asked for again, if anything,
    and where to. Amounts in minor units."""

    state = serializers.CharField()
    inquiry = serializers.BooleanField()
    amount = serializers.IntegerField()
    currency = serializers.CharField()
    again = serializers.CharField()
    again_amount = serializers.IntegerField()
    again_due = serializers.DateField(allow_null=True)
    again_paid_on = serializers.DateField(allow_null=True)
    bank = serializers.CharField(source="payment.cooperative.bank_name")
    account = serializers.CharField(source="payment.cooperative.bank_account")
    holder = serializers.CharField(source="payment.cooperative.bank_holder")
    reference = serializers.CharField(source="payment.reference")


class DisputedSerializer(serializers.Serializer):
    """The disputes of a payment, the latest first: each may be asked for again."""

    disputes = OwedAgainSerializer(many=True)
