"""Taking times, counting queries, and the table they end up in."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection


@dataclass(frozen=True)
class Figure:
    """One row of the table. `target` is what must be reached, "" when it is only told."""

    name: str
    value: float
    unit: str
    target: str = ""
    ok: bool = True
    queries: int | None = None
    note: str = ""


def at_most(name: str, value: float, unit: str, limit: float, **more: object) -> Figure:
    return Figure(name, value, unit, f"<= {limit:g}", value <= limit, **more)  # type: ignore[arg-type]


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median of several runs; the first, which warms caches, is not counted."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


class Counted:
    """Counts the statements that are sent while it is entered, and takes the time.

    A COPY does not pass through Django's cursor and is not counted: it is one more.
    """

    def __enter__(self) -> "Counted":
        self.queries = 0
        self._wrapping = connection.execute_wrapper(self._count)
        self._wrapping.__enter__()
        self._begun = time.perf_counter()
        return self

    def __exit__(self, *failure: object) -> None:
        self.seconds = time.perf_counter() - self._begun
        self._wrapping.__exit__(*failure)

    def _count(self, execute, statement, values, many, context):
        self.queries += 1
        return execute(statement, values, many, context)


def table(figures: list[Figure]) -> str:
    """The figures as text in columns."""
    rows = [("", "value", "unit", "queries", "target", "", "note")]
    for one in figures:
        value = f"{one.value:,.0f}" if one.value >= 100 else f"{one.value:.2f}"
        queries = "" if one.queries is None else str(one.queries)
        verdict = "" if not one.target else ("ok" if one.ok else "MISSED")
        rows.append((one.name, value, one.unit, queries, one.target, verdict, one.note))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    right = {1, 3}
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def write(figures: list[Figure], about: dict[str, object], path: Path) -> None:
    """Write the figures and what they were taken with as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    document = {**about, "figures": [asdict(one) for one in figures]}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
