"""When people are reminded of a dispute, and which facts are old."""

from datetime import UTC, datetime, timedelta

import pytest

from mungchi.payments.domain.disputes import REASONS, is_old, reason_of, reminders_due

FOUND = datetime(2026, 11, 1, 9, tzinfo=UTC)
DUE = FOUND + timedelta(days=7)


@pytest.mark.parametrize(
    ("before", "due"),
    [
        (timedelta(days=7), 0),
        (timedelta(days=3, seconds=1), 0),
        (timedelta(days=3), 1),
        (timedelta(days=1, seconds=1), 1),
        (timedelta(days=1), 2),
        (timedelta(seconds=1), 2),
        (timedelta(0), 0),
        (timedelta(seconds=-1), 0),
    ],
)
def test_two_reminders_before_evidence_is_due(before: timedelta, due: int) -> None:
    assert reminders_due(FOUND, DUE, DUE - before) == due


@pytest.mark.parametrize(("left", "due"), [(2.5, 0), (1.0, 0), (3.0, 0), (3.1, 1)])
def test_no_reminder_of_what_was_told_just_then(left: float, due: int) -> None:
    found = DUE - timedelta(days=left)
    assert reminders_due(found, DUE, max(found, DUE - timedelta(days=3))) == due


def test_a_fact_that_was_asked_for_before_is_old() -> None:
    assert not is_old(None, FOUND)
    assert not is_old(FOUND, FOUND)
    assert is_old(FOUND, FOUND - timedelta(microseconds=1))
    assert not is_old(FOUND, FOUND + timedelta(microseconds=1))


def test_every_reason_is_in_words_and_an_unknown_one_is_named() -> None:
    assert all(text.ko and text.en for text in REASONS.values())
    assert reason_of("duplicate") == REASONS["duplicate"]
    unknown = reason_of("new_one")
    assert (unknown.ko, unknown.en) == ("기타(new_one)", "other (new_one)")
