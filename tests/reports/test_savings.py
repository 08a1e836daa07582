"""What was saved: against which price, where it comes from, and whose orders are counted."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.accounts import (
    CooperativeFactory,
    coordinator_of,
    member,
    partners,
    supplier,
)
from tests.factories.clients import client_for
from tests.factories.demand import bought_on
from tests.factories.orders import Deal

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.money import supply_value
from mungchi.orders import stage
from mungchi.orders.models import Order
from mungchi.reports.domain.savings import (
    Compared,
    Reference,
    average_of,
    price_at,
    summed,
)

LADDER = [(1, Decimal(120)), (50, Decimal(100)), (100, Decimal("90.5"))]


def test_a_ladder_s_price_for_a_quantity() -> None:
    rows = [(1, "120"), (49, "120"), (50, "100"), (99, "100"), (100, "90.5"), (10**9, "90.5")]
    for quantity, price in rows:
        assert price_at(LADDER, quantity) == Decimal(price)
    # A ladder that begins later is asked for its first price.
    assert price_at(LADDER[1:], 3) == Decimal(100)


def test_losing_offers_are_averaged_without_those_that_could_not_carry_it() -> None:
    other = [(1, Decimal(110))]
    found = average_of([(LADDER, None), (other, 100), (other, 99), ([], None)], 100)
    assert found == Reference(Decimal("100.25"), "losing_offers", offers=2)
    assert average_of([(other, 5)], 100) is None
    thirds = average_of([([(1, Decimal(n))], None) for n in (1, 1, 2)], 1)
    assert thirds is not None
    assert thirds.unit_price == Decimal("1.333333")


prices = st.decimals(min_value=Decimal("0.000001"), max_value=10**6, places=6)
lines = st.builds(
    Compared, st.just(uuid4()), st.sampled_from([uuid4() for _ in range(4)]),
    st.integers(1, 10**6), st.integers(0, 10**12), st.sampled_from(["KRW", "USD", "KWD"]),
    st.none() | st.builds(Reference, prices, st.just("list_price")),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 3), lines)))
def test_groups_sum_to_the_whole(rows: list[tuple[int, Compared]]) -> None:
    total, groups = summed(rows)
    for name in ("orders", "without_reference", "supply_value", "reference_value", "savings"):
        assert sum(getattr(one, name) for one in groups.values()) == getattr(total, name)
    assert total.savings == sum(one.savings or 0 for _, one in rows)
    assert (total.percent is None) == (total.reference_value == 0)


class Contested(Deal):
    """A campaign on which a second supplier offers and is not chosen."""

    def offered(self) -> "Contested":
        super().offered()
        operations.post_offer(
            actor=supplier(), campaign_id=self.campaign.pk, pack_size=1, capacity=None,
            tiers=[(1, Decimal(130)), (60, Decimal(104))], lead_time_days=9, delivery_cost=0,
            valid_until=clock.now() + timedelta(days=60),
        )  # fmt: skip
        return self


@pytest.fixture
def deal(db: None) -> Deal:
    """Two orders of a contested campaign."""
    return Contested().placed(30, 40)


def read(who: Actor, **asked: Any) -> dict[str, Any]:
    answer = client_for(who).get("/api/v1/reports/savings", asked)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def lines_of(who: Actor, **asked: Any) -> list[dict[str, Any]]:
    answer = client_for(who).get("/api/v1/reports/savings/lines", asked)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["results"])


def test_against_the_first_tier_and_against_the_losing_offers(deal: Deal) -> None:
    orders = list(Order.objects.order_by("id"))
    paid = sum(order.supply_value for order in orders)
    assert {str(order.unit_price.normalize()) for order in orders} == {"1E+2"}

    first = read(deal.office, against="list_price")["total"]
    assert (first["orders"], first["firms"], first["without_reference"]) == (2, 2, 0)
    assert first["reference_value"] == 70 * 120
    assert first["savings"] == 70 * 120 - paid == 1400
    assert first["percent"] == "16.7"

    losing = read(deal.office, against="losing_offers")["total"]
    assert losing["savings"] == 70 * 104 - paid == 280
    (line, _) = lines_of(deal.office, against="losing_offers")
    assert line["reference"] == {"unit_price": "104", "source": "losing_offers", "on_date": "",
                                 "document": "", "offers": 1}  # fmt: skip


def test_against_the_firm_s_own_last_price_with_its_evidence(deal: Deal) -> None:
    firm, other = (deal.buyer(order) for order in deal.orders())
    day = deal.campaign.closed_at.astimezone(deal.host.timezone).date()
    for ago, price, document in ((90, "150", "오래된 것"), (9, "131.5", "INV-7"), (-1, "10", "뒤")):
        bought_on(
            deal.host, firm, deal.item, price=price, document=document,
            day=day - timedelta(days=ago),
        )  # fmt: skip
    body = read(deal.office, against="last_price", by="firm")
    total = body["total"]
    assert (total["orders"], total["without_reference"]) == (2, 1)
    mine = Order.objects.get(firm_id=firm.firm_id)
    reference = supply_value(mine.quantity, Decimal("131.5"), "KRW")
    assert total["compared_value"] == mine.supply_value
    assert total["savings"] == reference - mine.supply_value
    by_key = {row["key"]: row["sums"] for row in body["groups"]}
    assert by_key[str(other.firm_id)]["savings"] == 0
    assert by_key[str(other.firm_id)]["percent"] is None

    (line,) = lines_of(firm, against="last_price")
    assert line["reference"] == {
        "unit_price": "131.5", "source": "last_price", "document": "INV-7", "offers": 0,
        "on_date": (day - timedelta(days=9)).isoformat(),
    }  # fmt: skip
    assert line["reference_value"] - line["supply_value"] == line["savings"]


def test_an_earlier_order_here_is_a_last_price_too(deal: Deal) -> None:
    later = Deal(host=deal.host, item=deal.item).opened()
    firm = deal.buyer(deal.orders()[0])
    for order in deal.orders():
        later.join(60, firm=deal.buyer(order))
    later.cleared()
    stage.place_orders()
    (line, _) = lines_of(firm, against="last_price", ordering="-closed")
    assert line["reference"]["source"] == "order"
    assert line["reference"]["document"] == Order.objects.filter(firm_id=firm.firm_id).earliest(
        "id"
    ).number  # fmt: skip
    assert (line["unit_price"], line["reference"]["unit_price"]) == ("90", "100")


def test_whose_orders_are_counted(deal: Deal) -> None:
    partner = CooperativeFactory()
    partners(deal.host, partner)
    theirs = coordinator_of(partner)
    firm = deal.buyer(deal.orders()[0])
    assert read(firm, against="list_price")["total"]["orders"] == 1
    assert read(theirs, against="list_price")["total"]["orders"] == 0
    assert read(deal.supplier, against="list_price")["total"]["orders"] == 0
    Order.objects.filter(firm_id=firm.firm_id).update(cooperative=partner)
    assert read(theirs, against="list_price")["total"]["orders"] == 1
    assert read(deal.office, against="list_price")["total"]["orders"] == 1
    # Other suppliers' offers are the host's to know.
    assert read(theirs, against="losing_offers")["total"]["without_reference"] == 1
    assert client_for(firm).get("/api/v1/reports/savings?against=losing_offers").status_code == 422


def test_cancelled_orders_and_other_times_and_currencies_are_not_counted(deal: Deal) -> None:
    closed = deal.campaign.closed_at.astimezone(deal.host.timezone).date()
    day = timedelta(days=1)
    assert read(deal.office, first=closed, last=closed)["total"]["orders"] == 2
    assert read(deal.office, first=closed + day, last=closed + day)["total"]["orders"] == 0
    first = deal.orders()[0]
    Order.objects.filter(pk=first.pk).update(currency="USD")
    body = read(deal.office, against="list_price")
    assert (body["total"]["orders"], body["foreign"]) == (1, 1)
    Order.objects.update(state="cancelled")
    body = read(deal.office)
    assert (body["total"]["orders"], body["groups"], body["currency"]) == (0, [], "")


@pytest.mark.parametrize("by", ["campaign", "firm", "item", "cooperative", "month", "year"])
def test_groups_have_names_and_lines(deal: Deal, by: str) -> None:
    body = read(deal.office, against="list_price", by=by)
    assert sum(row["sums"]["savings"] for row in body["groups"]) == body["total"]["savings"]
    names = {
        "campaign": deal.campaign.title, "item": deal.item.name, "cooperative": deal.host.name,
        "month": f"{deal.campaign.closed_at.astimezone(deal.host.timezone):%Y-%m}",
        "year": f"{deal.campaign.closed_at.astimezone(deal.host.timezone):%Y}",
    }  # fmt: skip
    for row in body["groups"]:
        assert row["name"] == names.get(by, row["name"]) != ""
        if by in {"campaign", "firm", "item", "cooperative"}:
            assert len(lines_of(deal.office, **{by: row["key"]})) == row["sums"]["orders"]


def test_the_tables_as_spreadsheets(deal: Deal) -> None:
    Campaign.objects.update(title="=HYPERLINK(1)")
    get = client_for(deal.office).get
    answer = get("/api/v1/reports/savings?against=list_price&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][0] == "=HYPERLINK(1)"
    assert sheet["A2"].data_type == "s"
    assert rows[-1][0] == "전체"
    assert rows[-1][4] == 1400
    answer = get("/api/v1/reports/savings/lines?against=list_price&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert len(lines) == 3
    assert sum(row[17] for row in lines[1:]) == 1400


def test_the_columns_of_a_table_add_up(deal: Deal) -> None:
    firm = deal.buyer(deal.orders()[0])
    day = deal.campaign.closed_at.astimezone(deal.host.timezone).date() - timedelta(days=9)
    bought_on(deal.host, firm, deal.item, price="131.5", document="INV-7", day=day)
    answer = client_for(deal.office).get("/api/v1/reports/savings?by=firm&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    _, *rows = sheet.iter_rows(values_only=True)
    assert len(rows) == 3
    for row in rows:
        compared, value, reference, saved, percent, without, rest, orders, supply = row[1:10]
        assert (compared + without, value + rest) == (orders, supply)
        assert reference - value == saved
        assert percent == (None if not reference else round(100 * saved / reference, 1))
    total = rows[-1]
    assert (total[1], total[6]) == (1, 1)
    assert [sum(row[at] for row in rows[:-1]) for at in (2, 3, 4, 7, 9)] == [
        total[at] for at in (2, 3, 4, 7, 9)
    ]


@pytest.mark.parametrize("wrong", ["against=luck", "by=mood", "first=soon", "last=1990-01-01"])
def test_what_cannot_be_read_is_refused(deal: Deal, wrong: str) -> None:
    assert client_for(deal.office).get(f"/api/v1/reports/savings?{wrong}").status_code == 422


def test_more_orders_cost_no_more_queries(deal: Deal, django_assert_max_num_queries: Any) -> None:
    client, counts = client_for(deal.office), []
    for _ in range(2):
        for against in ("last_price", "list_price", "losing_offers"):
            for path in ("", "/lines"):
                with django_assert_max_num_queries(14) as found:
                    client.get(f"/api/v1/reports/savings{path}?against={against}")
                counts.append(len(found))
        Deal(host=deal.host).placed(30, 40, 50)
    assert counts[:6] == counts[6:]


@pytest.mark.django_db
def test_of_nothing_bought_there_is_a_spreadsheet_too() -> None:
    home = CooperativeFactory()
    for who in (coordinator_of(home), member(home)):
        answer = client_for(who).get("/api/v1/reports/savings", {"export": "xlsx"})
        assert answer.status_code == 200
        assert read(who)["groups"] == []
