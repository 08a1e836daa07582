"""Taking allotments of bank lines back, whatever was the reason: the money is in suspense again."""

from collections.abc import Iterable
from datetime import datetime

from mungchi.accounts.access import SYSTEM, Actor
from mungchi.common.history import record, set_state
from mungchi.common.text import Text
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.states import BANK_LINE, OPEN_LINES
from mungchi.payments.models import BankAllotment, BankLine, Payment
from mungchi.payments.operations.booking import Booking, Books, book


def take_back(
    payment: Payment,
    allotments: Iterable[BankAllotment],
    *,
    actor: Actor,
    at: datetime,
    why: str = "",
) -> None:
    """Undo allotments of a (locked) payment, each with an entry that turns its own.

    Whether the payment is paid is the caller's to see. Lines are locked here, after the payment.
    """
    for allotment in sorted(allotments, key=lambda each: each.line_id):
        line = queries.locked_line(allotment.line_id)
        allotment.undone_at = at
        allotment.save(update_fields=["undone_at"])
        if not allotment.tied:
            payment.allotted -= allotment.amount
            payment.save(update_fields=["allotted"])
        entry = queries.entry_of(allotment)
        lines = (
            ledger.tied(allotment.amount)
            if allotment.tied
            else ledger.allotted(allotment.amount, payment.firm_id)
        )
        campaign_id = payment.order.campaign_id
        book(
            Books(payment.cooperative_id, campaign_id, payment.currency, line.day, at),
            Booking(
                "tied_undone" if allotment.tied else "allotted_undone", payment.pk,
                payment.firm_id, ledger.turned(lines), reverses_id=entry.pk, bank_line_id=line.pk,
                about=allotment.pk,
            ),
        )  # fmt: skip
        open_again(line, allotment.amount, actor, at, why=why)
        record(
            line, kind="transfer_allotment_undone", actor=actor, at=at, why=why,
            thread=payment.order.campaign_id, cooperative_id=payment.cooperative_id,
            firm_id=payment.firm_id,
            data={"amount": allotment.amount, "currency": payment.currency,
                  "reference": payment.reference},
        )  # fmt: skip


def give_back(payment: Payment, at: datetime, *, why: Text) -> None:
    """What had arrived in part of a (locked) payment is for nothing now, and goes back."""
    allotments = list(queries.standing_allotments(payment))
    take_back(payment, allotments, actor=SYSTEM, at=at, why=why.both)
    for allotment in allotments:
        line = queries.locked_line(allotment.line_id)
        to_return(line, allotment.amount, payment, at, why=why)


def to_return(line: BankLine, freed: int, payment: Payment, at: datetime, *, why: Text) -> None:
    """What was freed of a (locked) line, and is for a payment no more, goes back to who sent it. Of
    a line of which more is in suspense the office says what becomes of it."""
    if line.state != "suspense" or line.open != freed:
        return
    line.why = f"{why.both} ({payment.reference})"
    set_state(
        line, "to_return", machine=BANK_LINE, kind="bank_line_to_return", actor=SYSTEM, at=at,
        also=("why",), why=line.why, cooperative_id=line.cooperative_id,
        data={"amount": line.open, "currency": line.currency},
    )  # fmt: skip


def open_again(line: BankLine, amount: int, actor: Actor, at: datetime, *, why: str) -> None:
    """So much of a (locked) line is in suspense again."""
    line.open += amount
    if line.state in OPEN_LINES:
        line.save(update_fields=["open"])
        return
    line.why = ""
    set_state(
        line, "suspense", machine=BANK_LINE, kind="bank_line_reopened", actor=actor, at=at,
        also=("open", "why"), why=why, cooperative_id=line.cooperative_id,
        data={"amount": amount, "currency": line.currency},
    )  # fmt: skip
