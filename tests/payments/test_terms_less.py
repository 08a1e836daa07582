"""Where buying on terms meets a supplier that confirms less: so much less is owed."""

import pytest
from tests.factories.less import broken, less
from tests.factories.terms import OnTerms

from mungchi.payments import operations, stage
from mungchi.payments.models import Refund, Standing

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
