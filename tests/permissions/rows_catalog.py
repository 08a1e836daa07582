"""Rows of a side's catalogue: items that may be or became one, and what else they are called."""

import io
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests.factories.catalog import ItemFactory
from tests.permissions.rows import _need
from tests.permissions.world import Affair, Side

from mungchi.catalog import operations
from mungchi.catalog.models import Item, ItemFile, LookAlike
from mungchi.common import clock


def two_items(side: Side) -> tuple[UUID, UUID]:
    """Two of the side's own, the second with a need."""
    kept = ItemFactory(cooperative=side.cooperative)
    away = Item.objects.get(pk=_need(side).item_id)
    Item.objects.filter(pk=kept.pk).update(unit=away.unit)
    return kept.pk, away.pk


def look_alike(side: Side) -> UUID:
    """Two of the side's items that may be one."""
    first, second = sorted(two_items(side))
    return LookAlike.objects.create(
        cooperative=side.cooperative, first_id=first, second_id=second, score=90,
        found_at=clock.now(),
    ).pk  # fmt: skip


def set_apart(side: Side) -> UUID:
    """Two that the side's office says are not the same."""
    return operations.set_apart(actor=side.office, pair_id=look_alike(side)).pk


def merge(side: Side) -> UUID:
    """One of the side's items that went over into another."""
    kept, away = two_items(side)
    return operations.merge_items(actor=side.office, keep_id=kept, away_id=away).pk


def alias(side: Side) -> UUID:
    """Another name of one of the side's items."""
    item = ItemFactory(cooperative=side.cooperative)
    return operations.add_alias(actor=side.office, item_id=item.pk, name=f"별칭 {item.name}").pk


def merging(world: Any, both: Any) -> dict[str, Any]:
    """What is sent to merge two items."""
    keep, away = (both, both) if isinstance(both, str) else both
    return {"keep": keep, "away": away}


def image(side: Side) -> UUID:
    """An image of one of the side's items."""
    return _image(side, ItemFactory(cooperative=side.cooperative)).pk


def pictured(side: Side) -> UUID:
    """One of the side's items, with an image."""
    return _image(side, ItemFactory(cooperative=side.cooperative)).item_id


def pictured_campaign(side: Side) -> UUID:
    """An open campaign of the side's, of an item with an image."""
    affair = Affair(side).opened()
    _image(side, affair.item)
    return affair.campaign.pk


def _image(side: Side, item: Item) -> ItemFile:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    out.seek(0)
    return operations.add_item_image(
        actor=side.office, item_id=item.pk, filename="앞면.png", stream=out, alt="상자 앞면"
    )


def sheet(world: Any, row: Any) -> dict[str, Any]:
    """What is sent to add a specification sheet."""
    return {"file": SimpleUploadedFile("규격.pdf", b"%PDF-1.7 x", content_type="application/pdf")}
