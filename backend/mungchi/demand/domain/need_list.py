"""A firm's list of what it needs: what a line says, and what becomes of it. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from mungchi.catalog.domain.converting import (
    SAME,
    Ratio,
    nearest,
    nearest_prices,
    price_to_base,
    to_base,
)
from mungchi.catalog.domain.unit_words import unit_called
from mungchi.common.money import MAX_QUANTITY, plain
from mungchi.common.sheets.cells import clean_text
from mungchi.common.sheets.headers import columns_by_name, filled_cells, mostly
from mungchi.common.text import Text
from mungchi.demand.domain import columns
from mungchi.demand.domain.values import (
    clean_item_code,
    parse_date,
    parse_number,
    recognise_date_order,
    to_price,
)

FIELDS: Final[dict[str, Text]] = {
    "item_name": Text(ko="품목명", en="Item"),
    "item_code": Text(ko="품목코드", en="Item code"),
    "quantity": Text(ko="수량", en="Quantity"),
    "unit": Text(ko="단위", en="Unit"),
    "needed_by": Text(ko="필요한 날", en="Needed by"),
    "price_limit": Text(ko="희망 최고 단가", en="Highest price"),
    "note": Text(ko="덧붙일 말", en="Note"),
}
YEARS_AHEAD: Final = 3
NEEDED: Final = ("quantity", "needed_by")
LONGEST: Final = {"item_code": 60, "item_name": 200, "note": 500}
DATE_ORDER: Final = "ymd"

# Names in the order of preference; written as `plain_name` leaves them.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "item_code": columns.NAMES["item_code"],
    "item_name": columns.NAMES["item_name"],
    "quantity": ("필요수량", "필요물량", "물량", "요청수량", *columns.NAMES["quantity"]),
    "unit": columns.NAMES["unit"],
    "needed_by": (
        "필요한날", "필요한날짜", "필요일", "필요일자", "필요날짜", "희망납기", "희망납기일",
        "납기", "납기일", "납품요청일", "neededby", "needby", "requiredby", "requireddate",
        "duedate",
        *columns.NAMES["date"],
    ),
    "price_limit": (
        "희망최고단가", "최고단가", "희망단가", "단가한도", "목표단가", "pricelimit", "maxprice",
        "highestprice", "maximumprice", "targetprice", *columns.NAMES["unit_price"],
    ),
    "note": (
        "덧붙일말", "비고", "메모", "요청사항", "참고", "note", "notes", "remark", "remarks",
        "comment", "comments", "memo",
    ),
}  # fmt: skip

REASONS: Final[dict[str, Text]] = {
    "item": Text(ko="품목이 비어 있습니다.", en="The line names no item."),
    "quantity": Text(
        ko="수량이 0보다 큰 정수가 아닙니다.", en="The quantity is not a whole number above zero."
    ),
    "unit": Text(ko="알 수 없는 단위입니다.", en="The unit is not known here."),
    "date": Text(ko="필요한 날을 읽을 수 없습니다.", en="The day cannot be read."),
    "date_far": Text(
        ko="필요한 날이 3년 뒤보다 멉니다. 연도를 확인해 주십시오.",
        en="The day is more than three years away. Please check the year.",
    ),
    "date_passed": Text(ko="필요한 날이 이미 지났습니다.", en="The day has gone by."),
    "price": Text(
        ko="희망 최고 단가가 0보다 큰 숫자가 아닙니다.",
        en="The highest price is not a number above zero.",
    ),
    "too_long": Text(ko="너무 긴 칸이 있습니다.", en="A cell is too long."),
    "item_unknown": Text(
        ko="목록에 없는 품목입니다. 어느 품목인지 골라 주십시오.",
        en="There is no such item. Please choose which one is meant.",
    ),
    "unit_no_conversion": Text(
        ko="이 품목은 그 단위로 환산할 수 없습니다.",
        en="Nobody has said what this unit is of the item.",
    ),
    "quantity_not_whole": Text(
        ko="품목의 단위로 나누어떨어지지 않는 수량입니다.",
        en="The quantity does not come out whole in the item's unit.",
    ),
    "price_not_exact": Text(
        ko="품목의 단위로 정확히 나누어지지 않는 단가입니다.",
        en="The price cannot be written exactly for one of the item's unit.",
    ),
    "already_stated": Text(
        ko="전에 올린 파일의 같은 줄로 이미 올린 수요입니다.",
        en="The same line of an earlier file has stated it already.",
    ),
    "already_withdrawn": Text(
        ko="전에 올린 파일의 같은 줄로 올렸다가 거둔 수요입니다. 내 수요에서 다시 올려 주십시오.",
        en="The same line of an earlier file stated it, and it was withdrawn. State it again in "
           "the list of your needs.",
    ),
    "changed": Text(
        ko="처리하는 동안 다른 곳에서 바뀌었습니다. 다시 올려 주십시오.",
        en="Something else changed it meanwhile. Please upload the line again.",
    ),
}  # fmt: skip

# What becomes of a line. "already" and "rejected" state nothing.
VERDICTS: Final[dict[str, Text]] = {
    "new": Text(ko="수요로 올립니다", en="is stated"),
    "already": Text(ko="그대로 둡니다", en="stays as it is"),
    "rejected": Text(ko="제외합니다", en="is left out"),
}
STATED: Final = Text(ko="수요로 올렸습니다", en="is stated")


def outcome(verdict: str, reason: str, *, stated: bool) -> Text:
    """What became, or will become, of a line; the reason when that is nothing."""
    if stated:
        return STATED
    return REASONS[reason] if reason else VERDICTS[verdict]


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says, before its item is known. unit: "" for the item's own."""

    item_code: str
    item_name: str
    quantity: int
    unit: str
    needed_by: date
    price_limit: Decimal | None
    note: str

    @property
    def called(self) -> str:
        """What the line calls its item: one spelling of both, as choices are kept by it."""
        return f"{self.item_code}\x1f{self.item_name}"


class Meant(NamedTuple):
    """The item that a line means, and the units that it may be said in."""

    pk: UUID
    unit: str
    units: Mapping[str, Ratio]


def recognise_mapping(
    headers: Sequence[str], samples: Sequence[Sequence[str]]
) -> dict[str, int | None]:
    """Return field -> column index, None where none fits: by names, then by contents."""
    mapping: dict[str, int | None] = dict.fromkeys(FIELDS)
    mapping |= columns_by_name(headers, NAMES)
    cells = filled_cells(headers, samples)
    if mapping["needed_by"] is None:
        free = [index for index in cells if index not in mapping.values()]
        fitting = [index for index in free if mostly(cells[index], columns.looks_like_date)]
        mapping["needed_by"] = fitting[0] if len(fitting) == 1 else None
    return mapping


def date_order(lines: Iterable[Sequence[str]], mapping: Mapping[str, int | None]) -> str:
    """How 3/4/2027 is to be read in this file."""
    index = mapping.get("needed_by")
    cells = [] if index is None else [row[index] for row in lines if index < len(row)]
    return recognise_date_order(cells, default=DATE_ORDER)


def missing_fields(mapping: Mapping[str, int | None]) -> list[str]:
    """Fields without which no line can be taken; of code and name one is enough."""
    absent = [name for name in NEEDED if mapping.get(name) is None]
    return absent + (
        ["item_name"]
        if mapping.get("item_name") is None and mapping.get("item_code") is None
        else []
    )


def read(values: Sequence[str], mapping: Mapping[str, int | None], order: str) -> Line | str:
    """Return what a line says, or the code of the first reason against it."""

    def cell(name: str) -> str:
        index = mapping.get(name)
        return clean_text(values[index]) if index is not None and index < len(values) else ""

    code, name = clean_item_code(cell("item_code")), cell("item_name")
    if not code and not name:
        return "item"
    quantity = parse_number(cell("quantity"))
    if quantity is None or not 0 < quantity <= MAX_QUANTITY or quantity % 1:
        return "quantity"
    unit = unit_called(cell("unit")) if cell("unit") else ""
    if unit is None:
        return "unit"
    day = parse_date(cell("needed_by"), order)
    if day is None:
        return "date"
    limit: Decimal | None = None
    if cell("price_limit"):
        number = parse_number(cell("price_limit"))
        limit = None if number is None else to_price(number)
        if limit is None:
            return "price"
    texts = {"item_code": code, "item_name": name, "note": cell("note")}
    if any(len(text) > LONGEST[key] for key, text in texts.items()):
        return "too_long"
    return Line(code, name, int(quantity), unit, day, limit, texts["note"])


def last_day_for(today: date) -> date:
    """The last day by which a need may be wanted: further away most likely the year is mistyped."""
    return today + timedelta(days=365 * YEARS_AHEAD)


def refusal(line: Line, meant: Meant, today: date) -> tuple[str, list[str]]:
    """The reason against a line whose item is known, "" for none, and what would do instead."""
    if line.needed_by < today:
        return "date_passed", []
    if line.needed_by > last_day_for(today):
        return "date_far", []
    one = SAME if not line.unit else meant.units.get(line.unit)
    if one is None:
        return "unit_no_conversion", []
    whole = to_base(line.quantity, one)
    if whole is None:
        return "quantity_not_whole", [f"{each:,}" for each in nearest(line.quantity, one)]
    if whole > MAX_QUANTITY:
        return "quantity", []
    if line.price_limit is not None and price_to_base(line.price_limit, one) is None:
        return "price_not_exact", nearest_prices(line.price_limit, one)
    return "", []


def digest(line: Line, nth: int) -> str:
    """32 hexadecimal digits: equal for lines that say the same, whichever item it is found to mean.

    nth: how often the same stood before it in its file; two equal lines are two needs.
    """
    limit = "" if line.price_limit is None else plain(line.price_limit)
    parts = (line.called, str(line.quantity), line.unit, line.needed_by.isoformat(), limit,
             line.note, str(nth))  # fmt: skip
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
