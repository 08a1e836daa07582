"""A firm of whose order nothing is left: nobody waits for it, and nothing is asked of it."""

from datetime import timedelta

import pytest
from tests.factories.accounts import member
from tests.factories.lapses import decide, lapsed
from tests.factories.less import broken, less, pay_and_order
from tests.factories.orders import Deal, today

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import stage as campaign_stage
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries import queries
from mungchi.deliveries import stage as delivery_stage
from mungchi.deliveries.models import Shipment
from mungchi.deliveries.operations import Parcel
from mungchi.demand import operations as demand
from mungchi.demand.models import Need
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.notifications.queries.dates import dates_of
from mungchi.orders import operations as orders
from mungchi.orders import stage

pytestmark = pytest.mark.django_db


class Pooled(Deal):
    """A deal made of what three firms need."""

    def _draft(self) -> Campaign:
        self.members = [member(self.host) for _ in range(3)]
        for actor in self.members:
            need = demand.state_need(
                actor=actor, cooperative_id=self.host.pk, item_id=self.item.pk, quantity=40,
                needed_by=(clock.now() + timedelta(days=40)).date(),
            )  # fmt: skip
        return campaigns.create_campaign_from_pool(actor=self.office, pool_id=need.pool_id)


def third_out() -> Pooled:
    """40, 40 and 50, but no fewer than 45: of 90 nothing is left for the third."""
    deal = Pooled()
    deal.opened()
    for actor, quantity, minimum in zip(deal.members, (40, 40, 50), (0, 0, 45), strict=True):
        deal.join(quantity, minimum=minimum, firm=actor)
    deal.cleared()
    pay_and_order(deal)
    less(deal, 90)
    assert [order.state for order in deal.orders()] == ["paid", "paid", "cancelled"]
    return deal


def sent(deal: Deal) -> list[Shipment]:
    """What is left is on its way."""
    left = [order for order in deal.orders() if order.state != "cancelled"]
    return deliveries.ship(
        actor=deal.supplier, carrier="한빛택배", shipped_date=today(),
        parcels=[Parcel(order.pk, order.quantity, f"T{order.number}") for order in left],
    )  # fmt: skip


def arrived(deal: Deal) -> Deal:
    """What is left is sent and received."""
    for shipment in sent(deal):
        deliveries.receive_shipment(
            actor=deal.buyer(shipment.order), shipment_id=shipment.pk, quantity=shipment.quantity,
            note="",
        )  # fmt: skip
    return deal


def who_was_told(kind: str) -> set[object]:
    notifications.tell_people()
    rows = Notification.objects.filter(kind=kind, seat__firm__isnull=False)
    return set(rows.values_list("seat__firm_id", flat=True))


def test_its_campaign_completes_when_the_others_have_all():
    deal = third_out()
    first, second = sent(deal)
    for shipment, done in ((first, 0), (second, 1)):
        assert deliveries.complete_campaign(campaign_id=deal.campaign.pk) == 0
        deliveries.receive_shipment(
            actor=deal.buyer(shipment.order), shipment_id=shipment.pk, quantity=40, note=""
        )
        assert delivery_stage.complete_campaigns() == done
    assert delivery_stage.complete_campaigns() == 0
    assert (deal.state(), deal.purchase_order.state) == ("completed", "fulfilled")
    campaign_stage.settle_needs()
    states = dict(Need.objects.values_list("firm_id", "state"))
    assert [states[actor.firm_id] for actor in deal.members] == ["met", "met", "open"]
    assert broken() == []


def test_so_does_one_of_whose_firms_one_did_not_pay():
    deal = Deal(delivery_cost=33_333).placed(30, 40, 50)
    lapsed(deal, 0)
    decide(deal, "pay")
    stage.issue_purchase_orders()
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    arrived(deal)
    assert delivery_stage.complete_campaigns() == 1
    assert deal.purchase_order.state == "fulfilled"
    assert [row for row in broken() if "a_completed_campaign_has_arrived" in row] == []


def test_it_does_not_hear_that_all_is_done():
    deal = third_out()
    arrived(deal)
    delivery_stage.complete_campaigns()
    out = deal.members[2].firm_id
    told = who_was_told("campaign_completed")
    assert told == {deal.members[0].firm_id, deal.members[1].firm_id, deal.supplier.firm_id}
    assert out in who_was_told("order_left_out")


def test_its_calendar_has_no_day_for_goods_that_do_not_come():
    deal = third_out()
    days = [{row.kind for row in dates_of(actor, clock.now())} for actor in deal.members]
    assert ["goods" in kinds for kinds in days] == [True, True, False]


def test_it_is_not_asked_to_collect_anything():
    deal = third_out()
    point = deliveries.add_point(actor=deal.office, name="창고", address="성남", hours="9-18")
    deliveries.set_collection(
        actor=deal.office, campaign_id=deal.campaign.pk, point_id=point.pk,
        first_date=today(), last_date=today() + timedelta(days=2),
    )  # fmt: skip
    assert who_was_told("collection_set") == {actor.firm_id for actor in deal.members[:2]}
    seen = [queries.collections_visible_to(actor).exists() for actor in deal.members]
    assert seen == [True, True, False]
    days = [{row.kind for row in dates_of(actor, clock.now())} for actor in deal.members]
    assert ["collect" in kinds for kinds in days] == [True, True, False]
