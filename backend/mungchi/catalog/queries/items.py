"""Reading items and their categories."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.catalog.models import Category, Item, ItemAlias
from mungchi.common.errors import NotFound


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    """Everybody's items and those of the actor's cooperatives; an operator sees all."""
    rows = Item.objects.select_related("category").filter(merged_into__isnull=True)
    if actor.role == "operator":
        return rows
    own = cooperative_ids_of(actor)
    return rows.filter(Q(cooperative__isnull=True) | Q(cooperative_id__in=own))


def own_items(actor: Actor) -> QuerySet[Item]:
    """The items of an office's own catalogue; none for anybody else."""
    rows = Item.objects.select_related("category").filter(merged_into__isnull=True)
    if not actor.is_office:
        return rows.none()
    return rows.filter(cooperative_id=actor.cooperative_id)


def locked_own_items(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Item]:
    """Lock items of the office's own catalogue, by id; raise NotFound when one is none of them."""
    rows = own_items(actor).filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(no_key=True, of=("self",))}
    if set(ids) - set(found):
        raise NotFound
    return found


def items_of(cooperative_id: UUID) -> QuerySet[Item]:
    """What members of one cooperative may ask for: everybody's items and the cooperative's own."""
    return Item.objects.filter(
        Q(cooperative__isnull=True) | Q(cooperative_id=cooperative_id), merged_into__isnull=True
    )


def items_matching(rows: QuerySet[Item], text: str, actor: Actor) -> QuerySet[Item]:
    """Items whose name, English name or code contains `text`, or another name they have.

    Other names are those of everybody's catalogue and of the actor's cooperatives.
    """
    called = Item.objects.filter(
        Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text)
    )
    also = aliases_known_to(actor).filter(name__icontains=text)
    return rows.filter(pk__in=called.values("pk").union(also.values("item_id"), all=True))


def aliases_known_to(actor: Actor) -> QuerySet[ItemAlias]:
    """Other names in everybody's catalogue and in those of the actor's cooperatives."""
    own = cooperative_ids_of(actor)
    return ItemAlias.objects.filter(Q(cooperative__isnull=True) | Q(cooperative_id__in=own))


def categories() -> QuerySet[Category]:
    """All kinds of goods and services."""
    return Category.objects.all()
