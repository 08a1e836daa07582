"""How people want to be told: what they chose holds for what is told and for what waits."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, SeatFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts import operations as accounts
from mungchi.accounts.models import Seat
from mungchi.common import clock
from mungchi.notifications import operations, stage
from mungchi.notifications.domain.hours import next_digest, quiet_until
from mungchi.notifications.domain.kinds import CHOSEN, KINDS
from mungchi.notifications.models import Mail, Mailbox, Notification, Preference
from mungchi.notifications.operations import Wanted
from mungchi.notifications.queries.unsubscribing import token_for

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def at_seoul(hour, minute=0, day=27):
    return datetime(2026, 11, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("now", "start", "end", "until"),
    [
        (at_seoul(23), time(21), time(8), at_seoul(8, day=28)),
        (at_seoul(7, 59), time(21), time(8), at_seoul(8)),
        (at_seoul(8), time(21), time(8), None),
        (at_seoul(20, 59), time(21), time(8), None),
        (at_seoul(21), time(21), time(8), at_seoul(8, day=28)),
        (at_seoul(12, 30), time(12), time(13), at_seoul(13)),
        (at_seoul(13), time(12), time(13), None),
        (at_seoul(13), None, None, None),
    ],
)
def test_quiet_hours_are_read_on_the_zones_clock(now, start, end, until):
    assert quiet_until(now, start, end, "Asia/Seoul") == until


def test_the_daily_letter_is_due_the_next_time_the_clock_says_so():
    assert next_digest(at_seoul(7), time(8), "Asia/Seoul") == at_seoul(8)
    assert next_digest(at_seoul(8), time(8), "Asia/Seoul") == at_seoul(8, day=28)
    # The UTC date differs from the one in Seoul.
    assert next_digest(at_seoul(8, 30), time(8), "Asia/Seoul") == at_seoul(8, day=28)


def rows(actor, kind):
    return Notification.objects.filter(seat_id=actor.seat_id, kind=kind)


def mails(actor, kind):
    return Mail.objects.filter(user_id=actor.user_id, notification__kind=kind)


def test_each_kind_is_told_as_chosen():
    deal = Deal().opened()
    firms = [member(deal.host) for _ in range(4)]
    for firm, shown, way in zip(
        firms, (True, True, False, False), ("off", "digest", "now", "off"), strict=True
    ):
        operations.choose(actor=firm, wanted=[Wanted("campaign_cleared", shown, way)])
        deal.join(60, firm=firm)
    deal.cleared()
    stage.tell_people()
    found = [(rows(firm, "campaign_cleared").first(), mails(firm, "campaign_cleared").count())
             for firm in firms]  # fmt: skip
    assert [count for _, count in found] == [0, 0, 1, 0]
    assert found[0][0].shown
    assert found[1][0].digest_after is not None
    assert not found[2][0].shown
    assert found[3][0] is None
    assert client_for(firms[2]).get("/api/v1/notifications/unread").json()["count"] < 3
    listed = client_for(firms[2]).get("/api/v1/notifications").json()["results"]
    assert "campaign_cleared" not in [row["kind"] for row in listed]


def test_what_is_usual_is_not_kept_and_necessary_kinds_stay_on():
    actor = member(CooperativeFactory())
    operations.choose(actor=actor, wanted=[Wanted("campaign_cleared", True, "digest")])
    assert Preference.objects.count() == 1
    operations.choose(actor=actor, wanted=[Wanted("campaign_cleared", True, "now")])
    assert not Preference.objects.exists()
    client = client_for(actor)
    for body in ({"kind": "payments_asked", "shown": True, "mail": "off"},
                 {"kind": "payments_asked", "shown": False, "mail": "now"}):  # fmt: skip
        answer = client.patch("/api/v1/notifications/choices", {"choices": [body]})
        assert (answer.status_code, answer.json()["code"]) == (409, "cannot_be_turned_off")
    answer = client.patch(
        "/api/v1/notifications/choices",
        {"choices": [{"kind": "no_such_kind", "shown": True, "mail": "now"}]},
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_kind")
    assert not Preference.objects.exists()
    with pytest.raises(IntegrityError, match="now_daily_or_not"), transaction.atomic():
        Preference.objects.create(user_id=actor.user_id, kind="x", shown=True, mail="weekly")


def test_the_page_lists_what_concerns_the_persons_seats():
    host = CooperativeFactory()
    firm, office = member(host), coordinator_of(host)
    of_firm = {row["kind"]: row for row in
               client_for(firm).get("/api/v1/notifications/choices").json()["choices"]}  # fmt: skip
    of_office = {row["kind"] for row in client_for(office, "en").get(
        "/api/v1/notifications/choices").json()["choices"]}  # fmt: skip
    assert "campaign_opened" in of_firm
    assert "membership_applied" not in of_firm
    assert "membership_applied" in of_office
    assert "offer_awarded" not in of_firm | {}
    assert of_firm["payments_asked"]["necessary"]
    assert "introduction_withdrawn" not in of_firm, "it is chosen with the others of its title"
    titles = [row["title"] for row in of_firm.values()]
    assert len(titles) == len(set(titles))
    assert set(CHOSEN) < set(KINDS)


def test_only_what_is_necessary():
    deal = Deal().opened()
    firm = member(deal.host)
    box = client_for(firm).put("/api/v1/notifications/mailbox", {
        "only_necessary": True, "quiet_from": None, "quiet_to": None, "digest_at": "08:00",
    })  # fmt: skip
    assert box.status_code == 200
    deal.join(60, firm=firm)
    deal.join(60)
    deal.cleared()
    from mungchi.orders import stage as order_stage
    from mungchi.payments import stage as payment_stage

    order_stage.place_orders()
    payment_stage.ask_for_payment()
    stage.tell_people()
    assert rows(firm, "campaign_cleared").exists()
    assert set(Mail.objects.filter(user_id=firm.user_id).values_list("notification__kind",
               flat=True)) == {"payments_asked"}  # fmt: skip


def test_what_waits_follows_a_change_of_mind():
    deal = Deal().settling(60, 60)
    firm = deal.people[0]
    stage.tell_people()
    assert rows(firm, "campaign_opened").get().digest_after is not None
    operations.choose(actor=firm, wanted=[
        Wanted("campaign_cleared", True, "off"), Wanted("campaign_opened", True, "off"),
    ])  # fmt: skip
    assert mails(firm, "campaign_cleared").get().state == "dropped"
    assert rows(firm, "campaign_opened").get().digest_after is None


def test_mails_wait_for_the_end_of_quiet_hours_and_safety_does_not():
    deal = Deal().settling(60, 60)
    stage.tell_people()
    Mail.objects.exclude(user_id=deal.people[0].user_id).delete()
    local = clock.now().astimezone(SEOUL)
    start, end = (local - timedelta(hours=1)).time(), (local + timedelta(hours=2)).time()
    operations.arrange_mailbox(actor=deal.people[0], only_necessary=False, quiet_from=start,
                               quiet_to=end, digest_at=time(8))  # fmt: skip
    assert stage.send_mail() == 0
    row = Mail.objects.get()
    assert row.state == "waiting"
    assert row.after.astimezone(SEOUL).time() == end
    with clock.shifted(timedelta(hours=2, seconds=1)):
        assert stage.send_mail() == 1
    heir = SeatFactory(role="buyer", firm_id=deal.people[0].firm_id)
    operations.arrange_mailbox(actor=accounts_actor(heir), only_necessary=False, quiet_from=start,
                               quiet_to=end, digest_at=time(8))  # fmt: skip
    accounts.change_role(actor=deal.people[0], seat_id=heir.pk, role="viewer")
    stage.tell_people()
    assert stage.send_mail() == 1


def accounts_actor(seat):
    from mungchi.accounts.access import actor_for

    return actor_for(Seat.objects.select_related("user").get(pk=seat.pk))


def test_the_mailbox_refuses_half_a_night():
    client = client_for(member(CooperativeFactory()))
    for start, end in (("21:00", None), (None, "08:00"), ("08:00", "08:00")):
        answer = client.put("/api/v1/notifications/mailbox", {
            "only_necessary": False, "quiet_from": start, "quiet_to": end, "digest_at": "08:00",
        })  # fmt: skip
        assert (answer.status_code, answer.json()["code"]) == (422, "quiet_hours_need_both")
    assert not Mailbox.objects.exists()


def opened_for(host, count):
    for _ in range(count):
        Story(host=host).opened()
    stage.tell_people()


def test_a_daily_letter_comes_once_a_day_with_what_is_not_read():
    host = CooperativeFactory()
    firm = member(host)
    opened_for(host, 3)
    first = rows(firm, "campaign_opened")[0]
    operations.mark_read(actor=firm, ids=[first.pk])
    assert stage.gather_digests() == 0, "not before its time"
    due = Notification.objects.filter(digest_after__isnull=False).latest("digest_after")
    wait = due.digest_after - clock.now() + timedelta(seconds=1)
    with clock.shifted(wait):
        assert stage.gather_digests() >= 1
        assert stage.gather_digests() == 0
        stage.send_mail()
        opened_for(host, 1)
        assert stage.gather_digests() == 0, "today's has gone"
    letters = [m for m in mail.outbox if "2건" in m.subject]
    mine = Mail.objects.filter(user_id=firm.user_id)
    assert mine.count() == 1
    assert (mine.get().state, mine.get().gathered.count()) == ("sent", 2)
    assert letters
    assert "List-Unsubscribe" in letters[0].extra_headers
    with clock.shifted(wait + timedelta(days=1)):
        stage.gather_digests()
        assert Mail.objects.filter(user_id=firm.user_id).count() == 2
    with clock.shifted(wait + timedelta(days=2)):
        assert stage.gather_digests() == 0, "nothing when there is nothing"
    letter = mine.order_by("id")[0]
    with pytest.raises(IntegrityError, match="one_letter_a_day"), transaction.atomic():
        Mail.objects.create(user_id=firm.user_id, digest_date=letter.digest_date,
                            created_at=clock.now(), after=clock.now())  # fmt: skip


def test_a_letter_of_which_all_was_read_does_not_go():
    host = CooperativeFactory()
    firm = member(host)
    opened_for(host, 2)
    operations.mark_read(actor=firm, ids=None)
    with clock.shifted(timedelta(days=2)):
        stage.gather_digests()
    assert not Mail.objects.filter(user_id=firm.user_id).exists()
    assert not Notification.objects.filter(
        user_id=firm.user_id, digest_after__isnull=False
    ).exists()


def test_another_time_for_the_letter_moves_what_waits():
    host = CooperativeFactory()
    firm = member(host)
    opened_for(host, 1)
    operations.arrange_mailbox(actor=firm, only_necessary=False, quiet_from=None, quiet_to=None,
                               digest_at=time(17, 30))  # fmt: skip
    row = rows(firm, "campaign_opened").get()
    assert row.digest_after.astimezone(SEOUL).time() == time(17, 30)
    assert row.digest_after > clock.now()


def unsubscribe(client, token, **more):
    return client.post(f"/api/v1/unsubscribe?token={token}{more.get('query', '')}",
                       "List-Unsubscribe=One-Click",
                       content_type="application/x-www-form-urlencoded")  # fmt: skip


def test_one_click_turns_a_kind_off_without_signing_in(client):
    deal = Deal().settling(60, 60)
    stage.tell_people()
    firm = deal.people[0]
    token = token_for(firm.user_id, "campaign_cleared")
    page = client.get(f"/api/v1/unsubscribe?token={token}", headers={"Accept": "text/html,*/*"})
    assert page.status_code == 302
    assert page["Location"].startswith("http://localhost:8000/unsubscribe?token=")
    assert client.get(f"/api/v1/unsubscribe?token={token}").json()["off"] is False
    assert not Preference.objects.exists(), "looking changes nothing"
    for _ in range(2):
        answer = unsubscribe(client, token)
        assert answer.status_code == 200
        assert answer.json() == {"kind": "campaign_cleared", "title": "공동구매 마감 결과",
                                 "off": True, "everything_off": False}  # fmt: skip
    assert Preference.objects.get().mail == "off"
    assert Preference.objects.get().shown
    assert mails(firm, "campaign_cleared").get().state == "dropped"


def test_one_click_ends_the_daily_letter_or_all_but_the_necessary(client):
    firm = member(CooperativeFactory())
    assert unsubscribe(client, token_for(firm.user_id, "daily")).json()["off"]
    ways = {row["kind"]: row["mail"] for row in
            client_for(firm).get("/api/v1/notifications/choices").json()["choices"]}  # fmt: skip
    assert "digest" not in ways.values()
    assert ways["campaign_cleared"] == "now"
    token = token_for(firm.user_id, "campaign_cleared")
    assert unsubscribe(client, token, query="&everything=true").json()["everything_off"]
    assert Mailbox.objects.get().only_necessary


def test_a_token_that_is_not_ours_is_nobodys(client):
    firm = member(CooperativeFactory())
    token = token_for(firm.user_id, "campaign_cleared")
    other = token.replace("campaign_cleared", "campaign_opened")
    gone = token_for(SeatFactory.build(user__id=None).pk, "campaign_opened")
    for bad in ("", "x", other, token[:-1], gone):
        for answer in (unsubscribe(client, bad), client.get(f"/api/v1/unsubscribe?token={bad}")):
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown_token")
    necessary = token_for(firm.user_id, "payments_asked")
    assert unsubscribe(client, necessary).status_code == 409
    assert not Preference.objects.exists()


def test_what_was_read_can_be_marked_unread_again():
    host = CooperativeFactory()
    firm = member(host)
    opened_for(host, 2)
    client = client_for(firm)
    ids = [row["id"] for row in client.get("/api/v1/notifications").json()["results"]]
    assert client.post("/api/v1/notifications/read", {"all": True}).json()["count"] == 0
    answer = client.post("/api/v1/notifications/read", {"ids": ids[:1], "read": False})
    assert answer.json()["count"] == 1
    of_group = client.get("/api/v1/notifications?group=campaigns").json()["results"]
    assert len(of_group) == 2
    assert client.get("/api/v1/notifications?group=money").json()["results"] == []
    assert client.get("/api/v1/notifications?group=nothing").status_code in (400, 422)
