"""What a provider sends to the cooperative's own bank: told, found on the statement, or missing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.factories.charging import Charged, hear
from tests.payments.test_reconciling import charged, difference, on, open_kinds, read
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.payments import operations, stage
from mungchi.payments.domain import ledger
from mungchi.payments.domain.arriving import Arrival, Sent, There, arrivals
from mungchi.payments.models import (
    BalanceReading,
    BankLine,
    BankPayout,
    BankStatement,
    LedgerEntry,
    OpenItem,
)
from mungchi.payments.operations import arriving
from mungchi.payments.operations.booking import Booking, Books, book
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
# Two days before the provider expects it there: banks are early.
TODAY = datetime.now(UTC).date()


def sent(simulator: Simulated, **asked: Any) -> tuple[Charged, BankPayout]:
    """Two charges, all of which goes to the bank."""
    deal = charged(simulator)
    key = simulator.credentials().secret_key
    made = simulator.control("pay_to_bank", key=key, **asked)
    simulator.control("settle_bank_payout", payout=made["id"], state="paid")
    read(deal)
    return deal, BankPayout.objects.get()


def bank_line(
    deal: Charged, amount: int, day: date, depositor: str = "STRIPE PAYMENTS"
) -> BankLine:
    """A line of the statement, taken in."""
    at = clock.now()
    file = BankStatement.objects.create(
        cooperative=deal.host, created_by_id=deal.office.user_id, created_at=at, filename="x.csv",
        currency="KRW", headings="x",
    )  # fmt: skip
    line = BankLine.objects.create(
        cooperative=deal.host, statement=file, day=day, amount=amount, currency="KRW",
        depositor=depositor, fingerprint=uuid4(), open=amount, created_at=at,
    )  # fmt: skip
    book(Books(deal.host.pk, None, "KRW", day, at),
         Booking("arrived", None, None, ledger.arrived(amount), bank_line_id=line.pk,
                 about=line.pk))  # fmt: skip
    return line


def test_that_one_was_sent_is_read_when_the_provider_tells_of_it(simulator: Simulated) -> None:
    deal = charged(simulator)
    read(deal)
    made = simulator.control("pay_to_bank", key=simulator.credentials().secret_key)
    stage.read_balances()
    assert not BankPayout.objects.exists()
    hear()
    stage.read_balances()
    assert BankPayout.objects.get().external_id == made["id"]
    hear()
    assert BalanceReading.objects.filter(ended_at__isnull=True).count() == 0


def test_a_payout_is_known_with_what_it_holds_and_is_on_its_way(simulator: Simulated) -> None:
    deal, payout = sent(simulator)
    assert (payout.state, payout.automatic, payout.parts.count()) == ("paid", True, 2)
    assert sum(part.line.net for part in payout.parts.all()) == payout.amount
    assert on("provider_clearing") == 0
    assert on("bank_transit") == payout.amount
    assert difference(deal) == {}
    assert [str(one) for one in breaches()] == []


def test_it_is_found_on_the_statement_and_undone(simulator: Simulated) -> None:
    deal, payout = sent(simulator)
    line = bank_line(deal, payout.amount, TODAY - timedelta(days=1))
    read(deal, timedelta(hours=1))
    payout.refresh_from_db()
    line.refresh_from_db()
    assert (payout.state, payout.bank_line_id, payout.arrived_on) == ("arrived", line.pk, line.day)
    assert (line.state, line.open) == ("matched", 0)
    assert on("bank_transit") == 0
    assert on("bank_suspense") == 0
    assert on("bank") == payout.amount
    assert [str(one) for one in breaches()] == []
    operations.undo_arrival(actor=deal.office, payout_id=payout.pk, why="다른 돈")
    operations.undo_arrival(actor=deal.office, payout_id=payout.pk, why="다른 돈")
    line.refresh_from_db()
    assert (line.state, line.open) == ("suspense", payout.amount)
    assert on("bank_transit") == payout.amount
    undone = LedgerEntry.objects.get(kind="at_bank_undone")
    assert (undone.reverses.kind, undone.day) == ("at_bank", line.day)
    operations.note_arrival(
        actor=deal.office, payout_id=payout.pk, line_id=line.pk, day=None, why=""
    )
    assert on("bank_transit") == 0
    assert [str(one) for one in breaches()] == []


def test_what_became_something_else_meanwhile_is_left_and_the_rest_compared(
    simulator: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking for a line and locking it, somebody used it, or said that it is there."""
    deal, payout = sent(simulator)
    line = bank_line(deal, payout.amount, TODAY)
    pairs = arriving.candidates(deal.host.pk)
    assert [pair.certain for pair in pairs] == [True]
    monkeypatch.setattr(arriving, "candidates", lambda pk: pairs)
    operations.move_line(actor=deal.office, line_id=line.pk, to="set_aside", why="다른 돈")
    read(deal, timedelta(hours=1))
    payout.refresh_from_db()
    assert payout.state == "paid"
    operations.note_arrival(
        actor=deal.office, payout_id=payout.pk, line_id=None, day=TODAY, why="통장에서 봄"
    )
    read(deal, timedelta(hours=2))
    assert [str(one) for one in breaches()] == []


def test_what_is_not_certain_waits_for_a_person(simulator: Simulated) -> None:
    deal, payout = sent(simulator)
    bank_line(deal, payout.amount, TODAY, "김철수")
    read(deal, timedelta(hours=1))
    payout.refresh_from_db()
    assert payout.state == "paid"
    (pair,) = arriving.candidates(deal.host.pk)
    assert (pair.payout, pair.certain) == (payout.pk, False)
    other = bank_line(deal, payout.amount - 1, TODAY)
    with pytest.raises(arriving.LineNotThePayout):
        operations.note_arrival(
            actor=deal.office, payout_id=payout.pk, line_id=other.pk, day=None, why=""
        )


def test_one_that_is_not_there_is_an_open_item_until_somebody_says_so(simulator: Simulated) -> None:
    deal, payout = sent(simulator)
    late = timedelta(days=9)
    assert read(deal, late).opened == 1
    assert open_kinds() == ["payout_missing"]
    assert OpenItem.objects.get().campaign_id is None
    with clock.shifted(late), pytest.raises(arriving.ArrivalAhead):
        operations.note_arrival(actor=deal.office, payout_id=payout.pk, line_id=None,
                                day=clock.now().date() + timedelta(days=3), why="")  # fmt: skip
    with clock.shifted(late):
        operations.note_arrival(actor=deal.office, payout_id=payout.pk, line_id=None,
                                day=clock.now().date(), why="통장에서 봄")  # fmt: skip
    assert read(deal, late + timedelta(hours=1)).closed == 1
    assert on("bank") == payout.amount
    assert [str(one) for one in breaches()] == []


def test_one_that_failed_is_an_open_item_and_the_money_is_there_again(simulator: Simulated) -> None:
    deal, payout = sent(simulator)
    simulator.control("settle_bank_payout", payout=payout.external_id, state="failed")
    read(deal, timedelta(hours=1))
    payout.refresh_from_db()
    assert (payout.state, payout.failure) == ("failed", "account_closed")
    assert open_kinds() == ["payout_failed"]
    assert on("bank_transit") == 0
    assert on("provider_clearing") == payout.amount
    assert difference(deal) == {}


def test_parts_that_come_to_something_else_are_an_open_item(simulator: Simulated) -> None:
    deal = charged(simulator)
    key = simulator.credentials().secret_key
    made = simulator.control("pay_to_bank", key=key)
    charge = deal.payments()[0].attempts.get().external_id
    simulator.control("line", of=charge, hidden=True)
    simulator.control("settle_bank_payout", payout=made["id"], state="paid")
    read(deal, timedelta(days=4))
    assert "payout_sum" in open_kinds()


def test_a_payout_by_hand_stands_without_its_parts(simulator: Simulated) -> None:
    deal, payout = sent(simulator, amount=1_000)
    assert (payout.automatic, payout.parts.count()) == (False, 0)
    assert on("bank_transit") == 1_000
    assert difference(deal) == {}


DAY = date(2026, 11, 20)


def a_payout(number: int, amount: int = 100, day: date = DAY) -> Sent:
    return Sent(UUID(int=number), "stripe", amount, "KRW", day)


def a_line(number: int, text: str = "STRIPE", amount: int = 100, day: date = DAY) -> There:
    return There(UUID(int=number), day, amount, "KRW", text)


def told(pairs: list[Arrival]) -> list[tuple[int, int, bool]]:
    return [(pair.payout.int, pair.line.int, pair.certain) for pair in pairs]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([a_line(1)], [(1, 1, True)]),
        ([a_line(1, "스트라이프 정산")], [(1, 1, True)]),
        ([a_line(1, "someone")], [(1, 1, False)]),
        ([a_line(1), a_line(2)], [(1, 1, False), (1, 2, False)]),
        ([a_line(1, amount=99)], []),
        ([a_line(1, day=DAY + timedelta(days=7))], [(1, 1, True)]),
        ([a_line(1, day=DAY + timedelta(days=8))], []),
        ([a_line(1, day=DAY - timedelta(days=3))], [(1, 1, True)]),
        ([a_line(1, day=DAY - timedelta(days=4))], []),
    ],
)
def test_which_line_is_certain(lines: list[There], found: list[tuple[int, int, bool]]) -> None:
    assert told(arrivals([a_payout(1)], lines)) == found
    assert told(arrivals([a_payout(1)], lines[::-1])) == found


def test_two_payouts_over_the_same_are_never_certain() -> None:
    pairs = arrivals([a_payout(1), a_payout(2)], [a_line(7)])
    assert [pair.certain for pair in pairs] == [False, False]
