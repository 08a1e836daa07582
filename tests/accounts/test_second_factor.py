"""The second factor: set up, asked for at sign-in, required of some seats, reset when lost."""

import base64
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from tests.accounts.browser import CODES, FACTORS, TOTP, Browser, code_of
from tests.accounts.people import PASSWORD, at_browser, person
from tests.factories.accounts import CooperativeFactory, FirmFactory, SeatFactory
from tests.factories.clients import client_for, proved

from mungchi.accounts import operations
from mungchi.accounts.access import actor_for
from mungchi.accounts.domain.permissions import SECOND_FACTOR_ROLES
from mungchi.common.models import History

pytestmark = pytest.mark.django_db
OPERATOR_WHY = "휴대전화 분실, 통화로 본인 확인"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


def seat_of(user: Any, role: str) -> Any:
    place = {"owner": "firm", "buyer": "firm", "viewer": "firm", "operator": ""}.get(
        role, "cooperative"
    )
    made = {"firm": FirmFactory, "cooperative": CooperativeFactory}.get(place)
    return SeatFactory(user=user, role=role, **({place: made()} if made else {}))


def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(
    django_capture_on_commit_callbacks: Any,
) -> None:
    user = person()
    here, elsewhere = at_browser(user), at_browser(user)
    assert here.get(TOTP).status_code == 404
    unproved = here.post(TOTP, {"code": "000000"})
    assert unproved.status_code in {400, 401}
    with django_capture_on_commit_callbacks(execute=True):
        secret = here.add_app(PASSWORD)
    assert elsewhere.get("/api/v1/me").status_code == 401, "begun with the password alone"
    assert here.get("/api/v1/me").json()["second_factor"] == "present"
    (letter,) = mail.outbox
    assert (letter.to, "인증 앱" in letter.body) == ([user.email], True)

    visitor = Browser()
    first = visitor.sign_in(user.email, PASSWORD)
    assert first.status_code == 401
    (pending,) = (flow for flow in first.json()["data"]["flows"] if flow.get("is_pending"))
    assert (pending["id"], "totp" in pending["types"]) == ("mfa_authenticate", True)
    assert visitor.get("/api/v1/me").status_code == 401, "half a sign-in is none"
    before = visitor.cookie("session")
    assert visitor.second_step("000000").status_code == 400
    done = visitor.second_step(code_of(secret, steps=1))
    assert done.status_code == 200, done.content
    assert visitor.get("/api/v1/me").status_code == 200
    assert visitor.cookie("session") != before, "the key changes at the second step as well"


def test_the_qr_code_is_a_picture_without_scripts_or_addresses() -> None:
    browser = at_browser(person())
    meta = browser.get(TOTP).json()["meta"]
    assert meta["totp_url"].startswith("otpauth://totp/kim%40mungchi.example?secret=")
    assert "issuer=Mungchi" in meta["totp_url"]
    assert "<svg" in meta["totp_svg"]
    assert "<path" in meta["totp_svg"]
    assert "script" not in meta["totp_svg"]


def test_a_code_opens_one_door(settings: Any) -> None:
    user = person()
    secret = at_browser(user).add_app(PASSWORD)
    code = code_of(secret, steps=1)
    browser = Browser()
    browser.sign_in(user.email, PASSWORD)
    assert browser.second_step(code).status_code == 200
    cache.delete(f"allauth.mfa.totp.used?user={user.pk}&code={code}")
    again = Browser()
    again.sign_in(user.email, PASSWORD)
    assert again.second_step(code).status_code == 400, "though allauth has forgotten it"


def test_a_code_of_a_minute_ago_opens_none() -> None:
    user = person()
    secret = at_browser(user).add_app(PASSWORD)
    browser = Browser()
    browser.sign_in(user.email, PASSWORD)
    assert browser.second_step(code_of(secret, steps=-3)).status_code == 400
    assert browser.second_step(code_of(secret, steps=3)).status_code == 400


def test_the_sixth_wrong_code_in_five_minutes_is_refused() -> None:
    user = person()
    secret = at_browser(user).add_app(PASSWORD)
    browser = Browser()
    browser.sign_in(user.email, PASSWORD)
    answers = [browser.second_step(f"00000{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert answers[5]["Content-Type"] == "application/problem+json"
    other = Browser()
    other.sign_in(user.email, PASSWORD)
    assert other.second_step(code_of(secret, steps=1)).status_code == 429, "whoever tries"


def test_recovery_codes_are_shown_once_work_once_and_are_renewed() -> None:
    user = person()
    browser = at_browser(user)
    browser.add_app(PASSWORD)
    codes = browser.get(CODES).json()["data"]["unused_codes"]
    assert len(set(codes)) == 10
    assert "unused_codes" not in browser.get(CODES).json()["data"]

    for expected in (200, 400):
        visitor = Browser()
        visitor.sign_in(user.email, PASSWORD)
        assert visitor.second_step(codes[0]).status_code == expected
    fresh = browser.post(CODES).json()["data"]["unused_codes"]
    assert not set(fresh) & set(codes)
    visitor = Browser()
    visitor.sign_in(user.email, PASSWORD)
    assert visitor.second_step(codes[1]).status_code == 400
    assert visitor.second_step(fresh[0]).status_code == 200
    kinds = History.objects.filter(subject_id=user.pk).values_list("kind", flat=True)
    assert "recovery_codes_renewed" in kinds


def test_secrets_are_not_readable_in_the_database(settings: Any) -> None:
    user = person()
    secret = at_browser(user).add_app(PASSWORD)
    row = Authenticator.objects.get(user=user, type="totp")
    assert secret not in str(row.data)
    assert base64.b32decode(secret).hex() not in str(row.data)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [settings.SECRET_KEY]
    browser = Browser()
    browser.sign_in(user.email, PASSWORD)
    assert browser.second_step(code_of(secret, steps=1)).status_code == 200, "a key before it"
    settings.SECRET_KEY_FALLBACKS = []
    lost = Browser()
    lost.sign_in(user.email, PASSWORD)
    assert lost.second_step(code_of(secret)).status_code == 400, "refused, not a server error"


def test_changing_factors_asks_who_it_is() -> None:
    user = person()
    browser = at_browser(user)
    secret = browser.get(TOTP).json()["meta"]["secret"]
    asked = browser.post(TOTP, {"code": code_of(secret)})
    assert asked.status_code == 401
    assert asked.json()["meta"]["is_authenticated"] is True
    assert not Authenticator.objects.exists()
    assert browser.prove("wrong-password-1").status_code == 400
    assert browser.prove(PASSWORD).status_code == 200
    assert browser.post(TOTP, {"code": code_of(secret)}).status_code == 200
    stolen = Browser()
    stolen.sign_in(user.email, PASSWORD)
    stolen.second_step(code_of(secret, steps=1))
    for method, path in (("DELETE", TOTP), ("POST", CODES), ("GET", f"{FACTORS}/webauthn")):
        assert stolen.send(method, path).status_code == 401, (method, path)
    assert Authenticator.objects.filter(type="totp").exists()


@pytest.mark.parametrize("role", ["owner", "buyer", "viewer", "coordinator", "auditor", "operator"])
def test_seats_that_need_it_do_nothing_without(settings: Any, role: str) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = person()
    seat_of(user, role)
    browser = at_browser(user)
    me = browser.get("/api/v1/me").json()
    refused = browser.get("/api/v1/notifications")
    keys = browser.get("/api/v1/keys")
    if role not in SECOND_FACTOR_ROLES:
        assert (me["second_factor"], refused.status_code) == ("absent", 200)
        return
    assert (me["second_factor"], me["capabilities"]) == ("missing", [])
    for answer in (refused, keys):
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    browser.add_app(PASSWORD)
    me = browser.get("/api/v1/me").json()
    assert me["second_factor"] == "present"
    assert "notifications.read" in me["capabilities"]
    assert browser.get("/api/v1/notifications").status_code == 200


def test_every_capability_asks_for_it(settings: Any) -> None:
    """Each view of each capability of a coordinator, by the table of addresses."""
    from tests.permissions.cells import ABSENT
    from tests.permissions.matrix import LINES

    from mungchi.accounts.domain.permissions import SIGNED_IN, may

    settings.SECOND_FACTOR_REQUIRED = True
    seat = SeatFactory(role="coordinator", cooperative=CooperativeFactory())
    client = client_for(actor_for(seat))
    lines = [line for line in LINES if line.capability != SIGNED_IN]
    lines = [line for line in lines if may("coordinator", line.capability)]
    assert len(lines) > 35
    for line in lines:
        path = "/api/v1/" + line.path.replace("<uuid:pk>", ABSENT)
        answer = getattr(client, line.method.lower())(path)
        assert answer.json()["code"] == "second_factor_required", line.name


def test_it_is_not_asked_for_where_the_installation_does_not(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client = client_for(actor_for(seat_of(person(), "coordinator")))
    assert client.get("/api/v1/members").status_code == 200
    assert client.get("/api/v1/me").json()["second_factor"] == "absent"


def test_asking_for_it_costs_no_query_more(settings: Any, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_for(actor_for(seat_of(person(), "viewer")))
    counts = []
    for settings.SECOND_FACTOR_REQUIRED in (False, True):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/api/v1/notifications/unread").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_last_factor_stays_while_a_seat_needs_one(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = person()
    seat = seat_of(user, "owner")
    browser = at_browser(user)
    browser.add_app(PASSWORD)
    refused = browser.send("DELETE", TOTP)
    assert (refused.status_code, refused.json()["code"]) == (409, "second_factor_needed")
    assert Authenticator.objects.filter(user=user).count() == 2

    seat.delete()
    assert browser.send("DELETE", TOTP).status_code == 200
    assert not Authenticator.objects.filter(user=user).exists(), "the recovery codes go too"
    removed = History.objects.get(kind="second_factor_removed")
    assert (removed.subject_id, removed.data) == (user.pk, {"type": "totp"})


def test_one_of_two_factors_may_go(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    user = person()
    seat_of(user, "owner")
    browser = at_browser(user)
    browser.add_app(PASSWORD)
    passkey = Authenticator.objects.create(user=user, type="webauthn", data={"name": "x"})
    assert browser.send("DELETE", TOTP).status_code == 200
    body = {"authenticators": [passkey.pk]}
    assert browser.send("DELETE", f"{FACTORS}/webauthn", body).status_code == 409


class TestLost:
    """Somebody lost the telephone and the recovery codes."""

    @pytest.fixture(autouse=True)
    def _people(self) -> None:
        self.user = person(language="en")
        self.browser = at_browser(self.user)
        self.browser.add_app(PASSWORD)
        self.operator = actor_for(SeatFactory(role="operator"))
        self.client = proved(client_for(self.operator))

    def ask(self, email: str, why: str = OPERATOR_WHY) -> Any:
        return self.client.post("/api/v1/second-factor/reset", {"email": email, "why": why})

    def test_an_operator_resets_the_factor(self, django_capture_on_commit_callbacks: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert self.ask("KIM@mungchi.example").status_code == 204
        assert not Authenticator.objects.filter(user=self.user).exists()
        assert self.browser.get("/api/v1/me").status_code == 401, "its sessions have ended"
        (letter,) = mail.outbox
        assert letter.to == [self.user.email]
        assert "reset" in letter.body, "in the person's language, not the operator's"
        assert OPERATOR_WHY in letter.body
        event = History.objects.get(kind="second_factor_reset")
        assert (event.subject_id, event.user_id) == (self.user.pk, self.operator.user_id)
        assert (event.why, event.data["types"]) == (OPERATOR_WHY, ["totp", "recovery_codes"])
        assert Browser().sign_in(self.user.email, PASSWORD).status_code == 200
        assert self.ask(self.user.email).json()["code"] == "nothing_to_reset"

    def test_only_for_people_there_are_with_a_reason(self) -> None:
        unknown = self.ask("nobody@mungchi.example")
        assert (unknown.status_code, unknown.json()["code"]) == (422, "person_unknown")
        assert self.ask(self.user.email, why="").status_code == 422
        assert Authenticator.objects.filter(user=self.user).exists()

    def test_an_operators_own_is_another_operators_to_reset(self) -> None:
        from mungchi.accounts.models import User

        own = User.objects.get(pk=self.operator.user_id)
        refused = self.ask(own.email)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_your_own")

    def test_not_from_a_session_somebody_left_open(self) -> None:
        client = client_for(self.operator)
        body = {"email": self.user.email, "why": OPERATOR_WHY}
        answer = client.post("/api/v1/second-factor/reset", body)
        assert answer.json()["code"] == "reauthentication_required"
        assert Authenticator.objects.filter(user=self.user).exists()

    def test_a_mail_server_that_is_away_undoes_nothing(
        self, settings: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
        with django_capture_on_commit_callbacks(execute=True):
            operations.reset_second_factor(
                actor=self.operator, email=self.user.email, why=OPERATOR_WHY
            )
        assert not Authenticator.objects.filter(user=self.user).exists()


def test_the_command_resets_where_no_operator_is_left(capsys: Any) -> None:
    from django.core.management import CommandError, call_command

    user = person(is_staff=True)
    at_browser(user).add_app(PASSWORD)
    call_command("reset_second_factor", user.email, why=OPERATOR_WHY)
    assert not Authenticator.objects.exists()
    event = History.objects.get(kind="second_factor_reset")
    assert (event.role, event.user_id, event.why) == ("system", None, OPERATOR_WHY)
    with pytest.raises(CommandError):
        call_command("reset_second_factor", user.email, why=OPERATOR_WHY)
