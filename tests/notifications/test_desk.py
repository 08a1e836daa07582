"""What waits for each role, most urgent first, in a fixed number of queries."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    SeatFactory,
    auditor_of,
    member,
    supplier,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts.access import actor_for
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.deliveries import operations as deliveries
from mungchi.notifications.queries.desk import desk_of

pytestmark = pytest.mark.django_db


def desk(actor, **later):
    with clock.shifted(timedelta(**later)):
        return desk_of(actor, clock.now())


def rows(actor, kind, **later):
    return [row for row in desk(actor, **later) if row.kind == kind]


def test_a_firm_is_shown_what_to_pay_until_when():
    deal = Deal().placed()
    (row,) = rows(deal.people[0], "pay")
    payment = deal.payments()[0]
    assert row.link == f"/orders/{payment.order_id}"
    assert row.due_at == payment.due_at
    assert "원" in row.text.ko
    deal.pay(payment)
    assert rows(deal.people[0], "pay") == []


def test_a_firm_is_shown_what_to_confirm_and_what_closes_soon():
    deal = Deal().shipped()
    (row,) = rows(deal.people[0], "receive")
    assert row.link == f"/orders/{deal.shipments[0].order_id}"
    story = Story().opened()
    story.join(10)
    assert rows(story.people[0], "closing") == []
    (row,) = rows(story.people[0], "closing", days=5)
    assert row.due_at == story.campaign.closes_at


def test_a_firm_is_shown_what_it_could_join_and_not_what_it_is_in():
    story = Story().opened()
    outside, inside = member(story.host), member(story.host)
    story.join(10, firm=inside)
    assert [row.link for row in rows(outside, "join")] == [f"/campaigns/{story.campaign.pk}"]
    assert rows(inside, "join") == []
    assert rows(member(CooperativeFactory()), "join") == []


def test_a_supplier_is_shown_where_to_offer_confirm_and_send():
    story = Story().sourcing()
    assert [row.link for row in rows(story.supplier, "offer")] == [
        f"/supplier/campaigns/{story.campaign.pk}"
    ]
    assert rows(story.supplier, "offer", days=3) == []
    deal = Deal().ordered(30, 40, 50)
    (row,) = rows(deal.supplier, "confirm")
    assert row.link == f"/supplier/purchase-orders/{deal.purchase_order.pk}"
    sent = Deal().confirmed(30, 40, 50)
    (row,) = rows(sent.supplier, "ship")
    assert row.count == 3
    orders = sent.orders()
    deliveries.ship(
        actor=sent.supplier, carrier="x", shipped_date=sent.purchase_order.issued_at.date(),
        parcels=[deliveries.Parcel(orders[0].pk, 30), deliveries.Parcel(orders[1].pk, 39)],
    )  # fmt: skip
    assert rows(sent.supplier, "ship")[0].count == 2


def test_an_office_is_shown_applicants_offers_openings_and_closings():
    story = Story().offered()
    MembershipFactory(cooperative=story.host, state="applied", joined_at=None)
    assert rows(story.office, "admit")[0].count == 1
    assert rows(story.office, "award") == []
    (row,) = rows(story.office, "award", days=3)
    assert (row.count, row.link) == (1, f"/desk/campaigns/{story.campaign.pk}")
    campaigns.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="x"
    )
    assert rows(story.office, "open")
    campaigns.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert rows(story.office, "closing") == []
    assert rows(story.office, "closing", days=6)


def test_an_office_is_shown_money_awaited_overdue_and_to_be_returned():
    deal = Deal().placed()
    (row,) = rows(deal.office, "awaited")
    total = sum(payment.amount for payment in deal.payments())
    assert row.count == 3
    assert f"{total:,}원" in row.text.ko
    assert rows(deal.office, "overdue") == []
    assert rows(deal.office, "overdue", days=30)[0].count == 3
    deal.pay(deal.payments()[0])
    assert rows(deal.office, "awaited")[0].count == 2
    from mungchi.payments import stage

    campaigns.fail_campaign(actor=deal.office, campaign_id=deal.campaign.pk, why="x")
    stage.return_money()
    assert rows(deal.office, "refund")[0].count == 1


def test_an_office_without_account_is_told_that_nobody_can_pay():
    deal = Deal(host=CooperativeFactory(bank_name="")).placed()
    (row,) = rows(deal.office, "no_account")
    assert row.count == 3


def test_an_office_is_shown_differences_until_the_campaign_ends():
    deal = Deal().shipped()
    shipment = deal.shipments[0]
    deliveries.receive_shipment(
        actor=deal.buyer(shipment.order), shipment_id=shipment.pk, quantity=1, note="파손"
    )
    (row,) = rows(deal.office, "difference")
    assert row.link == f"/desk/campaigns/{deal.campaign.pk}"


def test_the_most_urgent_stands_first():
    deal = Deal().placed()
    story = Story(host=deal.host).opened()
    found = desk(deal.people[0], days=6)
    dues = [row.due_at for row in found if row.due_at]
    assert dues == sorted(dues)
    assert len(dues) >= 2
    assert story.campaign.closes_at in dues


def test_the_api_says_it_in_both_languages_and_to_every_role():
    deal = Deal().placed()
    korean = client_for(deal.office).get("/api/v1/desk").json()
    english = client_for(deal.office, "en").get("/api/v1/desk").json()
    assert korean[0].keys() == {"kind", "text", "link", "due_at", "count"}
    assert "입금" in korean[0]["text"]
    assert "payments" in english[0]["text"]
    assert client_for(auditor_of(deal.host)).get("/api/v1/desk").json() == []
    operator = actor_for(SeatFactory(role="operator"))
    assert client_for(operator).get("/api/v1/desk").json() == []


def test_the_number_of_queries_does_not_depend_on_what_waits():
    for who in ("office", "supplier", "firm"):
        counts = []
        for deals in (1, 3):
            first = Deal().confirmed()
            for _ in range(deals - 1):
                other = Deal(host=first.host)
                other.supplier = first.supplier
                other.placed()
            actor = {"office": first.office, "supplier": first.supplier,
                     "firm": first.people[0]}[who]  # fmt: skip
            with CaptureQueriesContext(connection) as seen:
                desk(actor)
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 25, who


def test_a_stranger_sees_nothing_of_it():
    Deal().placed()
    stranger = member(CooperativeFactory())
    office = SeatFactory(role="coordinator", cooperative=CooperativeFactory())
    assert desk(stranger) == []
    assert desk(actor_for(office)) == []
    assert FirmFactory().pk


def test_what_one_may_not_do_is_nothing_to_do():
    deal = Deal().shipped()
    firm = deal.people[0].firm_id
    viewer = actor_for(SeatFactory(role="viewer", firm_id=firm))
    story = Story(host=deal.host).opened()
    assert {row.kind for row in desk(deal.people[0])} >= {"receive", "join"}
    assert desk(viewer) == []
    supplies = actor_for(SeatFactory(role="viewer", firm_id=story.supplier.firm_id))
    Story(host=deal.host).sourcing()
    assert rows(story.supplier, "offer")
    assert desk(supplies) == []
    placed = Deal().placed()
    assert rows(placed.office, "awaited")
    assert desk(auditor_of(placed.host)) == []


def test_a_supplier_that_was_not_chosen_is_not_asked_to_join_what_does_not_reach_it():
    story = Story().sourcing()
    other = supplier()
    for actor, price in ((story.supplier, "90"), (other, "95")):
        offer = campaigns.post_offer(
            actor=actor, campaign_id=story.campaign.pk, tiers=[(1, Decimal(price))], pack_size=1,
            capacity=None, lead_time_days=3, delivery_cost=0,
            valid_until=clock.now() + timedelta(days=60),
        )  # fmt: skip
        if actor is story.supplier:
            story.offer = offer
    campaigns.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="x"
    )
    campaigns.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert rows(other, "join") == []
    assert rows(member(story.host), "join")
    listed = client_for(other).get("/api/v1/campaigns", {"mine": "true"}).json()["results"]
    assert listed == []
