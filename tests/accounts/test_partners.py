"""Cooperatives become partners by mutual agreement, and part with notice."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    auditor_of,
    coordinator_of,
    partners,
)
from tests.factories.clients import client_for
from tests.factories.orders import today

from mungchi.accounts import operations, queries, stage
from mungchi.accounts.access import Actor
from mungchi.accounts.domain.states import PARTNERSHIP
from mungchi.accounts.models import Cooperative, Partnership
from mungchi.common import clock
from mungchi.common.history import MoveNotDeclared
from mungchi.common.models import Transition
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification

__all__ = ["committing"]


@pytest.fixture
def ours(db: None) -> Actor:
    return coordinator_of(CooperativeFactory())


@pytest.fixture
def theirs(db: None) -> Actor:
    return coordinator_of(CooperativeFactory())


def proposed(ours: Actor, theirs: Actor) -> Partnership:
    return operations.propose_partnership(
        actor=ours, cooperative_id=theirs.cooperative_id, message="함께 사고 싶습니다."
    )


def agreed(ours: Actor, theirs: Actor) -> Partnership:
    row = proposed(ours, theirs)
    return operations.accept_partnership(actor=theirs, partnership_id=row.pk)


def are_partners(one: Actor, other: Actor) -> bool:
    rows = queries.active_partners_of(one.cooperative_id, clock.now())
    both = queries.active_partners_of(other.cooperative_id, clock.now())
    found = rows.filter(pk=other.cooperative_id).exists()
    assert found == both.filter(pk=one.cooperative_id).exists(), "one-sided"
    return found


def told(actor: Actor) -> list[str]:
    notifications.tell_people()
    rows = Notification.objects.filter(seat_id=actor.seat_id).order_by("event_id")
    return list(rows.values_list("kind", flat=True))


def test_the_database_has_the_same_moves(db: None) -> None:
    rows = Transition.objects.filter(machine="partnership")
    assert set(rows.values_list("from_state", "to_state")) == PARTNERSHIP.pairs()


def test_proposed_and_agreed(ours: Actor, theirs: Actor) -> None:
    row = proposed(ours, theirs)
    assert proposed(ours, theirs) == row
    assert not are_partners(ours, theirs)
    assert told(theirs) == ["partnership_proposed"]
    for _ in range(2):
        operations.accept_partnership(actor=theirs, partnership_id=row.pk)
    assert are_partners(ours, theirs)
    assert told(ours) == ["partnership_accepted"]


def test_only_who_was_asked_answers_and_only_who_asked_calls_off(
    ours: Actor, theirs: Actor
) -> None:
    row = proposed(ours, theirs)
    with pytest.raises(operations.NotYoursToAnswer):
        operations.accept_partnership(actor=ours, partnership_id=row.pk)
    with pytest.raises(operations.NotYoursToAnswer):
        operations.decline_partnership(actor=ours, partnership_id=row.pk, why="x")
    with pytest.raises(operations.NotYoursToAnswer):
        operations.withdraw_partnership(actor=theirs, partnership_id=row.pk)
    operations.decline_partnership(actor=theirs, partnership_id=row.pk, why="아직 이릅니다.")
    assert told(ours) == ["partnership_declined"]
    again = proposed(ours, theirs)
    operations.withdraw_partnership(actor=ours, partnership_id=again.pk)
    assert not are_partners(ours, theirs)
    with pytest.raises(MoveNotDeclared):
        operations.accept_partnership(actor=theirs, partnership_id=again.pk)


def test_with_whom_there_can_be_no_partnership(ours: Actor, theirs: Actor) -> None:
    for pk in (ours.cooperative_id, CooperativeFactory(state="applied").pk, clock_id()):
        with pytest.raises(operations.PartnerNotChoosable):
            operations.propose_partnership(actor=ours, cooperative_id=pk, message="")
    agreed(ours, theirs)
    for one, other in ((ours, theirs), (theirs, ours)):
        with pytest.raises(operations.PartnershipExists):
            proposed(one, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(
            asking_id=theirs.cooperative_id, asked_id=ours.cooperative_id, proposed_at=clock.now()
        )


def clock_id() -> Any:
    from mungchi.common.ids import uuid7

    return uuid7()


def test_notice_ends_it_on_its_day_and_not_before(ours: Actor, theirs: Actor) -> None:
    row = agreed(ours, theirs)
    last = today() + timedelta(days=14)
    for _ in range(2):
        operations.end_partnership(
            actor=theirs, partnership_id=row.pk, last_day=last, why="물류가 맞지 않습니다."
        )
    assert told(ours)[-1] == "partnership_ending"
    sentence = Notification.objects.filter(seat_id=ours.seat_id).latest("event_id").sentence_ko
    assert f"{last.month}월 {last.day}일" in sentence
    with pytest.raises(operations.NoticeGiven):
        operations.end_partnership(actor=ours, partnership_id=row.pk, last_day=today(), why="x")
    assert stage.end_partnerships() == 0
    assert are_partners(ours, theirs)
    with clock.shifted(timedelta(days=16)):
        assert not are_partners(ours, theirs), "even before the stage has run"
        assert stage.end_partnerships() == 1
        assert stage.end_partnerships() == 0
    row.refresh_from_db()
    assert row.state == "ended"
    assert told(ours)[-1] == told(theirs)[-1] == "partnership_ended"
    assert agreed(theirs, ours).state == "active"


@pytest.mark.parametrize("days", [-1, 400])
def test_a_last_day_that_is_none(ours: Actor, theirs: Actor, days: int) -> None:
    row = agreed(ours, theirs)
    with pytest.raises(operations.NoticeDayWrong):
        operations.end_partnership(
            actor=ours, partnership_id=row.pk, last_day=today() + timedelta(days=days), why="x"
        )
    with pytest.raises(operations.NoticeDayWrong):
        operations.end_partnership(
            actor=ours, partnership_id=row.pk, last_day=date(9999, 12, 31), why="x"
        )


def test_what_was_never_agreed_is_not_ended(ours: Actor, theirs: Actor) -> None:
    row = proposed(ours, theirs)
    with pytest.raises(MoveNotDeclared):
        operations.end_partnership(actor=ours, partnership_id=row.pk, last_day=today(), why="x")


def test_a_suspended_cooperative_is_nobodys_partner_until_it_is_back(
    ours: Actor, theirs: Actor
) -> None:
    agreed(ours, theirs)
    rows = Cooperative.objects.filter(pk=theirs.cooperative_id)
    rows.update(state="suspended", paused_at=clock.now())
    assert not queries.active_partners_of(ours.cooperative_id, clock.now()).exists()
    rows.update(state="active", paused_at=None)
    assert are_partners(ours, theirs)


def test_two_propose_to_each_other_at_the_same_moment(committing: None) -> None:
    pair = [coordinator_of(CooperativeFactory()), coordinator_of(CooperativeFactory())]
    together, ended = threading.Barrier(2), []

    def propose(ours: Actor, theirs: Actor) -> None:
        together.wait(10)
        try:
            proposed(ours, theirs)
            ended.append("proposed")
        except operations.PartnershipExists:
            ended.append("exists")
        finally:
            connection.close()

    threads = [threading.Thread(target=propose, args=[pair[i], pair[1 - i]]) for i in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(ended) == ["exists", "proposed"]


def test_over_http_each_side_reads_the_other(
    ours: Actor, theirs: Actor, django_assert_max_num_queries: Any
) -> None:
    row = proposed(ours, theirs)
    client, other = client_for(ours), client_for(theirs)
    (mine,) = client.get("/api/v1/partnerships?state=proposed").json()["results"]
    (yours,) = other.get("/api/v1/partnerships").json()["results"]
    assert (mine["partner"]["id"], mine["asked_by_us"]) == (str(theirs.cooperative_id), True)
    assert (yours["partner"]["id"], yours["asked_by_us"]) == (str(ours.cooperative_id), False)
    stranger = client_for(coordinator_of(CooperativeFactory()))
    assert stranger.get("/api/v1/partnerships").json()["results"] == []
    assert stranger.post(f"/api/v1/partnerships/{row.pk}/accept").status_code == 404
    assert other.post(f"/api/v1/partnerships/{row.pk}/accept").json()["state"] == "active"
    assert [one["id"] for one in client.get("/api/v1/partners").json()["results"]] == [
        str(theirs.cooperative_id)
    ]
    auditor = client_for(auditor_of(Cooperative.objects.get(pk=ours.cooperative_id)))
    assert auditor.get("/api/v1/partnerships").status_code == 200
    body = {"last_day": today().isoformat(), "why": "x"}
    assert auditor.post(f"/api/v1/partnerships/{row.pk}/end", body).status_code == 403
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as seen:
            client.get("/api/v1/partnerships")
        counts.append(len(seen))
        for _ in range(2):
            partners(Cooperative.objects.get(pk=ours.cooperative_id), CooperativeFactory())
    assert counts[0] == counts[1]
    trail = client.get("/api/v1/cooperative/history?only=events").json()["results"]
    assert {event["what"] for event in trail} == {"partnership_proposed", "partnership_accepted"}
