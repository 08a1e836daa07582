"""Reading the catalogue."""

from mungchi.catalog.queries.finding import items_alike, items_found, items_like_name
from mungchi.catalog.queries.item_files import files_of_item, item_file, item_files_visible_to
from mungchi.catalog.queries.items import (
    categories,
    ids_called,
    ids_matching,
    items_called,
    items_like,
    items_matching,
    items_of,
    items_visible_to,
    locked_own_items,
    own_items,
    with_variants,
)
from mungchi.catalog.queries.merging import (
    aliases_visible_to,
    is_something_uncompared,
    locked_pair,
    merges_visible_to,
    pairs_visible_to,
    uses_of,
    with_uses,
)
from mungchi.catalog.queries.units import locked_item_looked_after, units_of

__all__ = [
    "aliases_visible_to",
    "categories",
    "files_of_item",
    "ids_called",
    "ids_matching",
    "is_something_uncompared",
    "item_file",
    "item_files_visible_to",
    "items_alike",
    "items_called",
    "items_found",
    "items_like",
    "items_like_name",
    "items_matching",
    "items_of",
    "items_visible_to",
    "locked_item_looked_after",
    "locked_own_items",
    "locked_pair",
    "merges_visible_to",
    "own_items",
    "pairs_visible_to",
    "units_of",
    "uses_of",
    "with_uses",
    "with_variants",
]
