"""Reading what an office is proposed to buy together, and who is at it already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns.domain.states import BEFORE_OPENING, ENDED
from mungchi.campaigns.models import Bundle, Campaign, CampaignPart
from mungchi.catalog.models import Item
from mungchi.common.errors import NotFound
from mungchi.demand.models import Need

# While such a campaign has not closed, whoever needs the same can still join it.
STILL_TO_JOIN = (*BEFORE_OPENING, "open")
CLEARED = ("settling", "ordered", "delivering", "completed")


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part of a bundle with the rows that it names; `own`: the office's."""

    cooperative: Cooperative
    item: Item
    firms: int
    quantity: int | None
    own: bool


def bundles_visible_to(actor: Actor) -> QuerySet[Bundle]:
    """The office's own; annotated: saved, the saving or, below every one, that none is known."""
    rows = Bundle.objects.select_related("item__category", "cooperative", "campaign").annotate(
        saved=Coalesce("saving", Value(-1), output_field=BigIntegerField())
    )
    if not actor.is_office:
        return rows.none()
    return rows.filter(cooperative_id=actor.cooperative_id)


def locked_bundle(actor: Actor, pk: UUID) -> Bundle:
    """Lock one bundle of the office's own; raise NotFound."""
    rows = bundles_visible_to(actor).select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def attach_parts(bundles: Sequence[Any]) -> list[Any]:
    """Put on each bundle `named` (its parts with their rows) and `elsewhere` (campaigns that are
    made for some of its needs); three queries whatever their number."""
    cooperatives = Cooperative.objects.in_bulk(
        {part["cooperative"] for bundle in bundles for part in bundle.parts}
    )
    items = Item.objects.select_related("category").in_bulk(
        {part["item"] for bundle in bundles for part in bundle.parts}
    )
    others = made_elsewhere([bundle for bundle in bundles if bundle.state != "opened"])
    for bundle in bundles:
        bundle.named = [
            NamedPart(
                cooperatives[UUID(part["cooperative"])], items[UUID(part["item"])],
                part["firms"], part["quantity"],
                part["cooperative"] == str(bundle.cooperative_id),
            )
            for part in bundle.parts
        ]  # fmt: skip
        bundle.elsewhere = others.get(bundle.pk, [])
    return list(bundles)


def made_elsewhere(bundles: Sequence[Bundle]) -> dict[UUID, list[Campaign]]:
    """Campaigns that can still be joined and were made for needs that a bundle holds as well.

    By bundle, the oldest first; hosts loaded. One query.
    """
    cells = {
        (UUID(part["cooperative"]), UUID(part["item"]))
        for bundle in bundles
        for part in bundle.parts
    }
    if not cells:
        return {}
    made: dict[tuple[UUID, UUID], list[CampaignPart]] = {}
    for row in (
        CampaignPart.objects.filter(
            cooperative__in={cooperative for cooperative, _ in cells},
            item__in={item for _, item in cells},
            campaign__state__in=STILL_TO_JOIN,
        )
        .select_related("campaign__host")
        .order_by("campaign_id")
    ):
        made.setdefault((row.cooperative_id, row.item_id), []).append(row)
    found: dict[UUID, list[Campaign]] = {}
    for bundle in bundles:
        campaigns = {
            row.campaign_id: row.campaign
            for part in bundle.parts
            for row in made.get((UUID(part["cooperative"]), UUID(part["item"])), ())
            if row.first_day <= bundle.last_day and row.last_day >= bundle.first_day
        }
        if campaigns:
            found[bundle.pk] = [campaigns[pk] for pk in sorted(campaigns)]
    return found


def parts_to_settle() -> Q:
    """Campaigns with needs of partners that have something to be told; see settle_parts."""
    left = CampaignPart.objects.filter(campaign_id=OuterRef("pk"), settled_at__isnull=True)
    taken = Need.objects.filter(pool__part__campaign_id=OuterRef("pk"), state="in_campaign")
    return Q(Exists(left), state__in=CLEARED) | Q(Exists(taken), state__in=ENDED)
