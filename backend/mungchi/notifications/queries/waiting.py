"""The one shape of what waits on a desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from mungchi.common.text import Text

# How many rows of one kind a desk shows; a list is where the rest is.
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of a desk. `count` is how many things it stands for."""

    kind: str
    text: Text
    link: str
    due_at: datetime | None = None
    count: int = 1


def end_of(day: date, zone: str) -> datetime:
    """The end (24:00) of a date in a zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(zone))
