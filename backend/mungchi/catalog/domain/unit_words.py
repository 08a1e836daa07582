"""Which unit a word means, as bookkeepers write it: EA, 개, BOX, 박스, ㎏. Pure."""

import unicodedata
from functools import lru_cache
from typing import Final

# In lower case, half-width, without blanks and points.
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "each": ("each", "ea", "개", "pc", "pcs", "piece", "pieces", "낱개", "unit", "units", "개입"),
    "box": ("box", "boxes", "bx", "박스", "상자", "carton", "ctn", "카톤", "ct"),
    "pack": ("pack", "packs", "pk", "pac", "pkg", "팩", "package", "갑"),
    "set": ("set", "sets", "세트", "셋트", "조", "kit"),
    "bag": ("bag", "bags", "포", "포대", "봉", "봉지", "자루"),
    "bottle": ("bottle", "bottles", "btl", "병"),
    "can": ("can", "cans", "캔", "깡통", "통", "말통"),
    "roll": ("roll", "rolls", "rl", "롤", "두루마리"),
    "sheet": ("sheet", "sheets", "sht", "장", "매"),
    "pair": ("pair", "pairs", "pr", "켤레", "쌍", "족"),
    "gram": ("g", "gr", "gram", "grams", "그램", "그람"),
    "kg": ("kg", "kgs", "킬로", "킬로그램", "킬로그람", "kilogram", "kilograms"),
    "tonne": ("t", "ton", "tons", "tonne", "tonnes", "mt", "톤"),
    "millilitre": ("ml", "cc", "밀리리터", "millilitre", "milliliter"),
    "litre": ("l", "lt", "ltr", "litre", "litres", "liter", "liters", "리터"),
    "centimetre": ("cm", "센티", "센티미터", "centimetre", "centimeter"),
    "metre": ("m", "mtr", "metre", "metres", "meter", "meters", "미터"),
    "hour": ("hour", "hours", "hr", "hrs", "시간"),
    "day": ("day", "days", "일"),
    "month": ("month", "months", "개월", "월"),
    "year": ("year", "years", "yr", "년"),
    "visit": ("visit", "visits", "회"),
    "case": ("건", "식"),
}
_UNIT_OF: Final = {word: unit for unit, words in _WORDS.items() for word in words}


@lru_cache(maxsize=2_000)
def unit_called(text: str) -> str | None:
    """The code of the unit that a cell names, None when it names none that is known here.

    "BOX(12EA)" names none: how many a box holds is the item's to say, not a guess's.
    """
    word = unicodedata.normalize("NFKC", text).lower()
    return _UNIT_OF.get(
        "".join(letter for letter in word if not letter.isspace() and letter != ".")
    )
