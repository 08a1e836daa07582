"""Days whose end is kept as the moment at which they are over. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def last_day(until: datetime, zone: str) -> date:
    """The last whole or part day of a zone before a half-open end: of a midnight, the day it ends.

    So people are told until when: what is over at 00:00 of the 6th lasts until the 5th.
    """
    return (until - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
