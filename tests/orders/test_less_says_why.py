"""Every firm that gets less reads why, whether money goes back to it or not."""

import pytest
from tests.factories.clients import client_for
from tests.factories.less import less, pay_and_order
from tests.factories.orders import Deal
from tests.factories.terms import OnTerms

from mungchi.payments.models import Refund

pytestmark = pytest.mark.django_db


def shown(deal: Deal, at: int, *, who=None) -> dict[str, object] | None:
    order = deal.orders()[at]
    page = client_for(who or deal.buyer(order)).get(f"/api/v1/orders/{order.pk}").json()
    return page["ordered"]


def test_who_owes_on_account_reads_it_as_who_is_paid_back_does():
    deal = OnTerms().ordered(60, 60)
    less(deal, 100, why="작황 부진")
    _, paid = deal.payments()
    assert [row.firm_id for row in Refund.objects.all()] == [paid.firm_id]
    assert [shown(deal, at)["why"] for at in (0, 1)] == ["작황 부진"] * 2
    assert shown(deal, 0, who=deal.office)["why"] == "작황 부진"
    assert shown(deal, 0)["total"] > deal.orders()[0].total


def test_so_does_who_is_left_out_and_nobody_else():
    deal = Deal()
    deal.opened()
    deal.join(40)
    deal.join(40)
    deal.join(50, minimum=45)
    deal.cleared()
    pay_and_order(deal)
    less(deal, 90, why="창고 화재")
    assert [shown(deal, 0), shown(deal, 1)] == [None, None]
    assert shown(deal, 2)["why"] == "창고 화재"
