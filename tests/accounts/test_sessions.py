"""Where a person is signed in: the list, ending one, ending all others, passwords."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.accounts.browser import AUTH, Browser
from tests.accounts.people import PASSWORD, at_browser, person

from config import settings as written
from mungchi.accounts import stage
from mungchi.accounts.models import Session
from mungchi.accounts.stage import send_letters
from mungchi.common.models import History

pytestmark = pytest.mark.django_db
OTHER = "silver-kettle-7713"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def listed(browser: Browser) -> list[dict[str, Any]]:
    return list(browser.get("/api/v1/sessions").json()["results"])


def test_the_list_says_where_since_when_and_which_is_this_one() -> None:
    user = person()
    telephone = Browser()
    telephone.client.defaults |= {"HTTP_USER_AGENT": "Telephone/1", "REMOTE_ADDR": "192.0.2.7"}
    telephone.sign_in(user.email, PASSWORD)
    here = at_browser(user)
    rows = listed(here)
    assert [row["current"] for row in rows] == [True, False], "the one seen last comes first"
    other = rows[1]
    assert (other["ip"], other["agent"]) == ("192.0.2.7", "Telephone/1")
    assert other["signed_in_at"] <= other["last_seen_at"]
    keys = set(Session.objects.values_list("session_key", flat=True))
    assert not any(key in here.get("/api/v1/sessions").content.decode() for key in keys)


def test_the_list_is_as_many_queries_for_three_as_for_one() -> None:
    user = person()
    here = at_browser(user)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            listed(here)
        counts.append(len(queries))
        at_browser(user), at_browser(user)
    assert counts[0] == counts[1]


def test_ending_one_signs_out_whoever_uses_it() -> None:
    user = person()
    here, there = at_browser(user), at_browser(user)
    other = next(row for row in listed(here) if not row["current"])
    assert here.send("DELETE", f"/api/v1/sessions/{other['id']}").status_code == 204
    assert there.get("/api/v1/me").status_code == 401
    assert here.get("/api/v1/me").status_code == 200
    assert here.send("DELETE", f"/api/v1/sessions/{other['id']}").status_code == 404
    assert History.objects.get(kind="session_ended").subject_id == user.pk


def test_ending_the_one_that_asks_signs_out() -> None:
    here = at_browser(person())
    (own,) = listed(here)
    assert here.send("DELETE", f"/api/v1/sessions/{own['id']}").status_code == 204
    assert here.get("/api/v1/me").status_code == 401


def test_another_persons_session_is_none() -> None:
    foreign = at_browser(person("lee@mungchi.example"))
    (row,) = listed(foreign)
    here = at_browser(person())
    assert here.send("DELETE", f"/api/v1/sessions/{row['id']}").status_code == 404
    assert foreign.get("/api/v1/me").status_code == 200


def test_signing_out_everywhere_else() -> None:
    user, stranger = person(), at_browser(person("lee@mungchi.example"))
    here, others = at_browser(user), [at_browser(user) for _ in range(2)]
    answer = here.post("/api/v1/sessions/end-others")
    assert answer.json() == {"ended": 2}
    assert [browser.get("/api/v1/me").status_code for browser in others] == [401, 401]
    assert here.get("/api/v1/me").status_code == stranger.get("/api/v1/me").status_code == 200
    assert here.post("/api/v1/sessions/end-others").json() == {"ended": 0}


def test_last_seen_is_written_once_a_minute() -> None:
    here = at_browser(person())
    with CaptureQueriesContext(connection) as queries:
        here.get("/api/v1/me")
    assert not [query for query in queries if query["sql"].startswith("UPDATE")]
    Session.objects.update(last_seen_at=timezone.now() - timedelta(minutes=2), ip="192.0.2.9")
    with CaptureQueriesContext(connection) as queries:
        here.get("/api/v1/me")
    assert len([query for query in queries if query["sql"].startswith("UPDATE")]) == 1
    row = Session.objects.get()
    assert timezone.now() - row.last_seen_at < timedelta(seconds=30)
    assert row.ip == "127.0.0.1", "from where it was used last"


def test_a_changed_password_ends_the_others_and_keeps_since_when() -> None:
    user = person()
    here, there = at_browser(user), at_browser(user)
    before = next(row for row in listed(here) if row["current"])
    body = {"current_password": PASSWORD, "new_password": OTHER}
    assert here.post(f"{AUTH}/account/password/change", body).status_code == 200
    assert there.get("/api/v1/me").status_code == 401
    (row,) = listed(here)
    assert row["current"]
    assert row["signed_in_at"] == before["signed_in_at"], "though its key is another"
    kinds = History.objects.filter(subject_id=user.pk).values_list("kind", flat=True)
    assert set(kinds) == {"password_changed", "sessions_ended"}


def test_a_password_reset_by_letter_ends_all() -> None:
    user = person()
    thief = at_browser(user)
    visitor = Browser()
    visitor.post(f"{AUTH}/auth/password/request", {"email": user.email})
    assert send_letters()
    key = mail.outbox[-1].body.partition("/reset-password/")[2].split()[0]
    visitor.post(f"{AUTH}/auth/password/reset", {"key": key, "password": OTHER})
    assert thief.get("/api/v1/me").status_code == 401
    assert not Session.objects.filter(user=user).exists()


def test_a_session_that_ended_meanwhile_is_not_brought_back() -> None:
    """A request that began before, and writes its session after, the end of it."""
    from django.contrib.sessions.backends.base import UpdateError

    from mungchi.accounts.models.sessions import SessionStore

    here = at_browser(person())
    store = SessionStore(here.cookie("session"))
    store["something"] = "new"
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()


def test_a_key_is_given_once() -> None:
    from django.contrib.sessions.backends.base import CreateError

    from mungchi.accounts.models.sessions import SessionStore

    store = SessionStore()
    store.create()
    double = SessionStore()
    double._session_key = store.session_key
    with pytest.raises(CreateError):
        double.save(must_create=True)


def test_expired_sessions_are_forgotten_and_not_listed() -> None:
    user = person()
    here = at_browser(user)
    at_browser(user)
    other = Session.objects.exclude(session_key=here.cookie("session"))
    other.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert len(listed(here)) == 1
    assert stage.forget_expired_sessions() == 1
    assert Session.objects.count() == 1
    assert here.get("/api/v1/me").status_code == 200


def test_deleting_a_person_ends_its_sessions() -> None:
    user = person()
    here = at_browser(user)
    user.delete()
    assert here.get("/api/v1/me").status_code == 401
    assert not Session.objects.exists()


@pytest.mark.parametrize("asked", ["login", "signup", "password/request"])
def test_strangers_and_the_known_cost_the_same_hashing(
    asked: str, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """What takes long at sign-in is the hash of the password: it is made in any case."""
    import hashlib

    # Not the quick ones of tests.
    settings.PASSWORD_HASHERS = written.PASSWORD_HASHERS
    person()
    real, counts = hashlib.scrypt, []

    def counted(*given: Any, **more: Any) -> bytes:
        counts[-1] += 1
        return real(*given, **more)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    body = {"login": {"password": "wrong-password-1"}, "signup": {"password": OTHER}}.get(asked, {})
    for email in ("kim@mungchi.example", "nobody@mungchi.example"):
        counts.append(0)
        Browser().post(f"{AUTH}/auth/{asked}", {"email": email, **body})
    assert counts[0] == counts[1]
    assert (counts[0] > 0) == (asked != "password/request")
