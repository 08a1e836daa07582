"""Money that a provider sends, once: what refunds and payouts to suppliers have in common.

The row is there, committed, before the provider is asked; the call runs outside of any
transaction; then the answer is written. A process that dies in between leaves `sent`: then what
was asked for is looked up, and where there is none the same is asked under the same key again.
After 20 hours the key may be forgotten: from then on it is only looked up.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol
from uuid import UUID

from django.db import close_old_connections, connection

from mungchi.common import clock
from mungchi.payments.domain.charging import GIVE_UP_AFTER
from mungchi.payments.providers.facts import (
    PayoutFact,
    ProviderAway,
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderRefused,
    RefundFact,
)
from mungchi.payments.providers.guard import refuse_in_transaction
from mungchi.payments.providers.looking_up import find_or_ask

# A provider keeps its keys for a day; what nobody knows of by then is looked up, never sent.
KEY_HOLDS: Final = timedelta(hours=20)
# So long after the last question the next one is asked.
AGAIN_AFTER: Final = timedelta(minutes=1)

Fact = PayoutFact | RefundFact


@dataclass(frozen=True, slots=True)
class Call:
    """What a provider is to be asked about a row. `looked_up`: None is then an answer: there is no
    such transfer."""

    pk: UUID
    ask: Callable[[], Fact | None] = field(repr=False)
    looked_up: bool


class Waiting(Protocol):
    """Rows that a provider is to be asked about, last asked about before then; so many at most."""

    def __call__(self, asked_before: datetime, /, *, limit: int) -> list[UUID]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """Wherein refunds and payouts differ.

    `begin` writes that a row is asked about, and says how, or None for: nothing is to be asked.
    `answered` writes a fact, `unanswered` what came instead: an error, or None for: there is none.
    `at_once` calls are under way at once; `batch` rows are prepared at once.
    """

    name: str
    at_once: int
    batch: int
    waiting: Waiting
    begin: Callable[[UUID], Call | None]
    answered: Callable[[UUID, Any], object]
    unanswered: Callable[[Call, ProviderError | None], None]

    @property
    def logger(self) -> logging.Logger:
        """Where what goes wrong with them is logged."""
        return logging.getLogger(f"mungchi.{self.name}s")


def send_all(kind: Kind, stop: Callable[[], bool]) -> int:
    """Ask providers about all rows that wait for it, each once; return how many answers were
    written. Many at a time, in threads that touch no database."""
    refuse_in_transaction()
    done = 0
    asked: set[UUID] = set()
    while not stop():
        waiting = kind.waiting(clock.now() - AGAIN_AFTER, limit=kind.batch + len(asked))
        fresh = [pk for pk in waiting if pk not in asked][: kind.batch]
        if not fresh:
            break
        asked.update(fresh)
        calls = [call for call in map(kind.begin, fresh) if call is not None]
        with ThreadPoolExecutor(kind.at_once, thread_name_prefix=kind.name) as pool:
            answers = pool.map(partial(_answer, kind), calls)
            done += sum(map(partial(_write, kind), calls, answers))
    return done


def call_of(
    pk: UUID,
    *,
    find: Callable[[], Fact | None],
    ask: Callable[[], Fact],
    since: timedelta,
    again: bool,
) -> Call:
    """How a row is asked about: by `ask`; `again`, after `find` found nothing; and by `find` alone
    once its key may be forgotten. `since`: so long ago it was sent."""
    if again and since > KEY_HOLDS:
        return Call(pk, find, looked_up=True)
    return Call(pk, partial(find_or_ask, find, ask) if again else ask, looked_up=False)


def not_sent(call: Call, answer: ProviderError | None, since: timedelta) -> str | None:
    """Why nothing was sent, and will not be by itself, as a code; None while that is not known.

    A failure that a provider only repeats counts once what came of it would be in its lists.
    """
    if isinstance(answer, ProviderRefused):
        return answer.code
    if answer is None and call.looked_up:
        return "not_found"
    if isinstance(answer, ProviderFailed) and since >= GIVE_UP_AFTER:
        return "provider_failed"
    return None


def _answer(kind: Kind, call: Call) -> Fact | ProviderError | None:
    """Ask, in a thread; what no provider should raise is as if nobody had answered."""
    try:
        return call.ask()
    except ProviderError as error:
        return error
    except Exception:
        kind.logger.exception("a provider's call about %s %s failed oddly", kind.name, call.pk)
        return ProviderAway("unexpected")


def _write(kind: Kind, call: Call, answer: Fact | ProviderError | None) -> int:
    """Write an answer down; one that cannot be written is asked for again later."""
    try:
        if isinstance(answer, ProviderBusy):
            return 0
        if answer is None or isinstance(answer, ProviderError):
            kind.unanswered(call, answer)
        else:
            kind.answered(call.pk, answer)
    except Exception:
        kind.logger.exception("the answer about %s %s was not written", kind.name, call.pk)
        if not connection.in_atomic_block:
            close_old_connections()
        return 0
    return 1
