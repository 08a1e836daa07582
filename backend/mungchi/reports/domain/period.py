"""A period of whole days as half-open instants in a zone. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the beginning of the first day and the end of the last, in `zone`."""
        begin = datetime.combine(self.first, time(), tzinfo=zone)
        return begin, datetime.combine(self.last + timedelta(days=1), time(), tzinfo=zone)


def year_of(day: date) -> Period:
    """The calendar year up to a day: what a report begins with."""
    return Period(date(day.year, 1, 1), day)
