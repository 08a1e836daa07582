"""Sending, receiving, and the end of a campaign."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import member, supplier
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today

from mungchi.common.errors import NotFound
from mungchi.deliveries import operations, stage
from mungchi.deliveries.models import Receipt, Shipment
from mungchi.deliveries.operations import Parcel

pytestmark = pytest.mark.django_db


def ship(deal, *parcels, actor=None, on=None, carrier="한빛택배"):
    return operations.ship(
        actor=actor or deal.supplier, carrier=carrier, shipped_date=on or today(), parcels=parcels
    )


def receive(deal, shipment, quantity, note=""):
    return operations.receive_shipment(
        actor=deal.buyer(shipment.order), shipment_id=shipment.pk, quantity=quantity, note=note
    )


def test_nothing_is_sent_before_the_supplier_has_confirmed():
    deal = Deal().ordered()
    with pytest.raises(operations.NotConfirmed):
        ship(deal, Parcel(deal.orders()[0].pk, 1))


def test_an_order_may_be_sent_in_parts_and_never_more_than_it_is_for():
    deal = Deal().confirmed(30, 90)
    order = deal.orders()[0]
    ship(deal, Parcel(order.pk, 10))
    assert deal.orders()[0].state == "shipped"
    ship(deal, Parcel(order.pk, 20))
    with pytest.raises(operations.TooMany) as refused:
        ship(deal, Parcel(order.pk, 1))
    assert "0" in refused.value.text.ko
    assert deal.trail().count("order_shipped") == 1
    assert deal.trail().count("shipment_sent") == 2


def test_the_database_refuses_more_than_was_ordered_as_well():
    deal = Deal().confirmed(30, 90)
    order = deal.orders()[0]
    row = {"order": order, "supplier_id": order.supplier_id, "carrier": "x",
           "shipped_date": today(), "created_at": order.created_at}  # fmt: skip
    with pytest.raises(IntegrityError, match="more sent than order"), transaction.atomic():
        Shipment.objects.create(quantity=31, **row)


def test_all_firms_at_once_or_none():
    deal = Deal().confirmed(30, 40, 50)
    orders = deal.orders()
    client = client_for(deal.supplier)
    lines = [{"order": str(o.pk), "quantity": o.quantity, "tracking_number": f"T{o.number}"}
             for o in orders]  # fmt: skip
    body = {"purchase_order": str(deal.purchase_order.pk), "carrier": "한빛택배",
            "shipped_date": str(today()), "lines": lines}  # fmt: skip
    over = [*lines[:2], {**lines[2], "quantity": 51}]
    refused = client.post("/api/v1/shipments/bulk", {**body, "lines": over})
    assert (refused.status_code, refused.json()["code"]) == (422, "more_than_ordered")
    assert not Shipment.objects.exists()
    sent = client.post("/api/v1/shipments/bulk", body)
    assert sent.status_code == 201
    assert len(sent.json()) == 3
    again = client.post("/api/v1/shipments/bulk", body)
    assert {row["id"] for row in again.json()} == {row["id"] for row in sent.json()}
    assert Shipment.objects.count() == 3


def test_sending_to_many_takes_as_many_queries_as_to_two():
    counts = []
    for quantities in ((60, 60), (20,) * 9):
        deal = Deal().confirmed(*quantities)
        parcels = [Parcel(o.pk, o.quantity, o.number) for o in deal.orders()]
        with CaptureQueriesContext(connection) as seen:
            ship(deal, *parcels)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 20


def test_a_parcel_already_known_with_another_quantity_is_refused():
    deal = Deal().confirmed(30, 90)
    order = deal.orders()[0]
    ship(deal, Parcel(order.pk, 10, "T1"))
    with pytest.raises(operations.ParcelKnown):
        ship(deal, Parcel(order.pk, 11, "T1"))


def test_the_same_order_twice_in_one_list_is_refused():
    deal = Deal().confirmed()
    pk = deal.orders()[0].pk
    with pytest.raises(operations.OrderTwice):
        ship(deal, Parcel(pk, 1), Parcel(pk, 1))


def test_goods_are_not_sent_tomorrow():
    deal = Deal().confirmed()
    with pytest.raises(operations.ShippedAhead):
        ship(deal, Parcel(deal.orders()[0].pk, 1), on=today() + timedelta(days=1))


def test_orders_of_two_campaigns_or_of_another_supplier_are_not_there():
    deal = Deal().confirmed()
    other = Deal().confirmed()
    with pytest.raises(NotFound):
        ship(deal, Parcel(deal.orders()[0].pk, 1), Parcel(other.orders()[0].pk, 1))
    with pytest.raises(NotFound):
        ship(deal, Parcel(deal.orders()[0].pk, 1), actor=supplier())


def test_an_order_is_received_when_all_was_sent_and_answered_for():
    deal = Deal().confirmed(30, 90)
    order = deal.orders()[0]
    (first,) = ship(deal, Parcel(order.pk, 10))
    receive(deal, first, 10)
    assert deal.orders()[0].state == "shipped"
    (second,) = ship(deal, Parcel(order.pk, 20))
    for _ in range(2):
        receive(deal, second, 20)
    assert deal.orders()[0].state == "received"
    assert deal.trail().count("shipment_received") == 2
    assert stage.complete_campaigns() == 0


def test_a_difference_needs_a_word_and_is_kept():
    deal = Deal().shipped()
    shipment = deal.shipments[0]
    with pytest.raises(operations.NoteNeeded):
        receive(deal, shipment, 20)
    with pytest.raises(operations.MoreThanSent):
        receive(deal, shipment, shipment.quantity + 1, "덤")
    row = receive(deal, shipment, 0, "한 상자도 오지 않음")
    assert (row.receipt.quantity, row.receipt.note) == (0, "한 상자도 오지 않음")
    assert "shipment_received_short" in deal.trail()
    with pytest.raises(operations.ReceivedOtherwise):
        receive(deal, shipment, 5, "찾음")


def test_a_firms_word_is_not_rewritten():
    Deal().received()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Receipt.objects.update(quantity=0)


def test_only_the_firm_it_was_sent_to_receives():
    deal = Deal().shipped()
    shipment = deal.shipments[0]
    others = [member(deal.host), deal.people[1], deal.supplier]
    for actor in others:
        answer = client_for(actor).post(
            f"/api/v1/shipments/{shipment.pk}/receive", {"quantity": shipment.quantity}
        )
        assert answer.status_code == 404
    answer = client_for(deal.buyer(shipment.order)).post(
        f"/api/v1/shipments/{shipment.pk}/receive", {"quantity": shipment.quantity}
    )
    assert answer.json()["state"] == "received"
    assert answer.json()["received_quantity"] == shipment.quantity


def test_a_campaign_completes_once_when_the_last_firm_has_answered():
    deal = Deal().shipped()
    for shipment in deal.shipments[:2]:
        receive(deal, shipment, shipment.quantity)
    assert stage.complete_campaigns() == 0
    receive(deal, deal.shipments[2], deal.shipments[2].quantity - 1, "하나 부족")
    assert [stage.complete_campaigns(), stage.complete_campaigns()] == [1, 0]
    assert deal.state() == "completed"
    assert deal.purchase_order.state == "fulfilled"
    assert deal.trail().count("campaign_completed") == 1
