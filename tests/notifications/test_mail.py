"""E-mails: in whose language, once, and what happens when the server refuses."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from tests.factories.accounts import SeatFactory
from tests.factories.orders import Deal

from mungchi.accounts import stage as accounts
from mungchi.accounts.models import Seat, User
from mungchi.common import clock
from mungchi.notifications import operations, stage
from mungchi.notifications.models import Mail, Notification
from mungchi.notifications.operations import posting

pytestmark = pytest.mark.django_db


def waiting():
    return Mail.objects.filter(state="waiting").count()


def sent():
    """What a mail program would show of what went out, by its person's address."""
    return {message.to[0]: message for message in mail.outbox}


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
    title = deal.campaign.title
    assert korean.subject == f"[뭉치] 공동구매 마감 결과: {title}"
    assert english.subject == f"[Mungchi] The result of a campaign: {title}"
    assert "안녕하세요" in korean.body
    assert "Hello" in english.body
    for message, firm in zip((korean, english), deal.people, strict=False):
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        address = f"{settings.PUBLIC_URL}/campaigns/{deal.campaign.pk}?seat={firm.seat_id}"
        assert address in message.body
        assert address in html
        assert f"{settings.PUBLIC_URL}/settings/notifications" in message.body


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
    assert rows.count() == 2
    (row,) = Mail.objects.filter(event=rows[0].event, user_id=firm.user_id)
    with pytest.raises(IntegrityError, match="mailed_of_an_event_once"), transaction.atomic():
        Mail.objects.create(user_id=firm.user_id, event=row.event, created_at=clock.now(),
                            notification=rows.exclude(pk=row.notification_id).get(),
                            after=clock.now())  # fmt: skip


def test_a_mail_is_taken_while_it_goes_out_and_no_lock_is_held_meanwhile(settings):
    Deal().settling(60, 60)
    stage.tell_people()
    settings.EMAIL_BACKEND = f"{__name__}.Looking"
    Looking.depth = len(connection.savepoint_ids)
    assert stage.send_mail() > 0
    assert set(Looking.seen) == {"sending"}
    assert set(Looking.inside) == {Looking.depth}
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}


class Looking(EmailBackend):
    seen: list[str] = []
    inside: list[int] = []
    depth = 0

    def send_messages(self, messages):
        for message in messages:
            pk = message.extra_headers["X-Mungchi-Mail"]
            Looking.seen.append(Mail.objects.get(pk=pk).state)
            Looking.inside.append(len(connection.savepoint_ids))
        return len(messages)


def test_two_workers_never_take_the_same_mail():
    Deal().settling()
    stage.tell_people()
    taken = []
    while (row := operations.take()) is not None:
        taken.append(row.pk)
    assert len(taken) == len(set(taken)) > 0


def test_what_a_lost_worker_had_taken_is_taken_up_again_with_the_same_id():
    Deal().settling(60, 60)
    stage.tell_people()
    row = operations.take()
    with clock.shifted(timedelta(minutes=2)):
        assert operations.take_up_stuck() == 0
    with clock.shifted(timedelta(minutes=4)):
        assert stage.send_mail() == Mail.objects.count()
        # The first worker was only slow: what it writes now changes nothing of what went out.
        posting._write(row, state="waiting")
    row.refresh_from_db()
    assert row.state == "sent"
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert f"<{row.pk}@localhost>" in ids
    assert len(ids) == len(set(ids))


def test_a_mail_that_cannot_be_made_holds_up_no_other(monkeypatch):
    Deal().settling(60, 60)
    stage.tell_people()
    bad, real = Mail.objects.order_by("after", "id")[0], posting.message_of

    def broken(row, through):
        message = real(row, through)
        if row.pk == bad.pk:
            message.send = lambda: 1 / 0
        return message

    monkeypatch.setattr(posting, "message_of", broken)
    assert stage.send_mail() == Mail.objects.count() - 1
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == ("waiting", 1)
    assert "ZeroDivisionError" in bad.answer
    for hours in range(1, 9):
        with clock.shifted(timedelta(hours=5 * hours)):
            stage.send_mail()
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == ("failed", posting.MOST_ATTEMPTS)


def test_who_is_gone_is_mailed_nothing():
    deal = Deal().settling(60, 60)
    stage.tell_people()
    User.objects.filter(pk=deal.people[0].user_id).update(is_active=False)
    seat = Seat.objects.get(pk=deal.people[1].seat_id)
    stage.send_mail()
    assert {m.to[0] for m in mail.outbox} == {User.objects.get(pk=deal.office.user_id).email,
                                              User.objects.get(pk=deal.supplier.user_id).email,
                                              seat.user.email} - {None}  # fmt: skip
    seat.delete()
    assert not Mail.objects.filter(notification__seat_id=deal.people[1].seat_id).exists()


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
