"""What a line of a purchase history consists of, and how its file may be read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from mungchi.common.text import Text

FIELDS: Final[dict[str, Text]] = {
    "document": Text(ko="전표번호", en="Document number"),
    "item_code": Text(ko="품목코드", en="Item code"),
    "item_name": Text(ko="품목명", en="Item name"),
    "quantity": Text(ko="수량", en="Quantity"),
    "unit": Text(ko="단위", en="Unit"),
    "date": Text(ko="거래일자", en="Date"),
    "unit_price": Text(ko="단가", en="Unit price"),
    "firm_code": Text(ko="거래처코드", en="Firm code"),
    "firm_name": Text(ko="거래처명", en="Firm name"),
    "currency": Text(ko="통화", en="Currency"),
}

ALWAYS_NEEDED: Final = ("quantity", "date", "unit_price")
# A firm and an item are told by their code or, without one, by their name.
ONE_OF: Final = (("item_code", "item_name"), ("firm_code", "firm_name"))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a file's values mean, where files differ. Recognised, and open to correction.

    five_digit_codes: goods have item codes that begin with five digits; other codes are postage,
        fees and the like.
    c_is_cancelled: a document number that begins with C is a cancellation.
    date_order: how 3/4/2024 is read; dates that begin with the year need no hint.
    """

    five_digit_codes: bool = False
    c_is_cancelled: bool = False
    date_order: str = "mdy"


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines become purchases: field -> column index, and the rules of the file."""

    mapping: Mapping[str, int | None]
    currency: str
    rules: Rules = field(default_factory=Rules)


def missing_fields(mapping: Mapping[str, int | None]) -> list[str]:
    """Return the fields without which no line can be taken; of a pair, the first is named."""
    absent = [name for name in ALWAYS_NEEDED if mapping.get(name) is None]
    absent += [pair[0] for pair in ONE_OF if all(mapping.get(name) is None for name in pair)]
    return absent
