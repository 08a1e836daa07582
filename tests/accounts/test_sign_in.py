"""Signing up, in and out, and resetting a password: session cookie and CSRF on one origin."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import mail
from django.core.cache import cache
from tests.accounts.browser import AUTH, Browser
from tests.factories.accounts import CooperativeFactory, FirmFactory, SeatFactory, UserFactory

from mungchi.accounts import stage
from mungchi.accounts.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "garden-lamp-9041"
OTHER = "silver-kettle-7713"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def person(email: str = "kim@mungchi.example", **fields: Any) -> User:
    """Somebody who has signed up and verified the address."""
    from allauth.account.models import EmailAddress

    user = UserFactory(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def letters() -> list[Any]:
    """Everything that has gone out, after the pipeline has sent what waited."""
    stage.send_letters()
    return mail.outbox


def link_in(letter: Any) -> str:
    """The address in a letter that leads somewhere; its last line names the product's own."""
    (link,) = re.findall(r"https?://[^/\s]+/\S+", letter.body)
    return str(link)


def test_the_whole_way_from_sign_up_to_sign_out() -> None:
    browser = Browser()
    answer = browser.sign_up("Lee@Mungchi.example", PASSWORD)
    assert answer.status_code == 401
    assert {"id": "verify_email", "is_pending": True}.items() <= next(
        flow for flow in answer.json()["data"]["flows"] if flow["id"] == "verify_email"
    ).items()
    (letter,) = letters()
    assert letter.to == ["lee@mungchi.example"]
    assert letter.subject.startswith("[뭉치]")
    assert re.search("[가-힣]", letter.body)
    link = link_in(letter)
    assert link.startswith("http://localhost:8000/verify-email/")

    key = unquote(link.rpartition("/verify-email/")[2])
    verified = browser.post(f"{AUTH}/auth/email/verify", {"key": key})
    assert verified.status_code in {200, 401}, verified.content
    if browser.get("/api/v1/me").status_code == 401:
        assert browser.sign_in("lee@mungchi.example", PASSWORD).status_code == 200
    me = browser.get("/api/v1/me").json()
    assert me["user"]["email"] == "lee@mungchi.example"
    assert (me["seats"], me["seat"], me["capabilities"]) == ([], None, [])

    assert browser.sign_out().status_code == 401
    assert browser.get("/api/v1/me").status_code == 401


def test_nobody_gets_in_before_the_address_is_verified() -> None:
    Browser().sign_up("park@mungchi.example", PASSWORD)
    browser = Browser()
    answer = browser.sign_in("park@mungchi.example", PASSWORD)
    assert answer.status_code == 401
    assert browser.get("/api/v1/me").status_code == 401


def test_letters_are_written_in_the_readers_language() -> None:
    Browser("en").sign_up("smith@mungchi.example", PASSWORD)
    (letter,) = letters()
    assert not re.search("[가-힣]", letter.body)


@pytest.mark.parametrize("password", ["", "short", "password123", "1234567890123"])
def test_weak_passwords_are_refused(password: str) -> None:
    answer = Browser().sign_up("kim@mungchi.example", password)
    assert answer.status_code == 400
    assert {error["param"] for error in answer.json()["errors"]} == {"password"}
    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_refusals_are_in_the_callers_language(language: str) -> None:
    person()
    answer = Browser(language).sign_in("kim@mungchi.example", "wrong-password-1")
    (error,) = answer.json()["errors"]
    assert answer.status_code == 400
    assert bool(re.search("[가-힣]", error["message"])) == (language == "ko")


def test_a_write_without_the_csrf_token_is_refused() -> None:
    user = person()
    browser = Browser()
    assert browser.post(f"{AUTH}/auth/login", {}, token=False).status_code == 403
    assert browser.sign_in(user.email, PASSWORD).status_code == 200
    refused = browser.send("PATCH", "/api/v1/me", {"name": "새 이름"}, token=False)
    assert (refused.status_code, refused["Content-Type"]) == (403, "application/problem+json")
    assert browser.send("PATCH", "/api/v1/me", {"name": "새 이름"}).status_code == 200
    assert User.objects.get().name == "새 이름"


def test_the_session_key_changes_at_sign_in_and_ends_at_sign_out() -> None:
    user = person()
    browser = Browser()
    session = browser.client.session
    session["planted"] = "by somebody else"
    session.save()
    browser.client.cookies["session"] = session.session_key
    assert browser.sign_in(user.email, PASSWORD).status_code == 200
    key, token = browser.cookie("session"), browser.cookie("csrftoken")
    assert key != session.session_key
    assert browser.client.cookies["session"]["httponly"]
    assert browser.client.cookies["session"]["samesite"] == "Lax"

    browser.sign_out()
    thief = Browser()
    thief.client.cookies["session"], thief.client.cookies["csrftoken"] = key, token
    assert thief.get("/api/v1/me").status_code == 401
    planted = Browser()
    planted.client.cookies["session"] = session.session_key
    assert planted.get("/api/v1/me").status_code == 401


def test_a_changed_password_ends_the_other_sessions() -> None:
    user = person()
    here, there = Browser(), Browser()
    for browser in (here, there):
        assert browser.sign_in(user.email, PASSWORD).status_code == 200
    answer = here.post(
        f"{AUTH}/account/password/change",
        {"current_password": PASSWORD, "new_password": OTHER},
    )
    assert answer.status_code == 200, answer.content
    assert here.get("/api/v1/me").status_code == 200
    assert there.get("/api/v1/me").status_code == 401


def test_the_sixth_failure_in_five_minutes_is_refused() -> None:
    user = person()
    other = person("choi@mungchi.example")
    browser = Browser()
    answers = [browser.sign_in(user.email, f"wrong-password-{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert answers[5]["Content-Type"] == "application/problem+json"
    assert answers[5]["Retry-After"] == "300"
    assert Browser().sign_in(user.email, PASSWORD).status_code == 429, "the right one as well"
    assert Browser().sign_in(user.email.upper(), PASSWORD).status_code == 429
    assert Browser().sign_in(other.email, PASSWORD).status_code == 200


def test_control_without_the_limit_the_sixth_is_answered(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": False}
    user = person()
    browser = Browser()
    assert [browser.sign_in(user.email, "wrong").status_code for _ in range(8)] == [400] * 8


def answers_alike(known: Any, unknown: Any) -> None:
    """The same answer, but for the address that was typed."""
    assert known.status_code == unknown.status_code
    assert re.sub(rb"[a-z]+@", b"@", known.content) == re.sub(rb"[a-z]+@", b"@", unknown.content)
    assert set(known.cookies) == set(unknown.cookies)


def test_nobody_learns_by_signing_in_who_is_known() -> None:
    person()
    known = Browser().sign_in("kim@mungchi.example", "wrong-password-1")
    answers_alike(known, Browser().sign_in("nobody@mungchi.example", "wrong-password-1"))
    assert known.status_code == 400


def test_nobody_learns_by_signing_up_who_is_known() -> None:
    person()
    known = Browser().sign_up("kim@mungchi.example", OTHER)
    before = len(letters())
    unknown = Browser().sign_up("new@mungchi.example", OTHER)
    answers_alike(known, unknown)
    assert (before, len(letters())) == (1, 2), "the owner is told that somebody tried"
    assert User.objects.get(email="kim@mungchi.example").check_password(PASSWORD)


def test_nobody_learns_by_resetting_who_is_known() -> None:
    person()
    known = Browser().post(f"{AUTH}/auth/password/request", {"email": "kim@mungchi.example"})
    unknown = Browser().post(f"{AUTH}/auth/password/request", {"email": "no@mungchi.example"})
    answers_alike(known, unknown)
    assert len(letters()) == 2, "both are written to, so that the time tells nothing either"


def test_a_password_is_reset_by_the_link_once() -> None:
    user = person()
    thief = Browser()
    assert thief.sign_in(user.email, PASSWORD).status_code == 200
    browser = Browser()
    assert browser.post(
        f"{AUTH}/auth/password/request", {"email": "KIM@mungchi.example"}
    ).status_code in {200, 401}
    link = link_in(letters()[-1])
    assert link.startswith("http://localhost:8000/reset-password/")
    key = link.rpartition("/reset-password/")[2]
    for body in ({"key": "wrong-key", "password": OTHER}, {"key": key, "password": "1234"}):
        assert browser.post(f"{AUTH}/auth/password/reset", body).status_code == 400
    done = browser.post(f"{AUTH}/auth/password/reset", {"key": key, "password": OTHER})
    assert done.status_code in {200, 401}
    assert browser.get("/api/v1/me").status_code == 401, "a link alone does not sign in"
    again = Browser().post(f"{AUTH}/auth/password/reset", {"key": key, "password": "other-one-88"})
    assert again.status_code == 400
    assert thief.get("/api/v1/me").status_code == 401, "whoever was in is out"
    assert Browser().sign_in(user.email, PASSWORD).status_code == 400
    assert Browser().sign_in(user.email, OTHER).status_code == 200


def test_who_is_not_active_does_not_get_in() -> None:
    user = person(is_active=False)
    browser = Browser()
    browser.sign_in(user.email, PASSWORD)
    assert browser.get("/api/v1/me").status_code == 401


def test_me_names_every_seat_and_what_the_chosen_one_may_do() -> None:
    user = person()
    firm = SeatFactory(user=user, role="viewer", firm=FirmFactory())
    office = SeatFactory(user=user, role="coordinator", cooperative=CooperativeFactory())
    foreign = SeatFactory(role="owner", firm=FirmFactory())
    browser = Browser()
    browser.sign_in(user.email, PASSWORD)

    me = browser.get("/api/v1/me").json()
    assert {seat["id"] for seat in me["seats"]} == {str(firm.pk), str(office.pk)}
    assert me["seat"] == me["seats"][0]["id"]
    as_viewer = browser.get("/api/v1/me", **{"X-Seat": str(firm.pk)}).json()
    assert "campaigns.write" not in as_viewer["capabilities"]
    chosen = browser.get("/api/v1/me", **{"X-Seat": str(office.pk)}).json()
    assert chosen["seat"] == str(office.pk)
    assert "campaigns.write" in chosen["capabilities"]
    assert "commitments.write" not in chosen["capabilities"]
    by_address = browser.get(f"/api/v1/me?seat={office.pk}").json()
    assert by_address["seat"] == str(office.pk)
    for wrong in (str(foreign.pk), "nonsense", "0" * 36):
        answer = browser.get("/api/v1/me", **{"X-Seat": wrong})
        assert (answer.status_code, answer.json()["code"]) == (409, "seat_gone")
    office.delete()
    assert browser.get("/api/v1/me", **{"X-Seat": str(office.pk)}).status_code == 409
