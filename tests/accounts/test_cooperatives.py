"""Cooperatives set up themselves: applying, deciding, suspending, leaving; what runs goes on."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from tests.accounts.test_sign_in import person
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    SeatFactory,
    UserFactory,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts import operations
from mungchi.accounts import stage as accounts
from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.domain.states import COOPERATIVE
from mungchi.accounts.models import Cooperative, Seat
from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries
from mungchi.campaigns.operations.drafting import CooperativePaused
from mungchi.common import clock
from mungchi.common.models import History, Transition
from mungchi.demand import operations as demand
from mungchi.demand.operations.needs import NotAMember
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification

__all__ = ["committing"]
NUMBER = "1078614075"


def profile(**other: Any) -> dict[str, Any]:
    return {
        "business_number": NUMBER, "name": "새벽협동조합", "name_en": "Dawn Cooperative",
        "region": "대전", "zone": "Asia/Seoul", "currency": "KRW", "representative": "최이사장",
        "address": "대전광역시 서구", "phone": "042-555-0100", **other,
    }  # fmt: skip


def applied(user: Any = None, **other: Any) -> Cooperative:
    user = user or UserFactory()
    actor = Actor(role="", user_id=user.pk, user_name=user.called)
    return operations.register_cooperative(user=user, actor=actor, **profile(**other))


@pytest.fixture
def operator(db: None) -> Actor:
    return actor_for(SeatFactory(role="operator"))


def told(actor_or_seat: Any) -> list[str]:
    notifications.tell_people()
    seat = getattr(actor_or_seat, "seat_id", None) or actor_or_seat.pk
    rows = Notification.objects.filter(seat_id=seat).order_by("event_id")
    return list(rows.values_list("kind", flat=True))


def test_the_database_has_the_same_moves(db: None) -> None:
    rows = Transition.objects.filter(machine="cooperative")
    assert set(rows.values_list("from_state", "to_state")) == COOPERATIVE.pairs()


def test_an_undeclared_move_is_refused_by_the_database(db: None) -> None:
    row = applied()
    with pytest.raises(IntegrityError), transaction.atomic():
        Cooperative.objects.filter(pk=row.pk).update(state="suspended", paused_at=clock.now())


def test_who_applied_has_no_seat_until_admitted_and_is_then_its_coordinator(
    operator: Actor,
) -> None:
    user = UserFactory()
    row = applied(user)
    assert (row.state, row.applicant, Seat.objects.filter(user=user).count()) == (
        "applied", user, 0,
    )  # fmt: skip
    assert told(operator) == ["cooperative_applied"]
    for _ in range(2):
        admitted = operations.admit_cooperative(actor=operator, cooperative_id=row.pk)
    assert (admitted.state, admitted.paused_at) == ("active", None)
    seat = Seat.objects.get(user=user)
    assert (seat.role, seat.cooperative) == ("coordinator", row)
    assert told(seat) == ["cooperative_admitted"]
    trail = History.objects.filter(subject_id=row.pk).order_by("id")
    assert list(trail.values_list("kind", "from_state", "to_state")) == [
        ("cooperative_applied", "", "applied"),
        ("cooperative_admitted", "applied", "active"),
    ]


def test_nobody_applies_to_a_cooperative_that_has_only_applied(operator: Actor) -> None:
    row = applied()
    firm = member(CooperativeFactory())
    with pytest.raises(operations.CooperativeNotOpen):
        operations.apply_for_membership(actor=firm, cooperative_id=row.pk)
    operations.admit_cooperative(actor=operator, cooperative_id=row.pk)
    assert operations.apply_for_membership(actor=firm, cooperative_id=row.pk).state == "applied"


def test_refused_with_a_reason_corrected_and_applied_for_anew(operator: Actor) -> None:
    user = UserFactory()
    elsewhere = SeatFactory(user=user, role="coordinator", cooperative=CooperativeFactory())
    row = applied(user)
    operations.refuse_cooperative(actor=operator, cooperative_id=row.pk, why="정관이 없습니다.")
    assert told(elsewhere) == ["cooperative_refused"]
    assert "정관이 없습니다." in Notification.objects.get(seat=elsewhere).sentence_ko
    again = applied(user, name="새벽사업협동조합")
    assert (again.pk, again.state, again.state_reason) == (row.pk, "applied", "")
    event = History.objects.filter(subject_id=row.pk).latest("id")
    assert (event.from_state, event.to_state) == ("refused", "applied")
    assert (event.data["before"]["name"], event.data["after"]["name"]) == (
        "새벽협동조합", "새벽사업협동조합",
    )  # fmt: skip


def test_who_has_no_seat_is_refused_by_letter(operator: Actor) -> None:
    user = UserFactory(language="en")
    row = applied(user)
    for _ in range(2):
        operations.refuse_cooperative(actor=operator, cooperative_id=row.pk, why="No statutes.")
    assert not Notification.objects.filter(user=user).exists()
    assert accounts.send_letters() == 1
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert "No statutes." in sent.body
    assert "/register-cooperative" in sent.body


def test_a_number_is_registered_once_but_a_refusal_does_not_keep_it_from_its_owner(
    operator: Actor,
) -> None:
    row = applied()
    with pytest.raises(operations.CooperativeExists):
        applied()
    operations.refuse_cooperative(actor=operator, cooperative_id=row.pk, why="사칭")
    assert applied().pk != row.pk
    with pytest.raises(operations.CooperativeExists):
        applied(row.applicant)
    row.refresh_from_db()
    assert row.state == "refused"


@pytest.mark.parametrize(
    ("change", "raised"),
    [
        ({"business_number": "1078614076"}, operations.BusinessNumberWrong),
        ({"zone": "Asia/Pyeongchang"}, operations.ZoneUnknown),
        ({"zone": "../../etc/passwd"}, operations.ZoneUnknown),
    ],
)
def test_what_cannot_be_registered(db: None, change: dict[str, str], raised: type) -> None:
    with pytest.raises(raised):
        applied(**change)
    assert not Cooperative.objects.exists()
    assert not History.objects.exists()


def test_two_people_register_the_same_cooperative_at_the_same_moment(committing: None) -> None:
    users = [UserFactory(), UserFactory()]
    together, ended = threading.Barrier(2), []

    def register(user: Any) -> None:
        together.wait(10)
        try:
            applied(user)
            ended.append("applied")
        except operations.CooperativeExists:
            ended.append("exists")
        finally:
            connection.close()

    threads = [threading.Thread(target=register, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ended) == ["applied", "exists"]


def test_suspended_begins_nothing_new_and_what_runs_goes_on_to_its_end(operator: Actor) -> None:
    deal = Deal()
    deal.opened()
    waiting = Story(host=deal.host).offered()
    campaigns.award_offer(actor=waiting.office, campaign_id=waiting.campaign.pk,
                          offer_id=waiting.offer.pk, reason="최저가")  # fmt: skip
    draft = Story(host=deal.host)
    firm = deal.join(30).firm
    operations.suspend_cooperative(actor=operator, cooperative_id=deal.host.pk, why="점검")
    assert told(deal.office)[-1] == "cooperative_suspended"

    with pytest.raises(CooperativePaused):
        Story(host=deal.host)
    with pytest.raises(CooperativePaused):
        campaigns.start_sourcing(actor=draft.office, campaign_id=draft.campaign.pk)
    with pytest.raises(CooperativePaused):
        campaigns.open_campaign(actor=waiting.office, campaign_id=waiting.campaign.pk)
    with pytest.raises(operations.CooperativeNotOpen):
        operations.apply_for_membership(
            actor=member(CooperativeFactory()), cooperative_id=deal.host.pk
        )
    with pytest.raises(NotAMember):
        demand.state_need(
            actor=deal.people[0], cooperative_id=deal.host.pk, item_id=deal.item.pk, quantity=1,
            needed_by=(clock.now() + timedelta(days=40)).date(),
        )  # fmt: skip

    # What runs: members join, the deadline moves, it closes and is paid for.
    deal.join(20)
    deal.join(35, firm=buyer_of(firm))
    campaigns.extend_campaign(actor=deal.office, campaign_id=deal.campaign.pk,
                              closes_at=deal.campaign.closes_at + timedelta(days=1),
                              why="참여가 늘어")  # fmt: skip
    assert deal.cleared().outcome == "succeeded"

    operations.admit_cooperative(actor=operator, cooperative_id=deal.host.pk)
    assert told(deal.office)[-1] == "cooperative_admitted"
    assert campaigns.open_campaign(
        actor=waiting.office, campaign_id=waiting.campaign.pk
    ).state == "open"  # fmt: skip


def test_leaving_tells_the_platform_and_keeps_the_office_at_work(operator: Actor) -> None:
    story = Story().opened()
    colleague = coordinator_of(story.host)
    for _ in range(2):
        row = operations.leave_platform(actor=story.office, why="합병")
    assert (row.state, row.state_reason) == ("left", "합병")
    assert told(operator) == ["cooperative_left"]
    assert told(colleague)[-1] == "cooperative_left"
    assert client_for(story.office).get("/api/v1/campaigns").json()["results"]
    with pytest.raises(CooperativePaused):
        Story(host=story.host)


def test_campaigns_for_all_reach_a_paused_cooperative_only_if_they_opened_before(
    operator: Actor,
) -> None:
    ours = CooperativeFactory()
    firm = member(ours)
    before = Story(given={"reach": "all"}).opened()
    operations.suspend_cooperative(actor=operator, cooperative_id=ours.pk, why="점검")
    after = Story(given={"reach": "all"}).opened()
    for actor in (firm, coordinator_of(ours)):
        seen = set(queries.visible_to(actor).values_list("pk", flat=True))
        assert seen == {before.campaign.pk}
    assert before.join(5, firm=firm).cooperative == ours
    client = client_for(firm)
    assert client.get(f"/api/v1/campaigns/{before.campaign.pk}").json()["can"]["commit"] is True
    answer = client.put(f"/api/v1/campaigns/{after.campaign.pk}/commitment", {"quantity": 5})
    assert answer.status_code == 404
    operations.admit_cooperative(actor=operator, cooperative_id=ours.pk)
    assert queries.visible_to(firm).count() == 2


def test_a_firm_with_another_active_cooperative_is_reached_through_that(operator: Actor) -> None:
    paused, active = CooperativeFactory(), CooperativeFactory()
    firm = member(paused)
    MembershipFactory(cooperative=active, firm_id=firm.firm_id, firm=None)
    operations.suspend_cooperative(actor=operator, cooperative_id=paused.pk, why="점검")
    story = Story(given={"reach": "all"}).opened()
    assert story.join(5, firm=firm).cooperative == active


def test_a_campaign_does_not_open_while_its_cooperative_is_being_suspended(
    committing: None,
) -> None:
    """Opening holds the cooperative: the suspension comes before it or after it, never between."""
    story = Story().offered()
    campaigns.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                          offer_id=story.offer.pk, reason="최저가")  # fmt: skip
    boss = actor_for(SeatFactory(role="operator"))
    begun, refused = threading.Event(), []

    def open_it() -> None:
        begun.set()
        try:
            campaigns.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
        except CooperativePaused:
            refused.append(True)
        finally:
            connection.close()

    thread = threading.Thread(target=open_it)
    with transaction.atomic():
        operations.suspend_cooperative(actor=boss, cooperative_id=story.host.pk, why="점검")
        thread.start()
        begun.wait(10)
        thread.join(0.5)
        assert thread.is_alive(), "it did not wait"
    thread.join(30)
    assert refused == [True]


def test_the_platforms_list_over_http(operator: Actor, django_assert_max_num_queries: Any) -> None:
    user = person()
    row = applied(user)
    CooperativeFactory(name="가나협동조합")
    client = client_for(operator, "en")
    body = client.get("/api/v1/platform/cooperatives?state=applied").json()["results"]
    assert [(one["id"], one["members"], one["coordinators"]) for one in body] == [
        (str(row.pk), 0, 0)
    ]
    assert user.email in body[0]["applicant"]
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as seen:
            client.get("/api/v1/platform/cooperatives")
        counts.append(len(seen))
        for _ in range(3):
            coordinator_of(CooperativeFactory())
    assert counts[0] == counts[1]
    answer = client.post(f"/api/v1/platform/cooperatives/{row.pk}/suspend", {"why": "x"})
    assert (answer.status_code, answer.json()["code"]) == (409, "state_does_not_allow")
    answer = client.post(f"/api/v1/platform/cooperatives/{row.pk}/refuse", {"why": "no papers"})
    assert (answer.json()["state"], answer.json()["state_reason"]) == ("refused", "no papers")
    trail = client.get(f"/api/v1/platform/cooperatives/{row.pk}/history").json()["results"]
    assert [event["what"] for event in trail] == ["cooperative_refused", "cooperative_applied"]
    sheet = client.get("/api/v1/platform/cooperatives?export=xlsx")
    assert sheet.status_code == 200


def test_a_person_sees_its_own_applications_and_nobody_elses(db: None) -> None:
    from rest_framework.test import APIClient

    user = person()
    applied()
    client = APIClient()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/v1/cooperative-applications").json()["results"] == []
    answer = client.post("/api/v1/cooperative-applications", profile(business_number="x"))
    assert answer.status_code == 422
    assert "business_number" in answer.json()["fields"]
    answer = client.post("/api/v1/cooperative-applications", profile())
    assert (answer.status_code, answer.json()["code"]) == (409, "cooperative_exists")
    answer = client.post("/api/v1/cooperative-applications", profile(business_number="1248100998"))
    assert answer.status_code == 201
    mine = client.get("/api/v1/cooperative-applications").json()["results"]
    assert [one["state"] for one in mine] == ["applied"]
