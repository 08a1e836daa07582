"""Monthly statements: made once for each firm, cooperative and month, and never changed.

A line of the books stands on one statement. What is booked after a month was stated, whatever its
day, is a line of the next.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import SYSTEM
from mungchi.common import clock
from mungchi.common.bulk import next_numbers
from mungchi.common.history import record
from mungchi.payments.domain.monthly import Entry, begins_at, month_of, next_month, sums_of
from mungchi.payments.models import CreditLine, LedgerLine, MonthlyLine, MonthlyStatement
from mungchi.payments.providers import INVOICE
from mungchi.payments.queries import monthly as queries


def make_statements(*, credit_id: UUID, last: date) -> int:
    """State every month of a firm up to and including `last` (its first day) that was not; how
    many. A month in which nothing happened and nothing was owed has none. Again: none."""
    with transaction.atomic():
        credit = queries.locked_credit_line(credit_id)
        at = clock.now()
        return sum(_make(credit, currency, last, at) for currency in queries.currencies_of(credit))


def _make(credit: CreditLine, currency: str, last: date, at: datetime) -> int:
    zone = credit.cooperative.timezone
    before = queries.last_stated(credit, currency)
    month = (
        next_month(before.month)
        if before
        else month_of(queries.first_taken(credit, currency), zone)
    )
    opening, made = before.closing if before else 0, 0
    while month <= last:
        until = begins_at(next_month(month), zone)
        lines = queries.lines_to_state(credit, currency, until)
        if lines or opening:
            opening = _state(credit, currency, month, opening, lines, at).closing
            made += 1
        month = next_month(month)
    return made


def _state(
    credit: CreditLine,
    currency: str,
    month: date,
    opening: int,
    lines: Sequence[LedgerLine],
    at: datetime,
) -> MonthlyStatement:
    zone = credit.cooperative.timezone
    entries = queries.entries_of(lines)
    sums = sums_of(opening, entries)
    (number,) = next_numbers("payments_reference", 1)
    row = MonthlyStatement(
        cooperative=credit.cooperative, firm=credit.firm, month=month, currency=currency,
        reference=INVOICE.references([number])[0], opening=opening, charged=sums.charged,
        credited=sums.credited, received=sums.received, closing=sums.closing,
        supply_value=sums.supply_value, vat=sums.vat,
        instructions=INVOICE.instructions(credit.cooperative), made_at=at,
    )  # fmt: skip
    row.due_at = queries.first_due(credit, currency, begins_at(next_month(month), zone))
    row.save(force_insert=True)
    MonthlyLine.objects.bulk_create(
        [_line(row, line, entry) for line, entry in zip(lines, entries, strict=True)],
        batch_size=2000,
    )
    record(
        row, kind="statement_made", actor=SYSTEM, at=at, thread=credit.firm_id,
        cooperative_id=credit.cooperative_id, firm_id=credit.firm_id,
        data={"month": month.isoformat(), "closing": row.closing, "currency": currency,
              "due_at": row.due_at and row.due_at.isoformat()},
    )  # fmt: skip
    return row


def _line(row: MonthlyStatement, line: LedgerLine, entry: Entry) -> MonthlyLine:
    return MonthlyLine(
        statement=row, payment_id=line.entry.payment_id, ledger_line=line, kind=entry.kind,
        day=line.entry.day, amount=line.amount, supply_value=entry.supply_value, vat=entry.vat,
    )  # fmt: skip
