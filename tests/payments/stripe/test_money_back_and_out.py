"""Refunds, payouts, disputes and the balance, through the real library."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.simulated import Simulated, new_key

from mungchi.payments.providers import STRIPE
from mungchi.payments.providers.facts import (
    BalanceFact,
    ChargeFact,
    ProviderRefused,
    Unreadable,
)


def paid(simulator: Simulated, amount: int = 100_000, currency: str = "KRW") -> ChargeFact:
    customer, method = simulator.card()
    sent = STRIPE.charge_parameters(
        amount=amount,
        currency=currency,
        customer_id=customer,
        method_id=method,
        description="order",
        metadata={"payment": "1"},
    )
    return STRIPE.charge(simulator.credentials(), key=new_key(), parameters=sent)


def balance(simulator: Simulated) -> list[BalanceFact]:
    since = datetime.now(UTC) - timedelta(hours=1)
    told = STRIPE.iter_balance(simulator.credentials(), since)
    return [fact for fact in told if isinstance(fact, BalanceFact)]


def test_refunds_in_parts_never_exceed_what_was_paid(simulator: Simulated) -> None:
    office, charge = simulator.credentials(), paid(simulator)

    def back(amount: int, number: str) -> str:
        return STRIPE.refund(
            office,
            key=f"refund:{number}:{charge.id}",
            charge_id=charge.id,
            amount=amount,
            currency="KRW",
            metadata={"refund": number},
        ).id

    first = back(30_000, "1")
    assert back(30_000, "1") == first
    assert STRIPE.sync(office, charge.id).refunded == 30_000
    with pytest.raises(ProviderRefused):
        back(70_001, "2")
    back(70_000, "3")
    assert STRIPE.sync(office, charge.id).refunded == 100_000
    with pytest.raises(ProviderRefused) as refused:
        back(1, "4")
    assert refused.value.code == "charge_already_refunded"
    found = STRIPE.find_refund(office, charge_id=charge.id, metadata={"refund": "1"})
    assert found is not None
    assert (found.id, found.amount, found.state) == (first, 30_000, "succeeded")
    assert STRIPE.find_refund(office, charge_id=charge.id, metadata={"refund": "9"}) is None


def test_a_refund_may_fail_later(simulator: Simulated) -> None:
    office, charge = simulator.credentials(), paid(simulator)
    made = STRIPE.refund(
        office, key=new_key(), charge_id=charge.id, amount=5_000, currency="KRW", metadata={}
    )
    simulator.control("fail_refund", refund=made.id)
    after = STRIPE.refund_of(office, made.id)
    assert (after.state, after.failure_reason) == ("failed", "expired_or_canceled_card")
    assert [fact.kind for fact in balance(simulator)] == ["charge", "refund", "refund_failure"]


def test_payouts_and_what_was_taken_back(simulator: Simulated) -> None:
    office = simulator.credentials()
    paid(simulator)
    supplier = simulator.control("connect", key=office.secret_key)["id"]

    def pay(amount: int, key: str) -> str:
        return STRIPE.pay_out(
            office,
            key=key,
            destination=supplier,
            amount=amount,
            currency="KRW",
            description="campaign 3",
            metadata={"payout": "5"},
        ).id

    made = pay(60_000, "payout:5")
    assert pay(60_000, "payout:5") == made
    with pytest.raises(ProviderRefused) as refused:
        pay(60_000, "payout:6")
    assert refused.value.code == "balance_insufficient"
    simulator.control("reverse", payout=made, amount=10_000)
    assert STRIPE.payout_of(office, made).state == "partly_reversed"
    simulator.control("reverse", payout=made)
    fact = STRIPE.payout_of(office, made)
    assert (fact.state, fact.reversed) == ("reversed", 60_000)
    since = datetime.now(UTC) - timedelta(hours=1)
    found = STRIPE.find_payout(office, destination=supplier, metadata={"payout": "5"}, since=since)
    assert found == fact
    kinds = [(each.kind, each.source_id, each.amount) for each in balance(simulator)][1:]
    assert kinds == [
        ("transfer", made, -60_000),
        ("transfer_reversal", made, 10_000),
        ("transfer_reversal", made, 50_000),
    ]


@pytest.mark.parametrize(("won", "state"), [(True, "won"), (False, "lost")])
def test_a_dispute_takes_the_money_until_it_is_won(
    simulator: Simulated, won: bool, state: str
) -> None:
    office, charge = simulator.credentials(), paid(simulator)
    made = simulator.control("dispute", charge=charge.id, reason="product_not_received")["id"]
    fact = STRIPE.dispute_of(office, made)
    assert (fact.charge_id, fact.amount, fact.state) == (charge.id, 100_000, "needs_response")
    assert (fact.reason, fact.inquiry) == ("product_not_received", False)
    assert fact.due_by is not None
    assert STRIPE.sync(office, charge.id).disputed
    simulator.control("close_dispute", dispute=made, won=won)
    assert STRIPE.dispute_of(office, made).state == state
    moved = [each for each in balance(simulator) if each.kind == "dispute"]
    assert [each.amount for each in moved] == ([-100_000, 100_000] if won else [-100_000])
    assert {each.charge_id for each in moved} == {charge.id}


def test_an_inquiry_takes_nothing(simulator: Simulated) -> None:
    charge = paid(simulator)
    made = simulator.control("dispute", charge=charge.id, inquiry=True)["id"]
    fact = STRIPE.dispute_of(simulator.credentials(), made)
    assert (fact.inquiry, fact.state) == (True, "needs_response")
    assert [each.kind for each in balance(simulator)] == ["charge"]


def test_the_balance_adds_up_and_names_the_charge(simulator: Simulated) -> None:
    charge = paid(simulator)
    (fact,) = balance(simulator)
    assert (fact.kind, fact.source_id) == ("charge", charge.id)
    assert (fact.amount, fact.fee, fact.net) == (100_000, 3_000, 97_000)
    assert (fact.source_amount, fact.source_currency) == (100_000, "KRW")


def test_an_account_may_settle_in_another_currency(simulator: Simulated) -> None:
    office = simulator.credentials()
    simulator.control("account", key=office.secret_key, settles_in="usd", rate="0.072")
    charge = paid(simulator)
    (fact,) = balance(simulator)
    assert (fact.amount, fact.fee, fact.currency) == (7_200, 216, "USD")
    assert (fact.source_amount, fact.source_currency) == (100_000, "KRW")
    assert (charge.amount, charge.currency) == (100_000, "KRW")
    assert (charge.fee, charge.fee_currency) == (216, "USD")


def test_a_balance_in_a_currency_that_is_not_kept_is_named(simulator: Simulated) -> None:
    office = simulator.credentials()
    simulator.control("account", key=office.secret_key, settles_in="sgd", rate="0.1")
    assert paid(simulator).fee is None
    (line,) = STRIPE.iter_balance(office, datetime.now(UTC) - timedelta(hours=1))
    assert isinstance(line, Unreadable)
    assert line.id.startswith("txn_")
    assert "currency_unknown" in line.why


@pytest.mark.parametrize(
    ("amount", "currency"), [(99_999_999, "KRW"), (50, "USD"), (1_000, "JPY"), (12_340, "KWD")]
)
def test_amounts_arrive_as_they_are(simulator: Simulated, amount: int, currency: str) -> None:
    fact = paid(simulator, amount, currency)
    assert (fact.amount, fact.currency) == (amount, currency)


def test_lists_go_over_many_pages(simulator: Simulated) -> None:
    office, charge = simulator.credentials(), paid(simulator)
    for number in range(120):
        STRIPE.refund(
            office,
            key=f"refund:{number}",
            charge_id=charge.id,
            amount=1,
            currency="KRW",
            metadata={"refund": str(number)},
        )
    found = STRIPE.find_refund(office, charge_id=charge.id, metadata={"refund": "0"})
    assert found is not None
    assert [each.kind for each in balance(simulator)] == ["charge"] + ["refund"] * 120
