"""What is left of a capacity for a period: other campaigns of the same week, month or quarter."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.factories.accounts import CooperativeFactory, member, supplier
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.pricelists import standing

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns.models import Campaign, Offer
from mungchi.catalog.models import Item
from mungchi.common import clock
from mungchi.pricelists import operations
from mungchi.pricelists.domain.periods import period_of
from mungchi.pricelists.domain.terms import today_in
from mungchi.pricelists.models import Posting, StandingOffer

pytestmark = pytest.mark.django_db


def mid_period(per: str) -> datetime:
    """Two days into the period after the present one: what closes a day later is in it too."""
    _, after = period_of(today_in(clock.now(), "Asia/Seoul"), per)
    return datetime.combine(after, datetime.min.time(), clock.now().tzinfo) + timedelta(days=2)


class Month:
    """A supplier's 100 a month of one item, and campaigns that close in the same month."""

    def __init__(self, per: str = "month") -> None:
        self.item: Item = ItemFactory()
        self.firm: Actor = supplier()
        self.closes = mid_period(per)
        self.row: StandingOffer = standing(self.firm, self.item, capacity=100, capacity_per=per)

    def campaign(self, closes: datetime | None = None, host: Cooperative | None = None) -> Story:
        given: dict[str, object] = {"closes_at": closes or self.closes, "threshold_firms": 1,
                                    "offers_due_at": None}  # fmt: skip
        host = host or CooperativeFactory()
        return Story(host=host, item=self.item, given=given).sourcing()

    def take(self, story: Story) -> Offer:
        operations.take_standing(
            actor=story.office, campaign_id=story.campaign.pk, standing_id=self.row.pk
        )
        return Offer.objects.get(campaign=story.campaign)

    def opened(self, story: Story, quantity: int) -> Story:
        offer = self.take(story)
        campaigns.award_offer(
            actor=story.office, campaign_id=story.campaign.pk, offer_id=offer.pk, reason="싸다"
        )
        story.campaign = campaigns.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
        story.join(quantity, firm=member(story.host))
        return story

    def closed(self, quantity: int, closes: datetime | None = None) -> Story:
        story = self.opened(self.campaign(closes), quantity)
        with clock.shifted((closes or self.closes) - clock.now() + timedelta(minutes=1)):
            campaigns.close_campaign(actor=story.office, campaign_id=story.campaign.pk)
            campaigns.clear_campaign(campaign_id=story.campaign.pk)
        return story


def shown(story: Story, actor: Actor | None = None) -> dict[str, Any]:
    path = f"/api/v1/campaigns/{story.campaign.pk}/standing-offers"
    (one,) = client_for(actor or story.office).get(path).json()["offers"]
    return dict(one)


@pytest.mark.parametrize("per", ["week", "month", "quarter"])
def test_an_offer_made_of_it_says_what_others_left(per: str) -> None:
    month = Month(per)
    month.closed(70)
    story = month.campaign()
    for actor in (story.office, month.firm):
        assert (shown(story, actor)["left"], shown(story, actor)["why_not"]) == (30, None)
    offer = month.take(story)
    # The tiers from 50 and from 100 on are beyond what is left.
    assert offer.capacity == 30
    assert [tier.min_quantity for tier in offer.tiers.all()] == [1]
    # Its supplier's own way says the same.
    other = month.campaign()
    made = operations.post_standing(
        actor=month.firm, campaign_id=other.campaign.pk, standing_id=month.row.pk
    )
    assert (made.capacity, made.tiers.count()) == (30, 1)


def test_another_period_and_what_came_to_nothing_take_nothing() -> None:
    month = Month()
    later = month.closes + timedelta(days=40)
    month.closed(70, later)
    failed = month.closed(20)
    Campaign.objects.filter(pk=failed.campaign.pk).update(state="settling")
    campaigns.fail_campaign(actor=failed.office, campaign_id=failed.campaign.pk, why="입금 없음")
    assert shown(month.campaign())["left"] == 100
    assert shown(month.campaign(later))["left"] == 30
    # Not for a period: it is what it is for each order.
    each = Month()
    StandingOffer.objects.filter(pk=each.row.pk).update(capacity_per="order")
    each.closed(70)
    story = each.campaign()
    assert (shown(story)["left"], each.take(story).capacity) == (None, 100)


def test_where_nothing_is_left_it_cannot_be_taken_or_posted() -> None:
    month = Month()
    month.closed(100)
    story = month.campaign()
    one = shown(story)
    assert (one["left"], one["each"]) == (0, None)
    assert "taken its capacity" in one["why_not"] or "이미 썼습니다" in one["why_not"]
    path = f"/api/v1/campaigns/{story.campaign.pk}"
    for actor, way in ((story.office, "take"), (month.firm, "post")):
        answer = client_for(actor).post(
            f"{path}/{way}-standing-offer", {"standing_offer": str(month.row.pk)}, format="json"
        )
        assert (answer.status_code, answer.json()["code"]) == (409, "standing_offer_does_not_fit")
    assert not Posting.objects.filter(offer__campaign=story.campaign).exists()


def test_of_open_campaigns_an_office_counts_its_own_alone() -> None:
    month = Month()
    host = CooperativeFactory()
    month.opened(month.campaign(host=host), 60)
    assert shown(month.campaign())["left"] == 100
    own = month.campaign(host=host)
    assert shown(own)["left"] == 40


def test_before_the_award_the_office_reads_that_less_is_left_than_an_offer_promises() -> None:
    month = Month()
    story = month.campaign()
    month.take(story)
    path = f"/api/v1/campaigns/{story.campaign.pk}/offer-origins"

    def origin() -> tuple[int | None, bool]:
        (one,) = client_for(story.office).get(path).json()
        return one["left"], one["short"]

    assert origin() == (100, False)
    month.closed(70)
    assert origin() == (30, True)
    # Once it is open it is among those that take.
    month_offer = Offer.objects.get(campaign=story.campaign)
    campaigns.award_offer(
        actor=story.office, campaign_id=story.campaign.pk, offer_id=month_offer.pk, reason="싸다"
    )
    campaigns.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert origin() == (None, False)
