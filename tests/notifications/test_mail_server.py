"""A real mail server that is away, refuses, stalls, hangs up: nothing is lost, nothing doubled."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from tests.factories.orders import Deal
from tests.notifications.post_office import PostOffice, free_port, open_on

from mungchi.accounts.models import User
from mungchi.common import clock, mail_server
from mungchi.notifications import stage
from mungchi.notifications.models import Mail, Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def port(settings):
    """Mail goes to a port of this machine, where nobody listens yet."""
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 2
    return settings.EMAIL_PORT


def told():
    """A campaign of which some people are mailed; return the ids of the mails."""
    Deal().settling(60, 60)
    stage.tell_people()
    return {f"<{pk}@localhost>" for pk in Mail.objects.values_list("pk", flat=True)}


def states():
    return set(Mail.objects.values_list("state", flat=True))


def later(**by):
    """Send as if so much time had passed; how many went out."""
    with clock.shifted(timedelta(**by)):
        return stage.send_mail()


def test_a_server_that_is_away_for_days_loses_nothing_and_is_left_alone_meanwhile(port):
    ids = told()
    assert stage.send_mail() == 0
    assert mail_server.away_until() > clock.now()
    began = time.monotonic()
    assert stage.send_mail() == 0, "it is not asked again at once"
    assert time.monotonic() - began < 1
    for hours in range(1, 60, 4):
        assert later(hours=hours) == 0
    assert states() == {"waiting"}
    assert set(Mail.objects.values_list("attempts", flat=True)) == {0}
    office = PostOffice()
    with open_on(port, office):
        assert later(days=3) == len(ids)
        assert later(days=3, minutes=1) == 0
    assert dict(office.taken) == dict.fromkeys(ids, 1)
    assert states() == {"sent"}


def test_a_server_that_hangs_up_in_the_middle_gets_it_again_and_once(port):
    ids = told()
    office = PostOffice()
    office.cut = 2
    with open_on(port, office):
        sent = [later(minutes=10 * minutes) for minutes in range(5)]
    assert sum(sent) == len(ids)
    assert sent[0] == 0
    assert dict(office.taken) == dict.fromkeys(ids, 1)


def test_a_server_that_stalls_gets_it_again(port):
    ids = told()
    office = PostOffice()
    office.stall = 3.0
    with open_on(port, office):
        began = time.monotonic()
        assert stage.send_mail() == 0
        assert time.monotonic() - began < 6, "one is waited for, not all"
        office.stall = 0
        assert later(minutes=10) == len(ids)
    assert set(office.taken) == ids


def test_a_mail_taken_without_a_word_comes_twice_with_one_id(port):
    """Whoever hangs up after taking it cannot be told from whoever did not take it."""
    ids = told()
    office = PostOffice()
    office.forget = 1
    with open_on(port, office):
        assert stage.send_mail() == 0
        assert later(minutes=10) == len(ids)
    assert set(office.taken) == ids
    assert sorted(office.taken.values())[-2:] == [1, 2]


@pytest.mark.parametrize(
    ("answer", "state", "marked"),
    [
        ("550 5.1.1 no such user", "refused", True),
        ("550 mailbox unavailable", "refused", True),
        ("550 5.7.1 relaying denied", "waiting", False),
        ("450 4.2.0 greylisted", "waiting", False),
        ("452 4.2.2 mailbox full", "waiting", False),
    ],
)
def test_what_a_refusal_of_an_address_means(port, answer, state, marked):
    ids = told()
    row = Mail.objects.select_related("user").filter(notification__link__startswith="/camp")[0]
    office = PostOffice()
    office.refuse[row.user.email] = answer
    with open_on(port, office):
        assert stage.send_mail() == len(ids) - 1, "the others are not held up"
        row.refresh_from_db()
        assert (row.state, row.attempts) == (state, 1)
        assert answer[4:] in row.answer
        assert Mailbox.objects.filter(refused_address=row.user.email).exists() == marked
        office.refuse.clear()
        assert later(minutes=10) == (0 if marked else 1)


def test_nothing_goes_to_an_address_that_was_refused_until_it_is_another(port):
    deal = Deal().settling(60, 60)
    stage.tell_people()
    person = User.objects.get(pk=deal.people[0].user_id)
    office = PostOffice()
    office.refuse[person.email] = "550 5.1.1 no such user"
    with open_on(port, office):
        stage.send_mail()
        before = Mail.objects.filter(user=person).count()
        other = Deal(host=deal.host).opened()
        other.join(60, firm=deal.people[0])
        other.join(60)
        other.cleared()
        stage.tell_people()
        assert Mail.objects.filter(user=person).count() == before
        person.email = "another@mungchi.example"
        person.save()
        third = Deal(host=deal.host).opened()
        third.join(60, firm=deal.people[0])
        third.join(60)
        third.cleared()
        stage.tell_people()
        assert stage.send_mail() > 0
    assert [m for m in office.messages if m["To"] == "another@mungchi.example"]


def test_the_head_says_how_to_stop_it_with_one_click(port):
    told()
    office = PostOffice()
    with open_on(port, office):
        stage.send_mail()
    for message in office.messages:
        address = message["List-Unsubscribe"].strip().strip("<>")
        assert address.startswith("http://localhost:8000/api/v1/unsubscribe?token=")
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_body(("plain",)) is not None
        assert message.get_body(("html",)) is not None
