"""Who is told of a changed offer, in which words, and once each."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories.accounts import member
from tests.factories.changes import CHEAPER, DEARER, ColouredReoffer, opened

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns import operations, stage
from mungchi.campaigns.models import Campaign
from mungchi.common import clock
from mungchi.demand import operations as demand
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Mail, Notification

pytestmark = pytest.mark.django_db


def told(actor: Actor, *kinds: str) -> list[str]:
    notifications.tell_people()
    rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("id")
    return [row.sentence_ko for row in (rows.filter(kind__in=kinds) if kinds else rows)]


def mails(actor: Actor, kind: str) -> int:
    return Mail.objects.filter(
        notification__seat_id=actor.seat_id, notification__kind=kind
    ).count()  # fmt: skip


ABOUT = ("offer_changed", "offer_bettered", "offer_still_unanswered")


def test_who_has_to_answer_hears_what_until_when_and_what_silence_means():
    story = opened()
    first, second, third = story.people
    story.changed(DEARER, lead_time_days=4)
    (sentence,) = told(first, *ABOUT)
    for part in ("50", "100원 →", "105원", "납기: 5일 → 4일", "답하지 않으시면"):
        assert part in sentence, sentence
    assert mails(first, "offer_changed") == mails(third, "offer_changed") == 1
    # Whom it does not touch hears that nothing is asked of it.
    (sentence,) = told(second, *ABOUT)
    assert "답하지 않으셔도 됩니다" in sentence
    assert mails(second, "offer_bettered") == 0, "in the daily letter"
    # Once each, however often it is looked at.
    assert len(told(first, *ABOUT)) == len(told(second, *ABOUT)) == 1
    assert told(story.office, "offer_change_asked") == [], "it was answered before anybody looked"


def test_the_office_hears_the_request_and_the_supplier_what_came_of_it():
    story = opened()
    row = story.change(DEARER)
    (sentence,) = told(story.office, "offer_change_asked")
    assert "105원" in sentence
    operations.refuse_change(actor=story.office, change_id=row.pk, why="너무 비쌉니다.")
    (sentence,) = told(story.supplier, "offer_change_refused")
    assert "너무 비쌉니다." in sentence
    story.changed(DEARER)
    assert len(told(story.supplier, "offer_change_accepted")) == 1
    row = story.change(lead_time_days=30)
    story.cleared()
    assert len(told(story.supplier, "offer_change_lapsed")) == 1


def test_what_is_better_is_told_to_those_in_it_those_who_need_it_and_the_office():
    story = opened()
    needing = member(story.host)
    demand.state_need(
        actor=needing, cooperative_id=story.host.pk, item_id=story.item.pk, quantity=5,
        needed_by=clock.now().date() + timedelta(days=30), note="", price_limit=None,
    )  # fmt: skip
    told(needing)
    story.changed(CHEAPER)
    for actor in story.people:
        (sentence,) = told(actor, *ABOUT)
        assert "좋아졌습니다" in sentence
    (sentence,) = told(needing, "price_fell")
    assert "95원" in sentence
    (sentence,) = told(story.office, "offer_change_asked")
    assert "바로 시행되었습니다" in sentence
    assert told(story.supplier, "offer_change_accepted") == []


def test_who_has_answered_before_anybody_was_told_is_told_nothing():
    story = opened()
    story.changed(DEARER)
    operations.commit(actor=story.people[0], campaign_id=story.campaign.pk, quantity=60)
    assert told(story.people[0], *ABOUT) == []
    assert len(told(story.people[2], *ABOUT)) == 1


def test_of_several_changes_only_the_newest_is_told():
    story = opened()
    story.changed(DEARER)
    story.changed(DEARER, lead_time_days=9)
    (sentence,) = told(story.people[0], *ABOUT)
    assert "105원" in sentence, "against what it agreed to, not against the change before"
    assert "9일" in sentence


def test_who_is_silent_a_day_before_is_reminded_once_and_not_told_otherwise():
    story = opened()
    first, second, third = story.people
    story.changed(DEARER)
    operations.commit(actor=third, campaign_id=story.campaign.pk, quantity=30)
    for actor in story.people:
        told(actor)
    closes = Campaign.objects.get(pk=story.campaign.pk).closes_at
    with clock.shifted(closes - clock.now() - timedelta(hours=20)):
        assert stage.remind_of_answers() == 1
        assert stage.remind_of_answers() == 0
        stage.remind_of_closing()
        assert len(told(first, "offer_still_unanswered")) == 1
        assert told(first, "campaign_closing_soon", "limit_keeps_out") == []
        for actor in (second, third):
            assert told(actor, "offer_still_unanswered") == []
        assert len(told(third, "campaign_closing_soon")) == 1
        assert mails(first, "offer_still_unanswered") == 1
        operations.extend_campaign(
            actor=story.office, campaign_id=story.campaign.pk, why="연장",
            closes_at=closes + timedelta(days=5),
        )  # fmt: skip
    with clock.shifted(closes + timedelta(days=4, hours=5) - clock.now()):
        assert stage.remind_of_answers() == 1, "after a long extension once more"


def test_a_price_that_rose_only_because_answers_are_missing_is_no_news():
    story = opened()
    stage.note_progress()
    told(story.people[1])
    story.changed(DEARER)
    operations.commit(actor=story.people[2], campaign_id=story.campaign.pk, quantity=30)
    assert stage.note_progress() == 0
    operations.commit(actor=story.people[0], campaign_id=story.campaign.pk, quantity=60)
    assert stage.note_progress() == 0, "it is where it was"
    operations.withdraw_commitment(actor=story.people[0], campaign_id=story.campaign.pk)
    assert told(story.people[1], "price_rose") == []


def test_the_result_says_why_to_who_did_not_answer():
    story = opened()
    story.join(70)
    story.changed(DEARER)
    operations.commit(actor=story.people[2], campaign_id=story.campaign.pk, quantity=30)
    story.cleared()
    (sentence,) = told(story.people[0], "campaign_cleared")
    assert "마감까지 답하지 않으셔서" in sentence


def test_what_changes_of_variants_is_told_with_their_names_and_signs():
    story = ColouredReoffer()
    story.opened()
    firm = member(story.host)
    story.take(10, 10, firm=firm)
    story.changed(differences=dict(zip(story.ids(), map(Decimal, ("0", "7", "0")), strict=True)))
    (sentence,) = told(firm, *ABOUT)
    assert "규격별 차액: 파랑 +5원, 검정 −10원 → 파랑 +7원, 검정 기본 단가." in sentence
    assert "빨강" not in sentence, "it has not changed"
    english = Notification.objects.filter(seat_id=firm.seat_id, kind="offer_changed").get()
    assert "Blue +₩5, Black −₩10 → Blue +₩7, Black base price." in english.sentence_en


def test_a_suspended_member_hears_that_it_may_stay_as_it_is_or_withdraw():
    story = opened()
    first, _, third = story.people
    row = Membership.objects.get(firm_id=first.firm_id)
    accounts.suspend_member(actor=story.office, membership_id=row.pk, why="회비 미납")
    told(first)
    story.changed(DEARER)
    (sentence,) = told(first, *ABOUT)
    assert "그대로 계속 참여하시거나 철회하실 수" in sentence
    assert "정지" not in told(third, *ABOUT)[0]
