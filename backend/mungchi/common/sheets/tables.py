"""An uploaded table at once: its columns with samples, and the lines below its header. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, Final

from mungchi.common.sheets.files import Row, recognise_reading, rows
from mungchi.common.sheets.headers import Names, find_header
from mungchi.common.sheets.problems import FileUnreadable

SAMPLES: Final = 5
SAMPLE_LENGTH: Final = 80
RECOGNISED_FROM: Final = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A file that was read. columns: [{"index", "header", "samples"}], as many as its widest line.

    lines: (number, cells) of each line below the header.
    """

    headers: list[str]
    columns: list[dict[str, Any]]
    lines: list[Row]

    @property
    def samples(self) -> list[list[str]]:
        """The first lines' cells, from which contents are recognised."""
        return [values for _, values in self.lines[:RECOGNISED_FROM]]


def read_table(stream: BinaryIO, names: Names, *, most: int, least: int) -> Table:
    """Read a small file whole. names, least: as find_header has them.

    Raises FileUnreadable, also ("too_many_lines") for more than `most` lines below the header.
    """
    reading = recognise_reading(stream)
    head = list(islice(rows(stream, reading), most + 100))
    header = find_header(head, names, least=least)
    lines = [row for row in head if row[0] > header]
    if not lines:
        raise FileUnreadable("no_lines")
    if len(lines) > most:
        raise FileUnreadable("too_many_lines")
    headers = next(values for line, values in head if line == header)
    return Table(*described(headers, [values for _, values in lines]), lines)


def described(
    headers: Sequence[str], cells: Sequence[Sequence[str]]
) -> tuple[list[str], list[dict[str, Any]]]:
    """The names of all columns, those without one too, and each column with some of its cells."""
    width = max(len(headers), max(len(values) for values in cells))
    names = [*headers, *[""] * (width - len(headers))]
    return names, [
        {
            "index": index,
            "header": header.strip()[:SAMPLE_LENGTH],
            "samples": list(islice(
                (row[index][:SAMPLE_LENGTH] for row in cells if index < len(row) and row[index]),
                SAMPLES,
            )),
        }
        for index, header in enumerate(names)
    ]  # fmt: skip
