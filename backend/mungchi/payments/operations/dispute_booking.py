"""What happens to a dispute goes into the books: entries of its payment, by the dispute's id."""

from datetime import date, datetime
from typing import Any

from mungchi.payments.domain import ledger
from mungchi.payments.domain.ledger import Kind, Lines
from mungchi.payments.models import Dispute, LedgerEntry, Payment
from mungchi.payments.operations.booking import Booking, book
from mungchi.payments.operations.confirming import books_of
from mungchi.payments.queries import disputes as queries


def book_dispute(
    dispute: Dispute,
    payment: Payment,
    kind: Kind,
    lines: Lines,
    at: datetime,
    *,
    day: date | None = None,
    **more: Any,
) -> LedgerEntry:
    """Write one entry of a (locked) dispute, on a day of the cooperative's zone: today if not told
    otherwise."""
    on = day or at.astimezone(payment.cooperative.timezone).date()
    return book(
        books_of(payment, on, at),
        Booking(kind, payment.pk, payment.firm_id, lines, about=dispute.pk,
                number=queries.times_disputed(dispute, kind) + 1, **more),
    )  # fmt: skip


def book_dispute_fee(
    dispute: Dispute, payment: Payment, fee: int, at: datetime, *, day: date | None = None
) -> None:
    """So much more (below zero: less) is kept for a (locked) dispute than was booked of it; minor
    units. Nothing is booked of nothing."""
    lines = ledger.provider_fee(abs(fee))
    if fee > 0:
        book_dispute(dispute, payment, "dispute_fee", lines, at, day=day)
    elif fee < 0:
        book_dispute(dispute, payment, "dispute_fee_back", ledger.turned(lines), at, day=day)
