"""Figures count what orders come to without what went back of them, in one place."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.factories.clients import client_for
from tests.factories.less import less
from tests.factories.orders import Deal

from mungchi.common import clock, wall
from mungchi.orders.models import Order
from mungchi.payments import operations, stage
from mungchi.payments.models import Refund, Standing
from mungchi.reports.domain.savings import kept
from mungchi.reports.queries import savings
from mungchi.reports.queries.assembly import assembly_of

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def agreed(deal: Deal, amount: int = 1_100) -> Refund:
    """The office gives part of the last payment back."""
    stage.book_sales()
    return operations.refund_part(
        actor=deal.office, payment_id=deal.payments()[-1].pk, amount=amount, why="파손"
    )


def test_what_stands_is_the_order_less_its_refunds_part_by_part() -> None:
    deal = Deal(delivery_cost=33_333).confirmed(30, 40, 50)
    refund = agreed(deal)
    order = deal.orders()[-1]
    row = Standing.objects.get(order=order)
    assert row.supply_value == order.supply_value - refund.supply_value
    assert row.delivery_share == order.delivery_share - refund.delivery
    assert row.vat == order.vat - refund.vat
    assert row.total == order.total - refund.amount
    assert row.returned == refund.supply_value > 0
    operations.cancel_refund(actor=deal.office, refund_id=refund.pk, why="착오")
    row = Standing.objects.get(order=order)
    assert (row.total, row.returned) == (order.total, 0)


def test_what_the_supplier_confirmed_less_is_taken_off_once() -> None:
    deal = less(Deal().ordered(30, 40, 50), 90)
    for order in deal.orders():
        row = Standing.objects.get(order=order)
        assert (row.supply_value, row.total, row.returned) == (order.supply_value, order.total, 0)


def test_giving_something_back_saves_nothing() -> None:
    deal = Deal().confirmed(30, 40, 50)
    at = clock.now()

    def found() -> savings.Saved:
        rows = savings.counted(deal.office, at - YEAR, at + YEAR)
        return savings.savings_of(rows, "list_price", "campaign", deal.host.timezone)

    before = found().total
    refund = agreed(deal, 2_200)
    after = found().total
    assert after.returned == refund.supply_value
    assert after.supply_value == before.supply_value - refund.supply_value
    assert after.percent == before.percent
    assert 0 < after.savings < before.savings


def test_the_share_of_a_reference_is_exact() -> None:
    assert kept(12_000, 9_000, 9_000) == 12_000
    assert kept(12_000, 9_000, 6_000) == 8_000
    assert kept(5, 2, 1) == 3
    assert kept(7, 0, 0) == 7


def test_the_assembly_reads_what_stands() -> None:
    deal = Deal().confirmed(30, 40, 50)
    before = assembly_of(deal.office, clock.now(), None, None).figures.total
    refund = agreed(deal)
    after = assembly_of(deal.office, clock.now(), None, None).figures.total
    assert after.supply_value == before.supply_value - refund.supply_value
    assert after.savings < before.savings


def test_the_calculation_shows_what_went_back() -> None:
    deal = Deal().confirmed(30, 40, 50)
    refund = agreed(deal)
    client = client_for(deal.office)
    lines = client.get("/api/v1/reports/savings/lines?against=list_price").json()["results"]
    line = next(row for row in lines if row["returned"])
    assert line["returned"] == refund.supply_value
    assert line["bought"] == line["supply_value"] - line["returned"]
    assert line["savings"] == line["reference_value"] - line["bought"]
    answer = client.get("/api/v1/reports/savings/lines?against=list_price&export=xlsx")
    sheet = load_workbook(BytesIO(answer.content))
    heads, *rows = ([cell.value for cell in row] for row in sheet.active.iter_rows())
    at = heads.index("되돌려받음")
    assert sum(row[at] or 0 for row in rows) == refund.supply_value


def test_a_firm_and_an_office_see_their_own_alone_and_a_supplier_none() -> None:
    deal = Deal().confirmed(30, 40, 50)
    agreed(deal)
    seen = {}
    for name, actor in (
        ("office", deal.office), ("firm", deal.buyer(deal.orders()[-1])),
        ("supplier", deal.supplier),
    ):  # fmt: skip
        wall.stand_behind(actor)
        try:
            seen[name] = Standing.objects.count()
        finally:
            wall.leave()
    assert seen == {"office": 3, "firm": 1, "supplier": 0}
    assert Order.objects.count() == 3
