"""Keys with which programs act for a seat."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    SeatFactory,
    coordinator_of,
)
from tests.factories.clients import client_for, proved

from mungchi.accounts import operations
from mungchi.accounts.access import Actor, WrongKeys
from mungchi.accounts.domain import api_key
from mungchi.accounts.models import ApiKey, Seat, User
from mungchi.common import clock
from mungchi.common.models import History

pytestmark = pytest.mark.django_db
SCOPES = ["members.read", "members.write", "orders.read"]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def office() -> Actor:
    return coordinator_of(CooperativeFactory())


def program(key: str) -> Client:
    """A program: no cookies, and CSRF checked as for anybody."""
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {key}"})


def made(actor: Actor, **given: Any) -> tuple[ApiKey, str]:
    return operations.make_key(
        **{"actor": actor, "name": "회계", "scopes": SCOPES, "days": 30, **given}
    )


def asks(office: Actor, **change: Any) -> Any:
    body = {"name": "회계", "scopes": SCOPES, "days": 30, **change}
    return proved(client_for(office)).post("/api/v1/keys", body)


def test_a_key_is_made_shown_once_and_kept_as_a_hash(office: Actor) -> None:
    answer = asks(office)
    assert answer.status_code == 201
    body = answer.json()
    key = body["key"]
    assert api_key.prefix_of(key) == body["prefix"]
    row = ApiKey.objects.get()
    assert row.digest == api_key.digest(key)
    with connection.cursor() as cursor:
        cursor.execute("SELECT k::text FROM accounts_apikey k")
        assert key.rpartition("_")[2] not in str(cursor.fetchall())
    listed = client_for(office).get("/api/v1/keys")
    assert "key" not in listed.json()["results"][0]
    assert key not in listed.content.decode()
    event = History.objects.get(kind="api_key_made")
    assert (event.subject_id, event.data["name"]) == (row.pk, "회계")
    assert key not in json.dumps(event.data)


def test_a_program_acts_for_the_seat_within_its_scopes(office: Actor) -> None:
    row, key = made(office)
    applicant = MembershipFactory(cooperative_id=office.cooperative_id, state="applied")
    caller = program(key)
    assert caller.get("/api/v1/members").json()["results"][0]["id"] == str(applicant.pk)
    answer = caller.post(f"/api/v1/members/{applicant.pk}/admit", content_type="application/json")
    assert answer.status_code == 200, answer.content
    event = History.objects.get(kind="member_admitted")
    assert (event.seat_id, event.user_id) == (office.seat_id, office.user_id)
    assert event.data["api_key"] == str(row.pk), "the trail says that it was a program"

    for path in ("payments", "imports"):
        refused = caller.get(f"/api/v1/{path}")
        assert (refused.status_code, refused.json()["code"]) == (403, "not_for_this_key")
    me = caller.get("/api/v1/me").json()
    assert me["capabilities"] == SCOPES
    assert [seat["id"] for seat in me["seats"]] == [str(office.seat_id)]


def test_a_key_cannot_do_what_its_seat_no_longer_may(office: Actor) -> None:
    _, key = made(office)
    Seat.objects.filter(pk=office.seat_id).update(role="auditor")
    caller = program(key)
    assert caller.get("/api/v1/members").status_code == 200
    path = f"/api/v1/members/{office.seat_id}/admit"
    assert caller.post(path, content_type="application/json").json()["code"] == "not_allowed"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "keys"), ("POST", "keys"), ("PATCH", "me"), ("GET", "sessions"),
     ("POST", "sessions/end-others"), ("POST", "firms"), ("GET", "cooperatives")],
)  # fmt: skip
def test_keys_make_no_keys_and_touch_no_account(office: Actor, method: str, path: str) -> None:
    _, key = made(office)
    answer = program(key).generic(method, f"/api/v1/{path}", b"{}", "application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_for_this_key")


def test_keys_do_not_sign_in_to_the_account_service(office: Actor) -> None:
    _, key = made(office)
    caller = program(key)
    for path in ("account/authenticators", "account/email", "auth/session"):
        assert caller.get(f"/api/auth/browser/v1/{path}").status_code == 401
    assert caller.get("/admin/").status_code == 302


def test_a_removed_seat_ends_the_key_at_the_next_request(office: Actor) -> None:
    _, key = made(office)
    assert program(key).get("/api/v1/members").status_code == 200
    Seat.objects.get(pk=office.seat_id).delete()
    assert program(key).get("/api/v1/members").status_code == 401


def test_a_closed_account_ends_the_key(office: Actor) -> None:
    _, key = made(office)
    User.objects.filter(pk=office.user_id).update(is_active=False)
    assert program(key).get("/api/v1/members").status_code == 401


def test_a_revoked_key_is_refused(office: Actor) -> None:
    row, key = made(office)
    client = client_for(office)
    first = client.post(f"/api/v1/keys/{row.pk}/revoke")
    again = client.post(f"/api/v1/keys/{row.pk}/revoke")
    assert first.json() == again.json()
    assert first.json()["status"] == "revoked"
    assert History.objects.filter(kind="api_key_revoked").count() == 1
    answer = program(key).get("/api/v1/members")
    assert (answer.status_code, answer.json()["code"]) == (401, "key_refused")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_key_that_has_run_out_is_refused(office: Actor) -> None:
    with clock.shifted(-timedelta(days=31)):
        _, key = made(office)
    assert program(key).get("/api/v1/members").status_code == 401
    (row,) = client_for(office).get("/api/v1/keys").json()["results"]
    assert row["status"] == "expired"


def test_wrong_keys_are_refused_counted_and_limited(
    office: Actor, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    monkeypatch.setattr(WrongKeys, "rate", "3/min")
    _, key = made(office)
    wrong = ["", "nonsense", key[:-1] + ("A" if key[-1] != "A" else "B"), "한글", key + "x"]
    with caplog.at_level(logging.WARNING, "mungchi.access"):
        answers = [program(each).get("/api/v1/members") for each in wrong]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert 0 < int(answers[3]["Retry-After"]) <= 60
    told = [record for record in caplog.records if record.message == "a wrong API key"]
    assert [record.api_key_prefix for record in told][2] == api_key.prefix_of(key)
    assert key.rpartition("_")[2] not in caplog.text, "never the key"
    assert program(key).get("/api/v1/members").status_code == 200, "a right one is not counted"


def test_a_key_says_its_seat(office: Actor) -> None:
    _, key = made(office)
    other = SeatFactory(user_id=office.user_id, role="auditor", cooperative=CooperativeFactory())
    answer = program(key).get("/api/v1/members", headers={"X-Seat": str(other.pk)})
    assert (answer.status_code, answer.json()["code"]) == (409, "seat_gone")
    same = program(key).get("/api/v1/members", headers={"X-Seat": str(office.seat_id)})
    assert same.status_code == 200


def test_a_key_goes_before_the_cookie_of_a_browser(office: Actor) -> None:
    """And so needs no token: a page of another origin cannot send the header."""
    _, key = made(office)
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(
        User.objects.get(pk=office.user_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    header = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    assert browser.patch("/api/v1/me", {"name": "x"}).status_code == 403
    assert browser.get("/api/v1/me", **header).json()["capabilities"] == SCOPES
    assert browser.get("/api/v1/members", HTTP_AUTHORIZATION="Bearer x").status_code == 401


def test_last_used_is_written_once_a_minute(office: Actor) -> None:
    row, key = made(office)
    writes = []
    for shift in (0, 30, 61):
        with clock.shifted(timedelta(seconds=shift)), CaptureQueriesContext(connection) as queries:
            program(key).get("/api/v1/members")
        writes.append(sum(query["sql"].startswith("UPDATE") for query in queries))
    assert writes == [1, 0, 1]
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_the_log_of_requests_names_the_key(office: Actor, caplog: Any) -> None:
    row, key = made(office)
    with caplog.at_level(logging.INFO, "mungchi.request"):
        program(key).get("/api/v1/members")
        client_for(office).get("/api/v1/members")
    first, second = (r for r in caplog.records if r.name == "mungchi.request")
    assert first.api_key == str(row.pk)
    assert not hasattr(second, "api_key")


@pytest.mark.parametrize(
    ("change", "code"),
    [({"scopes": ["commitments.write"]}, "scope_not_yours"),
     ({"scopes": ["keys.write"]}, "scope_not_yours"),
     ({"scopes": ["nonsense"]}, "scope_not_yours"),
     ({"scopes": []}, "invalid"), ({"days": 0}, "invalid"), ({"days": 366}, "invalid"),
     ({"name": ""}, "invalid"), ({"name": "가" * 61}, "invalid")],
)  # fmt: skip
def test_what_cannot_be_made_is_refused(office: Actor, change: dict[str, Any], code: str) -> None:
    answer = asks(office, **change)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert not ApiKey.objects.exists()


def test_a_key_is_made_only_by_somebody_who_proved_who_it_is(office: Actor) -> None:
    body = {"name": "회계", "scopes": SCOPES, "days": 30}
    answer = client_for(office).post("/api/v1/keys", body)
    assert (answer.status_code, answer.json()["code"]) == (403, "reauthentication_required")


def test_names_differ_until_revoked(office: Actor) -> None:
    row, _ = made(office)
    assert asks(office).json()["code"] == "key_name_taken"
    operations.revoke_key(actor=office, key_id=row.pk)
    assert asks(office).status_code == 201


def test_a_seat_has_at_most_twenty(office: Actor) -> None:
    for number in range(20):
        made(office, name=str(number))
    answer = asks(office)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_keys")


def test_another_seats_key_is_none(office: Actor) -> None:
    row, _ = made(office)
    colleague = SeatFactory(role="coordinator", cooperative_id=office.cooperative_id)
    from mungchi.accounts.access import actor_for

    client = client_for(actor_for(colleague))
    assert client.get("/api/v1/keys").json()["results"] == []
    assert client.post(f"/api/v1/keys/{row.pk}/revoke").status_code == 404


def test_the_list_is_as_many_queries_for_three_as_for_one(office: Actor) -> None:
    client, counts = client_for(office), []
    for number in range(3):
        made(office, name=str(number))
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/api/v1/keys").json()["results"]) == number + 1
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_a_seat_without_its_second_factor_gives_its_keys_nothing(
    office: Actor, settings: Any
) -> None:
    _, key = made(office)
    settings.SECOND_FACTOR_REQUIRED = True
    answer = program(key).get("/api/v1/members")
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")


@pytest.mark.parametrize(
    "change",
    [{"expires_at": timedelta(days=367)}, {"expires_at": timedelta()}, {"scopes": []},
     {"digest": "mungchi_plain"}],
)  # fmt: skip
def test_the_database_refuses_what_no_key_is(office: Actor, change: dict[str, Any]) -> None:
    row, _ = made(office)
    if "expires_at" in change:
        change = {"expires_at": row.created_at + change["expires_at"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiKey.objects.filter(pk=row.pk).update(**change)
