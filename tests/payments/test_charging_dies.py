"""A worker dies before or after any commit or call of charging: every firm is charged once.

In one process: the point at which it dies is counted, from the first to the last there is. The
connection is closed as the end of a process closes it.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from tests.committing import _empty_the_tables, committing  # noqa: F401 - a fixture
from tests.concurrency.harness import say
from tests.factories.charging import Charged, charge_saved_methods, crowded, find_out
from tests.factories.provider import Dies, Till, serving

from mungchi.common import clock
from mungchi.payments import operations
from mungchi.payments.models import Attempt
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.usefixtures("committing")]
FIRMS = 6 if os.environ.get("MUNGCHI_NIGHT") else 2


class Points:
    """Counts the points that a run passes, and ends it at one of them."""

    def __init__(self, dies_at: int) -> None:
        self.passed, self.dies_at = 0, dies_at
        self.lock = threading.Lock()
        self.where = ""

    def at(self, name: str) -> None:
        with self.lock:
            self.passed += 1
            if self.passed == self.dies_at:
                self.where = name
                raise Dies(name)


@contextmanager
def points(till: Till, dies_at: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Points]:
    passed = Points(dies_at)
    really = DatabaseWrapper.commit

    def commit(self: DatabaseWrapper) -> None:
        try:
            passed.at("before a commit")
            really(self)
            passed.at("after a commit")
        except Dies:
            # The server sees the end of a process; what is not committed is gone.
            self.connection.close()
            raise

    till.before = lambda call: passed.at(f"before {call}")
    till.after = lambda call: passed.at(f"after {call}")
    with monkeypatch.context() as patch:
        patch.setattr(DatabaseWrapper, "commit", commit)
        yield passed
    till.before = till.after = lambda _: None


def dies_once(till: Till, dies_at: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Charge until the point; return where that was, "" when the run came to its end."""
    with points(till, dies_at, monkeypatch) as passed:
        try:
            charge_saved_methods()
        except (Dies, DatabaseError):
            assert passed.where
            connection.close()
    return passed.where


def recover() -> None:
    for minutes in (2, 4):
        with clock.shifted(timedelta(minutes=minutes)):
            find_out()
            charge_saved_methods()


def played(dies_at: int, monkeypatch: pytest.MonkeyPatch) -> tuple[str, Charged, Till]:
    with serving(Till()) as till:
        deal = crowded(FIRMS)
        where = dies_once(till, dies_at, monkeypatch)
        recover()
        return where, deal, till


def test_wherever_it_dies_everybody_is_charged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for dies_at in range(1, 200):
        where, deal, till = played(dies_at, monkeypatch)
        if not where:
            break
        seen.append(where)
        assert {payment.state for payment in deal.payments()} == {"paid"}, (dies_at, where)
        assert till.doubles() == 0, (dies_at, where)
        assert len(till.money()) == FIRMS
        late = [breach for breach in breaches() if breach.rule != "no_charge_hangs"]
        assert late == [], (dies_at, where)
        _empty_the_tables()
    say(f"died at {len(seen)} points: {seen}")
    assert set(seen) >= {"before a commit", "after a commit", "before charge", "after charge"}
    assert len(seen) >= 4 * FIRMS


def test_control_with_a_key_for_every_try_somebody_is_charged_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    really = operations.charging.call_of

    def careless(attempt: Attempt, *more: object) -> object:
        attempt.key = f"{attempt.key}:{attempt.asked}"
        return really(attempt, *more)

    monkeypatch.setattr(operations.charging, "call_of", careless)
    doubles = 0
    for dies_at in range(1, 12):
        _, _, till = played(dies_at, monkeypatch)
        doubles += till.doubles()
        _empty_the_tables()
    assert doubles > 0
