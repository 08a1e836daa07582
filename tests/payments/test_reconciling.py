"""The provider's balance against the books, through the real process and the simulated provider."""

from datetime import timedelta

import pytest
from tests.factories.charging import Charged, charge_saved_methods, find_out, hear
from tests.simulated import Simulated

from mungchi.common import clock
from mungchi.common.models import History
from mungchi.payments import operations, stage
from mungchi.payments.models import (
    BalanceLine,
    BalanceReading,
    BalanceTie,
    LedgerEntry,
    LedgerLine,
    OpenItem,
)
from mungchi.payments.operations import answers, reading_balances
from mungchi.payments.queries import balance as queries
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
LATER = timedelta(days=3)


def read(deal: Charged, after: timedelta = timedelta()) -> BalanceReading:
    """Let the balance be read to its end."""
    with clock.shifted(after):
        reading = operations.begin_reading(account=deal.account)
        operations.go_on_reading(reading_id=reading.pk)
        reading.refresh_from_db()
        assert reading.ended_at is not None, reading.problem
        return reading


def charged(simulator: Simulated, *cards: str) -> Charged:
    deal = Charged().simulated(simulator, *(cards or ("visa", "visa")))
    charge_saved_methods()
    return deal


def open_kinds() -> list[str]:
    return sorted(OpenItem.objects.filter(state="open").values_list("kind", flat=True))


def charge_of(deal: Charged, number: int = 0) -> str:
    return deal.payments()[number].attempts.get(state="succeeded").external_id


def difference(deal: Charged) -> dict[str, int]:
    return {
        row["currency"]: row["provider"] - row["books"]
        for row in queries.sums_of(deal.host.pk)
        if row["provider"] != row["books"]
    }


def on(account: str, currency: str = "KRW") -> int:
    rows = LedgerLine.objects.filter(account=account, currency=currency)
    return sum(rows.values_list("amount", flat=True))


def test_what_agrees_is_tied_and_a_second_reading_changes_nothing(simulator: Simulated) -> None:
    deal = charged(simulator)
    reading = read(deal)
    assert (reading.lines, reading.opened, reading.closed) == (2, 0, 0)
    assert difference(deal) == {}
    assert BalanceTie.objects.count() == 4
    entries = LedgerEntry.objects.count()
    again = read(deal, timedelta(hours=1))
    assert (again.lines, again.opened, again.closed) == (0, 0, 0)
    assert LedgerEntry.objects.count() == entries
    assert BalanceTie.objects.count() == 4
    assert [str(one) for one in breaches()] == []


def test_a_fee_that_the_charge_did_not_say_is_booked_once(
    simulator: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as silent:
        silent.setattr(answers, "_book_fee", lambda *_: None)
        deal = charged(simulator)
    one = deal.payments()[0].attempts.get()
    assert one.fee is None
    read(deal)
    one.refresh_from_db()
    line = BalanceLine.objects.get(source_id=one.external_id)
    assert one.fee == line.fee > 0
    assert line.entries.get().kind == "provider_fee"
    assert difference(deal) == {}
    # The charge is asked about once more, and says its fee now: it is booked already.
    hear()
    assert difference(deal) == {}


def test_a_balance_in_another_currency_is_converted_and_its_fee_stays_in_it(
    simulator: Simulated,
) -> None:
    key = simulator.credentials().secret_key
    simulator.control("account", key=key, settles_in="usd", rate="0.072")
    deal = charged(simulator)
    assert on("provider_fee") == 0
    read(deal)
    assert difference(deal) == {}
    assert on("provider_clearing") == 0
    assert on("provider_clearing", "USD") > 0
    assert on("provider_fee", "USD") > 0
    assert on("exchange") == sum(payment.amount for payment in deal.payments())
    assert on("exchange", "USD") < 0
    fees = LedgerEntry.objects.filter(kind="provider_fee")
    assert {entry.campaign_id for entry in fees} == {deal.campaign.pk}
    assert [str(one) for one in breaches()] == []


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("other_amount", {"source": {"amount": 12_345}, "changes": {"amount": 12_345}}),
        ("other_currency", {"source": {"currency": "usd"}}),
        ("other_fee", {"changes": {"fee": 1}}),
        ("unreadable", {"changes": {"amount": "a lot"}}),
        ("told_twice", {"again": True}),
    ],
)
def test_what_the_provider_says_otherwise_is_an_open_item_and_the_rest_goes_on(
    simulator: Simulated, kind: str, asked: dict[str, object]
) -> None:
    deal = charged(simulator)
    simulator.control("line", of=charge_of(deal), **asked)
    reading = read(deal)
    assert open_kinds() == [kind]
    item = OpenItem.objects.get()
    if kind != "unreadable":
        assert item.campaign_id == deal.campaign.pk
        assert reading.opened == 1
        assert operations.blocks_payout(deal.campaign)
    other = BalanceLine.objects.get(source_id=charge_of(deal, 1))
    assert other.ties.count() == 2
    assert [str(one) for one in breaches()] == []


def test_what_turns_out_right_settles_by_itself_and_may_differ_again(simulator: Simulated) -> None:
    deal = charged(simulator)
    simulator.control("line", of=charge_of(deal), hidden=True)
    # Within the days that are read again, also where the test is slow.
    late = timedelta(days=2, hours=1)
    assert read(deal, timedelta(days=1)).opened == 0
    assert read(deal, late).opened == 1
    assert open_kinds() == ["missing_there"]
    simulator.control("line", of=charge_of(deal), hidden=False)
    assert read(deal, late + timedelta(hours=1)).closed == 1
    item = OpenItem.objects.get()
    assert (item.state, item.outcome) == ("settled", "by_itself")
    kinds = list(History.objects.filter(subject_id=item.pk).values_list("kind", flat=True))
    assert kinds == ["open_item_settled"]
    assert difference(deal) == {}
    assert not operations.blocks_payout(deal.campaign)


def test_what_the_books_miss_is_asked_for_before_anybody_is_troubled(simulator: Simulated) -> None:
    deal = Charged().simulated(simulator, "visa", "visa")
    simulator.fault("cut", "payment_intent_create", times=6)
    charge_saved_methods()
    simulator.control("faults", clear=True)
    assert {payment.state for payment in deal.payments()} == {"processing"}
    read(deal)
    assert {payment.state for payment in deal.payments()} == {"paid"}
    assert open_kinds() == []
    assert difference(deal) == {}


def test_what_cannot_be_asked_about_is_missing_here_until_it_can(simulator: Simulated) -> None:
    deal = Charged().simulated(simulator, "visa", "visa")
    simulator.fault("cut", "payment_intent_create", times=6)
    charge_saved_methods()
    simulator.control("faults", clear=True)
    simulator.fault("error_503", "payment_intent_retrieve", times=6)
    assert read(deal).opened == 2
    assert open_kinds() == ["missing_here", "missing_here"]
    assert len(difference(deal)) == 1
    assert read(deal, timedelta(hours=1)).closed == 2
    assert difference(deal) == {}


def test_a_charge_of_which_nobody_knows_for_a_day_is_stuck(simulator: Simulated) -> None:
    deal = Charged().simulated(simulator, "visa", "visa")
    simulator.fault("drop", "payment_intent_create", times=6, acts=False)
    charge_saved_methods()
    simulator.control("faults", clear=True)
    assert read(deal, timedelta(hours=1)).opened == 0
    assert read(deal, timedelta(hours=25)).opened == 2
    assert open_kinds() == ["stuck", "stuck"]
    with clock.shifted(timedelta(hours=26)):
        find_out()
        charge_saved_methods()
    read(deal, timedelta(hours=27))
    assert open_kinds() == []


def test_a_charge_by_hand_is_an_orphan_that_can_be_booked_apart(simulator: Simulated) -> None:
    deal = charged(simulator)
    key = simulator.credentials().secret_key
    simulator.control("pay_elsewhere", key=key, amount=50_000)
    read(deal)
    assert open_kinds() == ["orphan"]
    assert OpenItem.objects.get().campaign_id is None
    assert not operations.blocks_payout(deal.campaign)
    assert len(difference(deal)) == 1
    operations.settle_item(
        actor=deal.office, item_id=OpenItem.objects.get().pk, outcome="not_ours", why="다른 매출"
    )
    assert difference(deal) == {}
    assert on("not_ours") == -(50_000 - 1_500)
    assert read(deal, timedelta(hours=1)).opened == 0
    assert [str(one) for one in breaches()] == []


def test_a_fee_of_the_account_is_booked_and_an_adjustment_asked_about(simulator: Simulated) -> None:
    deal = charged(simulator)
    key = simulator.credentials().secret_key
    simulator.control("other_movement", key=key, amount=-700, type="stripe_fee")
    simulator.control("other_movement", key=key, amount=90, type="adjustment")
    read(deal)
    assert open_kinds() == ["orphan"]
    assert difference(deal) == {"KRW": 90}


def test_another_fee_is_taken_over_as_the_provider_has_it(simulator: Simulated) -> None:
    deal = charged(simulator)
    simulator.control("line", of=charge_of(deal), changes={"fee": 1})
    read(deal)
    operations.settle_item(
        actor=deal.office, item_id=OpenItem.objects.get().pk, outcome="as_provider", why="확인"
    )
    assert difference(deal) == {}
    assert read(deal, timedelta(hours=1)).opened == 0
    assert [str(one) for one in breaches()] == []


def test_a_charge_that_we_never_heard_of_is_owed_back(simulator: Simulated) -> None:
    deal = charged(simulator)
    payment = deal.payments()[0]
    attempt = payment.attempts.get()
    marks = {"installation": "mungchi", "payment": str(payment.pk), "attempt": "1"}
    key = simulator.credentials().secret_key
    simulator.control("pay_elsewhere", key=key, amount=attempt.amount, metadata=marks)
    read(deal)
    assert open_kinds() == ["duplicate_charge"]
    assert difference(deal) == {}
    owed = -on("refund_payable")
    assert owed == payment.amount
    item = OpenItem.objects.get()
    assert item.payment_id == payment.pk
    # The office gives it back at the provider; that settles it by itself.
    simulator.control("refund_elsewhere", charge=item.external_id)
    assert read(deal, timedelta(hours=1)).closed == 1
    item.refresh_from_db()
    assert item.outcome == "returned"
    assert on("refund_payable") == 0
    assert difference(deal) == {}


def test_reading_goes_on_where_it_was_cut_off(
    simulator: Simulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    deal = charged(simulator)
    monkeypatch.setattr(reading_balances, "PIECE", timedelta(hours=6))
    monkeypatch.setattr(reading_balances, "PIECES", 2)
    with clock.shifted(timedelta(days=1)):
        reading = operations.begin_reading(account=deal.account)
        assert operations.begin_reading(account=deal.account).pk == reading.pk
        operations.go_on_reading(reading_id=reading.pk)
        reading.refresh_from_db()
        assert reading.ended_at is None
        assert reading.reached == reading.since + timedelta(hours=12)
        simulator.fault("drop", "balance_transaction_list", times=3)
        operations.go_on_reading(reading_id=reading.pk)
        reading.refresh_from_db()
        assert reading.problem
        assert reading.pk not in queries.readings_to_go_on_with(clock.now(), ["stripe"])
    with clock.shifted(timedelta(days=1, minutes=16)):
        for _ in range(5):
            stage.read_balances()
        reading.refresh_from_db()
    assert reading.ended_at is not None
    assert BalanceLine.objects.count() == 2
    assert difference(deal) == {}


def test_it_is_read_once_a_day_from_five_in_the_morning(simulator: Simulated) -> None:
    deal = charged(simulator)
    stage.read_balances()
    stage.read_balances()
    assert BalanceReading.objects.count() == 1
    zone = deal.host.timezone
    here = clock.now().astimezone(zone)
    five = (here + timedelta(days=1)).replace(hour=5, minute=0, second=0, microsecond=0)
    for at, count in ((five - timedelta(minutes=1), 1), (five + timedelta(minutes=1), 2),
                      (five + timedelta(hours=5), 2)):  # fmt: skip
        with clock.shifted(at - here):
            stage.read_balances()
            assert BalanceReading.objects.count() == count


def test_many_pages_are_read_whole(simulator: Simulated) -> None:
    deal = charged(simulator)
    key = simulator.credentials().secret_key
    for number in range(130):
        simulator.control("other_movement", key=key, amount=-1 - number, type="stripe_fee")
    assert read(deal).lines == 132
    assert difference(deal) == {}
