"""A coordinator whose own firm is concerned decides nothing alone; the database insists on it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import SeatFactory, coordinator_of, supplier
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.permissions.test_wall import behind

from mungchi import pipeline
from mungchi.accounts.access import SYSTEM, Actor
from mungchi.accounts.models import Seat, User
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, Decision
from mungchi.campaigns.operations import answering, deciding
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.history import MoveNotDeclared
from mungchi.common.models import History
from mungchi.notifications.models import Notification
from mungchi.notifications.queries.desk import desk_of

pytestmark = pytest.mark.django_db


def works_for(person: Actor, firm: Actor, role: str = "viewer") -> Seat:
    """Give a coordinator a seat in a firm."""
    return SeatFactory(user=User.objects.get(pk=person.user_id), role=role, firm_id=firm.firm_id)


def offered() -> Story:
    """A campaign with an offer; its coordinator works for who made it."""
    story = Story().offered()
    works_for(story.office, story.supplier)
    return story


def award(story: Story, who: Actor) -> Campaign:
    return operations.award_offer(
        actor=who, campaign_id=story.campaign.pk, offer_id=story.offer.pk, reason="가장 낮은 값"
    )


def kinds(story: Story) -> list[str]:
    rows = History.objects.filter(thread=story.campaign.pk).order_by("id")
    return list(rows.values_list("kind", flat=True))


def test_an_award_waits_for_a_second_coordinator_who_makes_it() -> None:
    story = offered()
    second = coordinator_of(story.host)
    assert award(story, story.office).awarded_offer_id is None
    award(story, story.office)
    row = Decision.objects.get()
    assert (row.kind, row.state, row.reason) == ("award", "waiting", "가장 낮은 값")

    campaign = operations.confirm_decision(actor=second, decision_id=row.pk)
    operations.confirm_decision(actor=second, decision_id=row.pk)

    assert campaign.awarded_offer_id == story.offer.pk
    assert campaign.award_reason == "가장 낮은 값"
    row.refresh_from_db()
    assert (row.state, row.answered_by_id) == ("confirmed", second.user_id)
    assert kinds(story)[-3:] == ["decision_asked", "decision_confirmed", "offer_awarded"]
    made = History.objects.get(kind="offer_awarded")
    assert (made.user_id, made.why) == (second.user_id, "가장 낮은 값")


def test_who_asked_and_who_is_concerned_too_cannot_be_the_second() -> None:
    story = offered()
    concerned, second = coordinator_of(story.host), coordinator_of(story.host)
    works_for(concerned, story.supplier, "buyer")
    award(story, story.office)
    row = Decision.objects.get()
    for who in (story.office, concerned):
        with pytest.raises(answering.NotTheSecond):
            operations.confirm_decision(actor=who, decision_id=row.pk)
        with pytest.raises(answering.NotTheSecond):
            operations.refuse_decision(actor=who, decision_id=row.pk, why="아니오")
    with pytest.raises(NotFound):
        operations.confirm_decision(actor=Story().office, decision_id=row.pk)
    with pytest.raises(answering.NotTheAsker):
        operations.withdraw_decision(actor=second, decision_id=row.pk)
    operations.withdraw_decision(actor=story.office, decision_id=row.pk)
    with pytest.raises(MoveNotDeclared):
        operations.confirm_decision(actor=second, decision_id=row.pk)
    assert Campaign.objects.get(pk=story.campaign.pk).awarded_offer_id is None


def test_without_a_second_one_it_is_refused_and_says_why() -> None:
    story = offered()
    answer = client_for(story.office, "en").post(
        f"/api/v1/campaigns/{story.campaign.pk}/award",
        {"offer": str(story.offer.pk), "reason": "x"}, format="json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, "no_second_coordinator")
    assert "invite another coordinator" in answer.json()["detail"]
    assert not Decision.objects.exists()
    page = client_for(story.office).get(f"/api/v1/campaigns/{story.campaign.pk}").json()
    assert page["deciding"] == {"involved": True, "others": 0, "waiting": []}


def test_closing_by_hand_waits_and_the_clock_does_not() -> None:
    story = Story().opened()
    second = coordinator_of(story.host)
    story.join(30)
    story.join(40)
    works_for(story.office, story.people[0])
    assert operations.close_campaign(
        actor=story.office, campaign_id=story.campaign.pk
    ).state == "open"  # fmt: skip
    row = Decision.objects.get()
    assert (row.kind, row.offer_id) == ("close", None)
    with transaction.atomic():
        campaign = operations.confirm_decision(actor=second, decision_id=row.pk)
        assert campaign.state == "closing"
        transaction.set_rollback(True)
    with clock.shifted(timedelta(days=8)):
        operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)
    row.refresh_from_db()
    assert (Campaign.objects.get().state, row.state) == ("closing", "lapsed")


def test_a_withdrawn_offer_or_commitment_concerns_nobody() -> None:
    story = offered()
    other = supplier()
    operations.withdraw_offer(actor=story.supplier, offer_id=story.offer.pk)
    story.supplier = other
    story.offer = operations.post_offer(
        actor=other, campaign_id=story.campaign.pk, tiers=[(1, 90)], pack_size=1, capacity=None,
        lead_time_days=3, delivery_cost=0, valid_until=clock.now() + timedelta(days=60),
    )  # fmt: skip
    assert award(story, story.office).awarded_offer_id == story.offer.pk


def test_an_award_by_somebody_else_and_opening_or_cancelling_end_the_waiting() -> None:
    story = offered()
    second = coordinator_of(story.host)
    award(story, story.office)
    assert award(story, second).awarded_offer_id == story.offer.pk
    assert Decision.objects.get().state == "lapsed"
    later = offered()
    coordinator_of(later.host)
    award(later, later.office)
    operations.cancel_campaign(actor=later.office, campaign_id=later.campaign.pk, why="그만")
    assert not Decision.objects.filter(state="waiting").exists()


def test_one_decision_of_a_kind_waits_at_a_time() -> None:
    story = offered()
    coordinator_of(story.host)
    also = coordinator_of(story.host)
    works_for(also, story.supplier)
    award(story, story.office)
    with pytest.raises(deciding.DecisionWaits):
        award(story, also)


def test_the_database_refuses_what_the_code_let_through() -> None:
    """With the operation's own check gone, the trigger knows from the seat who decides."""
    story = offered()
    second = coordinator_of(story.host)
    rows = Campaign.objects.filter(pk=story.campaign.pk)
    with (
        behind(story.office),
        pytest.raises(IntegrityError, match="whose firm is concerned"),
        transaction.atomic(),
    ):
        rows.update(awarded_offer=story.offer)
    with behind(second), transaction.atomic():
        assert rows.update(awarded_offer=story.offer) == 1
    award_row = Decision(campaign=story.campaign, kind="award", offer=story.offer,
                         asked_by_id=second.user_id, asked_at=clock.now())  # fmt: skip
    award_row.save()
    with pytest.raises(IntegrityError, match="a_second_person_answers"), transaction.atomic():
        Decision.objects.filter(pk=award_row.pk).update(
            state="confirmed", answered_by_id=second.user_id
        )


def test_both_desks_show_it_and_letters_go_to_those_who_could_confirm() -> None:
    story = offered()
    second, concerned = coordinator_of(story.host), coordinator_of(story.host)
    works_for(concerned, story.supplier)
    award(story, story.office)
    row = Decision.objects.get()
    pipeline.run_stages()
    told = Notification.objects.filter(kind="decision_asked")
    assert list(told.values_list("user_id", flat=True)) == [second.user_id]

    def waits(who: Actor) -> list[str]:
        rows = desk_of(who, at=clock.now())
        return [one.kind for one in rows if one.kind.startswith("second")]

    assert (waits(second), waits(story.office), waits(concerned)) == (
        ["second"], ["second_asked"], []
    )  # fmt: skip
    page = client_for(second).get(f"/api/v1/campaigns/{story.campaign.pk}").json()["deciding"]
    assert [(one["mine"], one["may_answer"]) for one in page["waiting"]] == [(False, True)]
    operations.refuse_decision(actor=second, decision_id=row.pk, why="값을 다시 보아 주십시오")
    pipeline.run_stages()
    refused = Notification.objects.get(kind="decision_refused")
    assert refused.user_id == story.office.user_id
    assert "값을 다시 보아 주십시오" in refused.sentence_ko
    assert waits(story.office) == []
