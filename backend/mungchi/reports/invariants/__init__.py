"""What must hold in the data, always: the rules, each one SQL query for the rows that break it.

A query's columns name the rows; its last column, `problem`, says what is wrong with them. None of
them trusts a constraint or a trigger: what those refuse is looked for as well, because a restore,
a migration or a hand at a prompt can get past them. `%(grace)s` is how long work that the pipeline
does next may lie undone before it counts as stuck.

Sources: docs/concepts.md and the promises written beside the operations.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection

from mungchi.reports.invariants.balances import BALANCES
from mungchi.reports.invariants.bank_lines import BANK_LINES
from mungchi.reports.invariants.books import BOOKS
from mungchi.reports.invariants.by_variant import BY_VARIANT
from mungchi.reports.invariants.charging import CHARGING
from mungchi.reports.invariants.claims import CLAIMS
from mungchi.reports.invariants.clearing import PRICE, QUANTITY
from mungchi.reports.invariants.course import ONCE, STATE, TIME
from mungchi.reports.invariants.deciding import DECIDING
from mungchi.reports.invariants.demand import DEMAND
from mungchi.reports.invariants.disputes import DISPUTES
from mungchi.reports.invariants.joining import JOINING
from mungchi.reports.invariants.less import LESS
from mungchi.reports.invariants.money import MONEY
from mungchi.reports.invariants.parents import DELIVERIES, TENANCY
from mungchi.reports.invariants.returns import RETURNS
from mungchi.reports.invariants.rule import Rule
from mungchi.reports.invariants.seeking import SEEKING
from mungchi.reports.invariants.terms import TERMS

RULES: Final = (
    *QUANTITY, *PRICE, *TIME, *MONEY, *STATE, *ONCE, *TENANCY, *DELIVERIES, *SEEKING, *JOINING,
    *BY_VARIANT, *BOOKS, *BANK_LINES, *RETURNS, *DEMAND, *CHARGING, *DISPUTES, *TERMS, *LESS,
    *CLAIMS, *DECIDING, *BALANCES,
)  # fmt: skip
GRACE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Breach:
    """One row, or a few that belong together, that break a rule."""

    rule: str
    rows: dict[str, str]
    problem: str

    def __str__(self) -> str:
        named = " ".join(f"{name}={value}" for name, value in self.rows.items())
        return f"{self.rule}: {named}: {self.problem}"


def breaches(rules: Sequence[Rule] = RULES, *, grace: timedelta = GRACE) -> Iterator[Breach]:
    """Yield every breach, rule by rule, one query each, on Django's connection."""
    for rule in rules:
        with connection.cursor() as cursor:
            cursor.execute(rule.sql, {"grace": grace})
            names = [column.name for column in cursor.description]
            for values in cursor.fetchall():
                rows = dict(zip(names, map(str, values), strict=True))
                problem = rows.pop("problem")
                yield Breach(rule.name, rows, problem)
