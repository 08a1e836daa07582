"""Reading the catalogue."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.catalog.models import Category, Item
from mungchi.common.errors import NotFound


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    """Everybody's items and those of the actor's cooperatives; an operator sees all."""
    rows = Item.objects.select_related("category")
    if actor.role == "operator":
        return rows
    own = cooperative_ids_of(actor)
    return rows.filter(Q(cooperative__isnull=True) | Q(cooperative_id__in=own))


def own_items(actor: Actor) -> QuerySet[Item]:
    """The items of an office's own catalogue; none for anybody else."""
    rows = Item.objects.select_related("category")
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
    return Item.objects.filter(Q(cooperative__isnull=True) | Q(cooperative_id=cooperative_id))


def items_matching(rows: QuerySet[Item], text: str) -> QuerySet[Item]:
    """Items whose name, English name or code contains `text`."""
    return rows.filter(
        Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text)
    )


def categories() -> QuerySet[Category]:
    """All kinds of goods and services."""
    return Category.objects.all()
