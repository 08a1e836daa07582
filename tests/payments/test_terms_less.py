"""Where buying on terms meets a supplier that confirms less: so much less is owed."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.accounts import CooperativeFactory
from tests.factories.clients import client_for
from tests.factories.less import broken, less, pay_and_order
from tests.factories.orders import today
from tests.factories.statements import Moved, taken
from tests.factories.terms import OnTerms, limit, terms, the_tenth

from mungchi.common import clock
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import (
    BankLine,
    Credit,
    MonthlyStatement,
    OnAccount,
    Payment,
    Refund,
    Standing,
)
from mungchi.payments.queries.terms import accounts_to_remind, open_of

__all__ = ["the_tenth"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_tenth")]


def test_less_is_owed_on_account_where_less_is_confirmed():
    deal = OnTerms().ordered(60, 60)
    less(deal, 100)
    owing, paid = deal.payments()
    order = owing.order
    assert (owing.state, owing.amount, owing.missing) == ("on_account", order.total, order.total)
    assert order.quantity == 50
    assert paid.state == "partially_refunded"
    assert [refund.firm_id for refund in Refund.objects.all()] == [paid.firm_id]
    assert broken() == []


def test_what_is_taken_off_an_account_is_not_in_the_figures():
    deal = OnTerms().confirmed(60, 60)
    stage.book_sales()
    owing = deal.payments()[0]
    operations.take_off(actor=deal.office, payment_id=owing.pk, amount=1100, why="젖은 상자")
    standing = Standing.objects.get(order=owing.order)
    assert standing.total == owing.order.total - 1100
    assert broken() == []


def odd(*quantities: int) -> OnTerms:
    """With a fee and a delivery that leave something over when they are shared out."""
    deal = OnTerms(host=CooperativeFactory(host_fee_bp=275), delivery_cost=33_337)
    return deal.ordered(*(quantities or (61, 59)))


def stated(deal: OnTerms, days: int) -> MonthlyStatement:
    """The statement of the month that ended by then."""
    with clock.shifted(timedelta(days=days)):
        stage.make_statements()
    return MonthlyStatement.objects.filter(firm_id=deal.firm.firm_id).latest("month")


@pytest.mark.parametrize("before", [True, False])
def test_a_statement_says_what_is_asked_for_less_with_its_vat(before: bool) -> None:
    deal = odd()
    if before:
        stated(deal, 32)
    asked = deal.orders()[0]
    less(deal, 100)
    order = deal.orders()[0]
    row = stated(deal, 64 if before else 32)
    down = asked.total - order.total
    vat = order.vat + order.fee_vat
    assert (row.received, row.credited) == (0, down)
    assert row.closing == order.total
    rows = MonthlyStatement.objects.filter(firm_id=deal.firm.firm_id)
    assert sum(each.vat for each in rows) == vat
    assert sum(each.supply_value for each in rows) == order.total - vat
    if before:
        assert row.vat == vat - asked.vat - asked.fee_vat
    told = client_for(deal.firm).get(f"/api/v1/monthly-statements/{row.pk}").json()
    assert [line["kind"] for line in told["lines"]] == ["asked", "asked_less"][before:]
    assert broken() == []


def test_what_is_taken_off_after_that_is_of_the_parts_that_are_left() -> None:
    deal = odd()
    less(deal, 77)
    owing = deal.payments()[0]
    for amount in (1_117, owing.amount - 1_117):
        operations.take_off(actor=deal.office, payment_id=owing.pk, amount=amount, why="반품")
    credited = queries.refunded_shares(Credit.objects.filter(payment=owing))
    assert credited == queries.confirmed_parts_of(owing.order)
    standing = Standing.objects.get(order=owing.order)
    assert (standing.total, standing.supply_value, standing.vat, standing.fee_vat) == (0, 0, 0, 0)
    assert broken() == []


def test_no_more_goes_back_than_was_asked_for_after_that() -> None:
    deal = odd()
    less(deal, 100)
    owing = Payment.objects.get(pk=deal.payments()[0].pk)
    operations.confirm_transfer(
        actor=deal.office, payment_id=owing.pk, amount=owing.amount, depositor="행복",
        received_date=today(),
    )  # fmt: skip
    assert stage.return_less() == 0
    operations.refund_part(
        actor=deal.office, payment_id=owing.pk, amount=owing.amount, why="전부 반품"
    )
    refund = Refund.objects.get(payment=owing)
    assert refund.shares == queries.confirmed_parts_of(owing.order)
    owing.refresh_from_db()
    assert owing.state == "refund_due"
    assert broken() == []


def test_a_transfer_of_it_may_be_undone_after_that() -> None:
    deal = odd()
    less(deal, 100)
    owing = deal.payments()[0]
    operations.confirm_transfer(
        actor=deal.office, payment_id=owing.pk, amount=owing.amount, depositor="행복",
        received_date=today(),
    )  # fmt: skip
    operations.undo_confirmation(actor=deal.office, payment_id=owing.pk, why="다른 돈")
    connection.check_constraints()
    assert deal.payments()[0].state == "on_account"
    assert broken() == []


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_what_had_come_is_all_that_is_owed_then(over: int) -> None:
    """Part of it had come by transfer when less was confirmed: just what is left, less or more."""
    deal = odd()
    owing = deal.payments()[0]
    other = odd()
    less(other, 100)
    left = other.payments()[0].amount
    (line,) = taken(deal.office, [Moved(today(), left + over, "행복상사", owing.reference)])
    operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=owing.pk)
    less(deal, 100)
    owing = deal.payments()[0]
    line.refresh_from_db()
    if over > 0:
        assert (owing.state, owing.allotted, line.state) == ("paid", left, "to_return")
        assert line.open == over
    elif over < 0:
        assert (owing.state, owing.missing, line.state) == ("on_account", 1, "matched")
    else:
        assert (owing.state, owing.received_date, line.state) == ("paid", line.day, "matched")
    assert broken() == []


def hundreds(minimum: int = 0) -> OnTerms:
    """Two firms that owe 1,100,000 each, 11,000 a unit with its VAT; the first on account, and
    `minimum` is the least that it takes."""
    deal = OnTerms(tiers=[(1, "10000")])
    terms(deal.office)
    deal.opened()
    deal.join(100, minimum=minimum)
    deal.join(100)
    deal.firm = deal.people[0]
    limit(deal.office, deal.firm)
    deal.choose(deal.firm)
    deal.cleared()
    pay_and_order(deal)
    return deal


def come(deal: OnTerms, *amounts: int) -> list[BankLine]:
    """Transfers of who owes on account, one a day, allotted in the order in which they came."""
    owing = deal.payments()[0]
    days = [today() - timedelta(days=len(amounts) - at) for at in range(len(amounts))]
    moved = [
        Moved(day, amount, "행복상사", owing.reference)
        for day, amount in zip(days, amounts, strict=True)
    ]
    lines = taken(deal.office, moved)
    for line in lines:
        operations.allot_line(actor=deal.office, line_id=line.pk, payment_id=owing.pk)
    return lines


def standing(lines: list[BankLine]) -> list[tuple[str, int, int]]:
    """State of each line, what of it is the firm's, and what is open."""
    found = []
    for line in lines:
        line.refresh_from_db()
        allotted = sum(each.amount for each in line.allotments.filter(undone_at=None))
        found.append((line.state, allotted, line.open))
    return found


def test_only_what_is_too_much_goes_back_and_nothing_is_owed_any_more() -> None:
    """Of 1,100,000 on account 990,000 had come when the order was cut to 880,000."""
    deal = hundreds()
    lines = come(deal, 990_000)
    stated(deal, 32)
    less(deal, 160)
    owing = deal.payments()[0]
    assert (owing.state, owing.amount, owing.missing) == ("paid", 880_000, 0)
    assert standing(lines) == [("to_return", 880_000, 110_000)]
    assert queries.to_return(deal.office) == (list(Refund.objects.all()), lines)
    assert {refund.firm_id for refund in Refund.objects.all()} == {deal.payments()[1].firm_id}
    # Nobody reminds the firm, and its limit is free again.
    with clock.shifted(timedelta(days=90)):
        assert accounts_to_remind(clock.now()) == []
    assert open_of([OnAccount.objects.get(payment=owing).credit_id]) == {}
    month = stated(deal, 64)
    assert (month.opening, month.credited, month.received, month.closing) == (
        110_000, 220_000, -110_000, 0)  # fmt: skip
    operations.move_line(actor=deal.office, line_id=lines[0].pk, to="returned", why="이체함")
    assert standing(lines) == [("returned", 880_000, 0)]
    assert broken() == []


@pytest.mark.parametrize(("cut", "then"), [
    (160, [("matched", 600_000, 0), ("to_return", 280_000, 110_000)]),
    (80, [("to_return", 440_000, 160_000), ("to_return", 0, 390_000)]),
])  # fmt: skip
def test_what_came_last_goes_back_first(cut: int, then: list[tuple[str, int, int]]) -> None:
    deal = hundreds()
    lines = come(deal, 600_000, 390_000)
    less(deal, cut)
    assert deal.payments()[0].state == "paid"
    assert standing(lines) == then
    assert broken() == []


def test_of_a_line_that_holds_more_the_office_says_what_becomes_of_it() -> None:
    """What was in suspense of the line before may be for something else."""
    deal = hundreds()
    owing = deal.payments()[0]
    yesterday = today() - timedelta(days=1)
    moved = [Moved(yesterday, 110_000, "행복상사"), Moved(today(), 1_500_000, "행복상사")]
    early, line = taken(deal.office, moved)
    for each in (early, line):
        operations.allot_line(actor=deal.office, line_id=each.pk, payment_id=owing.pk)
    operations.undo_allotment(
        actor=deal.office, allotment_id=early.allotments.get().pk, why="다른 돈"
    )
    less(deal, 160)
    assert deal.payments()[0].state == "paid"
    assert standing([line]) == [("suspense", 880_000, 620_000)]
    assert broken() == []


def test_all_that_came_goes_back_where_nothing_of_the_order_is_left() -> None:
    deal = hundreds(minimum=90)
    lines = come(deal, 600_000, 390_000)
    less(deal, 100)
    owing = deal.payments()[0]
    assert (owing.state, owing.allotted) == ("cancelled", 0)
    assert standing(lines) == [("to_return", 0, 600_000), ("to_return", 0, 390_000)]
    for line in lines:
        assert line.why.startswith("공급사가 적게 확인함 / The supplier confirmed less (")
    assert broken() == []
