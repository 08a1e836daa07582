"""When a payment lapses, and which reminder has come due."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.payments.domain.grace import (
    DUE_SOON,
    LAPSES_SOON,
    OVERDUE,
    end_of_grace,
    reminder_at,
)

DUE = datetime(2026, 3, 10, tzinfo=UTC)
DAY, JUST = timedelta(days=1), timedelta(microseconds=1)


def test_days_of_grace_are_the_calendars() -> None:
    zone = ZoneInfo("America/New_York")
    # The night of 7 to 8 March 2026 has 23 hours there.
    due = datetime(2026, 3, 7, tzinfo=zone)
    end = end_of_grace(due, 2, zone)
    assert end is not None
    assert end == datetime(2026, 3, 9, tzinfo=zone)
    assert end.astimezone(UTC) - due.astimezone(UTC) == timedelta(hours=47)
    assert end_of_grace(due, 0, zone) == due
    assert end_of_grace(due, None, zone) is None


@pytest.mark.parametrize(
    ("grace", "moment", "told"),
    [
        (3, DUE - DAY - JUST, 0), (3, DUE - DAY, DUE_SOON), (3, DUE - JUST, DUE_SOON),
        (3, DUE, OVERDUE), (3, DUE + 2 * DAY - JUST, OVERDUE), (3, DUE + 2 * DAY, LAPSES_SOON),
        # Where the grace is a day, what is said when it is due says when it ends.
        (1, DUE, OVERDUE), (1, DUE + DAY, OVERDUE), (None, DUE + 9 * DAY, OVERDUE),
    ],
)  # fmt: skip
def test_reminders(grace: int | None, moment: datetime, told: int) -> None:
    lapses_at = None if grace is None else DUE + grace * DAY
    assert reminder_at(DUE - 5 * DAY, DUE, lapses_at, moment) == told


def test_who_has_a_day_to_pay_is_not_reminded_at_once() -> None:
    assert reminder_at(DUE - DAY, DUE, DUE + 3 * DAY, DUE - JUST) == 0


@given(st.integers(0, 400), st.integers(0, 30), st.integers(0, 400))
def test_reminders_never_go_back(asked: int, grace: int, hours: int) -> None:
    begun = DUE - timedelta(hours=asked)
    told = [
        reminder_at(begun, DUE, DUE + grace * DAY, begun + timedelta(hours=at))
        for at in range(hours)
    ]
    assert told == sorted(told)
