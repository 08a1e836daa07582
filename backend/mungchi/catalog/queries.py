"""Reading the catalogue."""

from uuid import UUID

from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.catalog.models import Category, Item


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    """Everybody's items and those of the actor's cooperatives; an operator sees all."""
    rows = Item.objects.select_related("category")
    if actor.role == "operator":
        return rows
    own = cooperative_ids_of(actor)
    return rows.filter(Q(cooperative__isnull=True) | Q(cooperative_id__in=own))


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
