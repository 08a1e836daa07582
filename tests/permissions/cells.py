"""Running a line of the matrix: every role, every row, each request undone afterwards."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from tests.around import around
from tests.permissions.line import ROLES, Line
from tests.permissions.world import SIDES, World

from mungchi.accounts.domain.permissions import ANYONE, SIGNED_IN, may

ABSENT = "0197b2c0-0000-7000-8000-00000000dead"
SEAT_ROLE = {"supplier": "owner"}


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the body without the id of the request."""

    status: int
    body: Any

    @property
    def ids(self) -> set[str]:
        """The keys of the rows on a page."""
        return {str(row["id"]) for row in self.body["results"]}


def ask(world: World, line: Line, role: str, side: str) -> Answer:
    """Send the line's request as a role for a side's row, and undo what it did."""
    row: Any = None
    if line.make is not None:
        row = ABSENT if side == "absent" else world.row(line.make, side)
    key = row if side == "absent" or row is None else line.key(row)
    path = "/api/v1/" + line.path.replace("<uuid:pk>", str(key))
    body = line.body(world, row) if line.body else None
    if line.at == "list":
        path += ("&" if "?" in path else "?") + "page_size=100"
    send = getattr(world.clients[role], line.method.lower())
    with around():
        given = {"data": body, "format": "multipart" if line.multipart else "json"} if body else {}
        answer = send(path, **given)
        transaction.set_rollback(True)
    try:
        content = b"".join(answer) if answer.streaming else answer.content
        read = json.loads(content) if content else None
    except ValueError:
        read = content[:200]
    if isinstance(read, dict):
        read.pop("request_id", None)
        # The time of asking says nothing of rows.
        read.pop("now", None)
    return Answer(answer.status_code, read)


def refusal(line: Line, role: str) -> tuple[int, str] | None:
    """The refusal that a role gets whatever the row, by the table of permissions; None: none."""
    if line.capability == ANYONE:
        return None
    if role == "anonymous":
        return 401, "not_authenticated"
    if line.capability == SIGNED_IN:
        return None
    if role == "seatless":
        return 403, "no_seat"
    if not may(SEAT_ROLE.get(role, role), line.capability):
        return 403, "not_allowed"
    return None


def check(world: World, line: Line) -> Iterator[str | None]:
    """Yield, for every cell of a line, None when it is right, else what is wrong."""
    sides = (*SIDES, "absent") if line.make else ("none",)
    # What names no row is the same request for all of them: it is sent once, with all rows there.
    once = line.make is None or (
        line.at == "list" and "<uuid:pk>" not in line.path and line.body is None
    )
    if once and line.make:
        for side in SIDES:
            world.row(line.make, side)
    for role in ROLES:
        absent = ask(world, line, role, "absent")
        for side in sides:
            answer = absent if once or side == "absent" else ask(world, line, role, side)
            wrong = _judge(world, line, role, side, answer, absent)
            yield wrong and f"{line.name} as {role}, row {side}: {wrong}"


def _judge(
    world: World, line: Line, role: str, side: str, answer: Answer, absent: Answer
) -> str | None:
    refused = refusal(line, role)
    if refused is not None:
        status, code = refused
        if (answer.status, answer.body.get("code")) != refused:
            return f"expected {status} {code}, got {answer.status} {str(answer.body)[:300]}"
        return None if answer == absent else "refused differently from an absent row"
    if line.make is None:
        return _status(answer, line.but.get(("none", role), line.ok))
    seen = side != "absent" and role in line.sees.get(side, ())
    if line.at == "list":
        if wrong := _status(answer, line.ok):
            return wrong
        key = ABSENT if side == "absent" else str(line.key(world.row(line.make, side)))
        there = key in answer.ids
        return None if there == seen else f"the row is {'' if there else 'not '}in the list"
    if seen:
        if line.hidden == line.ok and answer == absent:
            return "the row is not in the answer"
        return _status(answer, line.but.get((side, role), line.ok))
    if wrong := _status(answer, line.hidden):
        return wrong
    return None if answer == absent else f"differs from an absent row: {answer} / {absent}"


def _status(answer: Answer, wanted: int) -> str | None:
    if answer.status == wanted:
        return None
    return f"expected {wanted}, got {answer.status} {str(answer.body)[:300]}"
