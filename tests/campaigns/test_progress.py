"""What an open campaign has come to: each step is written once, and told to whom it concerns."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, member
from tests.factories.campaigns import Story

from mungchi.campaigns import operations, stage
from mungchi.campaigns.models import Step
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.demand import operations as demand
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db


def steps(story):
    rows = History.objects.filter(
        thread=story.campaign.pk, kind__in=["tier_reached", "price_rose"]
    ).order_by("id")
    return [(row.kind, row.data["min_quantity"], row.data["unit_price"]) for row in rows]


def told(actor, kind):
    rows = Notification.objects.filter(seat_id=actor.seat_id, kind=kind).order_by("id")
    return [row.sentence_ko for row in rows]


def need(actor, story, limit=None):
    return demand.state_need(
        actor=actor, cooperative_id=story.host.pk, item_id=story.item.pk, quantity=5,
        needed_by=clock.now().date() + timedelta(days=30), note="",
        price_limit=None if limit is None else Decimal(limit),
    )  # fmt: skip


def test_each_tier_is_noted_once_whatever_comes_and_goes():
    story = Story().opened()
    assert stage.note_progress() == 0
    story.join(30)
    story.join(10)
    assert stage.note_progress() == 1
    assert stage.note_progress() == 0, "nothing has changed"
    third = member(story.host)
    story.join(60, firm=third)
    assert stage.note_progress() == 1
    operations.withdraw_commitment(actor=third, campaign_id=story.campaign.pk)
    assert stage.note_progress() == 1
    story.join(60, firm=third)
    operations.withdraw_commitment(actor=third, campaign_id=story.campaign.pk)
    story.join(60, firm=third)
    assert stage.note_progress() == 0, "that step was told of"
    assert steps(story) == [
        ("tier_reached", 1, "120"), ("tier_reached", 100, "90"), ("price_rose", 1, "120"),
    ]  # fmt: skip
    with pytest.raises(IntegrityError, match="told_of_once"), transaction.atomic():
        Step.objects.create(campaign=story.campaign, min_quantity=100, deeper=True)


def test_those_in_it_hear_of_the_tier_and_those_out_of_their_limit():
    story = Story().opened()
    story.join(30)
    story.join(30)
    story.join(10, "80")
    stage.note_progress()
    notifications.tell_people()
    inside, out = story.people[0], story.people[2]
    (sentence,) = told(inside, "tier_reached")
    assert "50" in sentence
    assert "100원" in sentence
    (own,) = told(out, "limit_keeps_out")
    assert "80원" in own
    assert "100원" in own
    assert told(out, "tier_reached") == []
    assert not any("80원" in each for each in told(inside, "tier_reached"))
    # Nothing in it says how many there are, or how much one of them takes.
    assert "30" not in sentence
    assert told(member(CooperativeFactory()), "tier_reached") == []


def test_those_that_need_the_item_hear_that_its_price_fell_to_what_they_would_pay():
    story = Story().opened()
    near, dear, far = member(story.host), member(story.host), member(CooperativeFactory())
    need(near, story, "110")
    need(dear, story, "50")
    story.join(30)
    story.join(30)
    stage.note_progress()
    notifications.tell_people()
    assert len(told(near, "price_fell")) == 1
    assert told(dear, "price_fell") == []
    assert told(far, "price_fell") == []
    assert told(story.people[0], "price_fell") == []


def test_a_price_that_rises_above_a_limit_is_told_to_that_firm():
    story = Story().opened()
    story.join(30)
    story.join(30)
    story.join(40, "95")
    big = story.people[2]
    stage.note_progress()
    notifications.tell_people()
    assert told(big, "limit_keeps_out") == []
    operations.withdraw_commitment(actor=story.people[0], campaign_id=story.campaign.pk)
    story.join(20)
    stage.note_progress()
    notifications.tell_people()
    assert [kind for kind, _, _ in steps(story)] == ["tier_reached", "price_rose"]
    assert len(told(big, "limit_keeps_out")) == 1
    assert len(told(story.people[1], "price_rose")) == 1


def test_closing_tomorrow_is_told_once_and_again_after_a_long_extension():
    story = Story().opened()
    story.join(30)
    story.join(30)
    waiting, outside = member(story.host), member(story.host)
    need(waiting, story)
    with clock.shifted(timedelta(days=5)):
        assert stage.remind_of_closing() == 0
    with clock.shifted(timedelta(days=6, minutes=1)):
        assert stage.remind_of_closing() == 1
        assert stage.remind_of_closing() == 0
        notifications.tell_people()
        closes = story.campaign.closes_at
        for by, again in ((1, 0), (5, 0)):
            operations.extend_campaign(
                actor=story.office, campaign_id=story.campaign.pk,
                closes_at=closes + timedelta(hours=by), why="더 모으려고",
            )  # fmt: skip
            assert stage.remind_of_closing() == again
        operations.extend_campaign(
            actor=story.office, campaign_id=story.campaign.pk,
            closes_at=closes + timedelta(days=4), why="더 모으려고",
        )  # fmt: skip
    with clock.shifted(timedelta(days=10, minutes=1)):
        assert stage.remind_of_closing() == 1
    for actor in (*story.people, waiting):
        assert len(told(actor, "campaign_closing_soon")) == 1
    assert told(outside, "campaign_closing_soon") == []


def test_one_that_is_open_for_a_day_in_all_is_not_reminded_of():
    story = Story(given={"closes_at": clock.now() + timedelta(hours=20),
                         "offers_due_at": None}).opened()  # fmt: skip
    assert stage.remind_of_closing() == 0
    assert story.campaign.state == "open"


def test_who_is_priced_out_hears_what_it_can_do():
    story = Story().opened()
    story.join(30)
    story.join(30)
    for limit in ("80", "81"):
        story.join(10, limit)
    first, second = story.people[2:]
    need(second, story)
    other = Story(host=story.host, item=story.item, given={"title": "다음 공동구매"})
    story.cleared()
    notifications.tell_people()
    (sentence,) = told(first, "priced_out")
    assert "구매 수요로 올려 두시면" in sentence
    # There one press states it.
    link = Notification.objects.get(seat_id=first.seat_id, kind="priced_out").link
    assert link == f"/campaigns/{story.campaign.pk}"
    (sentence,) = told(second, "priced_out")
    assert "다시 묶일 때까지" in sentence
    assert told(first, "campaign_cleared") == []
    again = Story(host=story.host, item=story.item).opened()
    again.join(30)
    again.join(30)
    again.join(10, "80", firm=first)
    other.opened()
    again.cleared()
    notifications.tell_people()
    row = Notification.objects.filter(seat_id=first.seat_id, kind="priced_out").latest("id")
    assert "다음 공동구매" in row.sentence_ko
    assert row.link == f"/campaigns/{other.campaign.pk}"
