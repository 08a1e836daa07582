"""What firms and suppliers say by variant, fitted to the campaign's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from mungchi.campaigns.domain.variants import MOST_VARIANTS, Variant, tolerance_part
from mungchi.campaigns.domain.wanted import Wanted
from mungchi.campaigns.models import Campaign
from mungchi.catalog.models import Item
from mungchi.catalog.models import Variant as Listed
from mungchi.common.errors import Conflict, Invalid
from mungchi.common.text import Text


class PartsMissing(Invalid):
    """A campaign with variants takes quantities by variant."""

    code = "parts_missing"
    field = "parts"
    message = Text(
        ko="이 공동구매는 규격별로 수량을 입력해 주십시오.",
        en="This campaign takes quantities by variant. Please say how many of each.",
    )


class VariantUnknown(Invalid):
    """It is none of the campaign's variants."""

    code = "variant_unknown"
    field = "parts"
    message = Text(
        ko="이 공동구매에 없는 규격입니다.", en="That is none of this campaign's variants."
    )


class DifferenceUnknown(VariantUnknown):
    """A supplier prices the campaign's variants."""

    field = "differences"


class PartsDiffer(Invalid):
    """Quantities by variant make the quantity."""

    code = "parts_differ"
    field = "parts"
    message = Text(
        ko="규격별 수량의 합이 참여 수량과 다릅니다.",
        en="The quantities by variant do not add up to the quantity.",
    )


class VariantsFixed(Conflict):
    """Suppliers price the variants that they were asked for."""

    code = "variants_fixed"
    message = Text(
        ko="제안 모집이 시작된 뒤에는 규격을 바꿀 수 없습니다.",
        en="The variants are fixed once sourcing has started.",
    )


class VariantsWrong(Invalid):
    """They are the item's, each once, and not too many."""

    code = "variants_wrong"
    field = "variants"
    message = Text(
        ko="품목의 규격에서 30개까지 한 번씩만 골라 주십시오.",
        en="Please choose from the item's variants, each once and 30 at most.",
    )


def with_parts(
    wanted: Wanted, campaign: Campaign, parts: Mapping[UUID, int] | None, goes_to: UUID | None
) -> Wanted:
    """What a firm wants, with its quantities by variant in the campaign's order.

    `goes_to`: the variant that takes the tolerance; none: the one that it wants most of. Raises
    PartsMissing, VariantUnknown, PartsDiffer.
    """
    places = {UUID(one["id"]): at for at, one in enumerate(campaign.variants)}
    if set(parts or ()) - set(places) or (goes_to is not None and goes_to not in places):
        raise VariantUnknown
    if not places:
        return wanted
    if not parts:
        raise PartsMissing
    asked = tuple(parts.get(pk, 0) for pk in places)
    if sum(asked) != wanted.quantity:
        raise PartsDiffer
    named = None if goes_to is None else places[goes_to]
    return replace(wanted, parts=asked, tolerance_to=tolerance_part(asked, wanted.tolerance, named))


def in_order(campaign: Campaign, differences: Mapping[UUID, Decimal] | None) -> list[Decimal]:
    """A supplier's differences in the campaign's order; what is not named is 0. Raises
    DifferenceUnknown."""
    given = differences or {}
    places = [UUID(one["id"]) for one in campaign.variants]
    if set(given) - set(places):
        raise DifferenceUnknown
    return [given.get(pk, Decimal()) for pk in places]


def as_said(campaign: Campaign, differences: Sequence[Decimal]) -> dict[UUID, Decimal]:
    """Differences in the campaign's order, by the variants that they are of."""
    return dict(zip((UUID(one["id"]) for one in campaign.variants), differences, strict=True))


def chosen(item: Item, ids: Sequence[UUID] | None) -> list[Variant]:
    """The item's variants with these ids, as a campaign keeps them, in the item's order; without
    ids all that are not archived. One query. Raises VariantsWrong."""
    rows = Listed.objects.filter(item=item).order_by("position", "id")
    rows = rows.filter(archived_at=None) if ids is None else rows.filter(pk__in=ids)
    found = [_named(row) for row in rows]
    if len(found) > MOST_VARIANTS or (ids is not None and len(found) != len(ids)):
        raise VariantsWrong
    return found


def renamed(variants: Sequence[Variant]) -> list[Variant]:
    """The same variants, as they are called now: one query, none where there are none."""
    if not variants:
        return []
    now = Listed.objects.in_bulk([UUID(one["id"]) for one in variants])
    return [_named(now[UUID(one["id"])]) for one in variants]


def _named(row: Listed) -> Variant:
    return {"id": str(row.pk), "name": row.name, "name_en": row.name_en, "code": row.code}
