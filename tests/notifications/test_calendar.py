"""The calendar feed: valid, stable, the seat's own dates alone, ended at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from icalendar import Calendar
from tests.factories.accounts import CooperativeFactory, auditor_of, buyer_of, member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts.models import Firm, Seat, User
from mungchi.campaigns import operations as campaigns
from mungchi.common import clock
from mungchi.notifications.models import CalendarFeed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _uncounted():
    cache.clear()


def address_of(actor):
    answer = client_for(actor).post("/api/v1/calendar")
    assert answer.status_code == 200
    return answer.json()["address"].removeprefix("http://localhost:8000")


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    assert answer["Content-Type"].startswith("text/calendar")
    # Strictly parsed: what is not RFC 5545 raises.
    read = Calendar.from_ical(answer.content)
    assert (read["VERSION"], read["METHOD"]) == ("2.0", "PUBLISH")
    found = list(read.walk("VEVENT"))
    assert all(not one.errors for one in found)
    return {str(one["UID"]): one for one in found}


def test_deadlines_payments_and_deliveries_of_a_firm(client):
    deal = Deal().opened()
    firm = member(deal.host)
    address = address_of(firm)
    uid = f"deadline-{deal.campaign.pk}@localhost"
    before = events(client, address)[uid]
    assert "참여 가능" in str(before["SUMMARY"])
    assert before["DTSTART"].dt == deal.campaign.closes_at.replace(microsecond=0).astimezone(UTC)
    assert client.get(address).content == client.get(address).content, "the same twice"
    deal.join(60, firm=firm)
    deal.join(60)
    later = deal.campaign.closes_at + timedelta(days=2)
    campaigns.extend_campaign(
        actor=deal.office, campaign_id=deal.campaign.pk, closes_at=later, why="더 모으려고"
    )
    after = events(client, address)[uid]
    assert "참여 가능" not in str(after["SUMMARY"])
    assert after["DTSTART"].dt == later.replace(microsecond=0).astimezone(UTC)
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt >= before["LAST-MODIFIED"].dt
    deal.cleared()
    from mungchi.orders import operations as orders
    from mungchi.orders import stage as order_stage
    from mungchi.payments import stage as payment_stage

    order_stage.place_orders()
    payment_stage.ask_for_payment()
    payment = next(one for one in deal.payments() if one.firm_id == firm.firm_id)
    found = events(client, address)
    due = found[f"payment-{payment.pk}@localhost"]
    assert isinstance(due["DTSTART"].dt, date)
    assert not isinstance(due["DTSTART"].dt, datetime)
    assert due["DTEND"].dt - due["DTSTART"].dt == timedelta(days=1)
    for one in deal.payments():
        deal.pay(one)
    order_stage.issue_purchase_orders()
    orders.confirm_purchase_order(actor=deal.supplier, purchase_order_id=deal.purchase_order.pk)
    found = events(client, address)
    assert f"payment-{payment.pk}@localhost" not in found
    assert found[f"goods-{payment.order_id}@localhost"]["DTSTART"].dt == (
        deal.purchase_order.due_date
    )
    supplied = events(client, address_of(deal.supplier))
    assert set(supplied) == {f"supply-{deal.purchase_order.pk}@localhost"}
    office = events(client, address_of(deal.office))
    assert set(office) == set(supplied)


def test_nothing_of_others_is_in_it(client):
    deal = Deal(given={"title": "남의 공동구매"}).placed()
    stranger = member(CooperativeFactory())
    assert events(client, address_of(stranger)) == {}
    colleague = buyer_of(Firm.objects.get(pk=deal.people[0].firm_id))
    mine = events(client, address_of(colleague))
    foreign = {f"payment-{one.pk}@localhost" for one in deal.payments()[1:]}
    assert len(foreign) == 2
    assert not foreign & set(mine)
    assert events(client, address_of(auditor_of(CooperativeFactory()))) == {}


def test_a_new_address_ends_the_old_one_and_only_a_hash_is_kept(client):
    firm = member(CooperativeFactory())
    first = address_of(firm)
    key = first.partition("key=")[2]
    assert len(key) >= 43
    assert key not in str(CalendarFeed.objects.values().get())
    assert client_for(firm).get("/api/v1/calendar").json()["address"] == ""
    events(client, first)
    assert client_for(firm).get("/api/v1/calendar").json()["read_at"]
    second = address_of(firm)
    gone = client.get(first)
    assert gone.status_code == client.get("/api/v1/calendar.ics?key=x").status_code == 404
    assert events(client, second) == {}
    assert client_for(firm).delete("/api/v1/calendar").status_code == 204
    assert client_for(firm).delete("/api/v1/calendar").status_code == 204
    assert client.get(second).status_code == 404


def test_it_ends_with_the_seat_and_rests_with_the_person(client, settings):
    firm = member(CooperativeFactory())
    address = address_of(firm)
    User.objects.filter(pk=firm.user_id).update(is_active=False)
    assert client.get(address).status_code == 404
    User.objects.filter(pk=firm.user_id).update(is_active=True)
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get(address).status_code == 404, "the seat may do nothing without its factor"
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.get(address).status_code == 200
    Seat.objects.get(pk=firm.seat_id).delete()
    assert client.get(address).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_reading_and_guessing_are_limited(client):
    address = address_of(member(CooperativeFactory()))
    answers = [client.get(address).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    other = address_of(member(CooperativeFactory()))
    guesses = [client.get(f"/api/v1/calendar.ics?key=guess{n}").status_code for n in range(31)]
    assert guesses == [404] * 30 + [429]
    assert client.get(other).status_code == 200, "a right key is not counted among the wrong ones"


def test_texts_with_line_breaks_and_commas_stay_one_text(client):
    title = "종이, 잉크; 그 밖\\의 것" + "가" * 60
    story = Story(given={"title": title}).opened()
    firm = member(story.host)
    (event,) = events(client, address_of(firm)).values()
    assert title in str(event["SUMMARY"])
    raw = client.get(address_of(firm)).content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_the_number_of_queries_does_not_depend_on_the_dates(client, django_assert_max_num_queries):
    story = Story().opened()
    firm = member(story.host)
    address = address_of(firm)
    with django_assert_max_num_queries(30) as one:
        events(client, address)
    for _ in range(2):
        Story(host=story.host).opened()
    cache.clear()
    client.get(address)
    with django_assert_max_num_queries(30) as three:
        assert len(events(client, address)) == 3
    assert abs(len(three) - len(one)) <= 2, "but for what is written once in five minutes"
    assert clock.now()
