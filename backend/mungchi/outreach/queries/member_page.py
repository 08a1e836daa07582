"""All that an office sees of one member that it seeks out."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mungchi.accounts.access import Actor
from mungchi.outreach.queries.evidence import with_evidence
from mungchi.outreach.queries.leftout import left_out_of
from mungchi.outreach.queries.seeking import (
    member_of_office,
    quiet_since,
    spells_of,
)


def outreach_page(actor: Actor, firm_id: UUID, at: datetime) -> Any:
    """The membership with `quiet_since`, `reasons`, `suggestions` and `spells`. Raises NotFound."""
    row: Any = member_of_office(actor, firm_id)
    found = left_out_of(row.cooperative_id, at, firm_id=firm_id)
    with_evidence(actor, [row], found, at)
    row.quiet_since = quiet_since(row.cooperative_id, firm_id)
    row.spells = spells_of(row.cooperative_id, firm_id)
    return row
