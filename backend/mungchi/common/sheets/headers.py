"""Finding out which column is what: from their names, whatever program wrote them. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from mungchi.common.sheets.files import Row
from mungchi.common.sheets.problems import FileUnreadable

HEADER_WITHIN: Final = 40
MOST: Final = 0.8

# Field -> names of its column in the order of preference, written as `plain_name` leaves them.
Names = Mapping[str, Sequence[str]]


def plain_name(header: str) -> str:
    """A column's name for comparing: half-width lower-case letters and digits only."""
    text = unicodedata.normalize("NFKC", header).lower()
    # What stands in brackets is a unit: 단가(원), 수량[EA].
    text = re.sub(r"[(\[<].*?[)\]>]", "", text)
    return "".join(letter for letter in text if letter.isalnum())


def find_header(head: Sequence[Row], names: Names, *, least: int = 3) -> int:
    """Return the line that names the columns, below any title block.

    It is the line in which most names are known; at least `least` must be, or else the line must
    look like names above a table. Raises FileUnreadable("no_header").
    """
    fields = _field_of(names)
    best_line, best = 0, 0
    for line, values in head[:HEADER_WITHIN]:
        known = {fields[name][0] for value in values if (name := plain_name(value)) in fields}
        if len(known) > best:
            best_line, best = line, len(known)
    if best >= least:
        return best_line
    for (line, values), (_, below) in pairwise(head[:HEADER_WITHIN]):
        filled = [value for value in values if value.strip()]
        if (
            len(filled) >= 4
            and len(filled) == len({*filled})
            and not any(any(letter.isdigit() for letter in value) for value in filled)
            and sum(any(letter.isdigit() for letter in value) for value in below) >= 2
        ):
            return line
    raise FileUnreadable("no_header")


def columns_by_name(headers: Sequence[str], names: Names) -> dict[str, int]:
    """Return field -> index of the column whose name fits it best, for those that have one."""
    fields = _field_of(names)
    chosen: dict[str, tuple[int, int]] = {}
    for index, header in enumerate(headers):
        field, rank = fields.get(plain_name(header), ("", 0))
        if field and (field not in chosen or rank < chosen[field][0]):
            chosen[field] = (rank, index)
    return {field: index for field, (_, index) in chosen.items()}


def _field_of(names: Names) -> dict[str, tuple[str, int]]:
    return {name: (field, rank) for field, ns in names.items() for rank, name in enumerate(ns)}


def filled_cells(headers: Sequence[str], samples: Sequence[Sequence[str]]) -> dict[int, list[str]]:
    """Return what stands in each column, blank cells left out."""
    return {
        index: [row[index] for row in samples if index < len(row) and row[index].strip()]
        for index in range(len(headers))
    }


def mostly(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    """Whether nearly all of some cells (and there are some) are of a kind."""
    return bool(cells) and sum(map(holds, cells)) >= MOST * len(cells)
