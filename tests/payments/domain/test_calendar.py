"""When a saved method is charged again, and an event looked at again."""

from datetime import UTC, datetime, timedelta

import pytest

from mungchi.payments.domain.charging import look_again, next_try

FIRST = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
LATE = FIRST + timedelta(days=30)


@pytest.mark.parametrize(("tries", "days"), [(1, 1), (2, 3), (3, 5)])
def test_a_decline_is_tried_again_on_days_one_three_and_five(tries: int, days: int) -> None:
    assert next_try(FIRST, tries, LATE) == FIRST + timedelta(days=days)


@pytest.mark.parametrize("tries", [-1, 0, 4, 5])
def test_there_are_four_tries(tries: int) -> None:
    assert next_try(FIRST, tries, LATE) is None


def test_nothing_is_tried_when_it_is_due_or_after() -> None:
    due = FIRST + timedelta(days=3)
    assert next_try(FIRST, 2, due) is None
    assert next_try(FIRST, 2, due + timedelta(microseconds=1)) == due
    assert next_try(FIRST, 1, due) is not None


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 720), (6, None), (0, None)]
)
def test_what_is_not_known_is_looked_at_ever_later_and_then_no_more(
    tries: int, minutes: int | None
) -> None:
    expected = None if minutes is None else FIRST + timedelta(minutes=minutes)
    assert look_again(FIRST, tries) == expected
