"""Orders by variant: a document line each, whose sum is the order; and what the supplier gets."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today
from tests.factories.variants import Coloured

from mungchi.campaigns import operations
from mungchi.deliveries import operations as deliveries
from mungchi.deliveries.operations import Parcel
from mungchi.orders import operations as orders
from mungchi.orders import stage as order_stage
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import stage as payment_stage
from mungchi.reports import queries as reports

pytestmark = pytest.mark.django_db


def settled(deal: Coloured) -> Coloured:
    """Three firms, 120 in all at 90: cut by nothing."""
    deal.opened()
    deal.take(60, 0, 0)
    deal.take(0, 30, 10)
    deal.take(5, 5, 10)
    deal.cleared()
    order_stage.place_orders()
    payment_stage.ask_for_payment()
    return deal


def ordered(deal: Coloured) -> Coloured:
    settled(deal)
    for payment in deal.payments():
        deal.pay(payment)
    order_stage.issue_purchase_orders()
    return deal


def short(parts: list[dict[str, object]]) -> list[tuple[object, ...]]:
    return [
        (part["name"], part["quantity"], part["unit_price"], part["supply_value"]) for part in parts
    ]


def test_an_order_is_the_sum_of_its_lines_and_vat_is_on_the_sum() -> None:
    deal = settled(Coloured(delivery_cost=1_001))
    first, second, third = deal.orders()
    assert short(first.parts) == [("빨강", 60, "90", 5_400)]
    assert short(second.parts) == [("파랑", 30, "95", 2_850), ("검정", 10, "80", 800)]
    assert (second.quantity, second.unit_price, second.supply_value) == (40, Decimal(90), 3_650)
    assert second.vat == 365 + second.delivery_share // 10
    assert short(third.parts) == [
        ("빨강", 5, "90", 450),
        ("파랑", 5, "95", 475),
        ("검정", 10, "80", 800),
    ]
    assert sum(order.delivery_share for order in deal.orders()) == 1_001
    assert all(
        payment.amount == order.total
        for payment, order in zip(deal.payments(), deal.orders(), strict=True)
    )


def test_each_line_is_rounded_by_itself_and_the_sum_is_not_rounded_again() -> None:
    deal = Coloured(tiers=[(1, "10.4"), (50, "10.3")])
    deal.differences = ("0.05", "0.05", "0")
    deal.opened()
    deal.take(1, 1, 0), deal.take(0, 0, 1)
    deal.cleared()
    order_stage.place_orders()
    # 10.45 each: two lines of 10, not one of 21 (20.9).
    assert deal.orders()[0].supply_value == 20


def test_without_variants_an_order_is_what_it_was() -> None:
    order = Deal().placed().orders()[0]
    assert order.parts == []
    assert order.supply_value == order.quantity * order.unit_price


def test_the_supplier_is_ordered_the_sums_of_each_variant() -> None:
    row = ordered(Coloured()).purchase_order
    assert short(row.parts) == [
        ("빨강", 65, "90", 5_850), ("파랑", 35, "95", 3_325), ("검정", 20, "80", 1_600),
    ]  # fmt: skip
    assert (row.quantity, row.supply_value) == (120, 10_775)


def test_the_database_refuses_lines_that_do_not_make_the_order() -> None:
    deal = ordered(Coloured())
    for rows, name in ((Order.objects.filter(campaign=deal.campaign), "parts_make_an_order"),
                       (PurchaseOrder.objects.filter(campaign=deal.campaign),
                        "parts_make_a_purchase_order")):  # fmt: skip
        parts = [{**rows[0].parts[0], "quantity": 1}]
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.filter(pk=rows[0].pk).update(parts=parts)


def test_all_three_sides_read_them() -> None:
    deal = ordered(Coloured())
    buyer = deal.people[1]
    order = Order.objects.get(firm_id=buyer.firm_id)
    body = client_for(buyer).get(f"/api/v1/orders/{order.pk}").json()
    assert [(part["name"], part["unit_price"]) for part in body["parts"]] == [
        ("파랑", "95"), ("검정", "80"),
    ]  # fmt: skip
    english = client_for(buyer, "en").get(f"/api/v1/orders/{order.pk}").json()
    assert [part["name"] for part in english["parts"]] == ["Blue", "Black"]

    po = deal.purchase_order
    supplier = client_for(deal.supplier)
    page = supplier.get(f"/api/v1/purchase-orders/{po.pk}").json()
    assert [part["quantity"] for part in page["parts"]] == [65, 35, 20]
    assert [[part["quantity"] for part in line["parts"]] for line in page["lines"]] == [
        [60], [30, 10], [5, 5, 10],
    ]  # fmt: skip
    for path in (f"purchase-orders/{po.pk}/lines", "purchase-orders", "orders"):
        who = supplier if path.startswith("purchase") else client_for(deal.office)
        sheet = who.get(f"/api/v1/{path}?export=xlsx")
        texts = ZipFile(BytesIO(sheet.content)).read("xl/sharedStrings.xml").decode()
        assert "규격별 수량" in texts
        assert "파랑 3" in texts


def test_savings_compare_each_variant_with_its_own_difference() -> None:
    deal = settled(Coloured())
    order = deal.orders()[1]
    # The list price is 120: 30 at 125 and 10 at 110, against 95 and 80.
    (found,) = reports.compared_savings([order], "list_price")
    assert found.compared.reference_value == 30 * 125 + 10 * 110
    assert found.compared.savings == 40 * 30
    saved = reports.savings_of(Order.objects.filter(pk=order.pk), "list_price", "firm", None)
    assert saved.total.savings == 40 * 30


def test_a_plain_item_beside_it_is_bought_as_before() -> None:
    deal = Coloured()
    operations.change_campaign(actor=deal.office, campaign_id=deal.campaign.pk, variants=[])
    deal.campaign.refresh_from_db()
    deal.opened()
    assert deal.offer.differences == []
    Deal.join(deal, 30), Deal.join(deal, 40)
    deal.cleared()
    order_stage.place_orders()
    assert [order.parts for order in deal.orders()] == [[], []]


def test_what_is_sent_says_what_of_which_variant_the_order_holds() -> None:
    deal = ordered(Coloured())
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    second = deal.orders()[1]
    deliveries.ship(
        actor=deal.supplier, carrier="한빛택배", shipped_date=today(),
        parcels=[Parcel(second.pk, 15, "T1")],
    )  # fmt: skip
    for actor in (deal.supplier, deal.people[1], deal.office):
        sheet = client_for(actor).get("/api/v1/shipments?export=xlsx")
        texts = ZipFile(BytesIO(sheet.content)).read("xl/sharedStrings.xml").decode()
        assert "주문의 규격별 수량" in texts
        assert "파랑 30, 검정 10" in texts
