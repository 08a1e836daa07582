"""What kept rows and their columns are called, and how a value of each is read. Pure.

Each app says it of its own tables in `domain/kept.py`; reports puts them together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mungchi.common.text import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """One kept column: its label, and `how` its values are read.

    text, number, money (minor units), price (major units), rate (basis points), moment, until (the
    moment that ends a day), day, yes,
    code (`words` has them), list (of texts), figures (list of numbers), place (counted from 0),
    variants (list of what has a name, and perhaps a quantity), account (bank, account, holder), or
    the kind of thing that an id names: firm, cooperative, person, division, category, item, offer,
    point, campaign.
    """

    label: Text
    how: str = "text"
    words: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept kind of row: what it is called, and its columns in the order in which they are told.

    `left_out`: columns that are not kept, each with the reason.
    """

    name: Text
    table: str
    figures: Mapping[str, Figure]
    left_out: Mapping[str, str] = field(default_factory=dict)


def said(ko: str, en: str, how: str = "text", words: Mapping[str, Text] | None = None) -> Figure:
    """A column, in one line."""
    return Figure(Text(ko=ko, en=en), how, words or {})


def codes(**words: tuple[str, str]) -> dict[str, Text]:
    """Words for codes: `codes(open=("모집 중", "open"))`."""
    return {code: Text(ko=ko, en=en) for code, (ko, en) in words.items()}
