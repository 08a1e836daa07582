"""Shapes of who is left out, contacts, suggestions and wishes on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.models import Membership
from mungchi.accounts.references import CooperativeRef, DivisionRef, FirmRef
from mungchi.catalog.references import CategoryRef, ItemRef
from mungchi.common.problems import language
from mungchi.orders.references import CampaignTitle
from mungchi.outreach.domain.words import ABOUT, ANSWERS, HOW, REASONS
from mungchi.outreach.models import Contact, Spell

LONGEST = 2000
MATCHES = ["item", "category"]
GIVEN = [code for code in ANSWERS if code]


def _said(**given: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, default="", **given
    )


class LeftOutReason(serializers.Serializer):
    """Why a firm is on the list: a code, and the evidence in sentences."""

    code = serializers.ChoiceField(choices=list(REASONS))
    label = serializers.SerializerMethodField()
    sentences = serializers.SerializerMethodField()
    campaign = serializers.UUIDField(source="campaign_id", allow_null=True)

    @extend_schema_field(serializers.CharField())
    def get_label(self, row: Any) -> str:
        """The reason in a few words."""
        return REASONS[row.code].say(language())

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_sentences(self, row: Any) -> list[str]:
        """The evidence: dates, items, figures."""
        return [text.say(language()) for text in row.sentences]


class NearCampaign(serializers.Serializer):
    """An open campaign, and what it shares with the firm."""

    id = serializers.UUIDField(source="row.pk")
    title = serializers.CharField(source="row.title")
    closes_at = serializers.DateTimeField(source="row.closes_at")
    category = CategoryRef(source="row.item.category", allow_null=True)
    match = serializers.ChoiceField(choices=MATCHES)


class NearPool(serializers.Serializer):
    """A pool that gathers needs, and what it shares with the firm; `own`: its need is in it."""

    id = serializers.UUIDField(source="row.pk")
    item = ItemRef(source="row.item")
    firms = serializers.IntegerField(source="row.firms")
    match = serializers.ChoiceField(choices=MATCHES)
    own = serializers.BooleanField()


class NearListing(serializers.Serializer):
    """What a member, or one of a partner (`own` false), offers in a category of the firm's."""

    id = serializers.UUIDField(source="row.pk")
    title = serializers.CharField(source="row.title")
    firm = FirmRef(source="row.firm")
    category = CategoryRef(source="row.category")
    own = serializers.BooleanField()


class SuggestionsShape(serializers.Serializer):
    """What could be done. same_need: how many other members want the same items."""

    campaigns = NearCampaign(many=True)
    pools = NearPool(many=True)
    listings = NearListing(many=True)
    same_need = serializers.IntegerField()


class LeftOutSerializer(serializers.ModelSerializer):
    """A member that is left out; `id` is the firm's."""

    id = serializers.UUIDField(source="firm_id", read_only=True)
    firm = FirmRef(read_only=True)
    division = DivisionRef(read_only=True, allow_null=True)
    reasons = LeftOutReason(many=True, read_only=True)
    suggestions = SuggestionsShape(read_only=True)
    since = serializers.DateTimeField(read_only=True, allow_null=True)
    heard_at = serializers.DateTimeField(source="why.heard_at", read_only=True)
    contacted_at = serializers.DateTimeField(read_only=True, allow_null=True)
    answer = serializers.CharField(read_only=True, allow_null=True)
    follow_up_date = serializers.DateField(source="follow_up", read_only=True, allow_null=True)

    class Meta:
        model = Membership
        fields = [
            "id", "firm", "division", "reasons", "suggestions", "since", "heard_at",
            "contacted_at", "answer", "follow_up_date",
        ]  # fmt: skip


class DivisionCount(serializers.Serializer):
    """How many of a division are left out; division null: members without one."""

    division = DivisionRef(allow_null=True)
    count = serializers.IntegerField()


class ReasonCounts(serializers.Serializer):
    """How many are on the list for each reason; one firm may count several times."""

    outside = serializers.IntegerField()
    fell_out = serializers.IntegerField()
    silent = serializers.IntegerField()


class SummarySerializer(serializers.Serializer):
    """How many are left out now; `quiet` want to be left alone, `due` are to be followed up."""

    total = serializers.IntegerField()
    reasons = ReasonCounts()
    divisions = DivisionCount(many=True)
    quiet = serializers.IntegerField()
    due = serializers.IntegerField()


class SpellSerializer(serializers.ModelSerializer):
    """A time in which the firm was left out."""

    end = serializers.CharField()
    campaign = CampaignTitle(allow_null=True)

    class Meta:
        model = Spell
        fields = ["id", "began_at", "reasons", "ended_at", "end", "campaign"]
        extra_kwargs = {"reasons": {"read_only": True}}


class MemberOutreach(serializers.Serializer):
    """One member, for the office that seeks it out; no `reasons` when nothing is amiss."""

    id = serializers.UUIDField(source="firm_id")
    firm = FirmRef()
    division = DivisionRef(allow_null=True)
    representative = serializers.CharField(source="firm.representative")
    phone = serializers.CharField(source="firm.phone")
    quiet_since = serializers.DateTimeField(allow_null=True)
    reasons = LeftOutReason(many=True)
    suggestions = SuggestionsShape()
    spells = SpellSerializer(many=True)


class ContactItem(serializers.Serializer):
    """The pool of a contact."""

    id = serializers.UUIDField()
    item = ItemRef()


class ContactSerializer(serializers.ModelSerializer):
    """A contact with a member, for the office."""

    firm = FirmRef(read_only=True)
    about = serializers.ChoiceField(choices=list(ABOUT), read_only=True)
    how = serializers.ChoiceField(choices=list(HOW), read_only=True)
    answer = serializers.CharField(read_only=True)
    campaign = CampaignTitle(read_only=True, allow_null=True)
    pool = ContactItem(read_only=True, allow_null=True)
    item = ItemRef(read_only=True, allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField(), read_only=True)
    by = serializers.SerializerMethodField()

    class Meta:
        model = Contact
        fields = [
            "id", "firm", "about", "how", "at", "said", "campaign", "pool", "item",
            "introduction", "answer", "answered_at", "outcome", "follow_up_date", "reasons", "by",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.CharField())
    def get_by(self, row: Contact) -> str:
        """Who turned to the firm."""
        return row.person.called if row.person else ""


class NewContactSerializer(serializers.Serializer):
    """The office spoke with a member; without a time, just now."""

    firm = serializers.UUIDField()
    how = serializers.ChoiceField(choices=[how for how in HOW if how != "product"])
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    said = _said()
    answer = serializers.ChoiceField(choices=GIVEN, required=False, allow_blank=True, default="")
    outcome = _said()
    follow_up_date = serializers.DateField(required=False, allow_null=True, default=None)


class ContactChangeSerializer(serializers.Serializer):
    """What is to change; what is left out stays."""

    answer = serializers.ChoiceField(choices=GIVEN, required=False, allow_blank=True)
    outcome = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    follow_up_date = serializers.DateField(required=False, allow_null=True)


class SuggestCampaignSerializer(serializers.Serializer):
    """The campaign to suggest, with a few words."""

    campaign = serializers.UUIDField()
    said = _said()


class SuggestPoolSerializer(serializers.Serializer):
    """The pool to suggest, with a few words."""

    pool = serializers.UUIDField()
    said = _said()


class AskNeedsSerializer(serializers.Serializer):
    """What to ask for: an item, or anything at all."""

    item = serializers.UUIDField(required=False, allow_null=True, default=None)
    said = serializers.CharField(max_length=LONGEST, allow_blank=True)


class IntroduceSerializer(serializers.Serializer):
    """The member to introduce it to, and why; `listing` is what that one offers."""

    giver = serializers.UUIDField()
    reason = serializers.CharField(max_length=1000)
    listing = serializers.UUIDField(required=False, allow_null=True, default=None)


class ProposalSerializer(serializers.ModelSerializer):
    """What an office suggested to the reader's firm."""

    cooperative = CooperativeRef(read_only=True)
    about = serializers.ChoiceField(choices=["campaign", "pool", "needs"], read_only=True)
    campaign = CampaignTitle(read_only=True, allow_null=True)
    pool = ContactItem(read_only=True, allow_null=True)
    item = ItemRef(read_only=True, allow_null=True)
    answer = serializers.CharField(read_only=True)

    class Meta:
        model = Contact
        fields = ["id", "cooperative", "about", "at", "said", "campaign", "pool", "item", "answer"]
        read_only_fields = fields


class AnswerSerializer(serializers.Serializer):
    """What the firm says to it."""

    answer = serializers.ChoiceField(choices=["interested", "later", "not_interested"])
    note = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class WishSerializer(serializers.ModelSerializer):
    """A cooperative of the firm, and since when it leaves the firm alone (null: it does not)."""

    cooperative = CooperativeRef(read_only=True)
    left_alone_since = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Membership
        fields = ["id", "cooperative", "left_alone_since"]
