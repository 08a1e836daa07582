"""Writing down what happened, and moving a row from state to state."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models

from mungchi.common.announcing import announce
from mungchi.common.errors import Conflict
from mungchi.common.models import History
from mungchi.common.states import Machine
from mungchi.common.text import Text


class Who(Protocol):
    """What history needs to know of whoever acts (accounts.access.Actor)."""

    user_id: UUID | None
    user_name: str
    seat_id: UUID | None
    role: str
    key_id: UUID | None


class MoveNotDeclared(Conflict):
    """The row is in a state from which this step does not lead on."""

    code = "state_does_not_allow"
    message = Text(
        ko="현재 상태(‘{state}’)에서는 할 수 없는 작업입니다.",
        en="That is not possible in the present state (“{state}”).",
    )

    def __init__(self, machine: Machine, state: str) -> None:
        super().__init__(state=machine.labels[state])


def record(
    subject: models.Model,
    *,
    kind: str,
    actor: Who,
    at: datetime,
    thread: UUID | None = None,
    cooperative_id: UUID | None = None,
    firm_id: UUID | None = None,
    moved: tuple[str, str] = ("", ""),
    why: str = "",
    data: Mapping[str, Any] | None = None,
) -> History:
    """Write one row of history about `subject` in the current transaction."""
    row = event(
        subject, kind=kind, actor=actor, at=at, thread=thread, cooperative_id=cooperative_id,
        firm_id=firm_id, moved=moved, why=why, data=data,
    )  # fmt: skip
    row.save(force_insert=True)
    announce([thread])
    return row


def event(
    subject: models.Model,
    *,
    kind: str,
    actor: Who,
    at: datetime,
    thread: UUID | None = None,
    cooperative_id: UUID | None = None,
    firm_id: UUID | None = None,
    moved: tuple[str, str] = ("", ""),
    why: str = "",
    data: Mapping[str, Any] | None = None,
) -> History:
    """Return a row of history that is not written yet: for `record_all`."""
    return History(
        at=at,
        kind=kind,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        thread=thread,
        cooperative_id=cooperative_id,
        firm_id=firm_id,
        from_state=moved[0],
        to_state=moved[1],
        why=why,
        data={**(data or {}), **({"api_key": str(actor.key_id)} if actor.key_id else {})},
        user_id=actor.user_id,
        user_name=actor.user_name,
        seat_id=actor.seat_id,
        role=actor.role,
    )


def record_all(rows: Sequence[History]) -> None:
    """Write many rows made by `event` with one statement."""
    History.objects.bulk_create(rows)
    announce(row.thread for row in rows)


def set_state(
    row: models.Model,
    to: str,
    *,
    machine: Machine,
    kind: str,
    actor: Who,
    at: datetime,
    also: tuple[str, ...] = (),
    **about: Any,
) -> None:
    """Move `row` to state `to`, saving the fields in `also` with it, and record it.

    The caller holds the row's lock. Raises MoveNotDeclared when the machine has no such move; the
    database's trigger would refuse it as well.
    """
    before = row.state  # type: ignore[attr-defined]
    if not machine.allows(before, to):
        raise MoveNotDeclared(machine, before)
    row.state = to  # type: ignore[attr-defined]
    row.save(update_fields=["state", *also])
    record(row, kind=kind, actor=actor, at=at, moved=(before, to), **about)
