"""What stands in a cell, as it is compared. Pure; nothing here raises."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from stdnum.kr import brn

_NOTHING: Final = frozenset({"nan", "null", "none", "#n/a", "n/a", "#null!", "nat"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_BLANK = re.compile(r"\s+")


@lru_cache(maxsize=20_000)
def clean_text(text: str) -> str:
    """Return `text` without control characters and with single blanks."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANK.sub(" ", _CONTROL.sub(" ", text)).strip()


@lru_cache(maxsize=20_000)
def clean_code(text: str) -> str:
    """Return a code as it is compared: half-width, "13047.0" as 13047, "" for nan and the like.

    A valid Korean business number loses its hyphens (check digit by stdnum.kr.brn).
    """
    code = clean_text(unicodedata.normalize("NFKC", text))
    if code.lower() in _NOTHING:
        return ""
    if re.fullmatch(r"\d+\.0+", code):
        code = code.partition(".")[0]
    if re.fullmatch(r"\d{3}-\d{2}-\d{5}", code) and brn.is_valid(code):
        code = code.replace("-", "")
    return code
