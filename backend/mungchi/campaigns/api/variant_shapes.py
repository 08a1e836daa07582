"""Shapes of variants, and of what is said by variant."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mungchi.campaigns.api.fields import PriceField, quantity_input
from mungchi.campaigns.domain.variants import MOST_VARIANTS, named, prices, told
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import Invalid
from mungchi.common.money import MAX_UNIT_PRICE
from mungchi.common.problems import language
from mungchi.common.text import Text

# As a query says quantities by variant: ids and numbers, 36 + 1 + 10 + 1 characters each.
LONGEST = MOST_VARIANTS * 48


class VariantTwice(Invalid):
    """A variant is said more than once."""

    code = "variant_twice"
    message = Text(ko="같은 규격을 두 번 적었습니다.", en="The same variant stands twice.")

    def __init__(self, field: str) -> None:
        super().__init__()
        self.where = field

    @property
    def fields(self) -> Mapping[str, Sequence[tuple[str, Text]]]:
        """The list that it stands in."""
        return {self.where: [(self.code, self.text)]}


class CampaignVariantSerializer(serializers.Serializer):
    """A variant that the campaign takes. `difference`: what a unit costs more or less than the
    tier's price, VAT excluded; null until it is known to the reader."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    code = serializers.CharField(allow_blank=True)
    difference = PriceField(allow_null=True)


class PartSerializer(serializers.Serializer):
    """So many of a variant."""

    variant = serializers.UUIDField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()


class PartInput(serializers.Serializer):
    """So many of a variant."""

    variant = serializers.UUIDField()
    quantity = quantity_input()


class DifferenceSerializer(serializers.Serializer):
    """What a unit of a variant costs more or less than the tier's price, VAT excluded."""

    variant = serializers.UUIDField()
    name = serializers.CharField()
    difference = PriceField()


class DifferenceInput(serializers.Serializer):
    """What a unit of a variant costs more or less than the tier's price, VAT excluded."""

    variant = serializers.UUIDField()
    difference = PriceField(min_value=-MAX_UNIT_PRICE, max_value=MAX_UNIT_PRICE)


class VariantPriceSerializer(serializers.Serializer):
    """What a unit of a variant costs now, and at most within the limit; null where nothing is
    asked, or no tier is within it."""

    variant = serializers.UUIDField()
    name = serializers.CharField()
    quantity = serializers.IntegerField()
    now = PriceField(allow_null=True)
    at_most = PriceField(allow_null=True)


class ByVariant(serializers.Serializer):
    """A quantity by variant, and the variant that its tolerance goes to; empty and null where the
    campaign has no variants."""

    parts = serializers.SerializerMethodField()
    tolerance_to = serializers.SerializerMethodField()

    @extend_schema_field(PartSerializer(many=True))
    def get_parts(self, row: Any) -> list[dict[str, Any]]:
        """In the campaign's order, those of which there is nothing as well."""
        return parts_of(row, row.parts)

    @extend_schema_field(serializers.UUIDField(allow_null=True))
    def get_tolerance_to(self, row: Any) -> str | None:
        """Its id."""
        return None if row.tolerance_to is None else variants_of(row)[row.tolerance_to]["id"]


class AwardedByVariant(ByVariant):
    """The same, and what of it was awarded."""

    awarded_parts = serializers.SerializerMethodField()

    @extend_schema_field(PartSerializer(many=True))
    def get_awarded_parts(self, row: Any) -> list[dict[str, Any]]:
        """In the campaign's order."""
        return parts_of(row, row.awarded_parts)


def variants_of(row: Any) -> list[Any]:
    """The variants of the campaign of a row: of a clearing's line through its run."""
    campaign = row.campaign if hasattr(row, "campaign_id") else row.run.campaign
    return list(campaign.variants)


def parts_of(row: Any, quantities: Sequence[int]) -> list[dict[str, Any]]:
    """Quantities by variant with their names; without any, no query is made for them."""
    if not quantities:
        return []
    return [
        {"variant": one["id"], "name": called(one), "quantity": quantity}
        for one, quantity in zip(variants_of(row), quantities, strict=True)
    ]


def told_parts(row: Any, quantities: Sequence[int]) -> Text | None:
    """Quantities by variant in one cell of a spreadsheet."""
    return told(variants_of(row), quantities) if quantities else None


def differences_of(campaign: Campaign, differences: Sequence[Decimal]) -> list[dict[str, Any]]:
    """An offer's differences with the names of the variants."""
    return [
        {"variant": one["id"], "name": called(one), "difference": difference}
        for one, difference in zip(campaign.variants, differences, strict=False)
    ]


def told_differences(campaign: Campaign, differences: Sequence[Decimal]) -> Text:
    """The same in one cell of a spreadsheet: "빨강 +500, 파랑 0"."""
    pairs = [
        (named(one), f"{difference.normalize():+f}" if difference else "0")
        for one, difference in zip(campaign.variants, differences, strict=False)
    ]
    return Text(
        ko=", ".join(f"{name.ko} {value}" for name, value in pairs),
        en=", ".join(f"{name.en} {value}" for name, value in pairs),
    )


def campaign_variants(campaign: Campaign) -> list[dict[str, Any]]:
    """The campaign's variants, each with its difference where the award is known to the reader:
    see presenting, which sets `award`."""
    award = campaign.award
    known = award.differences if award is not None else []
    given = list(known) or [None] * len(campaign.variants)
    return [
        {"id": one["id"], "name": called(one), "code": one["code"], "difference": difference}
        for one, difference in zip(campaign.variants, given, strict=True)
    ]


def variant_prices(
    campaign: Campaign, quantities: Sequence[int], now: Decimal | None, most: Decimal | None
) -> list[dict[str, Any]]:
    """What each variant costs at two prices of the ladder."""
    differences = campaign.awarded_offer.differences
    nothing = [None] * len(differences)
    both = zip(
        campaign.variants, quantities,
        nothing if now is None else prices(now, differences),
        nothing if most is None else prices(most, differences),
        strict=True,
    )  # fmt: skip
    return [
        {"variant": one["id"], "name": called(one), "quantity": quantity, "now": at_now,
         "at_most": at_most}
        for one, quantity, at_now, at_most in both
    ]  # fmt: skip


def called(variant: Mapping[str, str]) -> str:
    """Its name in the caller's language."""
    return named(variant).say(language())


def by_id(given: Sequence[Mapping[str, Any]], value: str, field: str) -> dict[UUID, Any]:
    """What is said of each variant; raise VariantTwice where one is said twice."""
    found = {one["variant"]: one[value] for one in given}
    if len(found) != len(given):
        raise VariantTwice(field)
    return found


def read_parts(text: str) -> dict[UUID, int]:
    """Quantities by variant from a query: "id:quantity" with commas between them."""
    pairs = [one.partition(":")[::2] for one in text.split(",") if one]
    form = PartInput(data=[{"variant": pk, "quantity": many} for pk, many in pairs], many=True)
    form.is_valid(raise_exception=True)
    return by_id(form.validated_data, "quantity", "parts")
