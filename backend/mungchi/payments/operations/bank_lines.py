"""What the office says of bank lines that are for no payment: not ours, to return, returned."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.history import set_state
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.ledger import Kind, Lines
from mungchi.payments.domain.states import BANK_LINE, OPEN_LINES
from mungchi.payments.models import BankLine
from mungchi.payments.operations.booking import Booking, Books, book

KINDS: Final = {
    "set_aside": "bank_line_set_aside",
    "to_return": "bank_line_to_return",
    "returned": "bank_line_returned",
    "suspense": "bank_line_reopened",
}
CHOICES: Final = tuple(KINDS)


def move_line(*, actor: Actor, line_id: UUID, to: str, why: str) -> BankLine:
    """Say what becomes of all that is in suspense of a line, or take that back.

    to: "set_aside" (none of group purchases), "to_return", "returned" (a transfer back was sent;
    `why` says by which), or "suspense" again. Again: changes nothing. Raises NotFound,
    MoveNotDeclared.
    """
    with transaction.atomic():
        queries.bank_line_seen_by(actor, line_id)
        line = queries.locked_line(line_id)
        if line.state == to or (to == "suspense" and line.state == "matched"):
            return line
        at = clock.now()
        before, settled = line.open, 0
        day = at.astimezone(line.cooperative.timezone).date()
        if to == "suspense" and line.state not in OPEN_LINES:
            settled = _turn_back(line, day, at)
            line.open += settled
        elif to not in OPEN_LINES:
            line.open = 0
        line.why = "" if to == "suspense" else why
        set_state(
            line, to, machine=BANK_LINE, kind=KINDS[to], actor=actor, at=at,
            also=("open", "why"), why=why, cooperative_id=line.cooperative_id,
            data={"amount": settled or before, "currency": line.currency},
        )  # fmt: skip
        if to == "set_aside":
            _book(line, "set_aside", ledger.set_aside(before), day, at)
        elif to == "returned":
            _book(line, "sent_back", ledger.sent_back(before), day, at)
        return line


def _turn_back(line: BankLine, day: date, at: datetime) -> int:
    """Turn the entries by which money of a line left suspense; return how much it was."""
    amount = 0
    for entry in queries.settling_entries(line):
        lines = entry.lines.all()
        turned = ledger.turned(ledger.Line(each.account, each.amount) for each in lines)
        amount += sum(each.amount for each in lines if each.account == "bank_suspense")
        _book(line, "reopened", turned, day, at, reverses_id=entry.pk)
    return amount


def _book(line: BankLine, kind: Kind, lines: Lines, day: date, at: datetime, **more: Any) -> None:
    book(
        Books(line.cooperative_id, None, line.currency, day, at),
        Booking(kind, None, None, lines, bank_line_id=line.pk, about=line.pk,
                number=queries.times_booked(line, kind) + 1, **more),
    )  # fmt: skip
