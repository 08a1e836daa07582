"""Quiet hours and the time of the daily letter, in a zone. Pure."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

DIGEST_AT: Final = time(8, 0)


def quiet_until(at: datetime, start: time | None, end: time | None, zone: str) -> datetime | None:
    """When the quiet hours end in which `at` lies; None when it lies in none.

    They go from `start` to `end` by the clock of `zone`, over midnight when `end` is earlier. An
    hour that summer time leaves out or repeats counts as the zone's own rules say.
    """
    if start is None or end is None or start == end:
        return None
    where = ZoneInfo(zone)
    local = at.astimezone(where)
    now = local.time()
    inside = start <= now < end if start < end else now >= start or now < end
    if not inside:
        return None
    day = local.date() if now < end else local.date() + timedelta(days=1)
    return datetime.combine(day, end, tzinfo=where)


def next_digest(at: datetime, clock: time, zone: str) -> datetime:
    """The first time after `at` when the clock of `zone` says `clock`."""
    where = ZoneInfo(zone)
    day = at.astimezone(where).date()
    moment = datetime.combine(day, clock, tzinfo=where)
    if moment <= at:
        moment = datetime.combine(day + timedelta(days=1), clock, tzinfo=where)
    return moment
