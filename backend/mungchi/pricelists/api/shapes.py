"""Shapes of standing offers on the wire."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.accounts.references import CooperativeRef, FirmRef
from mungchi.catalog.references import ItemRef
from mungchi.common.money import EXPONENTS, shown_price, to_minor
from mungchi.common.price_fields import PriceField, price_input, quantity_input
from mungchi.common.problems import language
from mungchi.pricelists.domain.terms import PERIODS, TERM_WORDS, percent
from mungchi.pricelists.models import StandingOffer, StandingVersion
from mungchi.pricelists.queries import Costed
from mungchi.pricelists.queries.using import REFUSALS


class StandingTierSerializer(serializers.Serializer):
    """From this quantity on, this unit price."""

    min_quantity = quantity_input(least=1)
    unit_price = price_input()


class StandingRowSerializer(serializers.ModelSerializer):
    """A standing offer in a list and on its page. Prices and `delivery_cost` (minor units) hold VAT
    where `vat_included`. Both days belong to it. `cooperatives`: those that it is for and that the
    reader may know of, where it is not for all."""

    supplier = FirmRef(read_only=True)
    item = ItemRef(read_only=True)
    tiers = StandingTierSerializer(many=True, read_only=True)
    cooperatives = serializers.SerializerMethodField()
    capacity_per = serializers.ChoiceField(choices=list(PERIODS), read_only=True)
    # What a unit comes to when `?quantity=` is bought: VAT excluded, with delivery and fee.
    landed = PriceField(read_only=True, allow_null=True, default=None)

    class Meta:
        model = StandingOffer
        fields = [
            "id", "supplier", "item", "code", "state", "number", "tiers", "pack_size", "minimum",
            "capacity", "capacity_per", "lead_time_days", "delivery_cost", "currency",
            "vat_included", "valid_from", "valid_until", "for_all", "cooperatives", "note",
            "created_at", "changed_at", "ended_at", "landed",
        ]  # fmt: skip

    @extend_schema_field(CooperativeRef(many=True))
    def get_cooperatives(self, row: StandingOffer) -> Any:
        """From what was loaded with the row."""
        found = [one.cooperative for one in row.audience.all()]
        return CooperativeRef(sorted(found, key=lambda one: one.name), many=True).data


class StandingTermsSerializer(serializers.Serializer):
    """What a supplier says. Prices and `delivery_cost` (minor units) hold VAT where
    `vat_included`; a code that is left out is made of the item's."""

    tiers = StandingTierSerializer(many=True)
    code = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")
    pack_size = quantity_input(least=1, default=1)
    minimum = quantity_input(least=1, default=1)
    capacity = quantity_input(least=1, required=False, allow_null=True, default=None)
    capacity_per = serializers.ChoiceField(choices=list(PERIODS), default="order")
    lead_time_days = serializers.IntegerField(min_value=0, max_value=730)
    delivery_cost = serializers.IntegerField(min_value=0, max_value=10**13, default=0)
    currency = serializers.ChoiceField(choices=list(EXPONENTS), default="KRW")
    vat_included = serializers.BooleanField(default=False)
    valid_from = serializers.DateField()
    valid_until = serializers.DateField()
    for_all = serializers.BooleanField(default=True)
    cooperatives = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=1000, default=list
    )
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class NewStandingSerializer(StandingTermsSerializer):
    """A new standing offer: also names the item."""

    item = serializers.UUIDField()


class StandingChangeShape(serializers.Serializer):
    """A term that differs from the version before, in words."""

    term = serializers.CharField()
    label = serializers.CharField()


class StandingVersionSerializer(serializers.ModelSerializer):
    """A version, with what changed since the one before (nothing for the first) and by how many per
    cent the price moved most."""

    tiers = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()
    percent = serializers.SerializerMethodField()
    valid_from = serializers.SerializerMethodField()
    valid_until = serializers.SerializerMethodField()

    class Meta:
        model = StandingVersion
        fields = ["id", "number", "at", "tiers", "valid_from", "valid_until", "changes", "percent"]

    @extend_schema_field(StandingTierSerializer(many=True))
    def get_tiers(self, row: StandingVersion) -> list[dict[str, Any]]:
        """Its ladder."""
        return [{"min_quantity": least, "unit_price": price} for least, price in row.terms["tiers"]]

    @extend_schema_field(serializers.DateField())
    def get_valid_from(self, row: StandingVersion) -> str:
        """Its first day."""
        return str(row.terms["valid_from"])

    @extend_schema_field(serializers.DateField())
    def get_valid_until(self, row: StandingVersion) -> str:
        """Its last day."""
        return str(row.terms["valid_until"])

    @extend_schema_field(StandingChangeShape(many=True))
    def get_changes(self, row: Any) -> list[dict[str, str]]:
        """What differs, in the order of telling."""
        return [
            {"term": one.term, "label": TERM_WORDS[one.term].say(language())} for one in row.changes
        ]

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_percent(self, row: Any) -> str | None:
        """Up (positive) or down; null for the first."""
        if row.before is None:
            return None
        moved = percent(row.before["tiers"], row.terms["tiers"])
        return None if moved is None else str(moved)


class FittingOfferSerializer(serializers.Serializer):
    """A standing offer with what it would give for the demand that is known.

    `each`: what a unit comes to, VAT excluded, with delivery and fee; null where nothing would come
    of it. `each_of_all`: the same if all of the demand was bought, limits aside. `total` in minor
    units. `why_not`: why it cannot go into the campaign, in words. `left`: of a capacity for a
    period, what others have not taken yet; null for other capacities.
    """

    standing_offer = StandingRowSerializer(source="row")
    each = serializers.SerializerMethodField()
    each_of_all = serializers.SerializerMethodField()
    price = serializers.SerializerMethodField()
    quantity = serializers.SerializerMethodField()
    firms = serializers.SerializerMethodField()
    total = serializers.SerializerMethodField()
    why_not = serializers.SerializerMethodField()
    taken = serializers.BooleanField()
    left = serializers.IntegerField(allow_null=True)

    @extend_schema_field(PriceField(allow_null=True))
    def get_each(self, one: Costed) -> str | None:
        """Rounded to be shown."""
        cost = one.trial.cost if one.trial else None
        return PriceField().to_representation(shown_price(cost.each)) if cost else None

    @extend_schema_field(PriceField(allow_null=True))
    def get_each_of_all(self, one: Costed) -> str | None:
        """Rounded to be shown."""
        return PriceField().to_representation(shown_price(one.cost.each)) if one.cost else None

    @extend_schema_field(PriceField(allow_null=True))
    def get_price(self, one: Costed) -> str | None:
        """The unit price at which it would clear."""
        cost = one.trial.cost if one.trial else None
        return PriceField().to_representation(cost.price) if cost else None

    @extend_schema_field(serializers.IntegerField())
    def get_quantity(self, one: Costed) -> int:
        """How much would be bought."""
        return one.trial.quantity if one.trial else 0

    @extend_schema_field(serializers.IntegerField())
    def get_firms(self, one: Costed) -> int:
        """How many firms would get something."""
        return one.trial.firms if one.trial else 0

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_total(self, one: Costed) -> int | None:
        """Landed, for all of it."""
        cost = one.trial.cost if one.trial else None
        if cost is None or one.trial is None:
            return None
        return to_minor(shown_price(cost.each * one.trial.quantity), one.currency)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_why_not(self, one: Costed) -> str | None:
        """In the caller's language."""
        return REFUSALS[one.why_not].say(language()) if one.why_not else None


class FittingSerializer(serializers.Serializer):
    """The standing offers that fit, cheapest first, and the demand they were cleared against."""

    currency = serializers.CharField()
    quantity = serializers.IntegerField()
    firms = serializers.IntegerField()
    offers = FittingOfferSerializer(many=True)


class WhichStandingSerializer(serializers.Serializer):
    """Which standing offer."""

    standing_offer = serializers.UUIDField()


class TakenSerializer(serializers.Serializer):
    """That it was taken in."""

    campaign = serializers.UUIDField(source="campaign_id")
    standing_offer = serializers.UUIDField(source="standing_offer_id")
    number = serializers.IntegerField()
    taken_at = serializers.DateTimeField()


class PostedSerializer(serializers.Serializer):
    """The offer that was made of it."""

    id = serializers.UUIDField(source="pk")


class OriginSerializer(serializers.Serializer):
    """Of which version of which standing offer an offer was made, and by whom. `left`: what is left
    now of that one's capacity for a period, until the campaign opens; `short`: less than the offer
    promises."""

    offer = serializers.UUIDField(source="offer_id")
    standing_offer = serializers.UUIDField(source="standing_offer_id")
    number = serializers.IntegerField()
    by_office = serializers.BooleanField()
    left = serializers.IntegerField(allow_null=True)
    short = serializers.BooleanField()
