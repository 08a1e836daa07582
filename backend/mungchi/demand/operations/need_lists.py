"""Bringing in a list of needs, up to the job that states them: upload, map, choose, start, delete.

A list is judged as a whole when it is uploaded and whenever its columns or an item are chosen anew:
what is seen before the start is every line with what would become of it.
"""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperatives_of
from mungchi.catalog.queries import items_of
from mungchi.common import clock
from mungchi.common.errors import Conflict, Invalid, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.jobs import defer, living_arguments
from mungchi.common.money import plain
from mungchi.common.sheets.files import Row
from mungchi.common.sheets.problems import PROBLEMS, FileUnreadable
from mungchi.common.sheets.tables import read_table
from mungchi.common.text import Text
from mungchi.common.uploads import FileNotTaken, check_mapping, incomplete, printable, too_large
from mungchi.demand.domain.need_list import (
    FIELDS,
    NAMES,
    Line,
    date_order,
    digest,
    missing_fields,
    read,
    recognise_mapping,
    refusal,
)
from mungchi.demand.domain.states import NEED_LIST
from mungchi.demand.models import NeedList, NeedListLine
from mungchi.demand.operations.needs import ItemNotOffered, NotAMember
from mungchi.demand.queries import need_lists as queries

TAKE_TASK: Final = "mungchi.demand.state_list"
TAKE_QUEUE: Final = "imports"
MOST_BYTES: Final = 1_900_000
MOST_LINES: Final = 5_000

TOO_MANY = Text(
    ko="줄이 너무 많습니다. 5천 줄 이하로 나누어 올려 주십시오.",
    en="There are too many lines. Please upload at most 5,000 at a time.",
)


class NeedListStarted(Conflict):
    """What was started is neither judged anew nor deleted."""

    code = "need_list_started"
    message = Text(
        ko="이미 시작된 목록은 바꾸거나 지울 수 없습니다.",
        en="A list that has started can no longer be changed or deleted.",
    )


class LineUnknown(Invalid):
    """The list has no such line, or nothing can be read from it."""

    code = "line_unknown"
    field = "line"
    message = Text(ko="목록에 그런 줄이 없습니다.", en="The list has no such line.")


def upload_needs(
    *, actor: Actor, cooperative_id: UUID | None, filename: str, stream: BinaryIO
) -> NeedList:
    """A firm uploads what it needs: columns are recognised, every line is judged, nothing stated.

    cooperative_id: to which of its cooperatives; may be left out by a firm with only one. Raises
    NotAMember, FileTooLarge, FileNotTaken.
    """
    if actor.user_id is None or actor.firm_id is None:
        raise NotAllowed
    own = cooperatives_of(actor.firm_id)
    if cooperative_id is not None:
        own = own.filter(pk=cooperative_id)
    choice = list(own[:2])
    if len(choice) != 1:
        raise NotAMember
    if stream.seek(0, io.SEEK_END) > MOST_BYTES:
        raise too_large(2 * 1024 * 1024)
    try:
        table = read_table(stream, NAMES, most=MOST_LINES, least=2)
    except FileUnreadable as error:
        problem = TOO_MANY if error.code == "too_many_lines" else PROBLEMS[error.code]
        raise FileNotTaken(problem=problem, reason=error.code) from None
    with transaction.atomic():
        row = NeedList(
            cooperative=choice[0],
            firm_id=actor.firm_id,
            created_by_id=actor.user_id,
            created_at=clock.now(),
            filename=printable(filename) or "needs",
            columns=table.columns,
            mapping=recognise_mapping(table.headers, table.samples),
            lines=len(table.lines),
        )
        row.save(force_insert=True)
        _judge(row, table.lines)
        _note(row, "need_list_uploaded", actor, moved=("", row.state),
              data={"filename": row.filename, "lines": row.lines})  # fmt: skip
    return row


def _judge(row: NeedList, lines: Sequence[Row]) -> None:
    """Write down of every line what would become of it, by the present columns and choices."""
    order = date_order((values for _, values in lines), row.mapping)
    found = {line: read(values, row.mapping, order) for line, values in lines}
    good = {line: each for line, each in found.items() if isinstance(each, Line)}
    meant = queries.meant_by(row, good.values())
    seen: Counter[Line] = Counter()
    prints: dict[int, str] = {}
    for line, each in good.items():
        prints[line] = digest(each, seen[each])
        seen[each] += 1
    before = queries.stated_before(row, prints.values())
    today = clock.now().astimezone(row.cooperative.timezone).date()
    rows: list[NeedListLine] = []
    for line, values in lines:
        made = NeedListLine(need_list=row, line=line, cells=values, verdict="rejected")
        each = found[line]
        if isinstance(each, str):
            made.reason = each
        else:
            there = meant.get(each.called)
            made.fingerprint = prints[line]
            made.said = _as_json(each) | ({"item": str(there.pk)} if there else {})
            if there is None:
                made.reason = "item_unknown"
            elif made.fingerprint in before:
                gone = before[made.fingerprint] in {"withdrawn", "expired"}
                made.verdict = "already"
                made.reason = "already_withdrawn" if gone else "already_stated"
            else:
                made.reason, instead = refusal(each, there, today)
                made.verdict = "rejected" if made.reason else "new"
                made.said |= {"instead": instead} if instead else {}
        rows.append(made)
    queries.lines_of(row).delete()
    # Not by COPY, which does not write behind the second wall.
    NeedListLine.objects.bulk_create(rows, batch_size=1_000)
    row.counts = dict(Counter(each.verdict for each in rows))
    row.save(update_fields=["counts", "mapping", "chosen"])


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "item_code": line.item_code, "item_name": line.item_name, "quantity": line.quantity,
        "unit": line.unit, "needed_by": line.needed_by.isoformat(), "note": line.note,
        "price_limit": None if line.price_limit is None else plain(line.price_limit),
    }  # fmt: skip


def change_need_list(
    *,
    actor: Actor,
    list_id: UUID,
    mapping: Mapping[str, int | None],
    meant: tuple[int, UUID] | None = None,
) -> NeedList:
    """The firm says which column is what, or which item a line means; judged anew.

    meant: (number of a line, item): every line that calls its item so means it. Raises NotFound,
    NeedListStarted, MappingWrong, LineUnknown, ItemNotOffered.
    """
    with transaction.atomic():
        row = queries.locked_list(actor, list_id)
        if row.state != "uploaded":
            raise NeedListStarted
        check_mapping(mapping, FIELDS, len(row.columns))
        row.mapping = {**row.mapping, **mapping}
        lines = queries.lines_of(row).order_by("line")
        if meant is not None:
            number, item_id = meant
            line = lines.filter(line=number).first()
            if line is None or not line.said:
                raise LineUnknown
            if not items_of(row.cooperative_id).filter(pk=item_id).exists():
                raise ItemNotOffered
            called = f"{line.said['item_code']}\x1f{line.said['item_name']}"
            row.chosen = {**row.chosen, called: str(item_id)}
        _judge(row, list(lines.values_list("line", "cells")))
        return row


def start_need_list(*, actor: Actor, list_id: UUID) -> NeedList:
    """The firm starts a list; a job states its needs. Starting twice changes nothing.

    Raises NotFound, MappingIncomplete.
    """
    with transaction.atomic():
        row = queries.locked_list(actor, list_id)
        if row.state != "uploaded":
            return row
        missing = missing_fields(row.mapping)
        if missing:
            raise incomplete(FIELDS, missing)
        set_state(
            row, "queued", machine=NEED_LIST, kind="need_list_started", actor=actor,
            at=clock.now(), cooperative_id=row.cooperative_id, firm_id=row.firm_id,
        )  # fmt: skip
        queue_need_list(row.pk)
        return row


def queue_need_list(list_id: UUID) -> bool:
    """Put the job of one list in the queue, unless it waits there already."""
    name = f"needs {list_id}"
    return defer(
        TAKE_TASK, queue=TAKE_QUEUE, lock=name, queueing_lock=name, list_id=str(list_id)
    )  # fmt: skip


def resume_lost_need_lists() -> int:
    """Queue again the lists that no living job is taking; return how many."""
    alive = living_arguments(TAKE_TASK, "list_id")
    lost = [pk for pk in queries.unfinished().values_list("pk", flat=True) if str(pk) not in alive]
    return sum(queue_need_list(pk) for pk in lost)


def delete_need_list(*, actor: Actor, list_id: UUID) -> None:
    """The firm throws a list away before it starts. Raises NotFound, NeedListStarted."""
    with transaction.atomic():
        row = queries.locked_list(actor, list_id)
        if row.state != "uploaded":
            raise NeedListStarted
        _note(row, "need_list_deleted", actor, data={"filename": row.filename})
        row.delete()


def _note(row: NeedList, kind: str, actor: Actor, **more: Any) -> None:
    record(row, kind=kind, actor=actor, at=clock.now(), cooperative_id=row.cooperative_id,
           firm_id=row.firm_id, **more)  # fmt: skip
