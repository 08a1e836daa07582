"""What a rule is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A name for machines, a sentence for people, a query for the rows that break it."""

    name: str
    says: str
    sql: str
