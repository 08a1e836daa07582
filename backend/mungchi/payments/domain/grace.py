"""When a payment that is not made lapses, and of what its firm is reminded before. Pure."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

# How long before its end people are told of a time.
BEFORE: Final = timedelta(days=1)
# A confirmation that is taken back leaves so much time at least.
AFTER_UNDOING: Final = timedelta(days=1)

DUE_SOON, OVERDUE, LAPSES_SOON = 1, 2, 3
REMINDERS: Final = {
    DUE_SOON: "payment_due_soon",
    OVERDUE: "payment_overdue",
    LAPSES_SOON: "payment_lapses_soon",
}


def end_of_grace(due_at: datetime, days: int | None, zone: tzinfo) -> datetime | None:
    """So many days of a zone after a payment is due, at the same time of the day; None: never.

    Half-open: at this moment it lapses. Days are the calendar's, whatever clocks do in between.
    """
    if days is None:
        return None
    local = due_at.astimezone(zone)
    return datetime.combine(local.date() + timedelta(days=days), local.time(), tzinfo=zone)


def reminder_at(
    asked_at: datetime, due_at: datetime, lapses_at: datetime | None, at: datetime
) -> int:
    """The last reminder that has come due at a moment; 0: none.

    None a day before where a day or less was given to pay, and none before the end of the grace
    where that is no longer: what was told last says when it ends.
    """
    if lapses_at is not None and lapses_at - BEFORE > due_at and at >= lapses_at - BEFORE:
        return LAPSES_SOON
    if at >= due_at:
        return OVERDUE
    return DUE_SOON if asked_at < due_at - BEFORE <= at else 0
