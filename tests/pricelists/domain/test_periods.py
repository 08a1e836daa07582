"""Weeks, months and quarters of the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mungchi.pricelists.domain.periods import period_of

PER = ["week", "month", "quarter"]


@pytest.mark.parametrize(
    ("day", "per", "first", "after"),
    [
        (date(2026, 11, 29), "week", date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 30), "week", date(2026, 11, 30), date(2026, 12, 7)),
        (date(2026, 12, 31), "month", date(2026, 12, 1), date(2027, 1, 1)),
        (date(2028, 2, 29), "month", date(2028, 2, 1), date(2028, 3, 1)),
        (date(2026, 12, 31), "quarter", date(2026, 10, 1), date(2027, 1, 1)),
        (date(2026, 4, 1), "quarter", date(2026, 4, 1), date(2026, 7, 1)),
    ],
)
def test_a_period_begins_and_ends_with_the_calendar(
    day: date, per: str, first: date, after: date
) -> None:
    assert period_of(day, per) == (first, after)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(PER))
def test_every_day_is_in_one_period_and_the_next_begins_where_it_ends(day: date, per: str) -> None:
    first, after = period_of(day, per)
    assert first <= day < after
    assert period_of(first, per) == period_of(after - timedelta(days=1), per) == (first, after)
    assert period_of(after, per)[0] == after
