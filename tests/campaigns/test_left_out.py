"""Those whom a campaign gave nothing: where they could go on, and asked again by their office."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need
from tests.permissions.test_wall import behind

from mungchi import pipeline
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import AskedAgain
from mungchi.campaigns.operations.asking_again import NobodyLeftOut
from mungchi.catalog.models import LookAlike
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.demand.models import Need, ProposedNeed
from mungchi.demand.operations import reading_history
from mungchi.notifications.models import Notification
from mungchi.notifications.stage import tell_people
from mungchi.outreach.operations import leave_us_alone, speak_to_us_again

pytestmark = pytest.mark.django_db


def cleared(story: Story, *, out: int = 2, limit: str | None = "10") -> list[Actor]:
    """Two firms get what they want; so many others are kept out by their limits."""
    story.join(60)
    story.join(60)
    lost = [member(story.host) for _ in range(out)]
    for index, firm in enumerate(lost):
        story.join(20 + index, limit, firm=firm)
    story.cleared()
    return lost


def page(campaign: Any) -> str:
    return f"/api/v1/campaigns/{campaign.pk}/left-out"


def test_one_press_asks_all_who_got_nothing_and_says_what_they_answer() -> None:
    story = Story().opened()
    lost = cleared(story, out=4)
    need(story.host, firm=lost[3], item=story.item)
    office = client_for(story.office)
    before = office.get(page(story.campaign)).json()
    assert (before["firms"], before["askable"], before["asked"]) == (4, 3, 0)

    said = office.post(page(story.campaign)).json()

    assert (said["asked"], said["waiting"], said["askable"], said["pool"]) == (3, 3, 0, None)
    tell_people()
    told = Notification.objects.get(user_id=lost[0].user_id, kind="need_proposed")
    assert "20" in told.sentence_ko
    assert "받지 못하신" in told.sentence_ko
    [seen] = client_for(lost[0]).get("/api/v1/proposed-needs?state=open").json()["results"]
    assert (seen["rhythm"], seen["quantity"]) == ("missed", 20)
    made = [
        client_for(each).get("/api/v1/proposed-needs").json()["results"][0] for each in lost[:2]
    ]
    assert client_for(lost[0]).post(f"/api/v1/proposed-needs/{made[0]['id']}/accept", {}).json()
    client_for(lost[1]).post(f"/api/v1/proposed-needs/{made[1]['id']}/dismiss")
    after = office.get(page(story.campaign)).json()
    assert [after[name] for name in ("accepted", "dismissed", "waiting")] == [1, 1, 1]
    mine = Need.objects.get(firm_id=lost[0].firm_id)
    assert str(mine.pool_id) == after["pool"]
    with pytest.raises(NobodyLeftOut):
        operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk)
    assert History.objects.get(kind="left_out_asked").data == {"firms": 3}


def test_nobody_is_asked_who_got_something_left_or_was_led_elsewhere_by_a_plan_b() -> None:
    story = Story().opened()
    other = Story(host=story.host, item=story.item, given={
        "title": "다음", "closes_at": clock.now() + timedelta(days=12),
    }).opened()  # fmt: skip
    story.join(60)
    story.join(60)
    gone, planned, stays = (member(story.host) for _ in range(3))
    story.join(5, "10", firm=gone)
    story.join(6, "10", firm=stays)
    operations.commit(
        actor=planned, campaign_id=story.campaign.pk, quantity=9, price_limit=Decimal(10),
        plan_b="campaign", alternative_id=other.campaign.pk,
    )  # fmt: skip
    story.cleared()
    pipeline.run_stages()
    Membership.objects.filter(firm_id=gone.firm_id).update(state="suspended")
    assert operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk) == 1
    assert ProposedNeed.objects.get().firm_id == stays.firm_id


def test_who_wants_to_be_left_alone_is_not_asked_and_the_office_reads_how_many() -> None:
    story = Story().opened()
    lost = cleared(story, out=3)
    for each in lost[:2]:
        leave_us_alone(actor=each, cooperative_id=story.host.pk)
    # Its wish is another cooperative's to hear, not ours.
    elsewhere = CooperativeFactory()
    Membership.objects.create(cooperative=elsewhere, firm_id=lost[2].firm_id, state="active",
                              joined_at=clock.now())  # fmt: skip
    leave_us_alone(actor=lost[2], cooperative_id=elsewhere.pk)
    # Who states the need already would not be asked anyway.
    need(story.host, firm=lost[1], item=story.item)
    office = client_for(story.office)
    before = office.get(page(story.campaign)).json()
    assert (before["firms"], before["askable"], before["left_alone"]) == (3, 1, 1)
    with behind(story.office):
        assert operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk) == 1
    assert ProposedNeed.objects.get().firm_id == lost[2].firm_id
    after = office.get(page(story.campaign)).json()
    assert (after["asked"], after["askable"], after["left_alone"]) == (1, 0, 1)
    with pytest.raises(NobodyLeftOut):
        operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk)
    speak_to_us_again(actor=lost[0], cooperative_id=story.host.pk)
    assert operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk) == 1


def test_of_a_campaign_that_failed_everybody_can_be_asked_and_before_that_nobody() -> None:
    story = Story(given={"threshold_firms": 5}).opened()
    story.join(20)
    story.join(30)
    with pytest.raises(NobodyLeftOut):
        operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk)
    story.cleared()
    assert story.campaign.state == "failed"
    assert operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk) == 2


def test_each_office_asks_its_own_members_and_sees_no_others() -> None:
    story = Story(given={"reach": "all"}).opened()
    elsewhere = CooperativeFactory()
    partner, theirs = coordinator_of(elsewhere), member(elsewhere)
    story.join(60)
    story.join(60)
    ours = member(story.host)
    story.join(20, "10", firm=ours)
    story.join(21, "10", firm=theirs)
    story.cleared()
    for who, firm in ((partner, theirs), (story.office, ours)):
        with behind(who):
            assert operations.ask_left_out(actor=who, campaign_id=story.campaign.pk) == 1
            assert queries.left_out_of(who, story.campaign).firms == 1
            assert AskedAgain.objects.count() == 1
        assert ProposedNeed.objects.filter(firm_id=firm.firm_id).count() == 1
    stranger = member(story.host)
    with pytest.raises(NotFound):
        operations.ask_left_out(actor=stranger, campaign_id=story.campaign.pk)


def test_what_is_asked_stays_until_its_day_whatever_purchases_say() -> None:
    story = Story().opened()
    [firm] = cleared(story, out=1)
    operations.ask_left_out(actor=story.office, campaign_id=story.campaign.pk)
    reading_history.want_reading(cooperative_id=story.host.pk, at=clock.now())
    for days, left in ((1, 1), (59, 1), (62, 0)):
        with clock.shifted(timedelta(days=days)):
            reading_history.read_history(cooperative_id=story.host.pk, at=clock.now())
            assert ProposedNeed.objects.filter(firm_id=firm.firm_id).count() == left
    told = queries.left_out_of(story.office, story.campaign)
    assert (told.asked, told.waiting, told.accepted) == (1, 0, 0)


@pytest.mark.parametrize("likeness", ["item", "alike", "category", None])
def test_who_got_nothing_is_led_to_what_is_nearest_and_told_what_it_is(
    likeness: str | None,
) -> None:
    category = CategoryFactory()
    home = CooperativeFactory()
    items = [ItemFactory(category=category if likeness == "category" else None) for _ in range(2)]
    if likeness == "alike":
        first, second = sorted(items, key=lambda each: each.pk)
        LookAlike.objects.create(
            first=first, second=second, score=85, state="open", found_at=timezone.now()
        )
    story = Story(host=home, item=items[0]).opened()
    other = Story(
        host=home, item=items[0] if likeness == "item" else items[1],
        given={"title": "다음 것", "closes_at": clock.now() + timedelta(days=30)},
    ).opened()  # fmt: skip
    lost = cleared(story, out=2)
    other.join(3, firm=lost[1])

    shown = [
        client_for(each).get(f"/api/v1/campaigns/{story.campaign.pk}/clearing").json()["nearest"]
        for each in lost
    ]
    tell_people()
    told = [Notification.objects.get(user_id=each.user_id, kind="priced_out") for each in lost]

    if likeness is None:
        assert shown == [None, None]
        assert "다음 것" not in told[0].sentence_ko
        return
    assert (shown[0]["title"], shown[0]["likeness"]) == ("다음 것", likeness)
    assert shown[0]["item"] == other.item.name
    assert told[0].link == f"/campaigns/{other.campaign.pk}"
    word = {"item": "같은 품목", "alike": "비슷한 품목", "category": "같은 분류"}[likeness]
    assert word in told[0].sentence_ko
    # Who is in it already is not sent there.
    assert shown[1] is None
    assert "다음 것" not in told[1].sentence_ko
