"""Units in which things are bought, and VAT classes. Pure."""

from typing import Final

from mungchi.common.text import Text, several

UNITS: Final[dict[str, Text]] = {
    "each": Text(ko="개", en="each"),
    "box": Text(ko="박스", en="box"),
    "pack": Text(ko="팩", en="pack"),
    "set": Text(ko="세트", en="set"),
    "bag": Text(ko="포", en="bag"),
    "bottle": Text(ko="병", en="bottle"),
    "can": Text(ko="캔", en="can"),
    "roll": Text(ko="롤", en="roll"),
    "sheet": Text(ko="장", en="sheet"),
    "pair": Text(ko="켤레", en="pair"),
    "gram": Text(ko="g", en="g"),
    "kg": Text(ko="kg", en="kg"),
    "tonne": Text(ko="톤", en="t"),
    "millilitre": Text(ko="ml", en="ml"),
    "litre": Text(ko="리터", en="l"),
    "centimetre": Text(ko="cm", en="cm"),
    "metre": Text(ko="m", en="m"),
    "hour": Text(ko="시간", en="hour"),
    "day": Text(ko="일", en="day"),
    "month": Text(ko="개월", en="month"),
    "year": Text(ko="년", en="year"),
    "visit": Text(ko="회", en="visit"),
    "case": Text(ko="건", en="case"),
}

# Measures of one kind convert by themselves: unit -> (kind, how many of the kind's smallest).
MEASURES: Final[dict[str, tuple[str, int]]] = {
    "gram": ("mass", 1),
    "kg": ("mass", 1_000),
    "tonne": ("mass", 1_000_000),
    "millilitre": ("volume", 1),
    "litre": ("volume", 1_000),
    "centimetre": ("length", 1),
    "metre": ("length", 100),
    "month": ("time", 1),
    "year": ("time", 12),
}

# Taxable items carry the cooperative's VAT rate; zero-rated and exempt ones none.
VAT_CLASSES: Final[dict[str, Text]] = {
    "taxable": Text(ko="과세", en="taxable"),
    "zero_rated": Text(ko="영세율", en="zero-rated"),
    "exempt": Text(ko="면세", en="exempt"),
}


# In English a symbol has no plural, and what is counted by the piece is said without a unit.
_SYMBOLS: Final = frozenset({"g", "kg", "t", "ml", "l", "cm", "m"})


def counted(quantity: int, unit: Text) -> Text:
    """A quantity with its unit (a value of UNITS), as the screens write it.

    43 of "box": 43박스, "43 boxes"; 1: "1 box"; of "each": 43개, "43"; of "kg": "43 kg" in both.
    """
    number = f"{quantity:,}"
    if unit.en == "each":
        return Text(ko=f"{number}{unit.ko}", en=number)
    korean = f"{number} {unit.ko}" if unit.ko.isascii() else f"{number}{unit.ko}"
    english = f"{number} {unit.en}" if unit.en in _SYMBOLS else several(quantity, unit.en)
    return Text(ko=korean, en=english)


def vat_rate(vat_class: str, rate_bp: int) -> int:
    """The rate in basis points that applies to an item of `vat_class`."""
    return rate_bp if vat_class == "taxable" else 0
