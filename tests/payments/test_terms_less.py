"""Where buying on terms meets a supplier that confirms less: so much less is owed."""

from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.accounts import CooperativeFactory
from tests.factories.clients import client_for
from tests.factories.less import broken, less
from tests.factories.orders import today
from tests.factories.statements import Moved, taken
from tests.factories.terms import OnTerms

from mungchi.common import clock
from mungchi.payments import operations, queries, stage
from mungchi.payments.models import Credit, MonthlyStatement, Payment, Refund, Standing

pytestmark = pytest.mark.django_db


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
        assert (owing.state, owing.missing, line.state) == ("on_account", left, "to_return")
    elif over < 0:
        assert (owing.state, owing.missing, line.state) == ("on_account", 1, "matched")
    else:
        assert (owing.state, owing.received_date, line.state) == ("paid", line.day, "matched")
    assert broken() == []
