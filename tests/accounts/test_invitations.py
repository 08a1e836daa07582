"""Invitations to seats: single use, in time, not guessable, and for nobody else."""

import hashlib
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.cache import cache
from rest_framework.test import APIClient
from tests.accounts.browser import Browser
from tests.accounts.counting import Counting
from tests.accounts.test_sign_in import PASSWORD, link_in, person
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    UserFactory,
    auditor_of,
    buyer_of,
    coordinator_of,
)
from tests.factories.clients import client_for

from mungchi.accounts import operations, stage
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Letter, Seat, SeatInvitation, User
from mungchi.accounts.queries.invitations import digest_of
from mungchi.common import clock
from mungchi.common.models import History

pytestmark = pytest.mark.django_db
DEAD = (404, "invitation_dead")
EMAIL = "new@mungchi.example"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def owner(**fields: Any) -> Actor:
    return buyer_of(FirmFactory(**fields))


def key_in(link: str) -> str:
    return unquote(link.rpartition("/invitation/")[2])


def link_for(actor: Actor, role: str = "buyer") -> str:
    return key_in(operations.invite(actor=actor, role=role).link)


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def look(client: Any, key: str) -> Any:
    return client.post("/api/v1/invitation", {"key": key}, format="json")


def accept(client: Any, key: str) -> Any:
    return client.post("/api/v1/invitation/accept", {"key": key}, format="json")


def ended(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")


def test_a_link_shows_what_it_is_and_gives_the_seat_once() -> None:
    actor = owner(name="가온정밀")
    key = link_for(actor)
    seen = look(APIClient(), key).json()
    assert (seen["place"], seen["role"]) == ({"kind": "firm", "name": "가온정밀"}, "buyer")
    assert (seen["standing"], seen["email"], seen["host"]) == ("open", "", None)
    assert seen["invited_by"] == actor.user_name

    user = UserFactory()
    first = accept(signed_in(user), key)
    assert first.status_code == 200
    seat = Seat.objects.get(user=user)
    assert (seat.role, seat.firm_id, str(seat.pk)) == ("buyer", actor.firm_id, first.json()["id"])
    again = accept(signed_in(user), key)
    assert (again.status_code, again.json()["id"]) == (200, str(seat.pk))
    assert look(signed_in(user), key).json()["standing"] == "accepted"
    assert ended(accept(signed_in(UserFactory()), key)) == DEAD
    assert History.objects.filter(kind="seat_invitation_accepted").count() == 1


def test_every_dead_key_gets_the_same_answer() -> None:
    actor = owner()
    used, revoked, late = link_for(actor), link_for(actor), link_for(actor)
    accept(signed_in(UserFactory()), used)
    row = SeatInvitation.objects.get(key_hash=digest_of(revoked))
    operations.revoke_invitation(actor=actor, invitation_id=row.pk)
    SeatInvitation.objects.filter(key_hash=digest_of(late)).update(expires_at=clock.now())
    bodies = set()
    for key in (used, revoked, late, "unknown", "x" * 43, digest_of(used)):
        for send in (look, accept):
            answer = send(signed_in(UserFactory()), key)
            body = answer.json()
            body.pop("request_id")
            bodies.add((answer.status_code, json.dumps(body)))
        anonymous = look(APIClient(), key).json()
        anonymous.pop("request_id")
        bodies.add((404, json.dumps(anonymous)))
    assert len(bodies) == 1, bodies


def test_a_key_lives_seven_days_to_the_second() -> None:
    actor = owner()
    key = link_for(actor)
    until = SeatInvitation.objects.get().expires_at
    assert timedelta(days=6, hours=23) < until - clock.now() <= timedelta(days=7)
    with clock.shifted(timedelta(days=6, hours=23, minutes=59)):
        assert look(APIClient(), key).status_code == 200
    with clock.shifted(timedelta(days=7)):
        assert ended(look(APIClient(), key)) == DEAD
        assert ended(accept(signed_in(UserFactory()), key)) == DEAD
    assert not Seat.objects.filter(role="buyer").exists()


def test_keys_are_long_random_and_kept_as_hashes_only() -> None:
    actor = owner()
    keys = [link_for(actor) for _ in range(20)]
    assert len(set(keys)) == 20
    for key in keys:
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key), "256 bits"
    kept = json.dumps(list(SeatInvitation.objects.values()), default=str)
    trail = json.dumps(list(History.objects.values()), default=str)
    for key in keys:
        assert key not in kept + trail
        assert hashlib.sha256(key.encode()).hexdigest() in kept


def test_asking_with_keys_is_limited_by_address(settings: Any) -> None:
    client = APIClient()
    answers = [look(client, f"guess-{n}") for n in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    assert int(answers[30]["Retry-After"]) > 0
    assert accept(signed_in(UserFactory()), "guess").status_code == 429, "one count for both"


def test_control_without_the_limit_guessing_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from mungchi.accounts.api.limits import KeyLimit

    monkeypatch.setattr(KeyLimit, "allow_request", lambda *asked: True)
    assert {look(APIClient(), f"guess-{n}").status_code for n in range(40)} == {404}


def test_inviting_is_limited_by_person() -> None:
    client = client_for(owner())
    answers = [client.post("/api/v1/seat-invitations", {"role": "viewer"}) for _ in range(61)]
    assert [answer.status_code for answer in answers] == [201] * 60 + [429]


def test_no_mailbox_is_filled_from_here() -> None:
    actor = owner()
    row = operations.invite(actor=actor, role="buyer", email=EMAIL).invitation
    for _ in range(4):
        operations.resend_invitation(actor=actor, invitation_id=row.pk)
    with pytest.raises(operations.TooManyLetters):
        operations.resend_invitation(actor=actor, invitation_id=row.pk)
    answer = client_for(owner()).post(
        "/api/v1/seat-invitations", {"role": "buyer", "email": EMAIL}
    )  # fmt: skip
    assert ended(answer) == (429, "too_many_letters")
    assert Letter.objects.count() == 5
    with clock.shifted(timedelta(days=1, seconds=1)):
        operations.resend_invitation(actor=actor, invitation_id=row.pk)


def test_an_invitation_by_e_mail_is_for_that_verified_address_alone() -> None:
    actor = owner()
    answer = client_for(actor).post(
        "/api/v1/seat-invitations", {"role": "buyer", "email": "New@Mungchi.example"}
    )
    assert (answer.status_code, answer.json()["link"]) == (201, "")
    stage.send_letters()
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    key = key_in(link_in(letter))
    other = person("other@mungchi.example")
    assert look(signed_in(other), key).json()["standing"] == "other_address"
    assert ended(accept(signed_in(other), key)) == (409, "invitation_for_another")
    unproven = UserFactory(email=EMAIL)
    assert ended(accept(signed_in(unproven), key)) == (409, "invitation_for_another")
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=unproven, email=EMAIL, verified=True, primary=True)
    assert accept(signed_in(unproven), key).status_code == 200


def test_whoever_was_invited_by_e_mail_signs_up_without_a_second_letter() -> None:
    actor = owner()
    operations.invite(actor=actor, role="buyer", email=EMAIL)
    stage.send_letters()
    key = key_in(link_in(mail.outbox[0]))
    browser = Browser()
    assert browser.post("/api/v1/invitation", {"key": key}).status_code == 200
    answer = browser.sign_up(EMAIL, PASSWORD)
    assert answer.status_code == 200, answer.content
    taken = browser.post("/api/v1/invitation/accept", {"key": key})
    assert taken.status_code == 200, taken.content
    assert browser.get("/api/v1/me").json()["seat"] == taken.json()["id"]
    assert stage.send_letters() == 0


def test_another_address_is_still_to_be_proven() -> None:
    operations.invite(actor=owner(), role="buyer", email=EMAIL)
    stage.send_letters()
    browser = Browser()
    browser.post("/api/v1/invitation", {"key": key_in(link_in(mail.outbox[0]))})
    assert browser.sign_up("other@mungchi.example", PASSWORD).status_code == 401
    stranger = Browser()
    assert stranger.sign_up(EMAIL, PASSWORD).status_code == 401, "the proof is the session's"


def test_a_link_proves_no_address() -> None:
    browser = Browser()
    browser.post("/api/v1/invitation", {"key": link_for(owner())})
    assert browser.sign_up(EMAIL, PASSWORD).status_code == 401


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_letter_is_in_the_readers_language_and_holds_no_markup(language: str) -> None:
    person(EMAIL, language=language)
    operations.invite(actor=owner(name="<b>가온\n정밀</b>"), role="viewer", email=EMAIL)
    stage.send_letters()
    (letter,) = mail.outbox
    html = letter.alternatives[0][0]
    assert "\n" not in letter.subject
    assert "<b>" not in html
    assert link_in(letter) in html
    assert bool(re.search("초대합니다", letter.body)) == (language == "ko")
    assert ("as Viewer" in letter.body) == (language == "en")


def test_sent_again_it_has_another_key() -> None:
    actor = owner()
    client = client_for(actor)
    first = client.post("/api/v1/seat-invitations", {"role": "buyer"}).json()
    pk = first["invitation"]["id"]
    with clock.shifted(timedelta(days=8)):
        assert client.get("/api/v1/seat-invitations").json()["results"][0]["expired"] is True
    again = client.post(f"/api/v1/seat-invitations/{pk}/resend").json()
    assert key_in(again["link"]) != key_in(first["link"])
    assert ended(look(APIClient(), key_in(first["link"]))) == DEAD
    assert look(APIClient(), key_in(again["link"])).status_code == 200
    listed = client.get("/api/v1/seat-invitations").json()["results"]
    assert [row["id"] for row in listed] == [pk]
    assert "link" not in listed[0]


def test_one_address_is_invited_once_to_a_place_and_not_when_it_sits_there() -> None:
    actor = owner()
    client = client_for(actor)
    body = {"role": "buyer", "email": EMAIL}
    assert client.post("/api/v1/seat-invitations", body).status_code == 201
    assert ended(client.post("/api/v1/seat-invitations", body)) == (409, "already_invited")
    own = {"role": "buyer", "email": User.objects.get(pk=actor.user_id).email}
    assert ended(client.post("/api/v1/seat-invitations", own)) == (409, "already_there")
    key = link_for(actor, "viewer")
    owned = signed_in(User.objects.get(pk=actor.user_id))
    assert look(owned, key).json()["standing"] == "seated"
    assert ended(accept(owned, key)) == (409, "already_there")
    assert Seat.objects.get(pk=actor.seat_id).role == "owner", "nobody demotes itself by a link"


@pytest.mark.parametrize(
    ("who", "roles"),
    [("owner", {"owner", "buyer", "viewer"}), ("coordinator", {"coordinator", "auditor"})],
)
def test_who_invites_to_what(who: str, roles: set[str]) -> None:
    actor = owner() if who == "owner" else coordinator_of(CooperativeFactory())
    client = client_for(actor)
    for role in ("owner", "buyer", "viewer", "coordinator", "auditor"):
        answer = client.post("/api/v1/seat-invitations", {"role": role})
        assert answer.status_code == (201 if role in roles else 422), role
    assert client.post("/api/v1/seat-invitations", {"role": "operator"}).status_code == 422


def test_an_office_invites_the_owner_of_a_member_nobody_represents() -> None:
    row = MembershipFactory()
    office = coordinator_of(row.cooperative)
    body = {"role": "owner", "firm": str(row.firm_id), "email": EMAIL}
    client = client_for(office)
    assert client.post("/api/v1/seat-invitations", {**body, "role": "buyer"}).status_code == 422
    sent = client.post("/api/v1/seat-invitations", body)
    assert sent.status_code == 201
    stage.send_letters()
    key = key_in(link_in(mail.outbox[0]))
    seen = look(APIClient(), key).json()
    assert (seen["place"]["kind"], seen["host"]["name"]) == ("firm", row.cooperative.name)
    assert accept(signed_in(person(EMAIL)), key).status_code == 200
    assert Seat.objects.get(firm=row.firm).role == "owner"
    again = client.post("/api/v1/seat-invitations", {**body, "email": "x@mungchi.example"})
    assert ended(again) == (422, "firm_not_to_invite_to")


def test_an_office_does_not_invite_into_strangers_or_represented_firms() -> None:
    office = coordinator_of(CooperativeFactory())
    stranger = MembershipFactory().firm
    left = MembershipFactory(cooperative_id=office.cooperative_id, cooperative=None, state="active")
    left.state = "left"
    left.save()
    represented = MembershipFactory(cooperative_id=office.cooperative_id, cooperative=None).firm
    buyer_of(represented, role="viewer")
    for firm in (stranger.pk, left.firm_id, represented.pk):
        answer = client_for(office).post(
            "/api/v1/seat-invitations", {"role": "owner", "firm": str(firm)}
        )
        assert ended(answer) == (422, "firm_not_to_invite_to")


def test_an_offices_key_is_dead_once_the_firm_has_people_or_has_left() -> None:
    for end in ("people", "left"):
        row = MembershipFactory()
        office = coordinator_of(row.cooperative)
        sent = operations.invite(actor=office, role="owner", firm_id=row.firm_id)
        key = key_in(sent.link)
        assert look(APIClient(), key).status_code == 200
        if end == "people":
            buyer_of(row.firm)
        else:
            row.state = "left"
            row.save()
        assert ended(look(APIClient(), key)) == DEAD
        assert ended(accept(signed_in(UserFactory()), key)) == DEAD


@pytest.mark.parametrize(
    "how", ["removed", "demoted", "left", "handed over", "not active", "by hand"]
)
def test_what_somebody_sent_ends_with_its_right_to_send(how: str) -> None:
    first = owner()
    second = buyer_of(Firm.objects.get(pk=first.firm_id))
    key = link_for(first, "owner")
    if how == "removed":
        operations.remove_seat(actor=second, seat_id=first.seat_id)
    elif how == "demoted":
        operations.change_role(actor=second, seat_id=first.seat_id, role="buyer")
    elif how == "left":
        operations.leave_seat(user=User.objects.get(pk=first.user_id), seat_id=first.seat_id)
    elif how == "handed over":
        operations.hand_over(actor=first, seat_id=second.seat_id, staying_as="viewer")
    elif how == "not active":
        User.objects.filter(pk=first.user_id).update(is_active=False)
    else:
        Seat.objects.filter(pk=first.seat_id).delete()
    assert ended(look(APIClient(), key)) == DEAD
    assert ended(accept(signed_in(UserFactory()), key)) == DEAD
    pending = SeatInvitation.objects.filter(state="pending").count()
    assert pending == (1 if how in {"not active", "by hand"} else 0)


def test_lists_take_the_same_queries_for_one_and_for_three() -> None:
    actor = owner()
    client = client_for(actor)
    counts = []
    for more in (1, 2):
        for n in range(more):
            operations.invite(actor=actor, role="buyer", email=f"p{more}{n}@mungchi.example")
            buyer_of(Firm.objects.get(pk=actor.firm_id), role="viewer")
        for path in ("seat-invitations", "people"):
            with Counting() as counting:
                client.get(f"/api/v1/{path}")
            counts.append(counting.count)
    assert counts[:2] == counts[2:]


@pytest.mark.parametrize("body", [{}, {"key": ""}, {"key": "x" * 201}, {"key": 5}, {"key": None},
                                  {"key": ["a"]}])  # fmt: skip
def test_what_is_no_key_is_refused_or_dead(body: dict[str, Any]) -> None:
    answer = APIClient().post("/api/v1/invitation", body, format="json")
    assert answer.status_code in {404, 422}


@pytest.mark.parametrize("email", ["a", "a@b", "a@b.c\nBcc: x@y.example", "x" * 250 + "@b.example"])
def test_what_is_no_address_is_refused(email: str) -> None:
    answer = client_for(owner()).post("/api/v1/seat-invitations", {"role": "buyer", "email": email})
    assert answer.status_code == 422
    assert "email" in answer.json()["fields"]


def test_an_auditor_reads_and_does_not_invite() -> None:
    client = client_for(auditor_of(CooperativeFactory()))
    assert client.get("/api/v1/people").status_code == 200
    assert client.get("/api/v1/seat-invitations").status_code == 200
    assert client.post("/api/v1/seat-invitations", {"role": "auditor"}).status_code == 403
