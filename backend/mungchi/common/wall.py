"""The second wall: behind it the database shows a request its own seat's rows and no others.

`visible_to` in each app's queries is the first wall: it decides what a seat sees. A query that
forgot it would show everything. So a request reads and writes as the role ROLE, for which tables
with firms' prices, limits, money and offers have policies (row-level security, see policies.py)
that know the seat from settings of the database session. docs/decisions/0010-a-second-wall.md says
why it is made this way.

The pipeline, the operators' site and the commands work in front of the wall, as the tables' owner.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import BooleanField, F, Func, UUIDField, Value
from django.http import HttpRequest, HttpResponse

from mungchi.common import clock
from mungchi.common.request_log import request_id

ROLE = "mungchi_seat"
IN_FRONT = "none"

_standing: ContextVar[bool] = ContextVar("standing_behind_the_wall", default=False)
_stepped: ContextVar[bool] = ContextVar("stepped_in_front_of_the_wall", default=False)
_down: ContextVar[bool] = ContextVar("wall_is_down", default=False)


class Seated(Protocol):
    """What the wall, and what is kept of writes, need to know of whoever acts (accounts.Actor)."""

    user_id: UUID | None
    firm_id: UUID | None
    cooperative_id: UUID | None
    seat_id: UUID | None
    role: str
    key_id: UUID | None


def going_behind(key_id: UUID | None = None) -> Func:
    """An annotation for a query of one seat: reading the seat puts the connection behind the wall.

    One query instead of two. The caller says `went_behind` once a seat was found. `key_id`: of the
    key with which a program acts for the seat.
    """
    return Func(
        F("user_id"),
        F("firm_id"),
        F("cooperative_id"),
        F("id"),
        F("role"),
        Value(key_id, output_field=UUIDField()),
        Value(request_id.get()),
        Value(clock.shift().total_seconds()),
        Value(IN_FRONT if _down.get() else ROLE),
        function="common_stand_as",
        output_field=BooleanField(),
    )


def went_behind() -> None:
    """Remember that this request's connection stands behind the wall, for `leave`."""
    _standing.set(True)


def stand_behind(who: Seated) -> None:
    """From here on this connection sees what belongs to `who`; one query."""
    _stand(who, IN_FRONT if _down.get() else ROLE)
    went_behind()


def name_in_front(user_id: UUID | None) -> None:
    """Stay in front, but let what is written until `leave` be known as this person's; one query."""
    _stand(_InFront(user_id), IN_FRONT)
    went_behind()


@contextmanager
def in_front() -> Iterator[None]:
    """Within the present transaction reach rows of all firms, then stand behind the wall again.

    For what is not about whose rows it touches: items becoming one
    (docs/decisions/0021-items-become-one.md), a standing offer becoming its supplier's offer,
    which may be sealed (0026-standing-offers.md), a firm being led to the page on which it saves a
    method, which takes the cooperative's key (0043-choosing-how-to-be-paid.md), and decisions of an
    office that a supplier's no overtakes. What is written stays known as the seat's. One inside
    another changes nothing.
    """
    if not _standing.get() or _down.get() or _stepped.get():
        yield
        return
    token = _stepped.set(True)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {IN_FRONT}")
        yield
        # Not after an error: that ends the transaction, and with it what is local to it.
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
    finally:
        _stepped.reset(token)


def leave() -> None:
    """Back in front of the wall: one query, or none for a request that never stood behind it."""
    if not _standing.get():
        return
    _standing.set(False)
    try:
        _stand(_InFront(), IN_FRONT)
    except DatabaseError:
        # What cannot be put back is not used again.
        connection.close()


@dataclass
class _InFront:
    """Nobody, or a person without a seat."""

    user_id: UUID | None = None
    firm_id: UUID | None = None
    cooperative_id: UUID | None = None
    seat_id: UUID | None = None
    role: str = ""
    key_id: UUID | None = None


def _stand(who: Seated, database_role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT common_stand_as("
            "%s::uuid, %s::uuid, %s::uuid, %s::uuid, %s, %s::uuid, %s, %s, %s)",
            [
                who.user_id, who.firm_id, who.cooperative_id, who.seat_id, who.role, who.key_id,
                request_id.get(), clock.shift().total_seconds(), database_role,
            ],
        )  # fmt: skip


class WallMiddleware:
    """Leads every request back in front of the wall at its end, whatever became of it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            leave()


@contextmanager
def down() -> Iterator[None]:
    """Requests in this context have no second wall: for tests and measurements that compare."""
    token = _down.set(True)
    try:
        yield
    finally:
        _down.reset(token)
