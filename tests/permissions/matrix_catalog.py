"""The catalogue's part of the table: items, what else they are called, and items that are one."""

from tests.permissions import rows, rows_catalog
from tests.permissions.line import FIRM, OF_MEMBERS, OF_OFFICE, OFFICE, PUBLIC, Line
from tests.permissions.line import named as _named
from tests.permissions.line import with_body as _with

CATALOG = [
    Line("GET", "items", "items.read", rows.item,
         {"own": (*FIRM, *OFFICE, "operator"), "sibling": (*FIRM, *OFFICE, "operator"),
          "foreign": ("operator",)}, at="list"),
    Line("POST", "items", "items.write", body=_with(name="새 품목"), ok=201),
    Line("POST", "items", "items.write", rows.category, PUBLIC, at="body", hidden=422,
         body=_named("category", name="새 품목"), ok=201, case="in a category"),
    Line("GET", "cooperative/items", "items.read", rows.item, OF_OFFICE, at="list"),
    Line("PATCH", "cooperative/items/<uuid:pk>", "items.write", rows.item, OF_OFFICE,
         _with(name="고친 품목")),
    Line("POST", "cooperative/items/categories", "items.write", rows.item, OF_OFFICE,
         lambda world, row: {"items": [{"id": row, "category": None}]}, at="body"),
    Line("GET", "categories", "items.read", rows.category, PUBLIC, at="list"),
    Line("GET", "units", "items.read"),
    Line("GET", "items/<uuid:pk>/units", "items.read", rows.item,
         {"own": (*FIRM, *OFFICE, "operator"), "sibling": (*FIRM, *OFFICE, "operator"),
          "foreign": ("operator",)}),
    Line("PUT", "items/<uuid:pk>/units", "items.merge", rows.item, OF_OFFICE,
         _with(units=[{"unit": "each", "said": 12, "base": 1}])),
    Line("GET", "items/<uuid:pk>/variants", "items.read", rows.item,
         {"own": (*FIRM, *OFFICE, "operator"), "sibling": (*FIRM, *OFFICE, "operator"),
          "foreign": ("operator",)}),
    Line("PUT", "items/<uuid:pk>/variants", "items.merge", rows.item, OF_OFFICE,
         _with(variants=[{"name": "빨강", "name_en": "Red", "code": "R"}])),
    Line("GET", "look-alikes", "items.read", rows_catalog.look_alike, OF_OFFICE, at="list"),
    Line("POST", "look-alikes/<uuid:pk>/set-apart", "items.merge", rows_catalog.look_alike,
         OF_OFFICE),
    Line("POST", "look-alikes/<uuid:pk>/take-back", "items.merge", rows_catalog.set_apart,
         OF_OFFICE),
    Line("GET", "item-merges", "items.read", rows_catalog.merge, OF_OFFICE, at="list"),
    Line("POST", "item-merges", "items.merge", rows_catalog.two_items, OF_OFFICE,
         rows_catalog.merging, at="body", ok=201),
    Line("POST", "item-merges/<uuid:pk>/undo", "items.merge", rows_catalog.merge, OF_OFFICE),
    Line("GET", "item-aliases", "items.read", rows_catalog.alias, OF_MEMBERS, at="list"),
    Line("POST", "item-aliases", "items.merge", rows.item, OF_OFFICE,
         _named("item", name="다른 이름"), at="body", ok=201),
    Line("DELETE", "item-aliases/<uuid:pk>", "items.merge", rows_catalog.alias, OF_OFFICE, ok=204),
]  # fmt: skip
