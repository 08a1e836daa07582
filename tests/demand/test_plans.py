"""Needs that come back: planned, stated in time, skipped, stopped; and the same as last time."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import bought_on, need
from tests.factories.orders import today

from mungchi import pipeline
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.catalog.models import Item
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.demand import operations, stage
from mungchi.demand.domain.recurring import date_number, next_number
from mungchi.demand.models import Need, NeedPlan
from mungchi.notifications.models import Notification
from mungchi.notifications.stage import tell_people

pytestmark = pytest.mark.django_db
URL = "/api/v1/need-plans"


def planned(
    firm: Actor, home: Any, *, days: int = 30, every: int = 1, rhythm: str = "month", **more: Any
) -> NeedPlan:
    """A plan whose first day is so many days away."""
    given = {"quantity": 12, "price_limit": Decimal("4200"), "ahead_days": 14, **more}
    given.setdefault("item_id", ItemFactory().pk)
    return operations.plan_need(
        actor=firm, cooperative_id=home.pk, first_date=today() + timedelta(days=days),
        every=every, rhythm=rhythm, **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "every", "rhythm", "number", "day"),
    [
        ("2026-01-31", 1, "month", 1, "2026-02-28"),
        ("2026-01-31", 1, "month", 2, "2026-03-31"),
        ("2028-01-31", 1, "month", 1, "2028-02-29"),
        ("2026-11-30", 3, "month", 1, "2027-02-28"),
        ("2026-12-29", 2, "week", 3, "2027-02-09"),
        ("2026-05-05", 12, "month", 0, "2026-05-05"),
    ],
)
def test_months_keep_their_day_and_weeks_their_weekday(
    first: str, every: int, rhythm: str, number: int, day: str
) -> None:
    began = date.fromisoformat(first)
    assert date_number(began, every, rhythm, number).isoformat() == day
    assert next_number(began, every, rhythm, 0, date.fromisoformat(day)) == number


def test_each_time_is_stated_once_in_time_and_told() -> None:
    home = CooperativeFactory()
    firm = member(home)
    plan = planned(firm, home, days=30, every=2, rhythm="week")
    assert stage.state_planned_needs() == 0
    assert not Need.objects.exists()
    with clock.shifted(timedelta(days=16)):
        assert stage.state_planned_needs() == 1
        assert stage.state_planned_needs() == 0
        stated = Need.objects.get()
        assert (stated.plan_id, stated.plan_number, stated.quantity, stated.needed_by) == (
            plan.pk, 0, 12, plan.first_date,
        )  # fmt: skip
        assert (stated.firm_id, stated.price_limit, stated.state) == (firm.firm_id, 4200, "open")
        plan.refresh_from_db()
        assert plan.next_date == plan.first_date + timedelta(weeks=2)
        tell_people()
        told = Notification.objects.get(kind="plan_stated")
        assert told.user_id == firm.user_id
        assert plan.item.name in told.sentence_ko
    with clock.shifted(timedelta(days=30)):
        pipeline.run_stages()
        assert Need.objects.count() == 2


def test_a_worker_that_was_away_leaves_out_what_went_by() -> None:
    home = CooperativeFactory()
    plan = planned(member(home), home, days=20, every=1, rhythm="week")
    with clock.shifted(timedelta(days=36)):
        stage.state_planned_needs()
        days = list(Need.objects.order_by("needed_by").values_list("needed_by", flat=True))
        assert min(days) >= clock.now().date()
        assert [(day - plan.first_date).days % 7 for day in days] == [0] * len(days)


def test_what_is_due_already_is_stated_at_once() -> None:
    home = CooperativeFactory()
    planned(member(home), home, days=5)
    assert Need.objects.count() == 1
    assert not Notification.objects.exists()


def test_a_firm_changes_skips_stops_and_resumes() -> None:
    home = CooperativeFactory()
    firm = member(home)
    client = client_for(firm)
    body = {
        "cooperative": str(home.pk), "item": str(ItemFactory().pk), "quantity": 5, "every": 1,
        "first_date": (today() + timedelta(days=40)).isoformat(), "rhythm": "month",
    }  # fmt: skip
    made = client.post(URL, body)
    assert made.status_code == 201, made.content
    url, row = f"{URL}/{made.json()['id']}", made.json()
    assert (row["ahead_days"], row["state"], row["next_date"]) == (14, "active", body["first_date"])
    assert client.patch(url, {"quantity": 9, "price_limit": "80"}).json()["quantity"] == 9
    for _ in range(2):
        skipped = client.post(f"{url}/skip", {"next_date": body["first_date"]}).json()
    assert skipped["next_date"] == date_number(
        date.fromisoformat(body["first_date"]), 1, "month", 1
    ).isoformat()  # fmt: skip
    for _ in range(2):
        assert client.post(f"{url}/stop").json()["state"] == "stopped"
    refused = client.post(f"{url}/skip", {"next_date": skipped["next_date"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_stopped")
    with clock.shifted(timedelta(days=100)):
        assert stage.state_planned_needs() == 0
        assert client.post(f"{url}/resume").json()["next_date"] >= clock.now().date().isoformat()
    kinds = History.objects.filter(thread=row["id"]).order_by("id").values_list("kind", flat=True)
    assert list(kinds)[:4] == ["plan_made", "plan_changed", "plan_skipped", "plan_stopped"]
    assert client_for(member(home)).get(url).status_code == 404
    assert client_for(coordinator_of(home)).get(url).status_code == 200
    assert client_for(coordinator_of(home)).post(f"{url}/stop").status_code == 403


@pytest.mark.parametrize("why", ["not_a_member", "item_not_offered"])
def test_a_plan_that_cannot_go_on_stops_and_says_why(why: str) -> None:
    home = CooperativeFactory()
    firm = member(home)
    item = ItemFactory(cooperative=home)
    plan = planned(firm, home, item_id=item.pk)
    if why == "not_a_member":
        Membership.objects.update(state="suspended")
    else:
        Item.objects.filter(pk=item.pk).update(cooperative=CooperativeFactory())
    with clock.shifted(timedelta(days=17)):
        assert stage.state_planned_needs() == 0
        plan.refresh_from_db()
        assert (plan.state, plan.ended_by) == ("stopped", why)
        tell_people()
        told = Notification.objects.get(kind="plan_ended")
        assert told.user_id == firm.user_id
        shown = client_for(firm).get(f"{URL}/{plan.pk}").json()
        assert shown["ended"] in told.sentence_ko
        assert client_for(firm).post(f"{URL}/{plan.pk}/resume").status_code == 422
    assert not Need.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"every": 0}, "every"), ({"every": 53}, "every"), ({"rhythm": "day"}, "rhythm"),
        ({"quantity": 0}, "quantity"), ({"ahead_days": 91}, "ahead_days"),
        ({"first_date": "2020-01-01"}, "needed_by"), ({"price_limit": "0"}, "price_limit"),
    ],
)  # fmt: skip
def test_each_wrong_value_is_named_by_its_field(change: dict[str, Any], field: str) -> None:
    home = CooperativeFactory()
    body = {
        "cooperative": str(home.pk), "item": str(ItemFactory().pk), "quantity": 5, "every": 1,
        "first_date": (today() + timedelta(days=40)).isoformat(), "rhythm": "month",
    }  # fmt: skip
    answer = client_for(member(home)).post(URL, body | change)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert not NeedPlan.objects.exists()


def test_the_same_as_last_time() -> None:
    home = CooperativeFactory()
    firm, item = member(home), ItemFactory()
    client, url = client_for(firm), f"/api/v1/needs/last-time?item={item.pk}"
    assert client.get(url).json()["source"] is None
    need(home, item=item, quantity=99)
    assert client.get(url).json()["source"] is None
    bought_on(home, firm, item, day=today() - timedelta(days=9), price="4200.5", quantity=30)
    found = client.get(url).json()
    assert (found["source"], found["quantity"], found["unit_price"]) == ("purchase", 30, "4200.5")
    stated = need(home, item=item, firm=firm, quantity=40)
    assert (client.get(url).json()["source"], client.get(url).json()["quantity"]) == ("need", 40)
    operations.withdraw_need(actor=firm, need_id=stated.pk)
    assert client.get(url).json()["source"] == "purchase"
    assert client.get("/api/v1/needs/last-time").status_code == 422


def test_one_plan_and_three_take_as_many_queries() -> None:
    home = CooperativeFactory()
    client, counts = client_for(coordinator_of(home)), []
    for more in (1, 2):
        for _ in range(more):
            planned(member(home), home)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(URL).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]
