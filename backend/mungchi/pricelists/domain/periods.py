"""The weeks, months and quarters for which a capacity is. Pure."""

from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3}


def period_of(day: date, per: str) -> tuple[date, date]:
    """The first day of the calendar's week, month or quarter that a day is in, and the first of
    the next. Weeks begin on Monday."""
    if per == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=7)
    months = MONTHS[per]
    begins = (day.month - 1) // months * months + 1
    ends = begins + months
    return date(day.year, begins, 1), date(day.year + (ends > 12), (ends - 1) % 12 + 1, 1)
