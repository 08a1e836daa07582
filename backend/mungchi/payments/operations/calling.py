"""Asking providers, many at a time, without holding anything while one waits for the answer.

Only the calls run in threads, and they touch no database: rows are written before and after by the
one thread that runs them, on its one connection, in short transactions. However many calls are
under way, a worker has one connection.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import close_old_connections, connection

from mungchi.payments.providers.facts import (
    ChargeFact,
    DisputeFact,
    Event,
    PayeeFact,
    PayoutFact,
    ProviderAway,
    ProviderError,
    RefundFact,
    SetupFact,
)
from mungchi.payments.providers.guard import refuse_in_transaction

logger = logging.getLogger("mungchi.charging")

# Calls under way at once: with 300 ms a call, 160 charges a second at most.
AT_ONCE: Final = 50
# A provider's account that did not answer so often in a row is left alone for the rest of a run.
AWAY_AFTER: Final = 5
# Seconds after which what had nothing to ask is asked whether it has by now; and what failed.
LOOK_EVERY: Final = 1.0
TRY_EVERY: Final = 10.0

Fact = (
    ChargeFact
    | DisputeFact
    | PayeeFact
    | PayoutFact
    | RefundFact
    | SetupFact
    | list[RefundFact]
    | tuple[Event, ...]
)


@dataclass(frozen=True, slots=True)
class Call:
    """What is to be asked about a try (an event, an account's list); `ask` returns a fact, some
    refunds, or None for: there is none.

    `acts`: it charges; else it only asks, and that it is refused says nothing about the charge.
    `asked_at`: when it was asked, where another may ask the same before the answer comes.
    """

    about: UUID
    account_id: UUID
    ask: Callable[[], Fact | None] = field(repr=False)
    acts: bool = False
    asked_at: datetime | None = None


Answer = Fact | ProviderError | None
# Gives up to so many calls, whose rows are written and committed; not of these accounts.
Prepare = Callable[[int, Collection[UUID]], Sequence[Call]]


@dataclass(frozen=True, slots=True)
class Asking:
    """Something that is asked of providers: what prepares the calls, and what writes down the
    answers."""

    prepare: Prepare
    answer: Callable[[Call, Answer], None]


def call_all(
    *askings: Asking, stop: Callable[[], bool] = lambda: False, at_once: int = AT_ONCE
) -> int:
    """Ask until nothing is left to be asked or `stop` says so; return how many were answered.

    Several askings share the calls that are under way: each is given room in turn, and none of them
    all of it, so that neither many of one nor calls that hang keep the others waiting. One that has
    nothing is asked again LOOK_EVERY as long as others go on. An answer that cannot be written is
    logged; the try is asked for again later, as if it had not come.
    """
    refuse_in_transaction()
    run = _Run(deque(askings), stop, at_once)
    with ThreadPoolExecutor(at_once, thread_name_prefix="provider") as pool:
        while run.go_on(pool):
            pass
    return run.answered


@dataclass
class _Run:
    # Whose turn it is, first.
    askings: deque[Asking]
    stop: Callable[[], bool]
    at_once: int
    under_way: dict[Future[Fact | None], tuple[Asking, Call]] = field(default_factory=dict)
    silent: dict[UUID, int] = field(default_factory=dict)
    # Until when (of the monotonic clock) what has nothing to ask is left alone.
    idle: dict[Asking, float] = field(default_factory=dict)
    answered: int = 0

    def go_on(self, pool: ThreadPoolExecutor) -> bool:
        """Begin what there is room for, write down what came; False when all is done."""
        room = self.at_once - len(self.under_way)
        # Rows are prepared some at a time: one transaction for each call would cost as many again.
        if room >= self.at_once // 4 or not self.under_way:
            self._begin(pool)
        if not self.under_way:
            return False
        done, _ = wait(self.under_way, timeout=1, return_when=FIRST_COMPLETED)
        for future in done:
            asking, call = self.under_way.pop(future)
            self._take(asking, call, future)
        return True

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        if self.stop():
            self.askings.clear()
        for _ in range(len(self.askings)):
            room = self.at_once - len(self.under_way)
            if not room:
                return
            asking = self.askings[0]
            self.askings.rotate(-1)
            for call in self._prepared(asking, min(room, self._share(asking))):
                self.under_way[pool.submit(call.ask)] = asking, call

    def _share(self, asking: Asking) -> int:
        """How many more calls of an asking there may be: a quarter of all is left to the others."""
        if len(self.askings) == 1:
            return self.at_once
        mine = sum(whose is asking for whose, _ in self.under_way.values())
        return self.at_once - self.at_once // 4 - mine

    def _prepared(self, asking: Asking, room: int) -> Sequence[Call]:
        """Up to so many calls. What fails, or has nothing, is left alone for a while."""
        at = time.monotonic()
        if room <= 0 or self.idle.get(asking, at) > at:
            return ()
        try:
            calls = asking.prepare(room, self._away())
        except Exception:
            logger.exception("nothing could be prepared by %s", asking.prepare)
            self.idle[asking] = at + TRY_EVERY
            if not connection.in_atomic_block:
                close_old_connections()
            return ()
        if not calls:
            self.idle[asking] = at + LOOK_EVERY
        return calls

    def _away(self) -> list[UUID]:
        return [account for account, times in self.silent.items() if times >= AWAY_AFTER]

    def _take(self, asking: Asking, call: Call, future: Future[Fact | None]) -> None:
        answer = _answer_of(future)
        silent = isinstance(answer, ProviderAway)
        self.silent[call.account_id] = self.silent.get(call.account_id, 0) + 1 if silent else 0
        try:
            asking.answer(call, answer)
            self.answered += 1
        except Exception:
            logger.exception("the answer about %s was not written", call.about)
            if not connection.in_atomic_block:
                close_old_connections()


def _answer_of(future: Future[Fact | None]) -> Answer:
    """What came; an error that no provider should raise is as if nobody had answered."""
    try:
        return future.result()
    except ProviderError as error:
        return error
    except Exception:
        logger.exception("a provider's call failed in a way that it should not")
        return ProviderAway("unexpected")
