"""The comparison by the API: the demand that is known, one answer for the office, and a file."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, asks, coordinator_of, member, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.demand import need

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Campaign, Offer
from mungchi.common import clock
from mungchi.demand.models import Pool

pytestmark = pytest.mark.django_db


def post(campaign: Campaign, who: Actor, *tiers: tuple[int, str], **terms: object) -> Offer:
    given = {"pack_size": 1, "capacity": None, "lead_time_days": 5, "delivery_cost": 0,
             "valid_until": clock.now() + timedelta(days=60), **terms}  # fmt: skip
    return operations.post_offer(
        actor=who, campaign_id=campaign.pk, tiers=[(n, Decimal(p)) for n, p in tiers], **given
    )


def pooled(*wants: tuple[int, str | None]) -> tuple[Actor, Campaign]:
    """A campaign in sourcing that came from a pool of needs."""
    host = CooperativeFactory()
    asks(host, host_bp=100)
    office = coordinator_of(host)
    item = None
    for quantity, limit in wants:
        row = need(host, item=item, quantity=quantity)
        item = row.item
        row.price_limit = None if limit is None else Decimal(limit)
        row.save()
    pool = Pool.objects.get(item=item)
    campaign = operations.create_campaign_from_pool(actor=office, pool_id=pool.pk)
    return office, operations.start_sourcing(actor=office, campaign_id=campaign.pk)


def test_offers_are_cleared_against_the_pooled_needs_with_their_limits() -> None:
    office, campaign = pooled((100, None), (80, "95"), (40, "50"))
    near = post(campaign, supplier(name="가까운공급"), (1, "100"), (200, "91"))
    far = post(campaign, supplier(name="먼공급"), (1, "92"), delivery_cost=1800, lead_time_days=9)

    body = client_for(office, "en").get(f"/api/v1/campaigns/{campaign.pk}/comparison").json()

    assert (body["source"], body["demand"], body["firms"]) == ("needs", 220, 3)
    second, first = body["offers"]
    assert [first["offer"], second["offer"]] == [str(near.pk), str(far.pk)]
    now = first["trials"][0]
    # Only the firm without a limit takes 100 at the list price; the threshold wants two firms.
    assert (now["each"], now["quantity"]) == (None, 0)
    grown = first["trials"][3]
    assert (grown["growth"], grown["price"], grown["quantity"], grown["firms"]) == (
        50,
        "91",
        270,
        2,
    )
    # 92 + 1,800 for 180 + 1 % of 92.
    far_now = second["trials"][0]
    assert (far_now["each"], far_now["delivery"], far_now["fee"]) == ("102.92", "10", "0.92")
    assert (far_now["firms"], far_now["refused"], far_now["total"]) == (2, 1, 18526)
    assert body["recommended"] == str(far.pk)
    assert body["advice"][0].startswith("먼공급 is recommended")
    assert "If demand grows by" in " ".join(body["advice"])
    assert body["turning"] == [
        {
            "quantity": 1,
            "offer": str(near.pk),
            "each": "101",
            "sentence": "From 1 box on, 가까운공급 is the cheapest.",
        }
    ]
    marked = [point for point in second["curve"] if point["quantity"] == 220]
    assert len(marked) == 1


def test_where_another_offer_becomes_the_cheapest_is_told_with_what_it_costs_there() -> None:
    office, campaign = pooled((200, None), (100, None))
    near = post(campaign, supplier(name="가까운공급"), (1, "100"), capacity=600)
    far = post(campaign, supplier(name="먼공급"), (1, "90"), delivery_cost=4000, capacity=500)
    body = client_for(office, "en").get(f"/api/v1/campaigns/{campaign.pk}/comparison").json()
    told = [(turn["quantity"], turn["offer"], turn["each"]) for turn in body["turning"]]
    # With the fee of 1 %: 101 against 90.9 and 4,000 for all, which is less from 397 on.
    assert told == [
        (1, str(near.pk), "101"),
        (397, str(far.pk), "100.975567"),
        (501, str(near.pk), "101"),
        (601, None, None),
    ]
    assert body["turning"][1]["sentence"] == "From 397 boxes on, 먼공급 is cheaper than 가까운공급."


def test_commitments_take_the_place_of_a_firms_needs() -> None:
    office, campaign = pooled((100, None), (80, None))
    offer = post(campaign, supplier(), (1, "100"))
    operations.award_offer(actor=office, campaign_id=campaign.pk, offer_id=offer.pk, reason="하나")
    operations.open_campaign(actor=office, campaign_id=campaign.pk)
    campaign.refresh_from_db()
    from mungchi.accounts.access import actor_for
    from mungchi.accounts.models import Seat
    from mungchi.demand.models import Need

    first = Need.objects.filter(pool=campaign.pool_id).order_by("id")[0]
    operations.commit(
        actor=actor_for(Seat.objects.get(firm_id=first.firm_id)), campaign_id=campaign.pk,
        quantity=7, tolerance=0, minimum=0, price_limit=None,
    )  # fmt: skip
    demand = queries.comparison(office, campaign.pk, at=clock.now()).demand
    assert (demand.source, sorted(one.quantity for one in demand.wanted)) == (
        "commitments",
        [7, 80],
    )


def test_without_known_demand_the_threshold_is_assumed_and_several_needs_count_as_one_firm() -> (
    None
):
    story = Story(given={"threshold_quantity": 7, "threshold_firms": 3}).offered()
    demand = queries.comparison(story.office, story.campaign.pk, at=clock.now()).demand
    assert (demand.source, [one.quantity for one in demand.wanted]) == ("threshold", [3, 2, 2])

    host = CooperativeFactory()
    firm = member(host)
    first = need(host, firm=firm, quantity=5)
    need(host, item=first.item, quantity=6)
    second = need(host, item=first.item, firm=firm, quantity=4)
    second.price_limit = Decimal(9)
    second.save()
    office = coordinator_of(host)
    campaign = operations.create_campaign_from_pool(actor=office, pool_id=first.pool_id)
    found = queries.demand_of(campaign).wanted
    assert sorted((one.quantity, one.limit) for one in found if one.limit) == [(9, Decimal(9))]
    assert len(found) == 2


def test_an_offer_that_ends_before_the_deadline_is_shown_and_never_recommended() -> None:
    story = Story().offered()
    late = post(story.campaign, supplier(), (1, "10"), valid_until=clock.now() + timedelta(days=8))
    operations.change_campaign(
        actor=story.office, campaign_id=story.campaign.pk,
        closes_at=clock.now() + timedelta(days=20),
    )  # fmt: skip
    body = client_for(story.office).get(f"/api/v1/campaigns/{story.campaign.pk}/comparison").json()
    shown = {row["offer"]: row["choosable"] for row in body["offers"]}
    assert shown == {str(story.offer.pk): True, str(late.pk): False}
    assert body["recommended"] == str(story.offer.pk)


def test_withdrawn_and_sealed_offers_are_not_compared_and_a_result_ends_it() -> None:
    story = Story(given={"sealed": True}).offered()
    path = f"/api/v1/campaigns/{story.campaign.pk}/comparison"
    client = client_for(story.office)
    assert client.get(path).json()["offers"] == []
    with clock.shifted(timedelta(days=3)):
        assert len(client.get(path).json()["offers"]) == 1
    operations.withdraw_offer(actor=story.supplier, offer_id=story.offer.pk)
    with clock.shifted(timedelta(days=3)):
        assert client.get(path).json()["offers"] == []

    done = Story().opened()
    done.join(10), done.join(20)
    done.cleared()
    answer = client_for(done.office).get(f"/api/v1/campaigns/{done.campaign.pk}/comparison")
    assert (answer.status_code, answer.json()["code"]) == (409, "offers_not_compared")


def test_the_file_has_every_offer_at_every_growth_and_the_words() -> None:
    office, campaign = pooled((100, None), (80, None))
    post(campaign, supplier(name="=공급하나"), (1, "100"), (200, "80"))
    post(campaign, supplier(name="공급둘"), (1, "90"), delivery_cost=3000)
    path = f"/api/v1/campaigns/{campaign.pk}/comparison?export=xlsx"
    answer = client_for(office, "en").get(path)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Comparison", "Cost by quantity", "Recommendation"]
    rows = list(book["Comparison"].values)
    assert len(rows) == 1 + 2 * 4
    assert rows[5][0] == "=공급하나"
    assert [row[1] for row in rows[1:5]] == [0, 10, 25, 50]
    assert any("recommended" in str(row[0]) for row in book["Recommendation"].values)


def test_as_many_questions_for_three_offers_as_for_one() -> None:
    office, campaign = pooled((100, None), (80, None))
    client, path = client_for(office), f"/api/v1/campaigns/{campaign.pk}/comparison"
    post(campaign, supplier(), (1, "100"))
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    post(campaign, supplier(), (1, "99"))
    post(campaign, supplier(), (1, "98"))
    with CaptureQueriesContext(connection) as three:
        assert len(client.get(path).json()["offers"]) == 3
    assert len(three) == len(one)
