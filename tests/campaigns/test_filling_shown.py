"""What people are told and shown of a campaign that is being filled."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories.accounts import member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.demand import need
from tests.factories.filling import HOURS, OVER, Filled

from mungchi.campaigns import operations
from mungchi.campaigns.operations import filling
from mungchi.common import clock
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.notifications.queries.dates import dates_of
from mungchi.notifications.queries.desk import desk_of

pytestmark = pytest.mark.django_db


def test_people_are_told_once_what_is_missing() -> None:
    filled = Filled()
    needing, other = member(filled.story.host), member(filled.story.host)
    need(filled.story.host, item=filled.story.item, firm=needing)
    notifications.tell_people()
    filled.begun()
    with clock.shifted(OVER):
        notifications.tell_people()
        notifications.tell_people()
    told = Notification.objects.filter(kind="filling_began")
    by_seat = {row.seat_id: row for row in told}
    seats = [*filled.people, needing, filled.story.office]
    assert set(by_seat) == {actor.seat_id for actor in seats}
    assert told.count() == len(seats)
    assert other.seat_id not in by_seat
    inside, outside = by_seat[filled.people[0].seat_id], by_seat[needing.seat_id]
    assert "5박스 더하면 포장이 채워집니다" in inside.sentence_ko
    assert "아직 참여할 수 있습니다" in outside.sentence_ko
    assert "It is" not in inside.sentence_en
    assert inside.link == f"/campaigns/{filled.campaign.pk}"


def test_what_is_missing_is_not_told_where_it_would_give_a_firm_away() -> None:
    filled = Filled(31, 24).begun()
    with clock.shifted(OVER):
        notifications.tell_people()
        row = Notification.objects.get(kind="filling_began", seat_id=filled.people[0].seat_id)
        assert "더하면" not in row.sentence_ko
        office = Notification.objects.get(kind="filling_began", seat_id=filled.story.office.seat_id)
        assert "5박스 더하면" in office.sentence_ko
        client = client_for(filled.people[0])
        found = client.get(f"/api/v1/campaigns/{filled.campaign.pk}/filling").json()
        assert (found["ways"], found["withheld"]) == ([], True)
    with pytest.raises(filling.FillsNothing) as refused:
        filled.commit(32, filled.people[0])
    assert "더하면" not in refused.value.text.ko


def test_screens_are_told_what_to_do_and_what_is_offered_is_taken() -> None:
    filled = Filled().begun()
    address = f"/api/v1/campaigns/{filled.campaign.pk}"
    with clock.shifted(OVER):
        client = client_for(filled.newcomer)
        page = client.get(address).json()
        assert (page["state"], page["fill_hours"]) == ("filling", HOURS)
        assert page["can"]["commit"]
        found = client.get(f"{address}/filling").json()
        assert [(way["more"], way["quantity"], way["deeper"]) for way in found["ways"]] == [
            (5, 5, False), (17, 17, False), (53, 53, True)
        ]  # fmt: skip
        assert Decimal(found["unit_price"]) == 100
        body = {key: found["ways"][0][key] for key in ("quantity", "tolerance", "minimum")}
        refused = client.put(f"{address}/commitment", {"quantity": 4}, "json")
        assert (refused.status_code, refused.json()["code"]) == (409, "fills_nothing")
        assert client.put(f"{address}/commitment", body, "json").status_code == 200
        office = client_for(filled.story.office)
        assert office.get(f"{address}/filling").json()["ways"][0]["more"] == 48
        assert office.get(f"{address}/dry-run").json()["quantity"] == 60
        assert office.get(address).json()["can"]["close"]
        assert not office.get(address).json()["can"]["extend"]
        rows = client.get("/api/v1/campaigns", {"state": "filling", "ordering": "closes_at"})
        assert [row["id"] for row in rows.json()["results"]] == [str(filled.campaign.pk)]
        basket = client.get("/api/v1/commitments").json()["results"]
        assert [row["quantity"] for row in basket] == [5]
    other = Filled()
    assert client_for(other.newcomer).get(
        f"/api/v1/campaigns/{other.campaign.pk}/filling"
    ).status_code == 404  # fmt: skip


def test_calendars_and_desks_say_when_the_filling_ends() -> None:
    filled = Filled().begun()
    with clock.shifted(OVER):
        at = clock.now()
        for actor in (filled.people[0], filled.story.office):
            (entry,) = [one for one in dates_of(actor, at) if one.kind == "deadline"]
            assert (entry.at, "물량 채우기" in entry.title.ko) == (
                filled.campaign.fills_until,
                True,
            )
            (row,) = [one for one in desk_of(actor, at) if one.kind == "closing"]
            assert (row.due_at, "물량" in row.text.ko) == (filled.campaign.fills_until, True)
        assert [one.kind for one in dates_of(filled.newcomer, at)] == ["deadline"]


def test_lists_page_by_when_things_end() -> None:
    filled = Filled().begun()
    sooner = Story(host=filled.story.host, given={"closes_at": clock.now() + OVER / 2}).opened()
    soon = Story(
        host=filled.story.host, given={"closes_at": clock.now() + OVER + timedelta(hours=3)}
    ).opened()
    operations.commit(actor=filled.people[0], campaign_id=soon.campaign.pk, quantity=1)
    client, found = client_for(filled.people[0]), []
    for address in ("/api/v1/campaigns", "/api/v1/commitments"):
        titles: list[str] = []
        asked: dict[str, object] = {"ordering": "closes_at", "page_size": 1}
        page = client.get(address, asked).json()
        while page is not None:
            titles += [row.get("campaign", row)["id"] for row in page["results"]]
            page = client.get(page["next"]).json() if page["next"] else None
        found.append(titles)
    ids = [str(one.campaign.pk) for one in (sooner, soon, filled.story)]
    assert found == [ids, ids[1:]]
