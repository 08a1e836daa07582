"""Reading images and specification sheets of items."""

from uuid import UUID

from django.db.models import QuerySet

from mungchi.accounts.access import Actor
from mungchi.catalog.models import Item, ItemFile
from mungchi.catalog.queries.items import items_visible_to
from mungchi.common.errors import NotFound


def files_of_item(item: Item) -> QuerySet[ItemFile]:
    """Its images and sheets without their content, in the order in which they came."""
    rows = ItemFile.objects.defer("content", "small")
    return rows.filter(item=item).order_by("id")


def item_files_visible_to(actor: Actor, item_id: UUID) -> QuerySet[ItemFile]:
    """Those of an item of this seat's catalogues; raise NotFound for any other item."""
    item = items_visible_to(actor).filter(pk=item_id).first()
    if item is None:
        raise NotFound
    return files_of_item(item)


def item_file(rows: QuerySet[ItemFile], pk: UUID | str | None, *, small: bool = False) -> ItemFile:
    """One of these files with the content that is wanted; raise NotFound."""
    row = rows.filter(pk=pk).first() if pk else None
    if row is None:
        raise NotFound
    wanted = "small" if small and row.kind == "image" else "content"
    return ItemFile.objects.only("kind", "filename", "content_type", "digest", wanted).get(
        pk=row.pk
    )
