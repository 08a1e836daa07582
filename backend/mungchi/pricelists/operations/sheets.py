"""Bringing in a file of prices, up to the job that applies it: upload, map, look, start, or delete.

A file is judged as a whole when it is uploaded and whenever its columns are chosen anew: what is
seen before the start is every line with what would change, and what the file leaves out.
"""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.catalog.queries import items_visible_to
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.jobs import defer, living_arguments
from mungchi.common.sheets.files import Row, recognise_reading, rows
from mungchi.common.sheets.headers import find_header
from mungchi.common.sheets.problems import PROBLEMS, FileUnreadable
from mungchi.common.text import Text
from mungchi.common.uploads import FileNotTaken, MappingWrong, incomplete, printable, too_large
from mungchi.pricelists.domain.columns import FIELDS, NAMES, missing_fields, read, recognise_mapping
from mungchi.pricelists.domain.lines import VERDICTS, Defaults, Judged, judge
from mungchi.pricelists.domain.states import PRICE_SHEET
from mungchi.pricelists.models import PriceSheet, PriceSheetLine, StandingOffer
from mungchi.pricelists.operations.standing import supplying
from mungchi.pricelists.queries import sheets as queries

APPLY_TASK: Final = "mungchi.pricelists.apply_prices"
APPLY_QUEUE: Final = "imports"
MEGABYTES: Final = 4
MOST_BYTES: Final = 4_000_000
MOST_LINES: Final = 20_000
SAMPLES: Final = 5
SAMPLE_LENGTH: Final = 80
# Prices without a word on money are in the currency that cooperatives begin with.
CURRENCY: Final = "KRW"

TOO_MANY = Text(
    ko="줄이 너무 많습니다. 2만 줄 이하로 나누어 올려 주십시오.",
    en="There are too many lines. Please upload at most 20,000 at a time.",
)


class SheetStarted(Conflict):
    """What was started is neither judged anew nor deleted."""

    code = "price_sheet_started"
    message = Text(
        ko="이미 반영을 시작한 단가표는 바꾸거나 지울 수 없습니다.",
        en="A price list that is being applied can no longer be changed or deleted.",
    )


class ItemUnknown(Invalid):
    """The item is in no catalogue that the supplier sees."""

    code = "item_unknown"
    field = "chosen"
    message = Text(ko="품목을 찾을 수 없습니다.", en="There is no such item.")


def upload_prices(*, actor: Actor, filename: str, stream: BinaryIO) -> PriceSheet:
    """A supplier uploads a file: its columns are recognised, every line is judged, nothing changes.

    Columns called as in the supplier's last file are taken as they were then. Raises NotASupplier,
    FileTooLarge, FileNotTaken.
    """
    supplying(actor)
    if actor.user_id is None or actor.firm_id is None:
        raise NotAllowed
    if stream.seek(0, io.SEEK_END) > MOST_BYTES:
        raise too_large(MEGABYTES * 1024 * 1024)
    headers, lines = _table(stream)
    width = max(len(headers), max(len(values) for _, values in lines))
    headers = headers + [""] * (width - len(headers))
    with transaction.atomic():
        at = clock.now()
        row = PriceSheet(
            supplier_id=actor.firm_id,
            created_by_id=actor.user_id,
            created_at=at,
            filename=printable(filename) or "prices",
            columns=[_column(index, header, lines) for index, header in enumerate(headers)],
            mapping=recognise_mapping(headers),
            lines=len(lines),
        )
        _remember(row, headers)
        row.save(force_insert=True)
        _judge(row, lines, actor, at)
        record(row, kind="price_sheet_uploaded", actor=actor, at=at, moved=("", row.state),
               firm_id=row.supplier_id,
               data={"filename": row.filename, "lines": row.lines})  # fmt: skip
    return row


def _table(stream: BinaryIO) -> tuple[list[str], list[Row]]:
    """The names of the columns and the lines below them."""
    try:
        reading = recognise_reading(stream)
        head = list(islice(rows(stream, reading), MOST_LINES + 100))
        header = find_header(head, NAMES, least=2)
        lines = [row for row in head if row[0] > header]
        if not lines:
            raise FileUnreadable("no_lines")
    except FileUnreadable as error:
        raise FileNotTaken(problem=PROBLEMS[error.code], reason=error.code) from None
    if len(lines) > MOST_LINES:
        raise FileNotTaken(problem=TOO_MANY, reason="too_many_lines")
    return next(values for line, values in head if line == header), lines


def _column(index: int, header: str, lines: Sequence[Row]) -> dict[str, Any]:
    filled = (row[index][:SAMPLE_LENGTH] for _, row in lines if index < len(row) and row[index])
    return {
        "index": index,
        "header": header.strip()[:SAMPLE_LENGTH],
        "samples": list(islice(filled, SAMPLES)),
    }


def _remember(row: PriceSheet, headers: Sequence[str]) -> None:
    """Map as the supplier's last file was mapped, where this one has the same columns."""
    last = queries.last_started(row.supplier_id)
    if last is None:
        return
    row.defaults = last.defaults
    called = {column["index"]: column["header"] for column in last.columns}
    places = {header.strip()[:SAMPLE_LENGTH]: index for index, header in enumerate(headers)}
    before = {name: called.get(index) for name, index in last.mapping.items() if index is not None}
    if all(header in places for header in before.values()):
        row.mapping = {
            **dict.fromkeys(FIELDS),
            **{name: places[header] for name, header in before.items() if header is not None},
        }


def judged(
    row: PriceSheet,
    lines: Sequence[Row],
    actor: Actor,
    standing: Mapping[str, StandingOffer],
    at: datetime,
) -> Judged:
    """What the lines lead to by the present columns, against the list that stands."""
    defaults = defaults_of(row)
    said = [(line, read(values, row.mapping, defaults.currency)) for line, values in lines]
    known = queries.known_to(actor, [one for _, one in said], dict(standing), at, row.chosen)
    mapped = [name for name, index in row.mapping.items() if index is not None]
    return judge(said, known, defaults, mapped)


def defaults_of(row: PriceSheet) -> Defaults:
    """What was said for lines that say nothing."""
    last = row.defaults.get("valid_until")
    return Defaults(
        currency=row.defaults.get("currency") or CURRENCY,
        vat_included=bool(row.defaults.get("vat_included")),
        lead_time_days=row.defaults.get("lead_time_days"),
        valid_until=date.fromisoformat(last) if last else None,
    )


def _judge(row: PriceSheet, lines: Sequence[Row], actor: Actor, at: datetime) -> None:
    result = judged(row, lines, actor, queries.standing_of(actor), at)
    queries.lines_of(row).delete()
    # Not by COPY, which does not write behind the second wall.
    PriceSheetLine.objects.bulk_create(
        (
            PriceSheetLine(sheet=row, line=line, cells=values, verdict=result.lines[line][0],
                           reason=result.lines[line][1], found=result.lines[line][2])
            for line, values in lines
        ),
        batch_size=1_000,
    )  # fmt: skip
    row.counts = counts_of(result)
    row.missing = [one.pk for one in result.missing]
    row.save(update_fields=["counts", "missing", "mapping", "defaults", "ends_missing", "chosen"])


def counts_of(result: Judged) -> dict[str, int]:
    """How many lines lead to what, and how many offers the file leaves out."""
    found = Counter(verdict for verdict, _, _ in result.lines.values())
    return {**{name: found[name] for name in VERDICTS}, "missing": len(result.missing)}


def change_sheet(
    *,
    actor: Actor,
    sheet_id: UUID,
    mapping: Mapping[str, int | None],
    defaults: Mapping[str, Any],
    ends_missing: bool | None,
    chosen: Mapping[str, UUID] | None = None,
) -> PriceSheet:
    """The supplier says which column is what, what lines without a word get, whether what is not
    in the file ends, and which items lines mean that call them otherwise; judged anew. Raises
    NotFound, SheetStarted, MappingWrong, ItemUnknown."""
    with transaction.atomic():
        row = queries.locked_sheet(actor, sheet_id)
        if row.state != "uploaded":
            raise SheetStarted
        for name, index in mapping.items():
            if name not in FIELDS or not (index is None or 0 <= index < len(row.columns)):
                raise MappingWrong(name=FIELDS.get(name, name))
        row.mapping = {**row.mapping, **mapping}
        row.defaults = {**row.defaults, **defaults}
        if chosen:
            if items_visible_to(actor).filter(pk__in=chosen.values()).count() < len(
                set(chosen.values())
            ):
                raise ItemUnknown
            row.chosen = {**row.chosen, **{name: str(pk) for name, pk in chosen.items()}}
        if ends_missing is not None:
            row.ends_missing = ends_missing
        lines = queries.lines_of(row).order_by("line").values_list("line", "cells")
        _judge(row, list(lines), actor, clock.now())
        return row


def start_sheet(*, actor: Actor, sheet_id: UUID) -> PriceSheet:
    """The supplier lets a file become its list; a job does it. Starting twice changes nothing.

    Raises NotFound, MappingIncomplete.
    """
    with transaction.atomic():
        row = queries.locked_sheet(actor, sheet_id)
        if row.state != "uploaded":
            return row
        if missing := missing_fields(row.mapping):
            raise incomplete(FIELDS, missing)
        set_state(row, "queued", machine=PRICE_SHEET, kind="price_sheet_started", actor=actor,
                  at=clock.now(), firm_id=row.supplier_id,
                  data={"ends_missing": row.ends_missing})  # fmt: skip
        queue_sheet(row.pk)
        return row


def queue_sheet(sheet_id: UUID) -> bool:
    """Put the job of one file in the queue, unless it waits there already."""
    name = f"prices {sheet_id}"
    return defer(
        APPLY_TASK, queue=APPLY_QUEUE, lock=name, queueing_lock=name, sheet_id=str(sheet_id)
    )


def resume_lost_sheets() -> int:
    """Queue again the files that no living job is applying; return how many."""
    alive = living_arguments(APPLY_TASK, "sheet_id")
    lost = [pk for pk in queries.unfinished().values_list("pk", flat=True) if str(pk) not in alive]
    return sum(queue_sheet(pk) for pk in lost)


def delete_sheet(*, actor: Actor, sheet_id: UUID) -> None:
    """The supplier throws a file away before it starts. Raises NotFound, SheetStarted."""
    with transaction.atomic():
        row = queries.locked_sheet(actor, sheet_id)
        if row.state != "uploaded":
            raise SheetStarted
        record(row, kind="price_sheet_deleted", actor=actor, at=clock.now(),
               firm_id=row.supplier_id, data={"filename": row.filename})  # fmt: skip
        row.delete()
