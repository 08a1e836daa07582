"""How PostgreSQL reads a list: the statement that finds a page's rows, its plan in short.

The plan is asked for in the middle of the request, so that it is the one of its seat behind the
second wall, with what it has set.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from rest_framework.test import APIClient

PAGE = 25
EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "


@dataclass(frozen=True)
class Scan:
    """One table read: how ("Index Scan"), which, by which index (none: the whole table), how many
    rows it gave and threw away, and how often."""

    how: str
    table: str
    index: str
    rows: int
    thrown: int
    loops: int

    def __str__(self) -> str:
        by = f" by {self.index}" if self.index else ""
        times = f" x {self.loops:,}" if self.loops > 1 else ""
        return f"{self.how} {self.table}{by}: {self.rows:,}{times}"


@dataclass(frozen=True)
class Plan:
    """A statement's time in milliseconds, the pages of 8 kB it read, its scans, outermost first."""

    milliseconds: float
    pages: int
    scans: tuple[Scan, ...]

    def whole(self, least: int = 1_000) -> list[Scan]:
        """Tables of which all rows were looked at, where that was `least` rows or more."""
        return [scan for scan in self.scans
                if not scan.index and (scan.rows + scan.thrown) * scan.loops >= least]  # fmt: skip

    def indexes(self) -> set[str]:
        """The indexes that were read."""
        return {scan.index for scan in self.scans if scan.index}


def page_of(client: APIClient, path: str) -> tuple[float, Plan]:
    """Milliseconds that the database needs for a list, and the plan of the statement that finds the
    rows of its page. Asks twice: the time is of the request without EXPLAIN."""
    spent = 0.0
    found: list[Plan] = []

    def watch(execute, statement, values, many, context):
        nonlocal spent
        begun = time.perf_counter()
        try:
            return execute(statement, values, many, context)
        finally:
            spent += (time.perf_counter() - begun) * 1000

    def explain(execute, statement, values, many, context):
        # One row more than the page holds.
        if statement.endswith(f" LIMIT {PAGE + 1}"):
            execute(EXPLAIN + statement, values, many, context)
            found.append(read(context["cursor"].fetchone()[0][0]))
        return execute(statement, values, many, context)

    for look in (watch, explain):
        with connection.execute_wrapper(look):
            assert client.get(path).status_code == 200, path
    (plan,) = found
    return spent, plan


def read(said: dict[str, Any]) -> Plan:
    """What matters of a plan that PostgreSQL says as JSON."""
    top = said["Plan"]
    pages = top["Shared Hit Blocks"] + top["Shared Read Blocks"]
    return Plan(said["Execution Time"], pages, tuple(_scans(top, "")))


def _scans(node: dict[str, Any], table: str) -> Iterator[Scan]:
    table = node.get("Relation Name", table)
    how = node["Node Type"]
    # A bitmap's table stands above its indexes, which are what is told.
    if how.endswith("Scan") and how != "Bitmap Heap Scan" and (table or "Index Name" in node):
        thrown = node.get("Rows Removed by Filter", 0)
        yield Scan(how, table, node.get("Index Name", ""), round(node["Actual Rows"]),
                   round(thrown), node["Actual Loops"])  # fmt: skip
    for below in node.get("Plans", ()):
        yield from _scans(below, table if how == "Bitmap Heap Scan" or "Bitmap" in how else "")
