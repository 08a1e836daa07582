"""Who is left out, and why: each reason, its evidence, and what takes a firm off the list."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need
from tests.factories.orders import Deal, today
from tests.factories.outreach import bought_together, listing

from mungchi.accounts.models import Division, Firm, Membership, User
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.common.ids import uuid7
from mungchi.deliveries import stage as delivery_stage
from mungchi.demand import operations as demand
from mungchi.demand.models import Purchase, PurchaseImport
from mungchi.outreach import operations, queries
from mungchi.outreach.domain.leftout import MEMORY, RECENT, SILENCE

pytestmark = pytest.mark.django_db


def why(cooperative, actor, at=None):
    """The reasons of one firm."""
    row = queries.why_left_out(cooperative.pk, actor.firm_id, at or clock.now())
    return row.reasons if row else ()


def bought(cooperative, actor, item, days_ago=30, quantity=7):
    source = PurchaseImport.objects.create(
        cooperative=cooperative, created_by=User.objects.first(), created_at=clock.now(),
        filename="p.csv", size=1, digest="x",
    )  # fmt: skip
    return Purchase.objects.create(
        cooperative=cooperative, firm_id=actor.firm_id, item=item, purchase_import=source,
        quantity=quantity, unit_price="10", currency="KRW",
        purchased_date=today() - timedelta(days=days_ago), fingerprint=uuid7(),
    )  # fmt: skip


@pytest.fixture
def food(db):
    """A category with two items, of which members buy the first together."""
    category = CategoryFactory()
    return ItemFactory(category=category), ItemFactory(category=category)


def test_a_firm_with_a_need_in_a_category_others_buy_together_is_left_out(food):
    rice, oil = food
    home = CooperativeFactory()
    story = Story(host=home, item=rice).opened()
    firm = member(home)
    need(home, firm=firm, item=oil)
    assert why(home, firm) == ()

    story.join(10)
    assert why(home, firm) == (), "one firm buys nothing together"
    story.join(20)
    assert why(home, firm) == ("outside",)

    (want,) = queries.why_left_out(home.pk, firm.firm_id, clock.now()).wants
    assert (want.kind, want.item_id, want.quantity) == ("need", oil.pk, 10)
    assert (want.firms, want.campaigns) == (2, 1)


def test_past_purchases_count_as_long_as_they_are_remembered(food):
    rice, oil = food
    home = CooperativeFactory()
    story = Story(host=home, item=rice).opened()
    story.join(10)
    story.join(20)
    firm, older, elsewhere = member(home), member(home), member(home)
    bought(home, firm, oil, quantity=3)
    bought(home, firm, oil, days_ago=60, quantity=4)
    bought(home, older, oil, days_ago=MEMORY.days + 1)
    bought(home, elsewhere, ItemFactory(category=CategoryFactory()))
    (want,) = queries.why_left_out(home.pk, firm.firm_id, clock.now()).wants
    assert (want.kind, want.times, want.quantity) == ("purchase", 2, 7)
    assert want.day == today() - timedelta(days=30)
    assert why(home, older) == why(home, elsewhere) == ()


def test_a_need_stands_before_purchases_and_each_category_once(food):
    rice, oil = food
    home = CooperativeFactory()
    story = Story(host=home, item=rice).opened()
    story.join(10)
    story.join(20)
    firm = member(home)
    bought(home, firm, oil, days_ago=1)
    need(home, firm=firm, item=rice)
    (want,) = queries.why_left_out(home.pk, firm.firm_id, clock.now()).wants
    assert (want.kind, want.item_id) == ("need", rice.pk)


def test_who_is_in_any_campaign_is_not_left_out_until_long_after_it_closed(food):
    rice, oil = food
    home = CooperativeFactory()
    bystander = member(home)
    need(home, firm=bystander, item=oil)
    deal = Deal(host=home, item=rice).received()
    delivery_stage.complete_campaigns()
    insider = deal.people[0]
    bought(home, insider, oil)
    closed = Campaign.objects.get(pk=deal.campaign.pk).closed_at
    assert why(home, bystander) == ("outside",)
    assert why(home, insider) == ()
    at = closed + RECENT + timedelta(minutes=1)
    assert "outside" not in why(home, bystander, at), "nobody buys it together any more"


def test_a_commitment_that_was_withdrawn_takes_part_in_nothing(food):
    rice, oil = food
    home = CooperativeFactory()
    story = Story(host=home, item=rice).opened()
    story.join(10)
    story.join(20)
    firm = member(home)
    bought(home, firm, oil)
    story.join(5, firm=firm)
    assert why(home, firm) == ()
    campaigns.withdraw_commitment(actor=firm, campaign_id=story.campaign.pk)
    assert why(home, firm) == ("outside",)


@pytest.mark.parametrize(
    ("verdict", "wish"),
    [("priced_out", {"limit": "50"}), ("not_allocated", {}), ("below_minimum", {"minimum": 50})],
)
def test_who_fell_out_at_a_clearing_is_left_out_until_it_is_in_something(verdict, wish):
    home = CooperativeFactory()
    ladder = {"tiers": ((1, "120"), (50, "100")), "capacity": 60}
    given = {"rationing": "first_come"} if verdict == "not_allocated" else {}
    story = Story(host=home, given=given, **ladder).opened()
    firm, others = member(home), [member(home), member(home)]
    for one in others:
        story.join(30, firm=one)
    story.join(50, wish.pop("limit", None), firm=firm, **wish)
    story.cleared()

    found = queries.why_left_out(home.pk, firm.firm_id, clock.now())
    assert found is not None, "it got nothing"
    assert found.reasons == ("fell_out",)
    assert found.fall.verdict == verdict
    assert found.fall.campaign_id == story.campaign.pk
    assert all(why(home, one) == () for one in others)

    again = Story(host=home).opened()
    again.join(5, firm=firm)
    assert why(home, firm) == ()


def test_a_campaign_that_failed_left_all_of_them_out():
    home = CooperativeFactory()
    story = Story(host=home, given={"threshold_quantity": 500}).opened()
    firm = member(home)
    story.join(10, firm=firm)
    story.join(10)
    story.cleared()
    found = queries.why_left_out(home.pk, firm.firm_id, clock.now())
    assert found.reasons == ("fell_out",)
    assert found.fall.unit_price is None


def test_silence_is_ninety_days_without_sign_in_commitment_need_or_answer():
    home = CooperativeFactory()
    firm, office = member(home), coordinator_of(home)
    later = clock.now() + SILENCE + timedelta(minutes=1)
    assert why(home, firm) == ()
    assert why(home, firm, later) == ("silent",)
    assert why(home, firm, later - timedelta(minutes=5)) == ()

    User.objects.filter(pk=firm.user_id).update(last_login=later - timedelta(days=1))
    assert why(home, firm, later) == ()
    User.objects.filter(pk=firm.user_id).update(last_login=None)

    with clock.shifted(timedelta(days=10)):
        need(home, firm=firm, needed_by=today() + timedelta(days=300))
    assert why(home, firm, later) == ()

    other = member(home)
    with clock.shifted(timedelta(days=20)):
        operations.record_contact(
            actor=office, firm_id=other.firm_id, how="telephone", answer="unreachable"
        )
        assert why(home, other, later) == ("silent",), "nobody was there"
        operations.record_contact(
            actor=office, firm_id=other.firm_id, how="telephone", answer="later"
        )
    assert why(home, other, later) == ()


def test_what_a_firm_does_in_one_cooperative_is_not_heard_in_another():
    here, there = CooperativeFactory(), CooperativeFactory()
    firm = member(here)
    MembershipFactory(cooperative=there, firm_id=firm.firm_id)
    later = clock.now() + SILENCE + timedelta(minutes=1)
    with clock.shifted(timedelta(days=50)):
        story = Story(host=there).opened()
        story.join(10, firm=firm)
    assert why(there, firm, later) == ()
    assert why(here, firm, later) == ("silent",)


def test_applicants_suspended_and_quiet_firms_are_not_on_it():
    home = CooperativeFactory()
    later = clock.now() + SILENCE + timedelta(days=1)
    firms = {name: member(home) for name in ("active", "suspended", "left", "quiet")}
    MembershipFactory(cooperative=home, state="applied", joined_at=None)
    for state in ("suspended", "left"):
        Membership.objects.filter(firm_id=firms[state].firm_id).update(state=state)
    operations.leave_us_alone(actor=firms["quiet"], cooperative_id=home.pk)
    (left,) = queries.left_out_of(home.pk, later).rows
    assert left.firm_id == firms["active"].firm_id
    operations.speak_to_us_again(actor=firms["quiet"], cooperative_id=home.pk)
    assert why(home, firms["quiet"], later) == ("silent",)


def test_another_cooperatives_campaigns_and_firms_change_nothing(food):
    rice, oil = food
    home, other = CooperativeFactory(), CooperativeFactory()
    firm = member(home)
    need(home, firm=firm, item=oil)
    story = Story(host=other, item=rice).opened()
    story.join(10)
    story.join(20)
    assert why(home, firm) == ()
    assert queries.left_out_of(other.pk, clock.now()).rows == []


def test_the_list_explains_itself_in_both_languages_and_says_what_could_be_done(food):
    rice, _oil = food
    rice.name, rice.name_en = "쌀 20kg", "Rice 20 kg"
    rice.save()
    home = CooperativeFactory()
    story = Story(host=home, item=rice, given={"title": "쌀 공동구매"}).opened()
    story.join(10)
    story.join(20)
    firm, same = member(home), member(home)
    bought(home, firm, rice)
    need(home, firm=same, item=rice)
    giver = member(home)
    listing(giver, title="쌀 도정", category_id=rice.category_id)
    office = coordinator_of(home)

    rows = client_for(office).get("/api/v1/left-out").json()["results"]
    row = next(one for one in rows if one["id"] == str(firm.firm_id))
    (reason,) = row["reasons"]
    assert reason["code"] == "outside"
    assert "쌀 20kg" in reason["sentences"][0]
    assert "2곳" in reason["sentences"][0]
    near = row["suggestions"]
    assert [(one["title"], one["match"]) for one in near["campaigns"]] == [("쌀 공동구매", "item")]
    assert [(one["item"]["id"], one["match"], one["own"]) for one in near["pools"]] == [
        (str(rice.pk), "item", False)
    ]
    assert near["same_need"] == 1
    assert [one["title"] for one in near["listings"]] == ["쌀 도정"]

    english = client_for(office, "en").get("/api/v1/left-out").json()["results"]
    row = next(one for one in english if one["id"] == str(firm.firm_id))
    assert "Rice 20 kg" in row["reasons"][0]["sentences"][0]


def test_the_same_item_comes_before_the_same_category_and_the_soonest_first(food):
    rice, oil = food
    home = CooperativeFactory()
    now = clock.now()

    def story(item, days, title):
        made = Story(
            host=home, item=item, given={"title": title, "closes_at": now + timedelta(days=days)}
        ).opened()
        made.join(10)
        made.join(20)

    story(oil, 3, "기름")
    story(rice, 9, "쌀 나중")
    story(rice, 6, "쌀 먼저")
    firm = member(home)
    bought(home, firm, rice)
    found = queries.suggestions_for(coordinator_of(home), [firm.firm_id], now)[firm.firm_id]
    assert [(near.row.title, near.match) for near in found.campaigns] == [
        ("쌀 먼저", "item"), ("쌀 나중", "item"), ("기름", "category"),
    ]  # fmt: skip


def test_the_cooperatives_own_item_of_the_same_name_is_the_same(food):
    rice, _oil = food
    home = CooperativeFactory()
    own = ItemFactory(name=rice.name, cooperative=home)
    story = Story(host=home, item=rice).opened()
    story.join(10)
    firm = member(home)
    bought(home, firm, own)
    found = queries.suggestions_for(coordinator_of(home), [firm.firm_id], clock.now())
    assert [near.match for near in found[firm.firm_id].campaigns] == ["item"]


def test_a_firm_is_not_sent_to_what_it_supplies_itself(food):
    rice, _oil = food
    home = CooperativeFactory()
    story = bought_together(home)
    Campaign.objects.filter(pk=story.campaign.pk).update(item=rice)
    MembershipFactory(cooperative=home, firm_id=story.supplier.firm_id)
    bought(home, story.supplier, rice)
    office = coordinator_of(home)
    found = queries.suggestions_for(office, [story.supplier.firm_id], clock.now())
    assert found[story.supplier.firm_id].campaigns == []


def test_filters_orders_summary_and_spreadsheet(food):
    rice, oil = food
    home = CooperativeFactory()
    office = coordinator_of(home)
    division = Division.objects.create(cooperative=home, name="제조분과")
    story = Story(host=home, item=rice).opened()
    story.join(10)
    story.join(20)
    outside, silent = member(home, name="나 기업"), member(home, name="가 기업")
    bought(home, outside, oil)
    long_ago = clock.now() - timedelta(days=200)
    Membership.objects.filter(firm_id=silent.firm_id).update(joined_at=long_ago, division=division)
    Firm.objects.filter(pk=silent.firm_id).update(created_at=long_ago)
    get = client_for(office).get

    def names(query=""):
        answer = get(f"/api/v1/left-out?{query}")
        assert answer.status_code == 200, answer.content
        return [one["firm"]["name"] for one in answer.json()["results"]]

    assert set(names()) == {"가 기업", "나 기업"}
    assert names("ordering=name") == ["가 기업", "나 기업"]
    assert names("reason=silent") == ["가 기업"]
    assert names("reason=outside") == ["나 기업"]
    assert names(f"division={division.pk}") == ["가 기업"]
    assert names("search=나 기") == ["나 기업"]
    assert get("/api/v1/left-out?reason=bored").status_code == 422
    operations.record_contact(actor=office, firm_id=outside.firm_id, how="visit")
    assert names() == ["가 기업", "나 기업"], "whoever was never turned to comes first"
    assert names("contacted=true") == ["나 기업"]
    assert names("contacted=false") == ["가 기업"]

    summary = get("/api/v1/left-out/summary").json()
    assert (summary["total"], summary["quiet"], summary["due"]) == (2, 0, 0)
    assert summary["reasons"] == {"outside": 1, "fell_out": 0, "silent": 1}
    assert [one["count"] for one in summary["divisions"]] == [1, 1]
    assert get("/api/v1/left-out?export=xlsx").content[:2] == b"PK"


def test_one_firm_and_three_take_as_many_queries(food):
    rice, oil = food
    home, at = CooperativeFactory(), clock.now()
    office = client_for(coordinator_of(home))
    story = Story(host=home, item=rice).opened()
    story.join(10)
    story.join(20)

    def asked():
        with CaptureQueriesContext(connection) as caught:
            assert office.get("/api/v1/left-out").status_code == 200
        return len(caught)

    def one_more():
        firm = member(home)
        bought(home, firm, oil)
        need(home, firm=firm, item=oil)

    one_more()
    one = asked()
    one_more()
    one_more()
    assert asked() == one
    with CaptureQueriesContext(connection) as caught:
        queries.left_out_of(home.pk, at)
    assert len(caught) == 1


def test_a_withdrawn_need_is_no_need(food):
    rice, oil = food
    home = CooperativeFactory()
    story = Story(host=home, item=rice).opened()
    story.join(10)
    story.join(20)
    firm = member(home)
    stated = need(home, firm=firm, item=oil)
    demand.withdraw_need(actor=firm, need_id=stated.pk)
    assert why(home, firm) == ()
