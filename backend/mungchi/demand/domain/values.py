"""Reading numbers, dates and codes as bookkeeping programs write them. Pure.

Everything arrives as text; a workbook's cells are turned into text first (see purchase_file).
Nothing here raises: what cannot be read is None.
"""

import re
import unicodedata
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from mungchi.common.money import MAX_UNIT_PRICE, PRICE_DECIMALS
from mungchi.common.sheets.cells import clean_code, clean_text

EARLIEST_YEAR: Final = 1980
LATEST_YEAR: Final = 2099
LONGEST_NUMBER: Final = 40

# Excel counts days from here; its serials of 1982 to 2119.
EXCEL_EPOCH: Final = date(1899, 12, 30)
EXCEL_SERIALS: Final = range(30_000, 80_001)

DATE_ORDERS: Final = ("ymd", "mdy", "dmy")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_BLANK = re.compile(r"\s+")
_MONEY_SIGNS = re.compile(r"krw|usd|gbp|eur|jpy|cny|won|원정|원|[₩\\$£€¥]", re.IGNORECASE)
_UNIT_AFTER = re.compile(r"(?<=\d)[^\W\d_]{1,6}\.?$")
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_DECIMAL_COMMA = re.compile(r"(?:\d+|\d{1,3}(?:\.\d{3})+),\d{1,2}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_SMALLEST = Decimal(1).scaleb(-PRICE_DECIMALS)

_CURRENCIES: Final = {
    "원": "KRW", "₩": "KRW", "\\": "KRW", "WON": "KRW", "원화": "KRW",
    "$": "USD", "US$": "USD", "달러": "USD", "£": "GBP", "€": "EUR", "유로": "EUR",
    "¥": "JPY", "엔": "JPY", "엔화": "JPY", "RMB": "CNY", "위안": "CNY",
}  # fmt: skip


def clean_item_code(text: str) -> str:
    """Return an item's code in upper case: bookkeepers write 84970s and 84970S for one item."""
    return clean_code(text).upper()


@lru_cache(maxsize=20_000)
def parse_number(text: str) -> Decimal | None:
    """Return the number that a cell holds, None when it holds none.

    Understands full-width digits, thousands commas, a decimal comma where it cannot be taken for
    one of thousands, money signs (a backslash is the won sign of old Korean code pages), a unit
    behind ("10개"), and the minus signs of bookkeepers: -5, 5-, (5), △5, ▲5.
    """
    raw = unicodedata.normalize("NFKC", text)
    raw = _BLANK.sub("", _CONTROL.sub("", _MONEY_SIGNS.sub("", raw)))
    if not raw or len(raw) > LONGEST_NUMBER:
        return None
    negative = False
    if raw.startswith("(") and raw.endswith(")"):
        negative, raw = True, raw[1:-1]
    if raw[:1] in {"-", "−", "–", "△", "▲"}:
        negative, raw = True, raw[1:]
    elif raw.endswith("-"):
        negative, raw = True, raw[:-1]
    raw = raw.removeprefix("+")
    digits = _digits(raw) or _digits(_UNIT_AFTER.sub("", raw))
    if digits is None:
        return None
    value = Decimal(digits)
    return -value if negative else value


def _digits(raw: str) -> str | None:
    if not raw.isascii():
        return None
    if _PLAIN.fullmatch(raw) or _SCIENTIFIC.fullmatch(raw):
        return raw
    if _GROUPED.fullmatch(raw):
        return raw.replace(",", "")
    if _DECIMAL_COMMA.fullmatch(raw):
        return raw.replace(".", "").replace(",", ".")
    return None


def to_price(number: Decimal) -> Decimal | None:
    """Return a unit price with at most six decimals, None when it is not above zero or too large.

    More decimals than that are the dust of binary fractions in workbooks, and are rounded half up.
    """
    if number <= 0 or number >= MAX_UNIT_PRICE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PRICE_DECIMALS:
        number = number.quantize(_SMALLEST, rounding=ROUND_HALF_UP)
    return number if number > 0 else None


def parse_currency(text: str) -> str:
    """Return the ISO 4217 code that a cell means, in upper case; unknown ones as they stand."""
    raw = clean_text(unicodedata.normalize("NFKC", text)).upper()
    return _CURRENCIES.get(raw, raw)


_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(.*)", re.S)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{4}|\d{2})\.?(?!\d)(.*)", re.S)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?|(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_DAY_MONTH = re.compile(r"(\d{1,2})[-\s.]*([A-Za-z]{3,9})[-\s.,]*(\d{4}|\d{2})(?!\d)(.*)", re.S)
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})[-\s.]*(\d{1,2})[-\s.,]+(\d{4})(?!\d)(.*)", re.S)
_TIME = re.compile(
    r"[\sT,]*(?:\(?[월화수목금토일]\)?(?:요일)?)?[\s,]*(?:(?:오전|오후|AM|PM)?\s*"
    r"\d{1,2}[:시]\s*\d{1,2}(?:[:분]\s*(?:\d{1,2}(?:[.,]\d+)?초?)?)?\s*(?:AM|PM)?"
    r"\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?\s*",
    re.IGNORECASE,
)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


@lru_cache(maxsize=20_000)
def parse_date(text: str, order: str) -> date | None:
    """Return the day that a cell names, None when it names none.

    `order` ("ymd", "mdy", "dmy") decides what 3/4/2024 and 03.04.05 mean. Understands ISO, dotted
    and Korean dates, 20240305 and 240305, Excel's serial numbers and English month names; a time
    of day behind the date is left out.
    """
    raw = unicodedata.normalize("NFKC", text).strip()
    if not raw or len(raw) > LONGEST_NUMBER:
        return None
    if match := _YEAR_FIRST.fullmatch(raw):
        year, month, day, rest = match.groups()
        return _day(year, month, day) if _TIME.fullmatch(rest) else None
    if match := _YEAR_LAST.fullmatch(raw):
        return _short_date(*match.groups(), order=order)
    if match := _PACKED.fullmatch(raw):
        return _day(*(part for part in match.groups() if part is not None))
    if (match := _SERIAL.fullmatch(raw)) and int(match[1]) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(match[1]))
    return _named_month(raw)


def _short_date(first: str, second: str, third: str, rest: str, *, order: str) -> date | None:
    if not _TIME.fullmatch(rest):
        return None
    if order == "ymd" and len(third) == 2:
        return _day(first, second, third)
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(third, month, day)


def _named_month(raw: str) -> date | None:
    if match := _DAY_MONTH.fullmatch(raw):
        day, name, year, rest = match.groups()
    elif match := _MONTH_DAY.fullmatch(raw):
        name, day, year, rest = match.groups()
    else:
        return None
    month = _MONTHS.get(name[:3].lower())
    return _day(year, str(month), day) if month and _TIME.fullmatch(rest) else None


def _day(year: str, month: str, day: str) -> date | None:
    whole = int(year) + (2000 if len(year) == 2 else 0)
    if not EARLIEST_YEAR <= whole <= LATEST_YEAR:
        return None
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None


def recognise_date_order(texts: list[str], *, default: str) -> str:
    """Tell from a column of dates which of "ymd", "mdy", "dmy" fits all; `default` when open."""
    fitting = set(DATE_ORDERS)
    seen = False
    for text in texts:
        match = _YEAR_LAST.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if match is None:
            continue
        seen = True
        fitting = {order for order in fitting if parse_date(text, order) is not None}
        # "ymd" says nothing of a date that ends in a four-digit year.
        if len(match[3]) == 4:
            fitting.discard("ymd")
    if not seen or default in fitting or not fitting:
        return default
    return next(order for order in DATE_ORDERS if order in fitting)
