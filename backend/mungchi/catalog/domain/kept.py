"""What is kept of items, in words."""

from typing import Final

from mungchi.catalog.domain.units import UNITS, VAT_CLASSES
from mungchi.common.kept import Kept, said
from mungchi.common.text import Text

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
        },
        {"cooperative_id": "whose it is"},
    ),
}
