"""What becomes of the money of a bank line: used for something, or, as the office says, not ours,
to return, returned."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.common import clock
from mungchi.common.errors import Conflict
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
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


class LineDoesNotFit(Conflict):
    """A line that has less in suspense than is owed, or in another currency."""

    code = "line_does_not_fit"
    message = Text(
        ko="이 입금에 남은 가수금이 받을 금액보다 적거나 통화가 다릅니다.",
        en="Less than the amount is in suspense of this line, or in another currency.",
    )


def fitting_line(actor: Actor, line_id: UUID, amount: int, currency: str) -> BankLine:
    """Lock a line of the office's statement that has so much in suspense. The last lock to take.

    Raises NotFound, LineDoesNotFit.
    """
    queries.bank_line_seen_by(actor, line_id)
    line = queries.locked_line(line_id)
    if line.state not in OPEN_LINES or line.currency != currency or line.open < amount:
        raise LineDoesNotFit
    return line


def take_from(
    line: BankLine, amount: int, actor: Actor, at: datetime, *, firm_id: UUID, thread: UUID | None,
    data: dict[str, Any],
) -> None:  # fmt: skip
    """So much of a (locked) line is for something, and no more in suspense: its rest stays there.

    `firm_id`, `thread`, `data`: whose it is, and what the history says of it. Booked by the caller.
    """
    line.open -= amount
    about = {
        "thread": thread, "cooperative_id": line.cooperative_id, "firm_id": firm_id,
        "data": {"amount": amount, "currency": line.currency, **data},
    }  # fmt: skip
    if line.open:
        line.save(update_fields=["open"])
        record(line, kind="transfer_allotted", actor=actor, at=at, **about)
    else:
        line.why = ""
        set_state(line, "matched", machine=BANK_LINE, kind="transfer_allotted", actor=actor, at=at,
                  also=("open", "why"), **about)  # fmt: skip


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
