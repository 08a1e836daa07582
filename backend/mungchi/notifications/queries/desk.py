"""What waits for the seat a person acts from, most urgent first."""

from collections.abc import Iterable
from datetime import UTC, datetime

from mungchi.accounts.access import Actor
from mungchi.notifications.queries import (
    firm_desk,
    office_desk,
    platform_desk,
    supplier_desk,
)
from mungchi.notifications.queries.waiting import Waiting


def desk_of(actor: Actor, at: datetime) -> list[Waiting]:
    """Everything that waits for this seat, by urgency; a fixed number of queries for each role."""
    rows: list[Waiting] = []
    if actor.is_firm:
        rows = [*firm_desk.rows(actor, at), *supplier_desk.rows(actor, at)]
    elif actor.is_office:
        rows = office_desk.rows(actor, at)
    elif actor.role == "operator":
        rows = platform_desk.rows()
    return by_urgency(rows)


def by_urgency(rows: Iterable[Waiting]) -> list[Waiting]:
    """By due time; what has none comes last, in the order in which it was found."""
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(rows, key=lambda row: row.due_at or never)
