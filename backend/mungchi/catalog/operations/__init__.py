"""Everything that can happen to the catalogue, one function an event."""

from mungchi.catalog.operations.aliases import add_alias, remove_alias
from mungchi.catalog.operations.comparing import compare_items, set_apart, take_back
from mungchi.catalog.operations.from_files import Named, add_items, find_items
from mungchi.catalog.operations.item_files import (
    add_item_image,
    add_item_sheet,
    describe_item_image,
    remove_item_file,
)
from mungchi.catalog.operations.items import change_item, create_item, file_items
from mungchi.catalog.operations.merging import merge_items, refusal_of, undo_merge
from mungchi.catalog.operations.units import set_units
from mungchi.catalog.operations.variants import set_variants

__all__ = [
    "Named",
    "add_alias",
    "add_item_image",
    "add_item_sheet",
    "add_items",
    "change_item",
    "compare_items",
    "create_item",
    "describe_item_image",
    "file_items",
    "find_items",
    "merge_items",
    "refusal_of",
    "remove_alias",
    "remove_item_file",
    "set_apart",
    "set_units",
    "set_variants",
    "take_back",
    "undo_merge",
]
