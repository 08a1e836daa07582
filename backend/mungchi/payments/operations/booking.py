"""Writing into the books: an entry with its lines, one or a campaign's all at once.

Called in the transaction of the event that is booked. A key that is there already is refused by
the database, so that nothing is booked twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mungchi.common.bulk import copy_rows
from mungchi.common.ids import uuid7
from mungchi.payments.domain.ledger import Kind, Lines
from mungchi.payments.models import LedgerEntry, LedgerLine

ENTRY = (
    "id", "key", "kind", "cooperative_id", "campaign_id", "payment_id", "firm_id", "currency",
    "day", "at", "reverses_id", "bank_line_id", "payout_id", "balance_line_id",
)  # fmt: skip
LINE = ("entry_id", "cooperative_id", "currency", "account", "firm_id", "partner_id", "amount")


@dataclass(frozen=True, slots=True)
class Booking:
    """An entry that is to be written, of one payment, of a line of the bank's statement, of both,
    of a payout, or of a movement of a provider's balance.
    `number`: which of its kind it is, where a kind may come again. `about`: what it is for, where
    that is not the payment."""

    kind: Kind
    payment_id: UUID | None
    firm_id: UUID | None
    lines: Lines
    number: int = 1
    reverses_id: UUID | None = None
    bank_line_id: UUID | None = None
    about: UUID | None = None
    payout_id: UUID | None = None
    balance_line_id: UUID | None = None

    @property
    def key(self) -> str:
        """What the entry is for."""
        return (
            f"{self.kind}:{self.about or self.payment_id or self.payout_id or self.balance_line_id}"
            f":{self.number}"
        )


@dataclass(frozen=True, slots=True)
class Books:
    """Where and when is booked: the cooperative whose books they are, the campaign if there is one,
    the day that counts, and now."""

    cooperative_id: UUID
    campaign_id: UUID | None
    currency: str
    day: date
    at: datetime


def book(books: Books, booking: Booking) -> LedgerEntry:
    """Write one entry; two queries. Behind the second wall too, where COPY is not allowed."""
    entry = entry_of(books, booking)
    entry.save(force_insert=True)
    LedgerLine.objects.bulk_create(lines_of(entry, books, booking))
    return entry


def entry_of(books: Books, booking: Booking) -> LedgerEntry:
    """An entry that is not written yet, for writing many at once behind the second wall."""
    return LedgerEntry(**dict(zip(ENTRY, _entry(books, booking), strict=True)))


def lines_of(entry: LedgerEntry, books: Books, booking: Booking) -> list[LedgerLine]:
    """Its lines, which are not written yet."""
    return [
        LedgerLine(**dict(zip(LINE, line, strict=True)))
        for line in _lines(entry.pk, books, booking)
    ]


def book_all(books: Books, bookings: Iterable[Booking]) -> int:
    """Write many entries, two COPYs whatever their number; return how many. Not in a request."""
    entries, lines = [], []
    for booking in bookings:
        entry = _entry(books, booking)
        entries.append(entry)
        lines.extend(_lines(entry[0], books, booking))
    if entries:
        copy_rows(LedgerEntry, ENTRY, entries)
        copy_rows(LedgerLine, LINE, lines)
    return len(entries)


def _entry(books: Books, booking: Booking) -> tuple[object, ...]:
    return (uuid7(), booking.key, booking.kind, books.cooperative_id, books.campaign_id,
            booking.payment_id, booking.firm_id, books.currency, books.day, books.at,
            booking.reverses_id, booking.bank_line_id, booking.payout_id,
            booking.balance_line_id)  # fmt: skip


def _lines(entry_id: object, books: Books, booking: Booking) -> list[tuple[object, ...]]:
    return [
        (entry_id, books.cooperative_id, books.currency, line.account, line.firm, line.partner,
         line.amount)
        for line in booking.lines
    ]  # fmt: skip
