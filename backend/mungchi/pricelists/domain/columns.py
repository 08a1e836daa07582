"""Columns of a file of prices: which there are, what they are called, what a cell says. Pure.

One line an offer with its tiers side by side (수량 1, 단가 1, 수량 2, 단가 2), one line a tier, or
both: lines of the same offer are read together.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from mungchi.common.money import EXPONENTS, MAX_QUANTITY, to_minor
from mungchi.common.sheets.cells import clean_code, clean_text
from mungchi.common.sheets.headers import columns_by_name, plain_name
from mungchi.common.text import Text
from mungchi.demand.domain.values import parse_currency, parse_date, parse_number, to_price
from mungchi.pricelists.domain.terms import PERIODS

# Tiers side by side; a ladder with more goes on in another line.
ABREAST: Final = 8
STEPS: Final = tuple(range(1, ABREAST + 1))

FIELDS: Final[dict[str, Text]] = {
    "code": Text(ko="관리 코드", en="Own code"),
    "item_code": Text(ko="품목 코드", en="Item code"),
    "item_name": Text(ko="품목명", en="Item"),
    **{
        name: label
        for step in STEPS
        for name, label in (
            (f"quantity{step}", Text(ko=f"수량 {step}", en=f"Quantity {step}")),
            (f"price{step}", Text(ko=f"단가 {step}", en=f"Price {step}")),
        )
    },
    "pack_size": Text(ko="포장 단위", en="Pack"),
    "minimum": Text(ko="최소 주문", en="Smallest order"),
    "capacity": Text(ko="공급 가능 수량", en="Capacity"),
    "capacity_per": Text(ko="수량의 기간", en="Capacity for"),
    "lead_time_days": Text(ko="납기(일)", en="Lead time (days)"),
    "delivery_cost": Text(ko="배송비", en="Delivery cost"),
    "currency": Text(ko="통화", en="Currency"),
    "vat_included": Text(ko="부가세", en="VAT"),
    "valid_from": Text(ko="시작일", en="Valid from"),
    "valid_until": Text(ko="종료일", en="Valid until"),
    "cooperatives": Text(ko="대상 조합", en="For cooperatives"),
    "note": Text(ko="메모", en="Note"),
}

# Names in the order of preference; written as `plain_name` leaves them.
NAMES: Final[dict[str, tuple[str, ...]]] = {
    "code": ("관리코드", "공급코드", "자사코드", "공급사코드", "owncode", "suppliercode", "sku"),
    "item_code": (
        "품목코드", "품목번호", "상품코드", "제품코드", "자재코드", "품번", "코드",
        "itemcode", "itemno", "itemnumber", "productcode", "code",
    ),
    "item_name": (
        "품목명", "품명", "상품명", "제품명", "품목", "상품", "품명규격",
        "item", "itemname", "productname", "product", "description",
    ),
    **{
        name: names
        for step in STEPS
        for name, names in (
            (f"quantity{step}", (
                f"수량{step}", f"구간{step}", f"수량구간{step}", f"최소수량{step}",
                f"{step}구간수량",
                f"quantity{step}", f"qty{step}", f"fromquantity{step}", f"minquantity{step}",
                *(("수량", "구간수량", "수량구간", "수량부터", "구간", "이상수량", "quantity",
                   "qty", "fromquantity", "minquantity") if step == 1 else ()),
            )),
            (f"price{step}", (
                f"단가{step}", f"구간단가{step}", f"공급단가{step}", f"{step}구간단가",
                f"가격{step}",
                f"price{step}", f"unitprice{step}",
                *(("단가", "공급단가", "판매단가", "구간단가", "가격", "price", "unitprice")
                  if step == 1 else ()),
            )),
        )
    },
    "pack_size": ("포장단위", "포장수량", "입수", "입수량", "박스입수", "pack", "packsize"),
    "minimum": (
        "최소주문", "최소주문수량", "최소수량", "moq", "smallestorder", "minimumorder", "minorder",
    ),
    "capacity": (
        "공급가능수량", "공급가능량", "가능수량", "월공급량", "capacity", "available",
    ),
    "capacity_per": ("수량의기간", "공급기간", "기간단위", "capacityfor", "capacityper", "per"),
    "lead_time_days": (
        "납기", "납기일수", "납기일", "리드타임", "배송일수", "leadtime", "leadtimedays",
        "daystodeliver",
    ),
    "delivery_cost": ("배송비", "운송비", "운임", "택배비", "deliverycost", "delivery", "freight"),
    "currency": ("통화", "화폐", "currency"),
    "vat_included": ("부가세", "부가세포함", "vat포함", "vat", "vatincluded", "과세"),
    "valid_from": ("시작일", "적용일", "적용시작일", "유효시작일", "validfrom", "from", "start"),
    "valid_until": (
        "종료일", "유효기한", "유효기간", "적용종료일", "만료일", "validuntil", "validto", "until",
        "expires", "end",
    ),
    "cooperatives": (
        "대상조합", "조합", "적용조합", "협동조합", "forcooperatives", "cooperatives",
        "cooperative",
    ),
    "note": ("메모", "비고", "적요", "note", "notes", "remarks", "memo"),
}  # fmt: skip

# Blank in a column that is there, these say: none.
CLEARED: Final[dict[str, Any]] = {"capacity": None, "note": "", "cooperatives": ()}
LONGEST: Final = {"code": 60, "note": 1000}
ALL_WORDS: Final = frozenset({"모두", "전체", "모든조합", "all", "everybody", "전조합"})
_INCLUDED: Final = frozenset(
    {"포함", "부가세포함", "included", "yes", "y", "예", "o", "true", "vat포함"}
)
_EXCLUDED: Final = frozenset(
    {"별도", "부가세별도", "excluded", "no", "n", "아니요", "x", "false", "미포함", "vat별도"}
)
_PERIODS: Final[dict[str, str]] = {
    **{plain_name(words.ko): code for code, words in PERIODS.items()},
    **{plain_name(words.en): code for code, words in PERIODS.items()},
    **{code: code for code in PERIODS},
    "주문": "order", "1회": "order", "매주": "week", "주간": "week", "매월": "month",
    "월간": "month", "매분기": "quarter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one line says. `terms` has what is filled in; `fault` the first thing that cannot be
    read ("" when all can)."""

    code: str
    item_code: str
    item_name: str
    tiers: tuple[tuple[int, Decimal], ...]
    terms: Mapping[str, Any] = field(default_factory=dict)
    fault: str = ""


def missing_fields(mapping: Mapping[str, int | None]) -> list[str]:
    """The fields without which no line can be taken."""
    absent = [] if mapping.get("price1") is not None else ["price1"]
    named = any(mapping.get(name) is not None for name in ("code", "item_code", "item_name"))
    return absent if named else ["item_code", *absent]


def recognise_mapping(headers: Sequence[str]) -> dict[str, int | None]:
    """Return field -> column index by the columns' names, None where none fits."""
    return {**dict.fromkeys(FIELDS), **columns_by_name(headers, NAMES)}


def read(values: Sequence[str], mapping: Mapping[str, int | None], currency: str) -> Said:
    """What a line says; `currency`: of amounts where the line names none."""

    def cell(name: str) -> str:
        index = mapping.get(name)
        return clean_text(values[index]) if index is not None and index < len(values) else ""

    named = cell("currency")
    money = parse_currency(named) if named else currency
    tiers, fault = _tiers(cell)
    terms: dict[str, Any] = {"currency": money} if named else {}
    if named and money not in EXPONENTS:
        fault = fault or "currency"
        money = currency
    for name, parse in _READ.items():
        if text := cell(name):
            value = parse(text, money)
            if value is None:
                fault = fault or name
            else:
                terms[name] = value
    code = clean_code(cell("code"))
    if len(code) > LONGEST["code"]:
        fault, code = fault or "code", code[: LONGEST["code"]]
    return Said(code, clean_code(cell("item_code")), cell("item_name"), tiers, terms, fault)


def _tiers(cell: Callable[[str], str]) -> tuple[tuple[tuple[int, Decimal], ...], str]:
    found: list[tuple[int, Decimal]] = []
    for step in STEPS:
        least, price = cell(f"quantity{step}"), cell(f"price{step}")
        if not least and not price:
            continue
        number = parse_number(price) if price else None
        amount = to_price(number) if number is not None else None
        if amount is None:
            return tuple(found), "price"
        quantity = whole(least) if least else (1 if step == 1 else None)
        if quantity is None:
            return tuple(found), "quantity_cell"
        found.append((quantity, amount.normalize()))
    return tuple(found), "" if found else "price"


def whole(text: str, currency: str = "", *, least: int = 1) -> int | None:
    """A whole number of at least `least` that a cell holds."""
    number = parse_number(text)
    if number is None or number != int(number) or not least <= number <= MAX_QUANTITY:
        return None
    return int(number)


def _days(text: str, currency: str) -> int | None:
    found = whole(re.sub(r"(일|days?)$", "", text.strip(), flags=re.IGNORECASE), least=0)
    return found if found is not None and found <= 730 else None


def _money(text: str, currency: str) -> int | None:
    number = parse_number(text)
    if number is None or number < 0:
        return None
    minor = to_minor(number, currency)
    return minor if minor <= 10**13 else None


def _vat(text: str, currency: str) -> bool | None:
    word = plain_name(text)
    return True if word in _INCLUDED else False if word in _EXCLUDED else None


def _note(text: str, currency: str) -> str | None:
    return text if len(text) <= LONGEST["note"] else None


_READ: Final[dict[str, Callable[[str, str], Any]]] = {
    "pack_size": whole,
    "minimum": whole,
    "capacity": whole,
    "capacity_per": lambda text, currency: _PERIODS.get(plain_name(text)),
    "lead_time_days": _days,
    "delivery_cost": _money,
    "vat_included": _vat,
    "valid_from": lambda text, currency: parse_date(text, "ymd"),
    "valid_until": lambda text, currency: parse_date(text, "ymd"),
    # Names as they stand; whether there are such cooperatives is asked later.
    "cooperatives": lambda text, currency: tuple(
        name.strip() for name in re.split(r"[,;/|\n]", text) if name.strip()
    ),
    "note": _note,
}
