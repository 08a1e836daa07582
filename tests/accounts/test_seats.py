"""Who sits where: changing, removing, leaving, handing over, and the last one who stays."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from rest_framework.test import APIClient
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    SeatFactory,
    UserFactory,
    auditor_of,
    buyer_of,
    coordinator_of,
)
from tests.factories.clients import client_for, proved

from mungchi.accounts import operations, stage
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Firm, Seat, User
from mungchi.common.models import History
from mungchi.notifications.models import Notification
from mungchi.notifications.stage import tell_people

__all__ = ["committing"]


def beside(actor: Actor, role: str) -> Actor:
    """Another person at the same place."""
    if actor.firm_id:
        return buyer_of(Firm.objects.get(pk=actor.firm_id), role=role)
    place = Cooperative.objects.get(pk=actor.cooperative_id)
    return coordinator_of(place) if role == "coordinator" else auditor_of(place)


def firm_owner() -> Actor:
    return buyer_of(FirmFactory())


def coordinator() -> Actor:
    return coordinator_of(CooperativeFactory())


@pytest.mark.django_db
def test_removing_a_seat_works_at_the_next_request_and_is_written_to() -> None:
    owner = firm_owner()
    buyer = beside(owner, "buyer")
    theirs = client_for(buyer)
    assert theirs.get("/api/v1/orders").status_code == 200
    assert proved(client_for(owner)).delete(f"/api/v1/people/{buyer.seat_id}").status_code == 204
    gone = theirs.get("/api/v1/orders")
    assert (gone.status_code, gone.json()["code"]) == (409, "seat_gone")
    without = APIClient()
    without.force_login(
        User.objects.get(pk=buyer.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert (without.get("/api/v1/orders").json()["code"]) == "no_seat"
    assert proved(client_for(owner)).delete(f"/api/v1/people/{buyer.seat_id}").status_code == 404
    stage.send_letters()
    (letter,) = mail.outbox
    assert letter.to == [User.objects.get(pk=buyer.user_id).email]
    assert "해제" in letter.subject
    trail = History.objects.get(kind="seat_removed")
    assert (trail.subject_id, trail.firm_id, trail.from_state) == (
        buyer.seat_id, owner.firm_id, "buyer",
    )  # fmt: skip


@pytest.mark.django_db
def test_what_a_person_was_told_goes_with_its_seat() -> None:
    """Whoever takes the seat away does not see those rows; see the second wall."""
    owner = firm_owner()
    buyer = beside(owner, "buyer")
    proved(client_for(owner)).patch(f"/api/v1/people/{buyer.seat_id}", {"role": "viewer"})
    tell_people()
    assert Notification.objects.filter(seat_id=buyer.seat_id).count() == 1
    assert proved(client_for(owner)).delete(f"/api/v1/people/{buyer.seat_id}").status_code == 204
    assert not Notification.objects.filter(user_id=buyer.user_id).exists()


@pytest.mark.django_db
def test_a_changed_role_works_at_the_next_request() -> None:
    owner = firm_owner()
    buyer = beside(owner, "buyer")
    theirs = client_for(buyer)
    change = proved(client_for(owner)).patch(f"/api/v1/people/{buyer.seat_id}", {"role": "viewer"})
    assert (change.status_code, change.json()["role"]) == (200, "viewer")
    assert "needs.write" not in theirs.get("/api/v1/me").json()["capabilities"]
    proved(client_for(owner)).patch(f"/api/v1/people/{buyer.seat_id}", {"role": "viewer"})
    assert History.objects.filter(kind="seat_role_changed").count() == 1
    wrong = proved(client_for(owner)).patch(f"/api/v1/people/{buyer.seat_id}", {"role": "auditor"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["role"])


LAST: dict[str, Callable[[Actor], Any]] = {
    "changed": lambda a: proved(client_for(a)).patch(
        f"/api/v1/people/{a.seat_id}", {"role": "viewer" if a.firm_id else "auditor"}
    ),
    "removed": lambda a: proved(client_for(a)).delete(f"/api/v1/people/{a.seat_id}"),
    "left": lambda a: client_for(a).post(f"/api/v1/me/seats/{a.seat_id}/leave"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", LAST)
@pytest.mark.parametrize("make", [firm_owner, coordinator])
def test_the_last_owner_and_the_last_coordinator_stay(make: Any, how: str) -> None:
    actor = make()
    beside(actor, "buyer" if actor.firm_id else "auditor")
    inactive = beside(actor, actor.role)
    User.objects.filter(pk=inactive.user_id).update(is_active=False)
    answer = LAST[how](actor)
    assert (answer.status_code, answer.json()["code"]) == (409, "last_keeper")
    assert ("대표" if actor.firm_id else "담당자") in answer.json()["detail"]
    assert Seat.objects.get(pk=actor.seat_id).role == actor.role
    beside(actor, actor.role)
    assert LAST[how](actor).status_code in {200, 204}


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "stay"), [(firm_owner, "buyer"), (coordinator, "auditor"),
                                            (firm_owner, ""), (coordinator, "")])  # fmt: skip
def test_handing_over(make: Any, stay: str) -> None:
    actor = make()
    heir = beside(actor, "viewer" if actor.firm_id else "auditor")
    client = client_for(actor)
    path = f"/api/v1/people/{heir.seat_id}/hand-over"
    unproved = client.post(path, {"staying_as": stay})
    assert (unproved.status_code, unproved.json()["code"]) == (403, "reauthentication_required")
    proved(client)
    answer = client.post(path, {"staying_as": stay})
    assert (answer.status_code, answer.json()["role"]) == (200, actor.role)
    mine = Seat.objects.filter(pk=actor.seat_id).first()
    assert (mine.role if mine else "") == stay
    assert client.post(path, {"staying_as": stay}).status_code in {403, 409}, "nothing left to give"
    assert History.objects.filter(kind="place_handed_over").count() == 1


@pytest.mark.django_db
def test_handing_over_to_oneself_or_as_what_one_is_is_refused() -> None:
    actor = firm_owner()
    heir = beside(actor, "viewer")
    client = proved(client_for(actor))
    own = client.post(f"/api/v1/people/{actor.seat_id}/hand-over", {"staying_as": ""})
    assert (own.status_code, own.json()["code"]) == (409, "own_seat")
    for role in ("owner", "auditor", "king"):
        answer = client.post(f"/api/v1/people/{heir.seat_id}/hand-over", {"staying_as": role})
        assert answer.status_code == 422


@pytest.mark.django_db
def test_who_takes_a_seat_away_or_changes_it_says_once_more_who_it_is() -> None:
    owner = firm_owner()
    other = beside(owner, "buyer")
    client, path = client_for(owner), f"/api/v1/people/{other.seat_id}"
    for asked in (client.patch(path, {"role": "owner"}), client.delete(path)):
        assert (asked.status_code, asked.json()["code"]) == (403, "reauthentication_required")
    assert Seat.objects.get(pk=other.seat_id).role == "buyer"
    assert proved(client).delete(path).status_code == 204


@pytest.mark.django_db
def test_whoever_has_two_seats_leaves_one() -> None:
    owner = firm_owner()
    buyer = beside(owner, "buyer")
    other = SeatFactory(user=User.objects.get(pk=buyer.user_id), firm=FirmFactory(), role="viewer")
    client = client_for(buyer)
    assert client.post(f"/api/v1/me/seats/{buyer.seat_id}/leave").status_code == 204
    client.credentials()
    me = client.get("/api/v1/me").json()
    assert [seat["id"] for seat in me["seats"]] == [str(other.pk)]
    assert History.objects.get(kind="seat_left").user_id == buyer.user_id


@pytest.mark.django_db
def test_an_operator_leaves_freely_and_sees_no_people() -> None:
    seat = SeatFactory(role="operator")
    client = APIClient()
    client.force_login(
        seat.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )  # fmt: skip
    assert client.get("/api/v1/people").status_code == 403
    assert client.post(f"/api/v1/me/seats/{seat.pk}/leave").status_code == 204


@pytest.mark.django_db
def test_people_are_found_and_taken_along_as_a_spreadsheet() -> None:
    owner = firm_owner()
    beside(owner, "buyer")
    User.objects.filter(pk=owner.user_id).update(name="김하나", email="hana@mungchi.example")
    client = client_for(owner)
    for query in ("search=하나", "search=hana@", "role=owner"):
        rows = client.get(f"/api/v1/people?{query}").json()["results"]
        assert [(row["name"], row["mine"]) for row in rows] == [("김하나", True)], query
    for ordering in ("since", "name", "role"):
        assert len(client.get(f"/api/v1/people?ordering={ordering}").json()["results"]) == 2
    assert client.get("/api/v1/people?export=xlsx").content.startswith(b"PK")


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Do all in threads of their own; "done" or the code of the refusal, in any order."""
    from mungchi.common.errors import Refused

    ended: list[str] = []
    ready = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> None:
        try:
            ready.wait(10)
            deed()
            ended.append("done")
        except Refused as refusal:
            ended.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ended)


@pytest.mark.parametrize("how", ["change", "remove", "leave", "hand over"])
@pytest.mark.parametrize("make", [firm_owner, coordinator])
def test_two_who_demote_each_other_at_once_do_not_both_go(
    committing: None, make: Any, how: str
) -> None:
    for _ in range(5):
        first = make()
        second = beside(first, first.role)
        lower = "viewer" if first.firm_id else "auditor"

        def deed(by: Actor, other: Actor, lower: str = lower) -> Callable[[], Any]:
            if how == "change":
                return lambda: operations.change_role(actor=by, seat_id=other.seat_id, role=lower)
            if how == "remove":
                return lambda: operations.remove_seat(actor=by, seat_id=other.seat_id)
            if how == "leave":
                user = User.objects.get(pk=by.user_id)
                return lambda: operations.leave_seat(user=user, seat_id=by.seat_id)
            return lambda: operations.hand_over(actor=by, seat_id=other.seat_id, staying_as="")

        at_once(deed(first, second), deed(second, first))
        kept = Seat.objects.filter(
            firm_id=first.firm_id, cooperative_id=first.cooperative_id, role=first.role
        )
        assert kept.count() >= 1


def test_of_two_who_use_one_link_at_once_one_gets_in(committing: None) -> None:
    key = operations.invite(actor=firm_owner(), role="buyer").link.rpartition("/")[2]
    users = [UserFactory(), UserFactory()]
    ended = at_once(
        *(lambda user=user: operations.accept_invitation(user=user, key=key) for user in users)
    )
    assert ended == ["done", "invitation_dead"]
    assert Seat.objects.filter(role="buyer").count() == 1


def test_one_person_with_two_links_at_once_gets_one_seat(committing: None) -> None:
    actor, user = firm_owner(), UserFactory()
    keys = [operations.invite(actor=actor, role="buyer").link.rpartition("/")[2] for _ in range(2)]
    ended = at_once(
        *(lambda key=key: operations.accept_invitation(user=user, key=key) for key in keys)
    )
    assert ended == ["already_there", "done"]
