"""Two people of an office at the same statement, and one who confirms by hand meanwhile."""

import threading
from collections.abc import Callable

import pytest
from tests.committing import committing, own_connection  # noqa: F401 - a fixture
from tests.factories.accounts import coordinator_of
from tests.factories.orders import Deal, today
from tests.factories.statements import Moved, taken, wide_csv

from mungchi.common.errors import Refused
from mungchi.payments import operations, queries
from mungchi.payments.models import BankAllotment, BankLine, LedgerEntry
from mungchi.payments.operations import Pair
from mungchi.reports.invariants import breaches

TURNS = 5


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each answered, or refused with, all begun at the same moment."""
    answers: list[object] = [None] * len(deeds)
    gate = threading.Barrier(len(deeds))

    def run(at: int) -> None:
        with own_connection():
            gate.wait()
            try:
                answers[at] = deeds[at]()
            except Refused as refused:
                answers[at] = refused

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return answers


@pytest.mark.usefixtures("committing")
def test_the_same_statement_from_two_people_is_taken_in_once() -> None:
    deal = Deal().placed()
    people = (deal.office, coordinator_of(deal.host))
    for turn in range(TURNS):
        moved = [Moved(today(), 1_000 + n, f"손님 {n}", f"{turn}") for n in range(20)]
        files = [
            operations.upload_statement(actor=who, filename="s.csv", stream=wide_csv(moved))
            for who in people
        ]
        at_once(*(
            lambda who=who, row=row: operations.take_statement(actor=who, statement_id=row.pk)
            for who, row in zip(people, files, strict=True)
        ))  # fmt: skip
        for row in files:
            row.refresh_from_db()
        assert sorted(row.counts.get("new", 0) for row in files) == [0, 20]
        assert sorted(row.counts.get("already", 0) for row in files) == [0, 20]
        assert {row.state for row in files} == {"done"}
    assert BankLine.objects.count() == 20 * TURNS
    assert [str(breach) for breach in breaches()] == []


@pytest.mark.usefixtures("committing")
def test_money_counts_once_whoever_confirms_it_first() -> None:
    deal = Deal().placed(*(20,) * TURNS)
    other = coordinator_of(deal.host)
    for payment in deal.payments():
        (line,) = taken(
            deal.office, [Moved(today(), payment.amount, "누구", payment.reference)]
        )  # fmt: skip
        pairs = [Pair(line.pk, payment.pk)]
        at_once(
            lambda pairs=pairs: operations.confirm_matches(actor=deal.office, pairs=pairs),
            lambda pairs=pairs: operations.confirm_matches(actor=other, pairs=pairs),
            lambda payment=payment: deal.pay(payment),
        )
        payment.refresh_from_db()
        assert payment.state == "paid"
        # By hand and by the line at once: the line is tied to what was confirmed by hand, or it
        # paid and the hand came too late; or it is still to be tied, and nothing is lost.
        operations.confirm_matches(actor=deal.office, pairs=pairs)
        assert BankAllotment.objects.filter(line=line, undone_at=None).count() == 1
    total = sum(payment.amount for payment in deal.payments())
    rows = queries.balances_of(LedgerEntry.objects.filter(cooperative=deal.host))
    left = {row.account: row.balance for row in rows if row.balance}
    assert left == {"bank": total, "member_funds": -total}
    assert [str(breach) for breach in breaches()] == []


@pytest.mark.usefixtures("committing")
def test_one_line_for_two_payments_at_once_goes_to_one() -> None:
    deal = Deal().placed(*(20,) * (2 * TURNS))
    payments = deal.payments()
    for at in range(TURNS):
        first, second = payments[2 * at : 2 * at + 2]
        (line,) = taken(deal.office, [Moved(today(), first.amount, "누구", str(at))])
        at_once(*(
            lambda payment=payment, line=line: operations.allot_line(
                actor=deal.office, line_id=line.pk, payment_id=payment.pk
            )
            for payment in (first, second)
        ))  # fmt: skip
        allotted = BankAllotment.objects.filter(line=line)
        assert [each.amount for each in allotted] == [first.amount]
    assert [str(breach) for breach in breaches()] == []
