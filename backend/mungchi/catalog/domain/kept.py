"""What is kept of items, in words."""

from typing import Final

from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.common.kept import Kept, codes, said
from mungchi.common.text import Text

ALIAS_KINDS: Final = codes(name=("이름", "name"), code=("품목코드", "code"))

KEPT: Final[dict[str, Kept]] = {
    "catalog.item": Kept(
        Text(ko="품목", en="Item"),
        "catalog_item",
        {
            "name": said("이름", "Name"),
            "name_en": said("영문 이름", "English name"),
            "code": said("코드", "Code"),
            "unit": said("단위", "Unit", "code", UNITS),
            "pack_size": said("포장 단위", "Pack", "number"),
            "vat_class": said("과세 구분", "VAT class", "code", VAT_CLASSES),
            "category_id": said("분류", "Category", "category"),
            "merged_into_id": said("합쳐진 품목", "Merged into", "item"),
        },
        {"cooperative_id": "whose it is", "compared_at": "a time of the job",
         "cover": "its files have events of their own"},
    ),
    "catalog.itemalias": Kept(
        Text(ko="품목의 다른 이름", en="Other name of an item"),
        "catalog_itemalias",
        {
            "item_id": said("품목", "Item", "item"),
            "kind": said("종류", "Kind", "code", ALIAS_KINDS),
            "name": said("다른 이름", "Other name"),
        },
        {"cooperative_id": "whose it is", "merge_id": "the merge that left it"},
    ),
    "catalog.variant": Kept(
        Text(ko="품목의 규격", en="Variant of an item"),
        "catalog_variant",
        {
            "item_id": said("품목", "Item", "item"),
            "name": said("이름", "Name"),
            "name_en": said("영문 이름", "English name"),
            "code": said("코드", "Code"),
            "position": said("순서", "Place", "place"),
            "archived_at": said("보관한 때", "Archived at", "moment"),
        },
    ),
    "catalog.itemconversion": Kept(
        Text(ko="품목의 다른 단위", en="Other unit of an item"),
        "catalog_itemconversion",
        {
            "item_id": said("품목", "Item", "item"),
            "unit": said("단위", "Unit", "code", UNITS),
            "said": said("이 단위의 수량", "So many of it", "number"),
            "base": said("품목 단위의 수량", "are so many of the item's", "number"),
        },
    ),
}  # fmt: skip
