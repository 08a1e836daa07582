"""E-mails: in whose language, once, and what happens when the server refuses."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from tests.factories.accounts import SeatFactory
from tests.factories.orders import Deal

from mungchi.accounts import stage as accounts
from mungchi.accounts.models import User
from mungchi.common import clock
from mungchi.common.mailing import claim, put_back
from mungchi.notifications import queries, stage
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db


def waiting():
    return Notification.objects.filter(mail_state="waiting").count()


def test_important_ones_are_mailed_once_in_the_persons_language(settings):
    deal = Deal().settling()
    User.objects.filter(pk=deal.people[1].user_id).update(language="en")
    stage.tell_people()
    expected = waiting()
    assert stage.send_mail() == expected == len(mail.outbox) > 0
    assert stage.send_mail() == 0
    korean, english = (
        next(m for m in mail.outbox if m.to == [User.objects.get(pk=firm.user_id).email])
        for firm in deal.people[:2]
    )
    assert korean.subject == "[뭉치] 공동구매 마감 결과"
    assert english.subject == "[Mungchi] The result of a campaign"
    assert "안녕하세요" in korean.body
    assert "Hello" in english.body
    for message in (korean, english):
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        address = f"{settings.PUBLIC_URL}/campaigns/{deal.campaign.pk}"
        assert address in message.body
        assert address in html


def test_what_firms_write_cannot_become_markup_in_a_mail():
    deal = Deal(given={"title": "<script>alert(1)</script> & 친구"}).settling()
    stage.tell_people()
    stage.send_mail()
    message = next(m for m in mail.outbox if "마감 결과" in m.subject)
    assert "<script>" in message.body
    assert "<script>" not in message.alternatives[0][0]
    assert deal.state() == "settling"


def test_a_person_with_two_seats_gets_one_mail_of_an_event():
    deal = Deal().opened()
    deal.join(60)
    deal.join(60)
    firm = deal.people[0]
    SeatFactory(user_id=firm.user_id, user=None, role="coordinator", cooperative=deal.host)
    deal.cleared()
    stage.tell_people()
    rows = Notification.objects.filter(user_id=firm.user_id, kind="campaign_cleared")
    assert sorted(row.mail_state for row in rows) == ["", "waiting"]


class Refusing(EmailBackend):
    def send_messages(self, messages):
        raise OSError("the server is away")


def test_a_refused_mail_is_put_back_and_given_up_in_the_end(settings):
    Deal().settling(60, 60)
    stage.tell_people()
    count = waiting()
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert stage.send_mail() == 0
    assert waiting() == count
    row = Notification.objects.get(mail_attempts=1)
    assert row.mailed_at is None
    assert row.mail_after > clock.now() + timedelta(seconds=60)
    for hours in range(1, 6):
        with clock.shifted(timedelta(hours=hours)):
            claimed = claim(queries.mailable())
            while claimed.pk != row.pk:
                claimed = claim(queries.mailable())
            put_back(claimed)
    row.refresh_from_db()
    assert (row.mail_state, row.mail_attempts) == ("failed", 6)


def test_a_mail_is_marked_before_it_goes_out_and_no_lock_is_held_meanwhile(settings):
    Deal().settling(60, 60)
    stage.tell_people()
    settings.EMAIL_BACKEND = f"{__name__}.Looking"
    Looking.depth = len(connection.savepoint_ids)
    assert stage.send_mail() > 0
    assert set(Looking.seen) == {"sent"}
    assert set(Looking.inside) == {Looking.depth}


class Looking(EmailBackend):
    seen: list[str] = []
    inside: list[int] = []
    depth = 0

    def send_messages(self, messages):
        for message in messages:
            pk = message.extra_headers["X-Mungchi-Notification"]
            Looking.seen.append(Notification.objects.get(pk=pk).mail_state)
            Looking.inside.append(len(connection.savepoint_ids))
        return len(messages)


def test_two_workers_never_take_the_same_mail():
    Deal().settling()
    stage.tell_people()
    taken = []
    while (row := claim(queries.mailable())) is not None:
        taken.append(row.pk)
    assert len(taken) == len(set(taken)) > 0


@pytest.mark.parametrize(("language", "word"), [("ko", "비밀번호"), ("en", "password")])
def test_allauths_mails_are_ours(client, language, word):
    person = SeatFactory(role="operator").user
    mail.outbox.clear()
    answer = client.post(
        "/api/auth/browser/v1/auth/password/request",
        {"email": person.email},
        content_type="application/json",
        HTTP_ACCEPT_LANGUAGE=language,
    )
    assert answer.status_code == 200, answer.content
    assert accounts.send_letters() == 1
    (message,) = mail.outbox
    assert word in message.subject
    assert word in message.body
    assert "/reset-password/" in message.body
    assert "/reset-password/" in message.alternatives[0][0]


@pytest.mark.parametrize(("language", "word"), [("ko", "이메일 주소"), ("en", "e-mail address")])
def test_a_new_account_is_confirmed_by_our_mail(client, language, word):
    answer = client.post(
        "/api/auth/browser/v1/auth/signup",
        {"email": f"new-{language}@mungchi.example", "password": "sesame-open-77"},
        content_type="application/json",
        HTTP_ACCEPT_LANGUAGE=language,
    )
    assert answer.status_code == 401, answer.content
    assert accounts.send_letters() == 1
    (message,) = mail.outbox
    assert word in message.subject
    assert "/verify-email/" in message.body
    assert "/verify-email/" in message.alternatives[0][0]
