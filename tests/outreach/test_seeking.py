"""The office turns to firms: each suggestion is a contact, told once; "leave us alone" is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import need
from tests.factories.orders import today
from tests.factories.outreach import bought_together

from mungchi.accounts.models import Membership
from mungchi.common import clock
from mungchi.common.errors import NotFound
from mungchi.common.models import History
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.outreach import operations, queries, stage
from mungchi.outreach.models import Contact, Quiet, Spell
from mungchi.outreach.operations.contacting import (
    AskedRecently,
    CampaignNotJoinable,
    ContactInvalid,
    ItemUnknown,
    LeftAlone,
    PoolNotOpen,
)
from mungchi.outreach.operations.surveying import EVERY

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return CooperativeFactory()


@pytest.fixture
def office(home):
    return coordinator_of(home)


@pytest.fixture
def firm(home):
    return member(home)


def told(actor):
    notifications.tell_people()
    rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("event_id")
    return list(rows.values_list("kind", "link"))


def silence(home, firm):
    """Let nothing have been heard of a firm for a long time."""
    long_ago = clock.now() - timedelta(days=200)
    Membership.objects.filter(cooperative=home, firm_id=firm.firm_id).update(joined_at=long_ago)


def test_a_campaign_is_suggested_once_and_the_firm_is_told_once(home, office, firm):
    story = bought_together(home)
    silence(home, firm)

    def suggest():
        return operations.suggest_campaign(
            actor=office, firm_id=firm.firm_id, campaign_id=story.campaign.pk, said="함께하시죠."
        )

    row = suggest()
    assert suggest().pk == row.pk
    assert (row.about, row.how, row.reasons) == ("campaign", "product", ["silent"])
    assert [one for one in told(firm) if one[0] == "campaign_suggested"] == [
        ("campaign_suggested", f"/campaigns/{story.campaign.pk}")
    ]
    assert Notification.objects.filter(kind="campaign_suggested", mail_state="waiting").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(
            cooperative=home, firm_id=firm.firm_id, about="campaign", how="product",
            campaign=story.campaign, at=row.at, created_at=row.at,
        )  # fmt: skip


def test_what_cannot_be_joined_is_not_suggested(home, office, firm):
    closed = Story(host=home).opened()
    closed.join(10)
    closed.join(20)
    closed.cleared()
    foreign = bought_together(CooperativeFactory())
    for campaign in (closed.campaign, foreign.campaign, Story(host=home).campaign):
        with pytest.raises(CampaignNotJoinable):
            operations.suggest_campaign(actor=office, firm_id=firm.firm_id, campaign_id=campaign.pk)
    stated = need(CooperativeFactory())
    with pytest.raises(PoolNotOpen):
        operations.suggest_pool(actor=office, firm_id=firm.firm_id, pool_id=stated.pool_id)
    assert not Contact.objects.exists()


def test_a_pool_is_suggested_and_needs_are_asked_for_not_too_often(home, office, firm):
    stated = need(home)
    operations.suggest_pool(actor=office, firm_id=firm.firm_id, pool_id=stated.pool_id)
    operations.ask_for_needs(actor=office, firm_id=firm.firm_id, said="요즘 어떠신지요?")
    with pytest.raises(AskedRecently):
        operations.ask_for_needs(actor=office, firm_id=firm.firm_id)
    with clock.shifted(timedelta(days=8)):
        operations.ask_for_needs(actor=office, firm_id=firm.firm_id, item_id=stated.item_id)
        foreign = ItemFactory(cooperative=CooperativeFactory())
    with clock.shifted(timedelta(days=20)), pytest.raises(ItemUnknown):
        operations.ask_for_needs(actor=office, firm_id=firm.firm_id, item_id=foreign.pk)
    assert told(firm) == [("pool_suggested", "/needs"), ("needs_asked", "/needs"),
                          ("needs_asked", "/needs")]  # fmt: skip


def test_a_firm_that_wants_to_be_left_alone_is(home, office, firm):
    story = bought_together(home)
    stated = need(home)
    silence(home, firm)
    operations.leave_us_alone(actor=firm, cooperative_id=home.pk)
    operations.leave_us_alone(actor=firm, cooperative_id=home.pk)
    assert Quiet.objects.count() == History.objects.filter(kind="left_alone").count() == 1
    told(firm)
    heard = Notification.objects.filter(seat_id=firm.seat_id).count()

    turning = (
        lambda: operations.suggest_campaign(
            actor=office, firm_id=firm.firm_id, campaign_id=story.campaign.pk
        ),
        lambda: operations.suggest_pool(actor=office, firm_id=firm.firm_id, pool_id=stated.pool_id),
        lambda: operations.ask_for_needs(actor=office, firm_id=firm.firm_id),
        lambda: operations.record_contact(actor=office, firm_id=firm.firm_id, how="telephone"),
    )
    for turn in turning:
        with pytest.raises(LeftAlone):
            turn()
    told(firm)
    assert Notification.objects.filter(seat_id=firm.seat_id).count() == heard
    assert queries.left_out_of(home.pk, clock.now()).rows == []
    page = client_for(office).get(f"/api/v1/left-out/{firm.firm_id}").json()
    assert page["quiet_since"] is not None
    assert client_for(office).get("/api/v1/left-out/summary").json()["quiet"] == 1

    operations.speak_to_us_again(actor=firm, cooperative_id=home.pk)
    operations.speak_to_us_again(actor=firm, cooperative_id=home.pk)
    assert History.objects.filter(kind="spoken_to_again").count() == 1
    assert [row.firm_id for row in queries.left_out_of(home.pk, clock.now()).rows] == [firm.firm_id]


def test_a_wish_is_for_one_cooperative_of_ones_own(home, office, firm):
    other = CooperativeFactory()
    with pytest.raises(NotFound):
        operations.leave_us_alone(actor=firm, cooperative_id=other.pk)
    client = client_for(firm)
    assert client.put(f"/api/v1/wishes/{home.pk}").json()["left_alone_since"]
    (row,) = client.get("/api/v1/wishes").json()["results"]
    assert row["left_alone_since"]
    assert client.delete(f"/api/v1/wishes/{home.pk}").json()["left_alone_since"] is None


def test_a_talk_is_written_down_and_settles_what_was_to_be_followed_up(home, office, firm):
    yesterday = today() - timedelta(days=1)

    def waits():
        rows = client_for(office).get("/api/v1/desk").json()
        return [one["count"] for one in rows if one["kind"] == "follow_up"]

    first = operations.record_contact(
        actor=office, firm_id=firm.firm_id, how="telephone", said="안부", answer="later",
        follow_up_date=yesterday,
    )  # fmt: skip
    assert waits() == [1]
    due = client_for(office).get("/api/v1/contacts?due=true").json()["results"]
    assert [one["id"] for one in due] == [str(first.pk)]
    operations.record_contact(
        actor=office, firm_id=firm.firm_id, how="visit", answer="interested",
        follow_up_date=today() + timedelta(days=5),
    )  # fmt: skip
    assert waits() == []
    first.refresh_from_db()
    assert first.follow_up_date is None


def test_answer_outcome_and_next_day_are_noted_with_what_stood_before(home, office, firm):
    row = operations.record_contact(actor=office, firm_id=firm.firm_id, how="telephone")
    operations.change_contact(
        actor=office, contact_id=row.pk, answer="interested", outcome="다음 주 참여"
    )
    row.refresh_from_db()
    assert row.answered_at is not None
    event = History.objects.get(kind="contact_changed")
    assert (event.data["answer"], event.data["new_answer"]) == ("", "interested")
    operations.change_contact(actor=office, contact_id=row.pk, answer="interested")
    assert History.objects.filter(kind="contact_changed").count() == 1
    for bad in ({"how": "pigeon"}, {"how": "visit", "answer": "maybe"},
                {"how": "visit", "at": clock.now() + timedelta(days=1)},
                {"how": "visit", "at": clock.now() - timedelta(days=500)}):  # fmt: skip
        with pytest.raises(ContactInvalid):
            operations.record_contact(actor=office, firm_id=firm.firm_id, **bad)
    with pytest.raises(NotFound):
        operations.record_contact(
            actor=coordinator_of(CooperativeFactory()), firm_id=firm.firm_id, how="visit"
        )


def test_a_firm_answers_and_reads_nothing_of_what_the_office_wrote_down(home, office, firm):
    asked = operations.ask_for_needs(
        actor=office, firm_id=firm.firm_id, said="무엇이 필요하신지요?"
    )
    operations.record_contact(
        actor=office, firm_id=firm.firm_id, how="telephone", said="자금 사정이 어렵다고 함"
    )
    client = client_for(firm)
    answer = client.get("/api/v1/proposals")
    assert [one["id"] for one in answer.json()["results"]] == [str(asked.pk)]
    assert "자금" not in answer.content.decode()
    client.post(f"/api/v1/proposals/{asked.pk}/answer", {"answer": "later", "note": "가을에"},
                format="json")  # fmt: skip
    asked.refresh_from_db()
    assert (asked.answer, asked.outcome) == ("later", "가을에")
    assert client.get("/api/v1/proposals?answered=false").json()["results"] == []
    assert ("proposal_answered", f"/desk/left-out/{firm.firm_id}") in told(office)
    assert client_for(member(home)).get("/api/v1/proposals").json()["results"] == []


def survey(home, days=0):
    with clock.shifted(timedelta(days=days)):
        return operations.survey_cooperative(cooperative_id=home.pk, at=clock.now())


def test_a_spell_begins_with_the_list_and_ends_with_the_firms_return(home, office, firm):
    silence(home, firm)
    assert survey(home) == 1
    assert survey(home) == 0, "again: changes nothing"
    spell = Spell.objects.get()
    assert (spell.firm_id, spell.reasons, spell.end) == (firm.firm_id, ["silent"], "")
    (row,) = client_for(office).get("/api/v1/left-out").json()["results"]
    assert row["since"] is not None

    story = Story(host=home).opened()
    commitment = story.join(5, firm=firm)
    assert survey(home) == 1
    spell.refresh_from_db()
    assert (spell.end, spell.campaign_id) == ("returned", story.campaign.pk)
    assert spell.ended_at == commitment.accepted_at
    assert queries.left_out_of(home.pk, clock.now()).rows == []


@pytest.mark.parametrize("end", ["heard", "quiet", "gone"])
def test_a_spell_that_ends_otherwise_is_no_return(home, office, firm, end):
    silence(home, firm)
    survey(home)
    if end == "heard":
        operations.record_contact(
            actor=office, firm_id=firm.firm_id, how="telephone", answer="later"
        )
    elif end == "quiet":
        operations.leave_us_alone(actor=firm, cooperative_id=home.pk)
    else:
        Membership.objects.filter(firm_id=firm.firm_id).update(state="left")
    survey(home)
    assert Spell.objects.get().end == end


def test_a_commitment_made_before_the_spell_is_no_return(home, office):
    story = Story(host=home, given={"threshold_quantity": 500}).opened()
    firm = member(home)
    story.join(10, firm=firm)
    story.join(10)
    story.cleared()
    survey(home)
    survey(home)
    assert set(Spell.objects.values_list("end", flat=True)) == {""}


def test_the_stage_surveys_each_cooperative_once_an_hour(home, firm):
    silence(home, firm)
    other = CooperativeFactory()
    assert set(queries.due_surveys(clock.now(), 50)) >= {home.pk, other.pk}
    assert stage.survey_cooperatives() == 1
    assert stage.survey_cooperatives() == 0
    assert queries.due_surveys(clock.now() - EVERY, 50) == []
    with clock.shifted(EVERY + timedelta(minutes=1)):
        assert len(queries.due_surveys(clock.now() - EVERY, 50)) == 2


def test_the_database_keeps_one_open_spell_a_firm(home, firm):
    at = clock.now()
    Spell.objects.create(cooperative=home, firm_id=firm.firm_id, began_at=at)
    for bad in ({}, {"end": "returned", "ended_at": at}, {"end": "tired", "ended_at": at},
                {"end": "heard", "ended_at": at - timedelta(days=1)}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Spell.objects.create(cooperative=home, firm_id=firm.firm_id, began_at=at, **bad)
