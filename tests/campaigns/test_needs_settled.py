"""What becomes of a pool's needs when its campaign is cleared, completed, or comes to nothing."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.factories.accounts import member
from tests.factories.campaigns import Story

from mungchi.accounts.models import Cooperative
from mungchi.campaigns import operations, stage
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations.drafting import _sensible_due
from mungchi.common import clock
from mungchi.demand import operations as demand
from mungchi.demand.models import Need

pytestmark = pytest.mark.django_db


class PooledStory(Story):
    """A story whose campaign was made of a pool of three firms' needs."""

    def _draft(self) -> Campaign:
        self.members = [member(self.host) for _ in range(3)]
        for actor in self.members:
            need = demand.state_need(
                actor=actor,
                cooperative_id=self.host.pk,
                item_id=self.item.pk,
                quantity=40,
                needed_by=(clock.now() + timedelta(days=40)).date(),
            )
        return operations.create_campaign_from_pool(actor=self.office, pool_id=need.pool_id)


def states(story: PooledStory) -> list[str]:
    rows = Need.objects.in_bulk(field_name="id")
    by_firm = {row.firm_id: row.state for row in rows.values()}
    return [by_firm[actor.firm_id] for actor in story.members]


def test_the_button_fills_in_threshold_deadline_and_title() -> None:
    story = PooledStory()
    campaign = story.campaign
    assert campaign.title == f"{story.item.name} 공동구매"
    assert (campaign.threshold_quantity, campaign.threshold_firms) == (60, 2)
    assert clock.now() < campaign.offers_due_at < campaign.closes_at
    assert campaign.closes_at.astimezone(story.host.timezone).hour == 18
    # While suppliers are at work, whatever hour it is when the button is pressed.
    due = campaign.offers_due_at.astimezone(story.host.timezone)
    assert (due.hour, due.minute, due.second) == (18, 0, 0)
    assert states(story) == ["in_campaign"] * 3


@pytest.mark.parametrize("hours", range(0, 24, 5))
@pytest.mark.parametrize("open_for", [timedelta(hours=25), timedelta(days=2), timedelta(days=14)])
def test_offers_are_due_in_office_hours_whenever_it_is_made(
    hours: int, open_for: timedelta
) -> None:
    zone = ZoneInfo("Asia/Seoul")
    at = datetime(2026, 11, 27, hours, 37, tzinfo=zone)
    day = (at + open_for).date()
    closes = datetime.combine(day, time(18), tzinfo=zone)
    closes = closes if closes > at + timedelta(days=1) else closes + timedelta(days=1)
    due = _sensible_due(Cooperative(zone="Asia/Seoul"), at, closes).astimezone(zone)
    assert at + timedelta(hours=6) <= due < closes
    assert due.hour in {12, 18}
    assert due.minute == 0


def test_winners_needs_stay_until_the_end_and_losers_come_back_at_once() -> None:
    story = PooledStory().opened()
    story.join(40, firm=story.members[0])
    story.join(40, firm=story.members[1])
    story.join(40, "1", firm=story.members[2])
    assert story.cleared().outcome == "succeeded"

    assert stage.settle_needs() == 1
    assert stage.settle_needs() == 0
    assert states(story) == ["in_campaign", "in_campaign", "open"]

    operations.fail_campaign(actor=story.office, campaign_id=story.campaign.pk, why="입금 없음")
    stage.settle_needs()
    assert states(story) == ["open"] * 3
    pools = {row.pool.state for row in Need.objects.select_related("pool")}
    assert pools == {"open"}


def test_winners_needs_are_met_when_everything_is_there() -> None:
    from mungchi.accounts.access import SYSTEM

    story = PooledStory().opened()
    for actor in story.members:
        story.join(40, firm=actor)
    story.cleared()
    for step in (operations.mark_ordered, operations.mark_delivering, operations.complete_campaign):
        step(actor=SYSTEM, campaign_id=story.campaign.pk)
        stage.settle_needs()

    assert states(story) == ["met"] * 3


def test_a_cancelled_campaign_gives_its_needs_back() -> None:
    story = PooledStory()
    operations.cancel_campaign(actor=story.office, campaign_id=story.campaign.pk, why="취소")
    assert stage.settle_needs() == 1
    assert states(story) == ["open"] * 3
