"""Everything the event stream asks Django and the database, each in a thread of a small pool.

A stream begins with an ordinary request for /api/v1/standings, through all the middleware, the
permissions and the second wall, so there is no second way of deciding who may see what. While it
lasts, campaigns are read once for all who look at them (`standing_to_many`, which withholds what a
seat must not be told), and every stream asks anew as a request every so often.
"""

import asyncio
import io
import logging
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar
from uuid import UUID

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.db import DEFAULT_DB_ALIAS, close_old_connections, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http.response import HttpResponseBase
from rest_framework.renderers import JSONRenderer

from mungchi.accounts.access import Actor, actor_of
from mungchi.campaigns import queries
from mungchi.campaigns.api.standing import StandingSerializer

logger = logging.getLogger("mungchi.live")
T = TypeVar("T")
STANDINGS = "/api/v1/standings"


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer that the request for a stream got instead of one."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who looks on, and the first look: rendered standings by campaign."""

    actor: Actor
    standings: dict[UUID, bytes]


class Asking:
    """The pool. Each of its threads keeps one connection to the database."""

    def __init__(self, threads: int) -> None:
        self._connections: list[BaseDatabaseWrapper] = []
        self._pool = ThreadPoolExecutor(threads, "asking", self._remember_connection)
        self._handler = BaseHandler()
        self._handler.load_middleware(is_async=False)

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Run `function` in the pool, on a database connection that is alive."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, _fresh, function)

    async def who(self, scope: dict[str, Any]) -> Allowed | Refused:
        """Ask for standings as the request in `scope` would."""
        return await self.in_thread(partial(self._who, scope))

    async def standing(self, campaign: UUID, actors: Collection[Actor]) -> dict[Actor, bytes]:
        """Where a campaign stands as each of the actors may see it, rendered."""
        return await self.in_thread(partial(_standing, campaign, actors))

    def close(self) -> None:
        """Wait for what is being asked, and hang up."""
        self._pool.shutdown(cancel_futures=True)
        for own in self._connections:
            # Of threads that have ended; nobody else uses them.
            own.inc_thread_sharing()
            own.close()

    def _remember_connection(self) -> None:
        self._connections.append(connections[DEFAULT_DB_ALIAS])

    def _who(self, scope: dict[str, Any]) -> Allowed | Refused:
        # A browser accepts nothing but the stream; what is asked for here is an ordinary answer.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept"]
        asked = {"method": "GET", "path": STANDINGS, "raw_path": STANDINGS.encode()}
        request = ASGIRequest({**scope, **asked, "headers": headers}, io.BytesIO())
        response = self._handler.get_response(request)
        try:
            return _allowed(response)
        finally:
            response.close()


def _fresh(function: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return function()
    except Exception:
        # Whatever state it is in: the next question gets a new one.
        connection.close()
        raise


def _allowed(response: HttpResponseBase) -> Allowed | Refused:
    data = getattr(response, "data", None)
    if response.status_code != HTTPStatus.OK or not isinstance(data, dict):
        names = ("Content-Type", "WWW-Authenticate", "Retry-After", "X-Request-ID")
        kept = {name: response[name] for name in names if response.has_header(name)}
        return Refused(response.status_code, kept, getattr(response, "content", b""))
    asked = response.renderer_context["request"]  # type: ignore[attr-defined]
    return Allowed(
        actor=actor_of(asked),
        standings={UUID(one["campaign"]): _rendered(one) for one in data["standings"]},
    )


def _standing(campaign: UUID, actors: Collection[Actor]) -> dict[Actor, bytes]:
    found = queries.standing_to_many(campaign, actors)
    rendered: dict[int, bytes] = {}
    for one in found.values():
        if id(one) not in rendered:
            rendered[id(one)] = _rendered(StandingSerializer(one).data)
    return {actor: rendered[id(one)] for actor, one in found.items()}


def _rendered(standing: Any) -> bytes:
    return bytes(JSONRenderer().render(standing))
