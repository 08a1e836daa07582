"""Letters through the queue: nobody waits for a mail server, and nothing secret stays behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.accounts.browser import AUTH, Browser
from tests.accounts.test_sign_in import PASSWORD, link_in, person
from tests.factories.accounts import UserFactory

from mungchi.accounts import operations, stage
from mungchi.accounts.models import Letter, User
from mungchi.common import clock
from mungchi.common.mailing import claim, put_back

pytestmark = pytest.mark.django_db
NEW = "lee@mungchi.example"


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


class Dead(EmailBackend):
    """A mail server that cannot be reached."""

    asked = 0

    def send_messages(self, messages: Any) -> int:
        Dead.asked += 1
        raise ConnectionRefusedError("the server is away")


@pytest.fixture
def dead_server(settings: Any) -> Any:
    """While it lasts, no letter gets out."""
    living, Dead.asked = settings.EMAIL_BACKEND, 0
    settings.EMAIL_BACKEND = f"{__name__}.Dead"

    def revive() -> None:
        settings.EMAIL_BACKEND = living

    return revive


def test_a_dead_mail_server_does_not_break_signing_up(dead_server: Any) -> None:
    answer = Browser().sign_up(NEW, PASSWORD)
    assert (answer.status_code, Dead.asked) == (401, 0), "the request asks no mail server"
    assert User.objects.filter(email=NEW).exists()
    assert ProcrastinateJob.objects.filter(queueing_lock="mail", status="todo").exists()

    assert stage.send_letters() == 0
    assert Dead.asked == 1
    letter = Letter.objects.get()
    assert (letter.mail_state, letter.mail_attempts) == ("waiting", 1)
    assert "/verify-email/" in letter.text

    dead_server()
    assert stage.send_letters() == 0, "not before its time"
    with clock.shifted(timedelta(minutes=3)):
        assert [stage.send_letters() for _ in range(3)] == [1, 0, 0]
    (sent,) = mail.outbox
    assert sent.to == [NEW]
    assert "/verify-email/" in link_in(sent)
    assert "/verify-email/" in sent.alternatives[0][0]


def test_a_letter_asked_for_twice_goes_out_twice() -> None:
    person()
    browser = Browser()
    for _ in range(2):
        browser.post(f"{AUTH}/auth/password/request", {"email": "kim@mungchi.example"})
    assert stage.send_letters() == 2
    assert len(mail.outbox) == 2


def test_what_a_letter_says_is_gone_from_the_database_when_it_goes_out(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Looking"
    Looking.seen, Looking.depth = [], len(connection.savepoint_ids)
    Browser().sign_up(NEW, PASSWORD)
    assert stage.send_letters() == 1
    assert Looking.seen == [("sent", "", "", 0)]
    letter = Letter.objects.get()
    assert (letter.text, letter.html, letter.recipient) == ("", "", NEW)
    assert letter.mailed_at is not None


class Looking(EmailBackend):
    """Looks at the row while the letter is on the wire."""

    seen: list[tuple[str, str, str, int]] = []
    depth = 0

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            row = Letter.objects.get(pk=message.extra_headers["X-Mungchi-Letter"])
            inside = len(connection.savepoint_ids) - Looking.depth
            Looking.seen.append((row.mail_state, row.text, row.html, inside))
            assert "/verify-email/" in message.body
        return len(messages)


def test_a_letter_that_is_given_up_says_nothing_any_more(dead_server: Any) -> None:
    Browser().sign_up(NEW, PASSWORD)
    tries = 0
    while (letter := Letter.objects.get()).mail_state == "waiting":
        assert letter.text
        with clock.shifted(timedelta(days=tries + 1)):
            assert stage.send_letters() == 0
        tries += 1
        assert tries < 20
    assert (tries, letter.mail_state) == (Letter.most_attempts, "failed")
    assert (letter.text, letter.html) == ("", "")


def test_control_a_letter_that_is_gone_cannot_keep_its_text() -> None:
    letter = operations.write_letter(kind="x", recipient=NEW, subject="s", text="secret")
    with pytest.raises(IntegrityError, match="says_nothing"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(mail_state="sent")
    with pytest.raises(IntegrityError, match="says_nothing"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(mail_state="failed")


def test_two_workers_never_take_the_same_letter() -> None:
    for n in range(5):
        operations.write_letter(kind="x", recipient=f"{n}@mungchi.example", subject="s", text="t")
    taken = []
    while (row := claim(Letter.objects.all())) is not None:
        taken.append(row.recipient)
    assert len(taken) == len(set(taken)) == 5


def test_a_letter_put_back_is_whole() -> None:
    operations.write_letter(kind="x", recipient=NEW, subject="s", text="t", html="<p>t</p>")
    row = claim(Letter.objects.all())
    assert row is not None
    put_back(row)
    row.refresh_from_db()
    assert (row.mail_state, row.text, row.html, row.mailed_at) == ("waiting", "t", "<p>t</p>", None)


def test_a_letter_of_a_transaction_that_fails_was_never_written() -> None:
    with transaction.atomic():
        operations.write_letter(kind="x", recipient=NEW, subject="s", text="t")
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_signing_up_writes_the_person_and_the_letter_or_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(**given: Any) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(operations, "write_letter", broken)
    browser = Browser()
    browser.client.raise_request_exception = False
    assert browser.sign_up(NEW, PASSWORD).status_code == 500
    assert not User.objects.exists()


def test_operators_see_to_whom_and_never_what(client: Any) -> None:
    staff = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    letter = operations.write_letter(
        kind="password_reset_key", recipient=NEW, subject="s", text="SECRET-A", html="SECRET-B"
    )
    pages = [client.get(f"/admin/accounts/letter/{rest}") for rest in ("", f"{letter.pk}/change/")]
    for page in pages:
        assert page.status_code == 200
        assert NEW.encode() in page.content
        assert b"SECRET" not in page.content
