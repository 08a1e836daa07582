"""Reading in which units an item may be said."""

from collections.abc import Iterable
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.catalog.domain.converting import Ratio, ratios
from mungchi.catalog.models import Item, ItemConversion
from mungchi.catalog.queries.items import own_items
from mungchi.common.errors import NotFound


def locked_item_looked_after(actor: Actor, pk: UUID) -> Item:
    """Lock an item of the office's own catalogue, an operator's of everybody's; raise NotFound."""
    rows = own_items(actor)
    if actor.role == "operator":
        rows = Item.objects.filter(cooperative=None, merged_into=None)
    item = rows.filter(pk=pk).select_for_update(no_key=True, of=("self",)).first()
    if item is None:
        raise NotFound
    return item


def units_of(items: Iterable[Item]) -> dict[UUID, dict[str, Ratio]]:
    """Item -> every unit that it may be said in, with its ratio to the item's: one query."""
    wanted = {item.pk: item.unit for item in items}
    said: dict[UUID, dict[str, Ratio]] = {pk: {} for pk in wanted}
    rows = ItemConversion.objects.filter(item__in=wanted).order_by("unit")
    for pk, unit, *both in rows.values_list("item_id", "unit", "said", "base"):
        said[pk][unit] = Ratio(*both)
    return {pk: ratios(unit, said[pk]) for pk, unit in wanted.items()}
