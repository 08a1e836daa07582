"""Bringing in a list of members, up to the job that does it: upload, map, start, or delete.

A list is judged as a whole when it is uploaded and whenever its columns are chosen anew: what is
seen before the start is every line with what would become of it.
"""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.accounts.domain.member_list import (
    FIELDS,
    NAMES,
    NEEDED,
    Doubles,
    Line,
    read,
    recognise_mapping,
    verdict,
)
from mungchi.accounts.domain.states import MEMBER_LIST
from mungchi.accounts.models import MemberList, MemberListLine
from mungchi.accounts.queries import member_lists as queries
from mungchi.common import clock
from mungchi.common.errors import Conflict, NotAllowed
from mungchi.common.history import record, set_state
from mungchi.common.jobs import defer, living_arguments
from mungchi.common.sheets.files import Row
from mungchi.common.sheets.problems import PROBLEMS, FileUnreadable
from mungchi.common.sheets.tables import Table, read_table
from mungchi.common.text import Text
from mungchi.common.uploads import FileNotTaken, check_mapping, incomplete, printable, too_large

TAKE_TASK: Final = "mungchi.accounts.take_members"
TAKE_QUEUE: Final = "imports"
MOST_BYTES: Final = 1_900_000
MOST_LINES: Final = 10_000

TOO_MANY = Text(
    ko="줄이 너무 많습니다. 1만 줄 이하로 나누어 올려 주십시오.",
    en="There are too many lines. Please upload at most 10,000 at a time.",
)


class ListStarted(Conflict):
    """What was started is neither judged anew nor deleted."""

    code = "list_started"
    message = Text(
        ko="이미 시작된 명단은 바꾸거나 지울 수 없습니다.",
        en="A list that has started can no longer be changed or deleted.",
    )


def upload_members(*, actor: Actor, filename: str, stream: BinaryIO) -> MemberList:
    """An office uploads a list: its columns are recognised, every line is judged, nobody joins yet.

    Raises FileTooLarge, FileNotTaken.
    """
    if actor.user_id is None or actor.cooperative_id is None:
        raise NotAllowed
    if stream.seek(0, io.SEEK_END) > MOST_BYTES:
        raise too_large(2 * 1024 * 1024)
    table = _table(stream)
    with transaction.atomic():
        at = clock.now()
        row = MemberList(
            cooperative_id=actor.cooperative_id,
            created_by_id=actor.user_id,
            created_at=at,
            filename=printable(filename) or "members",
            columns=table.columns,
            mapping=recognise_mapping(table.headers, table.samples),
            lines=len(table.lines),
        )
        row.save(force_insert=True)
        _judge(row, table.lines)
        record(
            row, kind="member_list_uploaded", actor=actor, at=at, moved=("", row.state),
            cooperative_id=row.cooperative_id, data={"filename": row.filename, "lines": row.lines},
        )  # fmt: skip
    return row


def _table(stream: BinaryIO) -> Table:
    try:
        return read_table(stream, NAMES, most=MOST_LINES, least=2)
    except FileUnreadable as error:
        problem = TOO_MANY if error.code == "too_many_lines" else PROBLEMS[error.code]
        raise FileNotTaken(problem=problem, reason=error.code) from None


def _judge(row: MemberList, lines: Sequence[Row]) -> None:
    """Write down of every line what would become of it, by the present columns."""
    doubles, said, against = Doubles(), {}, {}
    for line, values in lines:
        found = read(values, row.mapping)
        if isinstance(found, str):
            against[line] = found
            continue
        said[line] = found
        if reason := doubles.refuses(found):
            against[line] = reason
    good = [each for line, each in said.items() if line not in against]
    known = queries.known_of(row.cooperative_id, good)
    verdicts = {
        line: ("rejected", against[line]) if line in against else verdict(said[line], known)
        for line, _ in lines
    }
    queries.lines_of(row).delete()
    # Not by COPY, which does not write behind the second wall.
    MemberListLine.objects.bulk_create(
        (
            MemberListLine(
                member_list=row,
                line=line,
                cells=values,
                said=_as_json(said[line]) if line in said else {},
                verdict=verdicts[line][0],
                reason=verdicts[line][1],
            )
            for line, values in lines
        ),
        batch_size=1_000,
    )
    taken = [each for line, each in said.items() if verdicts[line][0] != "rejected"]
    row.counts = {
        **Counter(name for name, _ in verdicts.values()),
        "owners": queries.without_owner(taken, known),
    }
    row.save(update_fields=["counts", "mapping", "invites"])


def _as_json(line: Line) -> dict[str, str]:
    return {name: getattr(line, name) for name in FIELDS}


def change_list(
    *, actor: Actor, list_id: UUID, mapping: Mapping[str, int | None], invites: bool | None
) -> MemberList:
    """The office says which column is what, and whether owners are invited; judged anew.

    Raises NotFound, ListStarted, MappingWrong.
    """
    with transaction.atomic():
        row = queries.locked_list(actor, list_id)
        if row.state != "uploaded":
            raise ListStarted
        check_mapping(mapping, FIELDS, len(row.columns))
        row.mapping = {**row.mapping, **mapping}
        if invites is not None:
            row.invites = invites
        lines = queries.lines_of(row).order_by("line").values_list("line", "cells")
        _judge(row, list(lines))
        return row


def start_list(*, actor: Actor, list_id: UUID) -> MemberList:
    """The office starts a list; a job does it. Starting twice changes nothing.

    Raises NotFound, MappingIncomplete.
    """
    with transaction.atomic():
        row = queries.locked_list(actor, list_id)
        if row.state != "uploaded":
            return row
        missing = [name for name in NEEDED if row.mapping.get(name) is None]
        if missing:
            raise incomplete(FIELDS, missing)
        set_state(
            row,
            "queued",
            machine=MEMBER_LIST,
            kind="member_list_started",
            actor=actor,
            at=clock.now(),
            cooperative_id=row.cooperative_id,
            data={"invites": row.invites},
        )
        queue_list(row.pk)
        return row


def queue_list(list_id: UUID) -> bool:
    """Put the job of one list in the queue, unless it waits there already."""
    name = f"members {list_id}"
    return defer(
        TAKE_TASK, queue=TAKE_QUEUE, lock=name, queueing_lock=name, list_id=str(list_id)
    )  # fmt: skip


def resume_lost_lists() -> int:
    """Queue again the lists that no living job is taking; return how many."""
    alive = living_arguments(TAKE_TASK, "list_id")
    lost = [pk for pk in queries.unfinished().values_list("pk", flat=True) if str(pk) not in alive]
    return sum(queue_list(pk) for pk in lost)


def delete_list(*, actor: Actor, list_id: UUID) -> None:
    """The office throws a list away before it starts. Raises NotFound, ListStarted."""
    with transaction.atomic():
        row = queries.locked_list(actor, list_id)
        if row.state != "uploaded":
            raise ListStarted
        record(
            row, kind="member_list_deleted", actor=actor, at=clock.now(),
            cooperative_id=row.cooperative_id, data={"filename": row.filename},
        )  # fmt: skip
        row.delete()
