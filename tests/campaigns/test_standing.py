"""Where a campaign stands, by SQL, equals what the pure functions say of the same commitments."""

import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import member
from tests.factories.campaigns import Story

from mungchi.campaigns import operations, queries
from mungchi.campaigns.domain.ladder import tier_rows, without
from mungchi.campaigns.domain.outlook import demand_by_tier, outlook
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.queries.progress import closing_now

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(6))
def test_the_sql_row_per_tier_equals_the_pure_function(seed: int) -> None:
    dice = random.Random(seed)
    prices = sorted({dice.randint(50, 200) for _ in range(dice.randint(1, 6))}, reverse=True)
    steps = sorted(dice.sample(range(1, 400), len(prices)))
    story = Story(
        tiers=[(least, str(price)) for least, price in zip(steps, prices, strict=True)]
    ).opened()
    for _ in range(dice.randint(0, 14)):
        limit = dice.choice([None, *(str(price + dice.choice([-1, 0, 1])) for price in prices)])
        story.join(dice.randint(1, 90), limit, tolerance=dice.choice([0, 0, 5]))

    campaign = Campaign.objects.select_related("awarded_offer").get(pk=story.campaign.pk)
    market = queries.market(campaign, queries.active_commitments(campaign))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        sums = queries.buckets([campaign.pk]).get(campaign.pk, [])
    rows = tier_rows(market.tiers, sums)

    assert len(seen) == 1
    assert rows == demand_by_tier(market.tiers, market.commitments)
    assert outlook(rows, queries.terms_of(campaign)).tiers


def test_leaving_one_commitment_out_equals_never_having_had_it() -> None:
    story = Story().opened()
    story.join(30, "95")
    mine = story.join(40, "90", tolerance=3)
    campaign = Campaign.objects.select_related("awarded_offer").get(pk=story.campaign.pk)
    market = queries.market(campaign, queries.active_commitments(campaign))

    rest = [one for one in market.commitments if one.key != str(mine.pk)]
    left = without(
        demand_by_tier(market.tiers, market.commitments),
        quantity=40, tolerance=3, limit=Decimal(90),
    )  # fmt: skip

    assert left == demand_by_tier(market.tiers, rest)


def test_a_total_that_would_give_one_firm_away_is_not_shown() -> None:
    story = Story().opened()
    story.join(37)
    onlooker = member(story.host)

    def ladder(actor):
        rows = list(queries.with_parts(queries.visible_to(actor)))
        return queries.attach_standing(rows, actor)[0].ladder

    alone = ladder(onlooker)
    assert alone["quantity"] is None
    assert all(tier["demand"] is None for tier in alone["tiers"])
    assert alone["next"] is None
    assert ladder(story.people[0])["quantity"] == 37
    assert ladder(story.office)["quantity"] == 37

    story.join(5)
    assert ladder(onlooker)["quantity"] == 42
    # One other firm in it besides me: subtracting mine would tell its quantity.
    assert ladder(story.people[0])["quantity"] is None


def test_what_would_cost_less_is_told_to_whom_the_present_order_is_shown() -> None:
    # 90 at 100 come to 9,000; 100 at 80 to 8,000.
    story = Story(tiers=[(1, "100"), (100, "80")]).opened()
    story.join(50)
    onlooker = member(story.host)

    def cliff(actor):
        rows = list(queries.with_parts(queries.visible_to(actor)))
        return queries.attach_standing(rows, actor)[0].ladder["cliff"]

    story.join(40)
    larger = {"tier": 1, "unit_price": Decimal(80), "quantity": 100, "extra": 10}
    assert cliff(story.office) == larger
    assert cliff(onlooker) == larger
    # What is lacking would tell it the quantity of the one other firm.
    assert cliff(story.people[0]) is None


@pytest.mark.parametrize("rule", ["first_come", "proportional", "uniform"])
def test_a_short_capacity_that_goes_to_too_few_carries_nothing_wherever_it_is_said(
    rule: str,
) -> None:
    story = Story(capacity=20, tiers=[(1, "100")], given={"rationing": rule}).opened()
    story.join(90)
    story.join(1)
    late = member(story.host)
    campaign = queries.with_parts(Campaign.objects.filter(pk=story.campaign.pk)).get()
    enough = rule == "uniform"

    with CaptureQueriesContext(connection) as seen:
        (shown,) = queries.attach_standing(
            list(queries.with_parts(queries.visible_to(story.office))), story.office
        )
    read = [one["sql"] for one in seen if "price_limit FROM campaigns_standing" in one["sql"]]
    assert bool(read) == (not enough)
    assert [tier["carries"] for tier in shown.ladder["tiers"]] == [enough]
    assert (shown.ladder["next"], shown.ladder["firms"]) == (None, 2)
    assert (queries.dry_run(campaign).clearing.tier is not None) == enough
    assert (closing_now(campaign) is not None) == enough
    basket = queries.attach_owing(list(queries.basket_of(story.people[0])))
    assert (basket[0].owing.price_now is not None) == enough
    quoted = queries.quote_for(campaign, None, quantity=1, tolerance=0, minimum=0, price_limit=None)
    assert (quoted.price_now is not None) == enough
    # Whoever asks for less than all leaves something to the next.
    mine = queries.commitments_of(campaign.pk, story.people[0].firm_id)
    less = queries.quote_for(campaign, mine, quantity=15, tolerance=0, minimum=0, price_limit=None)
    assert less.price_now == 100
    assert queries.must_type(campaign) is False
    operations.commit(actor=late, campaign_id=campaign.pk, quantity=1)
    assert (queries.dry_run(campaign).clearing.tier is not None) == enough
