"""Bringing in a statement of the cooperative's bank: upload, map, look, take in, or discard.

A file is judged as a whole when it is uploaded, whenever its columns are chosen anew, and once more
when it is taken in: what another person took in meanwhile is told as there already.
"""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.locks import hold
from mungchi.common.sheets.files import Row
from mungchi.common.sheets.problems import PROBLEMS, FileUnreadable
from mungchi.common.sheets.tables import described, read_table
from mungchi.common.text import Text
from mungchi.common.uploads import FileNotTaken, check_mapping, incomplete, printable, too_large
from mungchi.demand.domain.values import recognise_date_order
from mungchi.payments import queries
from mungchi.payments.domain import ledger
from mungchi.payments.domain.statement import (
    FIELDS,
    NAMES,
    TAKEN,
    VERDICTS,
    Line,
    below_two_headings,
    headings_of,
    missing_fields,
    read,
    recognise_mapping,
    statement_currency,
    verdict,
)
from mungchi.payments.domain.states import BANK_STATEMENT
from mungchi.payments.models import (
    BankLine,
    BankStatement,
    LedgerEntry,
    LedgerLine,
    StatementLine,
)
from mungchi.payments.operations.booking import Booking, Books, entry_of, lines_of

MOST_BYTES: Final = 1_900_000
MOST_LINES: Final = 3_000
DATE_ORDER: Final = "ymd"
BATCH: Final = 1_000

TOO_MANY = Text(
    ko="줄이 너무 많습니다. 기간을 나누어 3천 줄 이하로 올려 주십시오.",
    en="There are too many lines. Please upload at most 3,000 at a time, over fewer days.",
)


class StatementTaken(Conflict):
    """What was taken in is neither judged anew nor discarded."""

    code = "statement_taken"
    message = Text(
        ko="이미 가져온 통장 내역은 바꾸거나 버릴 수 없습니다.",
        en="A statement that was taken in can no longer be changed or discarded.",
    )


def upload_statement(*, actor: Actor, filename: str, stream: BinaryIO) -> BankStatement:
    """An office uploads a statement: its columns are recognised, as those of the last file of this
    form were said to be; every line is judged, and nothing is taken in yet.

    Raises FileTooLarge, FileNotTaken.
    """
    cooperative = Cooperative.objects.filter(pk=actor.cooperative_id).first()
    if cooperative is None or actor.user_id is None:
        raise NotAllowed
    if stream.seek(0, io.SEEK_END) > MOST_BYTES:
        raise too_large(2 * 1024 * 1024)
    headers, columns, lines = _table(stream)
    with transaction.atomic():
        at = clock.now()
        row = BankStatement(
            cooperative=cooperative,
            created_by_id=actor.user_id,
            created_at=at,
            filename=printable(filename) or "statement",
            columns=columns,
            headings=headings_of(headers),
            lines=len(lines),
            currency=cooperative.currency,
        )
        row.mapping = queries.remembered_mapping(row) or recognise_mapping(headers)
        row.save(force_insert=True)
        _judge(row, lines)
        record(
            row, kind="bank_statement_uploaded", actor=actor, at=at, moved=("", row.state),
            cooperative_id=row.cooperative_id, data={"filename": row.filename, "lines": row.lines},
        )  # fmt: skip
    return row


def _table(stream: BinaryIO) -> tuple[list[str], list[dict[str, Any]], list[Row]]:
    """Headings, columns with samples, and the lines below. Raises FileNotTaken."""
    try:
        table = read_table(stream, NAMES, most=MOST_LINES, least=2)
        headers, lines = below_two_headings(table.headers, table.lines)
        if not lines:
            raise FileUnreadable("no_lines")
    except FileUnreadable as error:
        problem = TOO_MANY if error.code == "too_many_lines" else PROBLEMS[error.code]
        raise FileNotTaken(problem=problem, reason=error.code) from None
    return *described(headers, [values for _, values in lines]), lines


def change_statement(
    *, actor: Actor, statement_id: UUID, mapping: Mapping[str, int | None]
) -> BankStatement:
    """The office says which column is what; judged anew. Raises NotFound, StatementTaken,
    MappingWrong."""
    with transaction.atomic():
        row = queries.locked_statement(actor, statement_id)
        if row.state != "uploaded":
            raise StatementTaken
        check_mapping(mapping, FIELDS, len(row.columns))
        row.mapping = {**row.mapping, **mapping}
        _judge(row, _lines(row))
        return row


def take_statement(*, actor: Actor, statement_id: UUID) -> BankStatement:
    """Take in the money that came in, and book it as in suspense. Twice: changes nothing.

    Two people who take in the same file, or files that overlap, do so one after the other; what the
    first took the second is told of. Raises NotFound, MappingIncomplete.
    """
    with transaction.atomic():
        row = queries.locked_statement(actor, statement_id)
        if row.state != "uploaded":
            return row
        missing = missing_fields(row.mapping)
        if missing:
            raise incomplete(FIELDS, missing)
        hold(f"bank lines of {row.cooperative_id}")
        rows = _judge(row, _lines(row))
        _take(row, [each for each in rows if each.verdict in TAKEN])
        row.taken_at = clock.now()
        set_state(
            row, "done", machine=BANK_STATEMENT, kind="bank_statement_taken", actor=actor,
            at=row.taken_at, also=("taken_at",), cooperative_id=row.cooperative_id,
            data={"filename": row.filename, **row.counts},
        )  # fmt: skip
        return row


def discard_statement(*, actor: Actor, statement_id: UUID) -> None:
    """Throw a file away before it is taken in. Raises NotFound, StatementTaken."""
    with transaction.atomic():
        row = queries.locked_statement(actor, statement_id)
        if row.state != "uploaded":
            raise StatementTaken
        record(
            row, kind="bank_statement_deleted", actor=actor, at=clock.now(),
            cooperative_id=row.cooperative_id, data={"filename": row.filename},
        )  # fmt: skip
        row.delete()


def _lines(row: BankStatement) -> list[Row]:
    return list(row.rows.order_by("line").values_list("line", "cells"))


def _judge(row: BankStatement, lines: Sequence[Row]) -> list[StatementLine]:
    """Write down of every line what would become of it, by the present columns."""
    row.currency = statement_currency(_cells(row, lines, "currency"), row.cooperative.currency)
    order = recognise_date_order(_cells(row, lines, "day"), default=DATE_ORDER)
    found = {line: read(values, row.mapping, row.currency, order) for line, values in lines}
    seen: Counter[Line] = Counter()
    prints: dict[int, UUID] = {}
    for line, each in found.items():
        if isinstance(each, Line):
            prints[line] = UUID(each.digest(seen[each]))
            seen[each] += 1
    taken = queries.taken_before(row.cooperative_id, prints.values())
    today = clock.now().astimezone(row.cooperative.timezone).date()
    rows: list[StatementLine] = []
    for line, values in lines:
        each = found[line]
        made = StatementLine(statement=row, line=line, cells=values)
        if isinstance(each, Line):
            made.said, made.fingerprint = _as_json(each), prints[line]
            made.verdict, made.reason = verdict(each, today, taken=prints[line] in taken)
        elif each in VERDICTS:
            made.verdict = each
        else:
            made.verdict, made.reason = "rejected", each
        rows.append(made)
    row.rows.all().delete()
    # Not by COPY, which does not write behind the second wall.
    StatementLine.objects.bulk_create(rows, batch_size=BATCH)
    coming = [each for each in rows if each.verdict in TAKEN]
    row.counts = {
        **Counter(each.verdict for each in rows),
        "amount": sum(each.said["amount"] for each in coming),
    }
    row.save(update_fields=["counts", "mapping", "currency"])
    return rows


def _cells(row: BankStatement, lines: Sequence[Row], name: str) -> list[str]:
    index = row.mapping.get(name)
    return [] if index is None else [values[index] for _, values in lines if index < len(values)]


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "day": line.day.isoformat(), "time": line.time and line.time.isoformat(),
        "amount": line.amount, "depositor": line.depositor, "text": line.text,
        "balance": line.balance,
    }  # fmt: skip


def _take(row: BankStatement, coming: Sequence[StatementLine]) -> None:
    at = clock.now()
    lines, entries, sides = [], [], []
    for each in coming:
        said = each.said
        day, moment = date.fromisoformat(said["day"]), said["time"]
        line = BankLine(
            cooperative_id=row.cooperative_id, statement=row, day=day,
            time=time.fromisoformat(moment) if moment else None, amount=said["amount"],
            currency=row.currency, depositor=said["depositor"], text=said["text"],
            balance=said["balance"], fingerprint=each.fingerprint, old=each.verdict == "old",
            open=said["amount"], created_at=at,
        )  # fmt: skip
        books = Books(row.cooperative_id, None, row.currency, day, at)
        booking = Booking("arrived", None, None, ledger.arrived(line.amount),
                          bank_line_id=line.pk, about=line.pk)  # fmt: skip
        entry = entry_of(books, booking)
        lines.append(line)
        entries.append(entry)
        sides.extend(lines_of(entry, books, booking))
    BankLine.objects.bulk_create(lines, batch_size=BATCH)
    LedgerEntry.objects.bulk_create(entries, batch_size=BATCH)
    # An even number in each batch: an entry and its lines are asked about by the statement.
    LedgerLine.objects.bulk_create(sides, batch_size=2 * BATCH)
