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
from typing import Protocol
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import BooleanField, F, Func, Value
from django.http import HttpRequest, HttpResponse

from mungchi.common import clock

ROLE = "mungchi_seat"
IN_FRONT = "none"

_standing: ContextVar[bool] = ContextVar("standing_behind_the_wall", default=False)
_down: ContextVar[bool] = ContextVar("wall_is_down", default=False)


class Seated(Protocol):
    """What the wall needs to know of whoever acts: a seat, or an actor."""

    user_id: UUID | None
    firm_id: UUID | None
    cooperative_id: UUID | None


def going_behind() -> Func:
    """An annotation for a query of one seat: reading the seat puts the connection behind the wall.

    One query instead of two. The caller says `went_behind` once a seat was found.
    """
    return Func(
        F("user_id"),
        F("firm_id"),
        F("cooperative_id"),
        Value(clock.shift().total_seconds()),
        Value(IN_FRONT if _down.get() else ROLE),
        function="common_stand",
        output_field=BooleanField(),
    )


def went_behind() -> None:
    """Remember that this request's connection stands behind the wall, for `leave`."""
    _standing.set(True)


def stand_behind(who: Seated) -> None:
    """From here on this connection sees what belongs to `who`; one query."""
    _stand(who.user_id, who.firm_id, who.cooperative_id, IN_FRONT if _down.get() else ROLE)
    went_behind()


def leave() -> None:
    """Back in front of the wall: one query, or none for a request that never stood behind it."""
    if not _standing.get():
        return
    _standing.set(False)
    try:
        _stand(None, None, None, IN_FRONT)
    except DatabaseError:
        # What cannot be put back is not used again.
        connection.close()


def _stand(user: UUID | None, firm: UUID | None, cooperative: UUID | None, role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT common_stand(%s::uuid, %s::uuid, %s::uuid, %s, %s)",
            [user, firm, cooperative, clock.shift().total_seconds(), role],
        )


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
