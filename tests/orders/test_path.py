"""The whole path from a cleared campaign to goods received."""

import pytest
from tests.factories.orders import Deal

from mungchi.deliveries import stage as delivery_stage
from mungchi.orders import stage as order_stage
from mungchi.payments import stage as payment_stage

pytestmark = pytest.mark.django_db


def test_from_cleared_to_completed_each_step_by_its_own_operation():
    deal = Deal(delivery_cost=33_333).received(30, 40, 50)
    assert deal.state() == "delivering"
    assert delivery_stage.complete_campaigns() == 1
    assert deal.state() == "completed"
    assert {order.state for order in deal.orders()} == {"received"}
    assert {payment.state for payment in deal.payments()} == {"paid"}
    assert deal.purchase_order.state == "fulfilled"


def test_every_stage_run_again_changes_nothing():
    deal = Deal().received()
    delivery_stage.complete_campaigns()
    before = deal.trail()
    stages = (
        order_stage.place_orders, payment_stage.ask_for_payment, order_stage.issue_purchase_orders,
        order_stage.cancel_orders, payment_stage.return_money, delivery_stage.complete_campaigns,
    )  # fmt: skip
    assert [stage() for stage in stages] == [0] * 6
    assert deal.trail() == before
