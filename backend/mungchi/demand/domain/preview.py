"""What an import would do, shown before it is done: columns, first rows, counts of reasons. Pure.

The first PREVIEW_LINES lines are judged; `whole` says whether that was all of them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, BinaryIO, Final

from mungchi.common.sheets.files import Reading, Row, recognise_reading, rows
from mungchi.common.sheets.headers import find_header
from mungchi.common.sheets.problems import FileUnreadable
from mungchi.common.sheets.tables import RECOGNISED_FROM, SAMPLE_LENGTH, described
from mungchi.demand.domain.columns import NAMES, recognise_mapping, recognise_rules
from mungchi.demand.domain.fields import Layout, Rules
from mungchi.demand.domain.lines import PurchaseLine, judge

PREVIEW_LINES: Final = 20_000
SHOWN_ROWS: Final = 20

Weigh = Callable[[Sequence[tuple[int, PurchaseLine]]], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file turned out to be. columns: [{"index", "header", "samples"}]."""

    reading: Reading
    columns: list[dict[str, Any]]
    mapping: dict[str, int | None]
    rules: Rules


def recognise(stream: BinaryIO) -> tuple[Recognised, list[Row]]:
    """Recognise a file; return that and its first lines. Raises FileUnreadable."""
    reading = recognise_reading(stream)
    head = list(islice(rows(stream, reading), PREVIEW_LINES + 100))
    reading = replace(reading, header_line=find_header(head, NAMES))
    headers = next(values for line, values in head if line == reading.header_line)
    lines = [row for row in head if row[0] > reading.header_line]
    if not lines:
        raise FileUnreadable("no_lines")
    cells = [values for _, values in lines]
    headers, columns = described(headers, cells)
    mapping = recognise_mapping(headers, cells[:RECOGNISED_FROM])
    rules = recognise_rules(headers, mapping, cells)
    return Recognised(reading, columns, mapping, rules), lines


def lines_below_header(stream: BinaryIO, reading: Reading) -> list[Row]:
    """The first lines of a file already recognised, for a new preview. Raises FileUnreadable."""
    below = (row for row in rows(stream, reading) if row[0] > reading.header_line)
    return list(islice(below, PREVIEW_LINES + 1))


def preview(lines: Sequence[Row], layout: Layout, weigh: Weigh) -> dict[str, Any]:
    """Judge the first lines; return {"rows", "lines", "whole", "kept", "rejected"} for storing.

    rows: [{"line", "values": {field: text}, "problem": reason or None}]. weigh: what lines have
    against them that is not in the file: (number, line) of each -> reason by number.
    """
    judged = lines[:PREVIEW_LINES]
    verdicts = {line: judge(values, layout) for line, values in judged}
    against = weigh([(line, v) for line, v in verdicts.items() if not isinstance(v, str)])
    rejected: Counter[str] = Counter()
    shown: list[dict[str, Any]] = []
    for line, values in judged:
        verdict = verdicts[line]
        problem = verdict if isinstance(verdict, str) else against.get(line)
        if problem:
            rejected[problem] += 1
        if len(shown) < SHOWN_ROWS:
            shown.append({"line": line, "values": _named(values, layout.mapping),
                          "problem": problem})  # fmt: skip
    return {
        "rows": shown,
        "lines": len(judged),
        "whole": len(lines) <= PREVIEW_LINES,
        "kept": len(judged) - rejected.total(),
        "rejected": dict(rejected.most_common()),
    }


def _named(values: Sequence[str], mapping: Mapping[str, int | None]) -> dict[str, str]:
    return {
        name: values[index][:SAMPLE_LENGTH]
        for name, index in mapping.items()
        if index is not None and index < len(values)
    }
