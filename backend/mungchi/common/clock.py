"""The one clock: the database's, read in a statement of its own.

`clock_timestamp()` and not `now()`: the latter is the start of the transaction, which lies before
any wait for a lock, so that a late commitment would pass for one in time. Call it after the lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


def now() -> datetime:
    """Return the database's present time, aware, in UTC."""
    by = _shift.get()
    with connection.cursor() as cursor:
        if by:
            # What the database keeps by itself in this transaction is of the same time.
            cursor.execute(
                "SELECT clock_timestamp(), set_config('mungchi.shift', %s, true)",
                [str(by.total_seconds())],
            )
        else:
            cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at + by


def shift() -> timedelta:
    """By how much `now` runs ahead of the database in this context: nothing, but for `shifted`."""
    return _shift.get()


@contextmanager
def shifted(by: timedelta) -> Iterator[None]:
    """Let `now` run ahead or behind by `by` in this context: for tests and demonstration data."""
    token = _shift.set(_shift.get() + by)
    try:
        yield
    finally:
        _shift.reset(token)
