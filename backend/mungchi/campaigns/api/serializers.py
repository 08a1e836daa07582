"""Shapes of campaigns, offers and commitments on the wire."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.domain.fees import MOST_FEE_BP
from mungchi.accounts.references import CooperativeRef, DivisionRef, FirmRef
from mungchi.campaigns.api.approval_shapes import ApprovalSerializer
from mungchi.campaigns.api.change_shapes import AnswerSerializer
from mungchi.campaigns.api.decision_shapes import DecidingSerializer
from mungchi.campaigns.api.fields import PlaceInput, PriceField, price_input, quantity_input
from mungchi.campaigns.api.plan_shapes import PLANS, PlanBSerializer
from mungchi.campaigns.api.split_shapes import SplitPartSerializer
from mungchi.campaigns.api.terms_shapes import TierSerializer
from mungchi.campaigns.api.variant_shapes import (
    AwardedByVariant,
    ByVariant,
    CampaignVariantSerializer,
    DifferenceInput,
    DifferenceSerializer,
    PartInput,
    campaign_variants,
    differences_of,
)
from mungchi.campaigns.domain.states import MOST_FILL_HOURS
from mungchi.campaigns.domain.variants import MOST_VARIANTS
from mungchi.campaigns.models import Campaign, ClearingLine, Commitment, Offer
from mungchi.catalog.references import ItemRef
from mungchi.common.problems import language


class LadderTierSerializer(serializers.Serializer):
    """A tier with its own progress, counted at its own price.

    `demand`, `orderable`, `missing` and `reached_percent` are null where the total would give one
    firm's quantity away; `missing` also where the capacity can never reach the tier.
    """

    min_quantity = serializers.IntegerField()
    unit_price = PriceField()
    firms = serializers.IntegerField()
    demand = serializers.IntegerField(allow_null=True)
    orderable = serializers.IntegerField(allow_null=True)
    missing = serializers.IntegerField(allow_null=True)
    missing_firms = serializers.IntegerField()
    reached_percent = serializers.IntegerField(allow_null=True)
    carries = serializers.BooleanField()


class NextTierSerializer(serializers.Serializer):
    """The tier to aim for, what it lacks, and what each unit would cost less."""

    tier = serializers.IntegerField()
    unit_price = PriceField()
    missing = serializers.IntegerField()
    missing_firms = serializers.IntegerField()
    saving_each = PriceField()


class CliffSerializer(serializers.Serializer):
    """Ordering `quantity` at a deeper tier costs less in all than today's smaller order."""

    tier = serializers.IntegerField()
    unit_price = PriceField()
    quantity = serializers.IntegerField()
    extra = serializers.IntegerField()


class LadderSerializer(serializers.Serializer):
    """The picture of the product: what closing now would give, tier by tier."""

    list_price = PriceField()
    tiers = LadderTierSerializer(many=True)
    current = serializers.IntegerField(allow_null=True)
    unit_price = PriceField(allow_null=True)
    next = NextTierSerializer(allow_null=True)
    cliff = CliffSerializer(allow_null=True)
    firms = serializers.IntegerField()
    # Firms that have still to answer a changed offer: they count nowhere else here.
    asked = serializers.IntegerField()
    quantity = serializers.IntegerField(allow_null=True)
    threshold_quantity = serializers.IntegerField()
    threshold_firms = serializers.IntegerField()
    pack_size = serializers.IntegerField()
    capacity = serializers.IntegerField(allow_null=True)


class MineSerializer(serializers.ModelSerializer):
    """The reader's own commitment, in a list."""

    class Meta:
        model = Commitment
        fields = ["quantity", "state", "must_answer"]


class CampaignRowSerializer(serializers.ModelSerializer):
    """A campaign in a list. `unneeded`: the second part of a split award that nobody joined; it has
    failed like any other campaign with nobody in it, but nothing went wrong."""

    host = CooperativeRef(read_only=True)
    item = ItemRef(read_only=True)
    # Whom it is for where its reach is a division of the host.
    division = DivisionRef(allow_null=True, read_only=True)
    zone = serializers.CharField(source="host.zone", read_only=True)
    state = serializers.ChoiceField(
        choices=["draft", "sourcing", "open", "filling", "closing", "settling", "ordered",
                 "delivering", "completed", "failed", "cancelled"], read_only=True
    )  # fmt: skip
    ladder = LadderSerializer(allow_null=True, read_only=True)
    mine = MineSerializer(allow_null=True, read_only=True)
    unneeded = serializers.BooleanField(read_only=True)

    class Meta:
        model = Campaign
        fields = [
            "id", "title", "host", "item", "state", "unneeded", "reach", "division", "closes_at",
            "fill_hours", "fills_until", "closed_at", "offers_due_at", "zone", "currency",
            "created_at", "ladder", "mine",
        ]  # fmt: skip


class AwardSerializer(serializers.ModelSerializer):
    """The offer that was chosen."""

    offer = serializers.UUIDField(source="id", read_only=True)
    supplier = FirmRef(read_only=True)
    reason = serializers.CharField(source="campaign.award_reason", read_only=True)

    class Meta:
        model = Offer
        fields = ["offer", "supplier", "reason", "lead_time_days", "pack_size", "capacity",
                  "delivery_cost", "valid_until"]  # fmt: skip


class CommitmentSerializer(ByVariant, serializers.ModelSerializer):
    """A firm's commitment, for that firm and the host's office.

    `deliver_to`: where its goods go; empty: to the firm's address, as it stands at the order.
    """

    firm = FirmRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    price_limit = PriceField(allow_null=True, read_only=True)

    class Meta:
        model = Commitment
        fields = ["id", "quantity", "tolerance", "minimum", "price_limit", "partner_fee_bp",
                  "state", "accepted_at", "must_answer", "firm", "cooperative", "parts",
                  "tolerance_to", "deliver_to"]  # fmt: skip


ACTIONS = [
    "edit", "start_sourcing", "invite", "offer", "award", "open", "extend", "close", "cancel",
    "fail", "commit", "inspect", "share", "withdraw_offer",
]  # fmt: skip


class CanSerializer(serializers.Serializer):
    """What this seat may do with this campaign now."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """One flag an action."""
        return {name: serializers.BooleanField() for name in ACTIONS}


class OutcomeSerializer(serializers.Serializer):
    """How it ended, in a sentence."""

    text = serializers.CharField()


class WayInSerializer(serializers.Serializer):
    """A cooperative through which one takes part, and what it asks of its members."""

    cooperative = CooperativeRef()
    partner_bp = serializers.IntegerField()


class CampaignFeesSerializer(serializers.Serializer):
    """What cooperatives ask on supply value, in basis points; VAT is added at `vat_rate_bp`.

    `fixed`: it has opened, and nobody changes them any more. `ways`: for a firm those through which
    it may take part, the one that it takes without choosing first.
    """

    host_bp = serializers.IntegerField()
    vat_rate_bp = serializers.IntegerField()
    fixed = serializers.BooleanField()
    ways = WayInSerializer(many=True)


class CampaignSerializer(CampaignRowSerializer):
    """A campaign on its page."""

    award = AwardSerializer(allow_null=True, read_only=True)
    commitment = CommitmentSerializer(allow_null=True, read_only=True)
    # The firm's last request for approval here, whatever came of it.
    approval = ApprovalSerializer(allow_null=True, read_only=True)
    plan_b = PlanBSerializer(source="plan", allow_null=True, read_only=True)
    can = CanSerializer(read_only=True)
    outcome = OutcomeSerializer(allow_null=True, read_only=True)
    clearing = serializers.UUIDField(allow_null=True, read_only=True)
    partners = CooperativeRef(many=True, read_only=True)
    fees = CampaignFeesSerializer(allow_null=True, read_only=True)
    # What the reader's firm is asked where the offer has become worse for it.
    answer = AnswerSerializer(allow_null=True, read_only=True)
    # Null for all but the host's office, and where nothing is to be decided.
    deciding = DecidingSerializer(allow_null=True, read_only=True)
    split = SplitPartSerializer(allow_null=True, read_only=True)
    # Whether the host's office lets it be shared with people who are not signed in.
    shareable = serializers.BooleanField(read_only=True)
    variants = serializers.SerializerMethodField()
    now = serializers.DateTimeField(read_only=True)

    class Meta(CampaignRowSerializer.Meta):
        fields = [
            *CampaignRowSerializer.Meta.fields, "description", "delivery_place",
            "threshold_quantity", "threshold_firms", "rationing", "sealed", "takes_guests",
            "shareable", "for_all_suppliers", "payment_days", "payment_due_at",
            "grace_days", "opened_at",
            "vat_rate_bp", "partners", "fees", "award", "commitment", "approval", "plan_b", "can",
            "outcome", "clearing", "deciding", "terms_version", "answer", "split", "variants",
            "now",
        ]  # fmt: skip

    @extend_schema_field(CampaignVariantSerializer(many=True))
    def get_variants(self, campaign: Campaign) -> list[dict[str, object]]:
        """What it takes of the item's variants; empty where it takes the item as it is."""
        return CampaignVariantSerializer(campaign_variants(campaign), many=True).data


class CampaignDraftSerializer(serializers.Serializer):
    """What the office writes into a campaign before it opens."""

    title = serializers.CharField(max_length=120)
    description = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    reach = serializers.ChoiceField(choices=["own", "division", "partners", "all"], required=False)
    division = serializers.UUIDField(required=False, allow_null=True, source="division_id")
    partners = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=1000)
    threshold_quantity = quantity_input(least=1, required=False)
    threshold_firms = serializers.IntegerField(min_value=1, max_value=100_000, required=False)
    rationing = serializers.ChoiceField(
        choices=["uniform", "proportional", "first_come"], required=False
    )
    sealed = serializers.BooleanField(required=False)
    for_all_suppliers = serializers.BooleanField(required=False)
    takes_guests = serializers.BooleanField(required=False)
    shareable = serializers.BooleanField(required=False)
    offers_due_at = serializers.DateTimeField(required=False, allow_null=True)
    closes_at = serializers.DateTimeField(required=False, allow_null=True)
    # For how long what fills is taken after the deadline; 0: not at all.
    fill_hours = serializers.IntegerField(min_value=0, max_value=MOST_FILL_HOURS, required=False)
    payment_days = serializers.IntegerField(min_value=1, max_value=90, required=False)
    # After that, until what is not paid lapses.
    grace_days = serializers.IntegerField(min_value=0, max_value=30, required=False)
    delivery_place = serializers.CharField(max_length=200, required=False, allow_blank=True)
    # On supply value, VAT excluded; as the cooperative's rules say where left out.
    host_fee_bp = serializers.IntegerField(min_value=0, max_value=MOST_FEE_BP, required=False)
    # Of the item's, in a draft; where left out of a new one, all that are not archived.
    variants = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=MOST_VARIANTS
    )


class NewCampaignSerializer(CampaignDraftSerializer):
    """A campaign made from nothing: also names the item."""

    item = serializers.UUIDField()


class CommitSerializer(serializers.Serializer):
    """What a firm commits to."""

    quantity = quantity_input(least=1)
    tolerance = quantity_input(required=False, default=0)
    minimum = quantity_input(required=False, default=0)
    price_limit = price_input(required=False, allow_null=True, default=None)
    cooperative = serializers.UUIDField(required=False, allow_null=True, default=None)
    # What becomes of what it does not get; `alternative` names the other campaign.
    plan_b = serializers.ChoiceField(choices=PLANS, required=False, default="none")
    alternative = serializers.UUIDField(required=False, allow_null=True, default=None)
    # The terms that were read: refused where worse ones for the firm are in force.
    terms_version = serializers.IntegerField(
        min_value=0, max_value=32_767, required=False, allow_null=True, default=None
    )
    # Where the campaign has variants: they make the quantity. The tolerance goes to the one named,
    # else to the one that most is wanted of. The limit is of the price without differences.
    parts = PartInput(many=True, required=False, default=list, max_length=MOST_VARIANTS)
    tolerance_to = serializers.UUIDField(required=False, allow_null=True, default=None)
    # Where the goods go; empty: to the firm's address.
    deliver_to = PlaceInput()


class OfferCampaignSerializer(serializers.ModelSerializer):
    """The campaign of an offer; `unneeded` as in a list."""

    item = ItemRef(read_only=True)
    unneeded = serializers.BooleanField(read_only=True)

    class Meta:
        model = Campaign
        fields = ["id", "title", "state", "unneeded", "item", "offers_due_at", "closes_at"]


class OfferSerializer(serializers.ModelSerializer):
    """A supplier's offer, for that supplier and the host's office."""

    campaign = OfferCampaignSerializer(read_only=True)
    supplier = FirmRef(read_only=True)
    tiers = TierSerializer(many=True, read_only=True)
    currency = serializers.CharField(source="campaign.currency", read_only=True)
    differences = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = [
            "id", "campaign", "supplier", "state", "tiers", "differences", "pack_size", "capacity",
            "lead_time_days", "delivery_cost", "currency", "valid_until", "note", "created_at",
            "revised_at",
        ]  # fmt: skip

    @extend_schema_field(DifferenceSerializer(many=True))
    def get_differences(self, offer: Offer) -> list[dict[str, object]]:
        """By variant, in the campaign's order."""
        rows = differences_of(offer.campaign, offer.differences)
        return DifferenceSerializer(rows, many=True).data


class OfferTermsSerializer(serializers.Serializer):
    """What a supplier offers. `delivery_cost` in minor units, VAT excluded. `differences`: what is
    not named costs the tier's price."""

    tiers = TierSerializer(many=True)
    differences = DifferenceInput(many=True, required=False, default=list, max_length=MOST_VARIANTS)
    pack_size = quantity_input(least=1, default=1)
    capacity = quantity_input(least=1, required=False, allow_null=True, default=None)
    lead_time_days = serializers.IntegerField(min_value=0, max_value=730)
    delivery_cost = serializers.IntegerField(min_value=0, max_value=10**13, default=0)
    valid_until = serializers.DateTimeField()
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class ClearingLineSerializer(AwardedByVariant, serializers.ModelSerializer):
    """What a clearing gave one firm, and why."""

    firm = FirmRef(read_only=True)
    cooperative = CooperativeRef(read_only=True)
    price_limit = PriceField(allow_null=True, read_only=True)
    sentence = serializers.SerializerMethodField()

    class Meta:
        model = ClearingLine
        fields = ["firm", "cooperative", "quantity", "tolerance", "minimum", "price_limit",
                  "awarded", "verdict", "sentence", "parts", "tolerance_to",
                  "awarded_parts"]  # fmt: skip

    def get_sentence(self, line: ClearingLine) -> str:
        """The stored sentence in the caller's language."""
        return line.sentence_en if language() == "en" else line.sentence_ko


class CloseSerializer(serializers.Serializer):
    """Closing by hand. `typed`: the campaign's title, where the dry run says `must_type`."""

    typed = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")
