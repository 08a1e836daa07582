"""A worker dies before or after any commit or call of sending a payout: it is sent once. And no
provider is asked for one inside a transaction.

As in test_charging_dies: the point at which it dies is counted, from the first to the last.
"""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.committing import _empty_the_tables, committing  # noqa: F401 - a fixture
from tests.concurrency.harness import say
from tests.factories.paying_till import PayingTill, to_send
from tests.factories.provider import Dies, serving
from tests.payments.test_charging_dies import points

from mungchi.common import clock
from mungchi.payments import operations, stage
from mungchi.payments.models import LedgerLine, Payout
from mungchi.payments.operations import sending, sending_payouts
from mungchi.payments.providers import ONLINE
from mungchi.payments.providers.guard import CalledInTransaction
from mungchi.reports.invariants import breaches


def dies_once(till: PayingTill, dies_at: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Send until the point; return where that was, "" when the run came to its end."""
    with points(till, dies_at, monkeypatch) as passed:
        try:
            stage.send_payouts()
        except (Dies, DatabaseError):
            assert passed.where
            connection.close()
    return passed.where


def recover() -> None:
    for minutes in (2, 4):
        with clock.shifted(timedelta(minutes=minutes)):
            stage.send_payouts()


@pytest.mark.usefixtures("committing")
def test_wherever_it_dies_it_is_sent_and_booked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for dies_at in range(1, 60):
        with serving(PayingTill()) as till:
            _, payout = to_send(till)
            where = dies_once(till, dies_at, monkeypatch)
            recover()
        if not where:
            break
        seen.append(where)
        payout.refresh_from_db()
        assert (payout.state, payout.external_id) == ("succeeded", "tr_1"), (dies_at, where)
        assert len(till.sent) == 1, (dies_at, where)
        rows = LedgerLine.objects.filter(entry__kind="paid_out", account="provider_clearing")
        assert [row.amount for row in rows] == [-payout.amount], (dies_at, where)
        assert [str(each) for each in breaches()] == [], (dies_at, where)
        _empty_the_tables()
    say(f"died at {len(seen)} points: {seen}")
    assert set(seen) >= {"before a commit", "after a commit", "before pay_out", "after pay_out"}


@pytest.mark.usefixtures("committing")
def test_control_with_a_key_for_every_try_and_no_looking_up_it_is_sent_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Payout, "idempotency_key", property(lambda row: f"{row.asked_at}"))
    monkeypatch.setattr(PayingTill, "find_payout", lambda *_, **__: None)
    twice = 0
    for dies_at in range(1, 8):
        with serving(PayingTill()) as till:
            to_send(till)
            dies_once(till, dies_at, monkeypatch)
            recover()
            twice += len(till.sent) - 1
        _empty_the_tables()
    assert twice > 0


@pytest.mark.django_db
def test_sending_in_a_transaction_is_refused_before_anything_is_asked() -> None:
    with serving(PayingTill()) as till:
        deal, _ = to_send(till)
        for ask in (
            operations.send_payouts,
            lambda: operations.look_at_payee(
                actor=deal.supplier, payee_id=deal.purchase_order.supplier.payees.get().pk
            ),
        ):
            with transaction.atomic(), pytest.raises(CalledInTransaction):
                ask()
        assert till.calls == []


@pytest.mark.django_db
def test_control_without_the_guard_it_would_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "refuse_in_transaction", lambda: None)
    monkeypatch.setattr(sending_payouts, "online", lambda name: ONLINE[name])
    with serving(PayingTill()) as till:
        to_send(till)
        with transaction.atomic():
            operations.send_payouts()
        assert [name for name, _ in till.calls] == ["pay_out"]
