"""When owners are reminded of what waits for their approval. Pure."""

from datetime import datetime, timedelta
from typing import Final

# So long before the deadline what was asked for earlier is reminded of.
BEFORE: Final = timedelta(hours=24)
# What is asked for later than this before the deadline is told of once: there is no time for more.
AT_LEAST: Final = timedelta(hours=1)


def reminder_at(asked: datetime, closes: datetime) -> datetime | None:
    """The moment from which a reminder is due: a day before the deadline, or halfway to it for what
    was asked for within that day; None where that leaves less than an hour in all."""
    if asked < closes - BEFORE:
        return closes - BEFORE
    return asked + (closes - asked) / 2 if closes - asked >= AT_LEAST else None
