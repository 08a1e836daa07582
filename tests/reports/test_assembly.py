"""The assembly's figures: by division and in all, for a period, and as spreadsheets."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal, today
from tests.factories.outreach import asked

from mungchi.accounts.models import Division, Membership
from mungchi.common import clock
from mungchi.common.money import supply_value
from mungchi.orders.models import Order
from mungchi.outreach import operations
from mungchi.outreach.operations import survey_cooperative
from mungchi.reports.domain.assembly import months_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return CooperativeFactory()


@pytest.fixture
def office(home):
    return coordinator_of(home)


def read(office, **period):
    query = "&".join(f"{name}={value}" for name, value in period.items())
    answer = client_for(office).get(f"/api/v1/reports/assembly?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def put_in(firm, division):
    Membership.objects.filter(firm_id=firm.firm_id).update(division=division)


def test_volume_and_savings_stand_with_the_division_of_whoever_bought(home, office):
    makers = Division.objects.create(cooperative=home, name="제조분과")
    traders = Division.objects.create(cooperative=home, name="유통분과")
    deal = Deal(host=home).placed(30, 40, 50)
    put_in(deal.people[0], makers)
    put_in(deal.people[1], traders)

    body = read(office)
    by_name = {(one["division"] or {"name": ""})["name"]: one["figures"]
               for one in body["divisions"]}  # fmt: skip
    assert list(by_name) == ["유통분과", "제조분과", ""]
    orders = {row.firm_id: row for row in Order.objects.all()}
    mine = orders[deal.people[0].firm_id]
    figures = by_name["제조분과"]
    assert (figures["members"], figures["taking_part"], figures["campaigns"]) == (1, 1, 1)
    assert figures["supply_value"] == mine.supply_value
    first = supply_value(mine.quantity, 120, "KRW")
    assert figures["savings"] == first - mine.supply_value > 0
    total = body["total"]
    assert (total["members"], total["taking_part"], total["campaigns"]) == (3, 3, 1)
    assert total["supply_value"] == sum(row.supply_value for row in orders.values())
    assert total["savings"] == sum(one["savings"] for one in by_name.values())


def test_a_period_holds_both_its_days_and_nothing_else(home, office):
    deal = Deal(host=home).placed(30, 40)
    closed = deal.campaign.closed_at.astimezone(home.timezone).date()
    assert read(office, first=closed, last=closed)["total"]["campaigns"] == 1
    day = timedelta(days=1)
    assert read(office, first=closed - 5 * day, last=closed - day)["total"]["campaigns"] == 0
    assert read(office, first=closed + day, last=closed + 5 * day)["total"]["campaigns"] == 0
    get = client_for(office).get
    for wrong in (f"first={closed}&last={closed - day}", "first=1990-01-01", "first=soon"):
        assert get(f"/api/v1/reports/assembly?{wrong}").status_code == 422


def test_cancelled_orders_and_other_cooperatives_are_not_counted(home, office):
    Deal(host=CooperativeFactory()).placed(30, 40)
    deal = Deal(host=home).placed(30, 40)
    Order.objects.filter(campaign=deal.campaign).update(state="cancelled")
    total = read(office)["total"]
    assert (total["campaigns"], total["supply_value"], total["taking_part"]) == (0, 0, 0)


def test_left_out_contacted_returned_and_introduced(home, office):
    firm = member(home)
    Membership.objects.filter(firm_id=firm.firm_id).update(
        joined_at=clock.now() - timedelta(days=400)
    )
    survey_cooperative(cooperative_id=home.pk, at=clock.now())
    operations.record_contact(actor=office, firm_id=firm.firm_id, how="telephone")
    operations.record_contact(actor=office, firm_id=firm.firm_id, how="visit")
    before = read(office)["total"]
    assert (before["left_out"], before["contacted"], before["returned"]) == (1, 1, 0)

    story = Story(host=home).opened()
    story.join(10, firm=firm)
    survey_cooperative(cooperative_id=home.pk, at=clock.now())
    row, (_seeker, giver, _) = asked(home)
    operations.accept_introduction(actor=giver, introduction_id=row.pk)
    operations.record_outcome(
        actor=office, introduction_id=row.pk, worked_out=True, note="계약", value=500_000
    )
    body = read(office)
    total = body["total"]
    assert (total["left_out"], total["contacted"], total["returned"]) == (0, 1, 1)
    assert (total["introduced"], total["worked_out"]) == (1, 1)
    assert total["introduction_value"] == 500_000
    month = clock.now().astimezone(home.timezone).strftime("%Y-%m")
    assert {one["month"]: one["returned"] for one in body["months"] if one["returned"]} == {
        month: 1
    }


def test_months_of_a_period_are_all_there_also_those_in_which_nobody_came_back():
    assert months_between(date(2025, 11, 30), date(2026, 2, 1)) == [
        "2025-11", "2025-12", "2026-01", "2026-02",
    ]  # fmt: skip


def test_both_tables_are_saved_as_spreadsheets(home, office):
    Division.objects.create(cooperative=home, name="제조분과")
    Deal(host=home).placed(30, 40)

    def sheet(table):
        answer = client_for(office).get(f"/api/v1/reports/assembly?export=xlsx&table={table}")
        return list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)

    rows = sheet("divisions")
    assert [row[0] for row in rows] == ["분과", "제조분과", "분과 없음", "전체"]
    assert rows[3][5] == sum(Order.objects.values_list("supply_value", flat=True))
    assert len(sheet("months")) == 13


def test_the_number_of_queries_does_not_depend_on_the_figures(home, office):
    client = client_for(office)

    def asked_for():
        with CaptureQueriesContext(connection) as caught:
            client.get(f"/api/v1/reports/assembly?first={today()}&last={today()}")
        return len(caught)

    Deal(host=home).placed(30, 40)
    one = asked_for()
    Deal(host=home).placed(30, 40, 50)
    Deal(host=home).placed(30, 40)
    assert asked_for() == one
