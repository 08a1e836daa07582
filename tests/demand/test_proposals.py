"""What purchases propose to firms and foretell to offices: kept current, answered, asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, auditor_of, coordinator_of, member
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for
from tests.factories.demand import LINES, bought, csv_bytes, imported, need

from mungchi.accounts.models import Membership
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations import cancel_campaign
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.demand import operations, queries, stage
from mungchi.demand.models import ForetoldItem, HistoryReading, Need, Pool, ProposedNeed
from mungchi.demand.operations.proposals import AlreadyAsked, NobodyToAsk, ProposalAnswered
from mungchi.notifications.models import Notification
from mungchi.notifications.stage import tell_people
from mungchi.outreach.operations import leave_us_alone

pytestmark = pytest.mark.django_db
PROPOSED, FORETOLD = "/api/v1/proposed-needs", "/api/v1/foretold"
MONTHLY = [125, 95, 65, 35, 5]


def read(cooperative: Any, days_later: int = 0) -> int:
    """Read a cooperative's history now, or some days later."""
    HistoryReading.objects.filter(cooperative=cooperative).update(due_at=clock.now())
    at = clock.now() + timedelta(days=days_later)
    return operations.read_history(cooperative_id=cooperative.pk, at=at)


def proposed(cooperative: Any, days: list[int] = MONTHLY) -> tuple[Any, ProposedNeed]:
    """A member that buys an item once a month, and what is proposed to it."""
    firm, item = member(cooperative), ItemFactory()
    bought(cooperative, firm, item, days)
    assert read(cooperative) >= 1
    return firm, ProposedNeed.objects.get(firm_id=firm.firm_id, state="open")


def test_a_rhythm_is_proposed_with_its_evidence_and_accepted_with_one_press() -> None:
    cooperative = CooperativeFactory()
    firm, row = proposed(cooperative)
    client = client_for(firm)
    shown = client.get(f"{PROPOSED}?state=open").json()["results"]
    assert [each["id"] for each in shown] == [str(row.pk)]
    today = clock.now().astimezone(cooperative.timezone).date()
    assert shown[0]["needed_by"] == (today + timedelta(days=25)).isoformat()
    assert (shown[0]["rhythm"], shown[0]["every_days"], shown[0]["quantity"]) == ("regular", 30, 10)
    assert [each["quantity"] for each in shown[0]["evidence"]] == [10] * 5
    assert shown[0]["evidence"][-1] == {
        "date": (today - timedelta(days=5)).isoformat(), "quantity": 10, "unit_price": "100",
        "bulk": False,
    }  # fmt: skip
    answer = client.post(f"{PROPOSED}/{row.pk}/accept", {})
    assert answer.status_code == 200, answer.content
    stated = Need.objects.get(firm_id=firm.firm_id)
    assert answer.json()["need"] == {"id": str(stated.pk), "state": "open"}
    assert (stated.quantity, stated.needed_by, stated.price_limit) == (10, row.needed_by, None)
    # Twice is once, and it cannot be set aside any more.
    assert client.post(f"{PROPOSED}/{row.pk}/accept", {"quantity": 99}).status_code == 200
    assert Need.objects.count() == 1
    assert client.post(f"{PROPOSED}/{row.pk}/dismiss").json()["code"] == "proposal_answered"
    kinds = list(History.objects.filter(subject_id=row.pk).values_list("kind", flat=True))
    assert kinds == ["proposal_accepted"]
    # Neither while the need stands nor after it does the same evidence propose it again.
    read(cooperative)
    operations.withdraw_need(actor=firm, need_id=stated.pk)
    read(cooperative)
    assert not ProposedNeed.objects.filter(state="open").exists()


def test_it_is_accepted_with_changes() -> None:
    firm, row = proposed(CooperativeFactory())
    body = {"quantity": 42, "needed_by": (row.needed_by + timedelta(days=9)).isoformat(),
            "price_limit": "95.5", "note": "급함"}  # fmt: skip
    assert client_for(firm).post(f"{PROPOSED}/{row.pk}/accept", body).status_code == 200
    stated = Need.objects.get()
    assert (stated.quantity, str(stated.price_limit.normalize()), stated.note) == (
        42,
        "95.5",
        "급함",
    )
    wrong = client_for(firm).post(f"{PROPOSED}/{row.pk}/accept", {"needed_by": "2020-01-01"})
    assert wrong.status_code == 200, "accepted already: nothing is looked at any more"


def test_what_was_set_aside_comes_back_only_with_new_evidence() -> None:
    cooperative = CooperativeFactory()
    firm, row = proposed(cooperative)
    operations.dismiss_proposal(actor=firm, proposal_id=row.pk)
    operations.dismiss_proposal(actor=firm, proposal_id=row.pk)
    for days in (0, 1, 20):
        read(cooperative, days)
    assert not ProposedNeed.objects.filter(state="open").exists()
    bought(cooperative, firm, row.item, [0], quantity=12)
    read(cooperative)
    again = ProposedNeed.objects.get(state="open")
    assert again.pk != row.pk
    with pytest.raises(ProposalAnswered):
        operations.restore_proposal(actor=firm, proposal_id=row.pk)


def test_setting_aside_is_taken_back() -> None:
    cooperative = CooperativeFactory()
    firm, row = proposed(cooperative)
    operations.dismiss_proposal(actor=firm, proposal_id=row.pk)
    with pytest.raises(ProposalAnswered):
        operations.accept_proposal(actor=firm, proposal_id=row.pk)
    assert operations.restore_proposal(actor=firm, proposal_id=row.pk).state == "open"
    assert operations.restore_proposal(actor=firm, proposal_id=row.pk).decided_at is None
    read(cooperative)
    assert ProposedNeed.objects.get().state == "open"


def test_an_open_proposal_follows_the_history_and_goes_with_it() -> None:
    cooperative = CooperativeFactory()
    firm, row = proposed(cooperative)
    assert read(cooperative) == 0, "nothing has changed, nothing is written"
    bought(cooperative, firm, row.item, [0], quantity=30)
    read(cooperative)
    row.refresh_from_db()
    assert row.evidence[-1]["quantity"] == 30
    assert row.evidence_until == clock.now().astimezone(cooperative.timezone).date()
    # The firm has stopped buying it.
    read(cooperative, days_later=62)
    assert not ProposedNeed.objects.exists()


def test_nothing_is_proposed_to_whoever_wants_it_already_or_is_no_member() -> None:
    cooperative, item = CooperativeFactory(), ItemFactory()
    wanting, leaving = member(cooperative), member(cooperative)
    for firm in (wanting, leaving):
        bought(cooperative, firm, item, MONTHLY)
    need(cooperative, item=item, firm=wanting)
    Membership.objects.filter(firm_id=leaving.firm_id).update(state="suspended")
    read(cooperative)
    assert not ProposedNeed.objects.exists()


def test_a_need_that_was_met_is_a_purchase_of_the_rhythm() -> None:
    cooperative = CooperativeFactory()
    firm, item = member(cooperative), ItemFactory()
    bought(cooperative, firm, item, MONTHLY[:-1])
    today = clock.now().astimezone(cooperative.timezone).date()
    met = need(cooperative, item=item, firm=firm, quantity=10, needed_by=today)
    Need.objects.filter(pk=met.pk).update(state="in_campaign")
    Need.objects.filter(pk=met.pk).update(state="met")
    read(cooperative)
    row = ProposedNeed.objects.get()
    assert row.evidence[-1] == {"date": today.isoformat(), "quantity": 10, "unit_price": None,
                                "bulk": False}  # fmt: skip
    assert row.last_price == 100


def test_an_import_makes_its_cooperative_due_and_the_stage_reads_it_once() -> None:
    cooperative = CooperativeFactory()
    imported(coordinator_of(cooperative), csv_bytes(LINES))
    assert queries.due_readings(clock.now(), 10) == [cooperative.pk]
    stage.read_histories()
    assert queries.due_readings(clock.now(), 10) == []
    reading = HistoryReading.objects.get()
    assert reading.read_at is not None
    assert timedelta(0) < reading.due_at - clock.now() <= timedelta(days=1, hours=5)
    assert operations.read_history(cooperative_id=cooperative.pk, at=clock.now()) == 0


def test_the_database_keeps_one_open_proposal_and_a_need_for_an_accepted_one() -> None:
    _, row = proposed(CooperativeFactory())
    values = {name: getattr(row, name) for name in (
        "cooperative", "firm", "item", "rhythm", "quantity", "needed_by", "currency",
        "evidence_until", "created_at")}  # fmt: skip
    wrong = {
        "one_open_proposal": {},
        "a_proposed_need_has_a_quantity": {"item": ItemFactory(), "quantity": 0},
        "the_rhythm_of_a_proposal_is_known": {"item": ItemFactory(), "rhythm": "lunar"},
    }
    for rule, changes in wrong.items():
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            ProposedNeed.objects.create(**values | changes)
    with pytest.raises(IntegrityError, match="has_its_need"), transaction.atomic():
        ProposedNeed.objects.update(state="accepted")


def foreseen(
    cooperative: Any, firms: int = 3, quantity: int = 20
) -> tuple[list[Any], ForetoldItem]:
    """Members that all buy one item every month, and what is foretold of it."""
    buyers, item = [member(cooperative) for _ in range(firms)], ItemFactory()
    for buyer in buyers:
        bought(cooperative, buyer, item, range(3, 240, 28), quantity)
    read(cooperative)
    return buyers, ForetoldItem.objects.get(item=item)


def test_the_office_sees_what_is_foretold_and_from_what() -> None:
    cooperative = CooperativeFactory()
    buyers, row = foreseen(cooperative)
    stranger = coordinator_of(CooperativeFactory())
    office = client_for(coordinator_of(cooperative))
    shown = office.get(FORETOLD).json()["results"]
    assert [each["id"] for each in shown] == [str(row.pk)]
    today = clock.now().astimezone(cooperative.timezone).date()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    assert (shown[0]["month"], shown[0]["campaign"]) == (first.isoformat(), None)
    assert shown[0]["chance"] > 60
    assert shown[0]["low"] <= shown[0]["high"]
    assert shown[0]["known_until"] <= today.isoformat()
    assert all(each["firms"] == 3 for each in shown[0]["evidence"])
    assert len(shown[0]["evidence"]) >= 6
    one = office.get(f"{FORETOLD}/{row.pk}").json()
    assert {each["id"] for each in one["buyers"]} == {str(firm.firm_id) for firm in buyers}
    assert one["buyers"][0]["times"] >= 8
    assert office.get(f"{FORETOLD}?chance=100").json()["results"] == []
    assert office.get(f"{FORETOLD}?category={CategoryFactory().pk}").json()["results"] == []
    assert office.get(f"{FORETOLD}?search={row.item.name}").json()["results"] == shown
    assert office.get(f"{FORETOLD}?export=xlsx").status_code == 200
    assert client_for(auditor_of(cooperative)).get(FORETOLD).json()["results"] == shown
    assert client_for(stranger).get(FORETOLD).json()["results"] == []
    assert client_for(buyers[0]).get(FORETOLD).status_code == 403


def test_members_are_asked_and_told_once() -> None:
    cooperative = CooperativeFactory()
    buyers, row = foreseen(cooperative, firms=4)
    # One firm wants it already, one has set it aside, one was proposed it by its own rhythm.
    ProposedNeed.objects.filter(firm_id__in=[buyers[2].firm_id, buyers[3].firm_id]).delete()
    need(cooperative, item=row.item, firm=buyers[2])
    aside = ProposedNeed.objects.get(firm_id=buyers[1].firm_id)
    operations.dismiss_proposal(actor=buyers[1], proposal_id=aside.pk)
    office = client_for(coordinator_of(cooperative))
    answer = office.post(f"{FORETOLD}/{row.pk}/ask")
    assert answer.status_code == 200, answer.content
    assert answer.json()["asked_at"] is not None
    asked = ProposedNeed.objects.get(rhythm="asked")
    assert (asked.firm_id, asked.quantity) == (buyers[3].firm_id, 20)
    assert asked.needed_by == row.month.replace(day=15)
    assert office.post(f"{FORETOLD}/{row.pk}/ask").json()["code"] == "already_asked"
    tell_people()
    told = Notification.objects.filter(kind="need_proposed")
    assert {each.seat.firm_id for each in told} == {buyers[3].firm_id}
    assert row.item.name in told[0].sentence_ko
    assert "20박스" in told[0].sentence_ko
    assert told[0].link == "/needs"
    # Reading the history again leaves the question standing, until its day has passed.
    read(cooperative)
    assert ProposedNeed.objects.filter(pk=asked.pk, rhythm="asked", state="open").exists()
    read(cooperative, days_later=60)
    assert not ProposedNeed.objects.filter(pk=asked.pk).exists()


def test_who_asked_the_office_to_leave_it_alone_is_not_asked_for_what_is_foretold() -> None:
    cooperative = CooperativeFactory()
    buyers, row = foreseen(cooperative, firms=3)
    ProposedNeed.objects.all().delete()
    leave_us_alone(actor=buyers[0], cooperative_id=cooperative.pk)
    office = client_for(coordinator_of(cooperative))
    shown = office.get(f"{FORETOLD}/{row.pk}").json()["buyers"]
    assert {each["id"]: each["left_alone"] for each in shown} == {
        str(firm.firm_id): firm is buyers[0] for firm in buyers
    }
    assert office.post(f"{FORETOLD}/{row.pk}/ask").status_code == 200
    asked = ProposedNeed.objects.filter(rhythm="asked")
    assert {each.firm_id for each in asked} == {buyers[1].firm_id, buyers[2].firm_id}


def test_where_all_want_to_be_left_alone_there_is_nobody_to_ask() -> None:
    cooperative = CooperativeFactory()
    buyers, row = foreseen(cooperative)
    ProposedNeed.objects.all().delete()
    for each in buyers:
        leave_us_alone(actor=each, cooperative_id=cooperative.pk)
    with pytest.raises(NobodyToAsk):
        operations.ask_members(actor=coordinator_of(cooperative), foretold_id=row.pk)
    assert ForetoldItem.objects.get().asked_at is None


def test_when_everybody_has_answered_there_is_nobody_to_ask() -> None:
    cooperative = CooperativeFactory()
    _, row = foreseen(cooperative)
    with pytest.raises(NobodyToAsk):
        operations.ask_members(actor=coordinator_of(cooperative), foretold_id=row.pk)
    ForetoldItem.objects.update(asked_at=clock.now())
    with pytest.raises(AlreadyAsked):
        operations.ask_members(actor=coordinator_of(cooperative), foretold_id=row.pk)


def test_a_campaign_is_drafted_once_and_takes_the_needs_that_gather() -> None:
    cooperative = CooperativeFactory()
    buyers, row = foreseen(cooperative)
    need(cooperative, item=row.item, firm=buyers[0], quantity=500)
    office = client_for(coordinator_of(cooperative))
    answer = office.post(f"{FORETOLD}/{row.pk}/campaign")
    assert answer.status_code == 201, answer.content
    campaign = Campaign.objects.get()
    assert (campaign.state, campaign.threshold_quantity, campaign.threshold_firms) == (
        "draft", 250, 2)  # fmt: skip
    assert campaign.pool == Pool.objects.get()
    assert Need.objects.get().state == "in_campaign"
    assert campaign.closes_at is not None
    assert clock.now() < campaign.closes_at
    again = office.post(f"{FORETOLD}/{row.pk}/campaign")
    assert (again.status_code, again.json()["code"]) == (409, "foretold_taken")
    shown = office.get(f"{FORETOLD}/{row.pk}").json()
    assert shown["campaign"] == {"id": str(campaign.pk), "title": campaign.title}
    # It stays although the history is read again, whatever becomes of the campaign.
    cancel_campaign(
        actor=coordinator_of(cooperative), campaign_id=campaign.pk, why="아직 이릅니다."
    )
    read(cooperative, days_later=70)
    assert ForetoldItem.objects.filter(pk=row.pk).exists()


def test_without_needs_the_campaign_is_made_of_what_is_foretold() -> None:
    cooperative = CooperativeFactory()
    _, row = foreseen(cooperative)
    office = client_for(coordinator_of(cooperative))
    assert office.post(f"{FORETOLD}/{row.pk}/campaign").status_code == 201
    campaign = Campaign.objects.get()
    assert campaign.pool is None
    assert campaign.threshold_quantity == max(1, row.quantity // 2)


def test_what_is_past_is_forgotten_and_an_old_history_foretells_nothing() -> None:
    cooperative = CooperativeFactory()
    _, row = foreseen(cooperative)
    read(cooperative, days_later=35)
    assert not ForetoldItem.objects.filter(pk=row.pk).exists()
    read(cooperative, days_later=200)
    assert not ForetoldItem.objects.exists()


def test_lists_ask_as_much_for_three_rows_as_for_one() -> None:
    cooperative = CooperativeFactory()
    counts = {PROPOSED: set[int](), FORETOLD: set[int]()}
    for _ in range(3):
        foreseen(cooperative)
        for address, seen in counts.items():
            client = client_for(coordinator_of(cooperative))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(address).status_code == 200
            seen.add(len(asked))
    assert [len(seen) for seen in counts.values()] == [1, 1]


def test_a_reading_is_a_few_statements_however_much_there_is() -> None:
    cooperative = CooperativeFactory()
    counts = []
    for _ in range(2):
        foreseen(cooperative)
        ProposedNeed.objects.all().delete()
        ForetoldItem.objects.all().delete()
        HistoryReading.objects.update(due_at=clock.now())
        with CaptureQueriesContext(connection) as asked:
            operations.read_history(cooperative_id=cooperative.pk, at=clock.now())
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 18
