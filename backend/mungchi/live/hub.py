"""What keeps streams current: listening to the database, reading what changed, telling.

Every announcement marks a campaign; what is marked is read at most every TICK seconds, however
many commitments arrive meanwhile, once for all who look on. What no announcement told of (a
process died before it could) is found by looking at everything followed every SWEEP seconds.
"""

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from psycopg import sql

from mungchi.common.announcing import CHANGED, ENDED
from mungchi.live.asking import Allowed, Asking, Refused
from mungchi.live.streams import Stream, Streams

logger = logging.getLogger("mungchi.live")

TICK = 0.25
SWEEP = 15.0
# A stream asks anew whether it may see what it sees; at once when its seat or session ends.
ASK_ANEW = 60.0
LONGEST_PAUSE = 10.0


class Hub:
    """One for each process; its tasks run from `start` to `stop`."""

    def __init__(self, *, most: int, most_each: int, threads: int = 4) -> None:
        self.streams = Streams(most, most_each)
        self.asking = Asking(threads)
        self.listening = False
        self._changed: set[UUID] = set()
        self._something_changed = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to listen and to tell."""
        for work in (self._listen(), self._tell(), self._sweep(), self._ask_anew()):
            self._tasks.append(asyncio.create_task(work))

    async def stop(self) -> None:
        """End all streams, so that their screens look for another process."""
        self.streams.end(self.streams.everyone())
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self.asking.close)

    async def open(self, scope: dict[str, Any]) -> Stream | Refused:
        """Open the stream that the request in `scope` asks for, its first standings waiting."""
        answer = await self.asking.who(scope)
        if isinstance(answer, Refused):
            return answer
        stream = Stream(actor=answer.actor, scope=scope)
        self.streams.add(stream, answer.standings)
        for campaign, standing in answer.standings.items():
            stream.tell(campaign, standing)
        # What changed between the answer and this moment was announced to nobody.
        self._mark(answer.standings)
        return stream

    def close(self, stream: Stream) -> None:
        """The screen is gone."""
        self.streams.remove(stream)

    def _mark(self, campaigns: Any) -> None:
        self._changed.update(campaigns)
        self._something_changed.set()

    async def _listen(self) -> None:
        pause = 0.5
        while True:
            with contextlib.suppress(psycopg.Error, OSError):
                async with await _connect() as listener:
                    for channel in (CHANGED, ENDED):
                        await listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
                    self.listening, pause = True, 0.5
                    # What was announced while nobody listened.
                    self._mark(self.streams.followed())
                    async for heard in listener.notifies():
                        self._heard(heard.channel, heard.payload)
            self.listening = False
            logger.warning("the database is away; listening again in %.1f s", pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _heard(self, channel: str, payload: str) -> None:
        try:
            about = UUID(payload)
        except ValueError:
            return
        if channel == ENDED:
            _in_background(self._again(self.streams.of_person(about)))
        elif self.streams.actors_of(about):
            self._mark([about])

    async def _tell(self) -> None:
        while True:
            await self._something_changed.wait()
            self._something_changed.clear()
            changed, self._changed = self._changed, set()
            await asyncio.gather(*(self._tell_of(campaign) for campaign in changed))
            await asyncio.sleep(TICK)

    async def _tell_of(self, campaign: UUID) -> None:
        actors = self.streams.actors_of(campaign)
        if not actors:
            return
        try:
            self.streams.tell(campaign, await self.asking.standing(campaign, actors))
        except Exception:
            # The next sweep looks again; one campaign that cannot be read stops no other.
            logger.exception("a campaign could not be read", extra={"campaign": str(campaign)})

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            self._mark(self.streams.followed())

    async def _ask_anew(self) -> None:
        while True:
            waiting = self.streams.everyone()
            # Spread over the time, so that a thousand streams are no thousand requests at once.
            for stream in waiting:
                await asyncio.sleep(ASK_ANEW / len(waiting))
                await self._again([stream])
            if not waiting:
                await asyncio.sleep(1)

    async def _again(self, streams: list[Stream]) -> None:
        for stream in streams:
            if stream not in self.streams:
                continue
            try:
                answer = await self.asking.who(stream.scope)
            except Exception:
                logger.exception("a stream could not be asked for again")
                continue
            if isinstance(answer, Allowed) and answer.actor == stream.actor:
                if stream in self.streams and stream.follows != frozenset(answer.standings):
                    self.streams.follow(stream, answer.standings)
            else:
                stream.end()


_background: set[asyncio.Task[None]] = set()


def _in_background(work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    _background.add(task)
    task.add_done_callback(_background.discard)


async def _connect() -> psycopg.AsyncConnection[Any]:
    """A connection with Django's settings, for as long as somebody listens."""
    given = connection.get_connection_params()
    named = {k: v for k, v in given.items() if k not in {"context", "cursor_factory"}}
    return await psycopg.AsyncConnection.connect(**named, autocommit=True)
