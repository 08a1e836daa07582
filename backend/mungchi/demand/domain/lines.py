"""Judging one line of a purchase history: a purchase, or the first reason why it is none. Pure.

The order of reasons is part of the rule: a line that is wrong in two ways counts under the first.
For the layout of the Online Retail data set (Chen, Sain, Guo 2012) it is cancelled, not_goods,
quantity, price, no_firm.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from mungchi.catalog.domain.converting import Ratio, to_base
from mungchi.catalog.domain.unit_words import unit_called
from mungchi.common.money import EXPONENTS, MAX_QUANTITY, plain
from mungchi.common.sheets.cells import clean_code, clean_text
from mungchi.common.text import Text
from mungchi.demand.domain.fields import Layout
from mungchi.demand.domain.values import (
    clean_item_code,
    parse_currency,
    parse_date,
    parse_number,
    to_price,
)

LONGEST: Final = {"document": 40, "item_code": 60, "firm_code": 40}
LONGEST_ITEM_NAME: Final = 200
LONGEST_FIRM_NAME: Final = 100

REASONS: Final[dict[str, Text]] = {
    "cancelled": Text(ko="취소된 전표입니다.", en="The line belongs to a cancelled document."),
    "not_goods": Text(
        ko="배송비나 수수료처럼 품목코드가 숫자 5자리로 시작하지 않습니다.",
        en="The item code does not begin with five digits (postage, fees and the like).",
    ),
    "item": Text(ko="품목코드와 품목명이 모두 비어 있습니다.", en="The line names no item."),
    "quantity": Text(
        ko="수량이 0보다 큰 정수가 아닙니다.", en="The quantity is not a whole number above zero."
    ),
    "unit": Text(ko="알 수 없는 단위입니다.", en="The unit is not known here."),
    "unit_no_conversion": Text(
        ko="환산을 모르는 단위입니다. 품목 화면에 적어 두면 읽습니다.",
        en="Nobody has said what this unit is of the item. Once written down with it, it is read.",
    ),
    "unit_not_whole": Text(
        ko="품목의 단위로 나누어떨어지지 않는 수량입니다.",
        en="The quantity does not come out whole in the item's unit.",
    ),
    "price": Text(
        ko="단가가 0보다 큰 숫자가 아닙니다.", en="The unit price is not a number above zero."
    ),
    "no_firm": Text(ko="거래처가 비어 있습니다.", en="The line names no firm."),
    "date": Text(ko="거래일자를 읽을 수 없습니다.", en="The date cannot be read."),
    "currency": Text(ko="알 수 없는 통화입니다.", en="The currency is not known here."),
    "too_long": Text(
        ko="전표번호나 코드가 너무 깁니다.", en="A document number or code is too long."
    ),
}

_FIVE_DIGITS = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """A line that can be taken. `unit_price` is per unit, VAT excluded, in major units.

    unit: what both are in, as the line says; "" where it says nothing of it.
    """

    document: str
    item_code: str
    item_name: str
    firm_code: str
    firm_name: str
    quantity: int
    unit_price: Decimal
    currency: str
    purchased_date: date
    unit: str = ""

    def digest(self) -> str:
        """32 hexadecimal digits: equal for lines that say the same, whatever the spelling.

        The item's name counts only where there is no code: one item has several spellings. The unit
        does not count: a file of which it is read the second time only brings in nothing new.
        """
        parts = (
            self.document,
            self.item_code or f"\x1e{self.item_name}",
            self.firm_code or f"\x1e{self.firm_name}",
            self.purchased_date.isoformat(),
            str(self.quantity),
            plain(self.unit_price),
            self.currency,
        )
        return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def unit_problem(line: PurchaseLine, known: Mapping[str, Ratio]) -> str:
    """The reason against a line because of its unit, "" when it can be counted in the item's.

    known: the units that the item may be said in. `gathering` says the same in SQL.
    """
    if not line.unit:
        return ""
    if line.unit not in known:
        return "unit_no_conversion"
    whole = to_base(line.quantity, known[line.unit])
    return "unit_not_whole" if whole is None or whole > MAX_QUANTITY else ""


def judge(values: Sequence[str], layout: Layout) -> PurchaseLine | str:
    """Return the purchase that a line states, or the code of the first reason against it."""
    mapping, rules = layout.mapping, layout.rules

    def cell(name: str) -> str:
        index = mapping.get(name)
        return values[index] if index is not None and index < len(values) else ""

    document = clean_code(cell("document"))
    if rules.c_is_cancelled and document.startswith("C"):
        return "cancelled"
    item_code = clean_item_code(cell("item_code"))
    item_name = clean_text(cell("item_name"))[:LONGEST_ITEM_NAME]
    if rules.five_digit_codes and not _FIVE_DIGITS.match(item_code):
        return "not_goods"
    if not item_code and not item_name:
        return "item"
    quantity = parse_number(cell("quantity"))
    if quantity is None or not 0 < quantity <= MAX_QUANTITY or quantity % 1:
        return "quantity"
    unit = unit_called(cell("unit")) if cell("unit").strip() else ""
    if unit is None:
        return "unit"
    number = parse_number(cell("unit_price"))
    price = None if number is None else to_price(number)
    if price is None:
        return "price"
    firm_code = clean_code(cell("firm_code"))
    firm_name = clean_text(cell("firm_name"))[:LONGEST_FIRM_NAME]
    if not firm_code and not firm_name:
        return "no_firm"
    day = parse_date(cell("date"), rules.date_order)
    if day is None:
        return "date"
    currency = parse_currency(cell("currency")) or layout.currency
    if currency not in EXPONENTS:
        return "currency"
    if (
        len(document) > LONGEST["document"]
        or len(item_code) > LONGEST["item_code"]
        or len(firm_code) > LONGEST["firm_code"]
    ):
        return "too_long"
    return PurchaseLine(
        document, item_code, item_name, firm_code, firm_name, int(quantity), price, currency, day,
        unit,
    )  # fmt: skip
