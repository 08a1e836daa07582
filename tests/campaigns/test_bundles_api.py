"""Bundles over the API: the list in its orders, why, one button, setting aside."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, partners
from tests.factories.bundles import Neighbours, look_alike, need, proposed
from tests.factories.campaigns import Story
from tests.factories.catalog import CategoryFactory, ItemFactory
from tests.factories.clients import client_for

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db

BUNDLES = "/api/v1/bundles"


def names(client: Any, query: str = "") -> list[str]:
    answer = client.get(f"{BUNDLES}?{query}")
    assert answer.status_code == 200, answer.content
    return [row["item"]["name"] for row in answer.json()["results"]]


def three() -> Neighbours:
    """Many firms of one item, much of another, a third with another partner, later."""
    both = Neighbours(ours=3, theirs=3)
    much = ItemFactory(name="밀가루", category=CategoryFactory())
    need(both.home, much, 500, days=33)
    for _ in range(2):
        need(both.away, much, 500, days=40)
    third = CooperativeFactory(name="셋째조합")
    partners(both.home, third)
    late = ItemFactory(name="장갑")
    need(both.home, late, 1, days=60)
    need(third, late, 1, days=60)
    proposed(both.home)
    both.third, both.much = third, much  # type: ignore[attr-defined]
    return both


def test_the_list_is_sorted_and_narrowed_and_can_be_taken_along() -> None:
    both: Any = three()
    client = client_for(both.office)
    assert set(names(client)) == {"복사용지 A4", "밀가루", "장갑"}
    assert names(client, "ordering=-firms")[0] == "복사용지 A4"
    assert names(client, "ordering=-quantity")[0] == "밀가루"
    assert names(client, "ordering=first_day") == ["복사용지 A4", "밀가루", "장갑"]
    assert len(names(client, "ordering=-saving")) == 3
    assert names(client, f"partner={both.third.pk}") == ["장갑"]
    assert names(client, f"category={both.much.category_id}") == ["밀가루"]
    assert names(client, f"until={both.day}") == ["복사용지 A4"]
    assert names(client, f"since={both.day + timedelta(days=20)}") == ["장갑"]
    assert names(client, "search=밀가") == ["밀가루"]
    assert "장갑" not in names(client, "recommended=true")
    first = client.get(f"{BUNDLES}?ordering=-saving&page_size=2").json()
    rest = client.get(first["next"]).json()
    assert len(first["results"]) + len(rest["results"]) == 3
    for wrong in ("ordering=x", "partner=x", "until=x", "cursor=x"):
        assert client.get(f"{BUNDLES}?{wrong}").status_code in {400, 422}
    answer = client.get(f"{BUNDLES}?export=xlsx&ordering=-quantity")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.values)
    assert (rows[1][2], rows[1][3], rows[1][4], rows[1][5]) == ("밀가루", "이웃조합", 3, 1500)
    # What one partner's firm needs is in no spreadsheet either.
    assert [row[5] for row in rows if row[2] == "장갑"] == [None]


def test_as_many_queries_for_three_as_for_one() -> None:
    both: Any = three()
    client = client_for(both.office)
    counts = []
    for size in (1, 3):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"{BUNDLES}?page_size={size}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_why_is_told_in_totals_and_a_sentence() -> None:
    both = Neighbours(ours=1, theirs=2)
    own = ItemFactory(cooperative=both.away, name="A4 복사용지 80g")
    need(both.away, own, 70)
    look_alike(both.item, own)
    story = Story(host=both.home, item=both.item).opened()
    story.join(100)
    story.join(100)
    story.cleared()
    client = client_for(both.office)
    bundle = client.get(f"{BUNDLES}/{both.bundle().pk}").json()
    assert (bundle["firms"], bundle["quantity"], bundle["similar"]) == (4, 120, 1)
    assert [(p["own"], p["firms"], p["quantity"]) for p in bundle["parts"]] == [
        (True, 1, 10), (False, 2, None), (False, 1, None),
    ]  # fmt: skip
    assert bundle["parts"][2]["item"]["name"] == "A4 복사용지 80g"
    assert bundle["parts"][2]["differs"]
    assert bundle["saving"]["source"] == "clearing"
    assert "120박스 × (120원 − 80원) = 4,800원" in bundle["saving"]["sentence"]
    assert bundle["saving"]["amount"] == 4800
    english = client_for(both.office, "en").get(f"{BUNDLES}/{bundle['id']}").json()
    assert "120 boxes × (₩120 − ₩80) = ₩4,800" in english["saving"]["sentence"]


def test_one_button_makes_the_campaign_and_the_other_office_is_told() -> None:
    both = Neighbours()
    third = CooperativeFactory()
    partners(both.away, third)
    need(third, both.item)
    client, other = client_for(both.office), client_for(both.other_office)
    pk = both.bundle().pk
    assert client.post(f"{BUNDLES}/{pk}/campaign", {"anyway": "x"}).status_code in {400, 422}
    made = client.post(f"{BUNDLES}/{pk}/campaign")
    assert made.status_code == 201, made.content
    campaign = made.json()
    assert campaign["reach"] == "partners"
    again = client.post(f"{BUNDLES}/{pk}/campaign")
    assert (again.status_code, again.json()["code"]) == (409, "bundle_opened")
    assert client.post(f"{BUNDLES}/{pk}/dismiss").json()["code"] == "bundle_opened"
    opened = client.get(f"{BUNDLES}/{pk}").json()
    assert (opened["state"], opened["campaign"]["id"]) == ("opened", campaign["id"])

    (theirs,) = proposed(both.away)
    row = other.get(f"{BUNDLES}/{theirs.pk}").json()
    # A draft is its office's; that there is one is told.
    assert [(e["host"]["name"], e["title"], e["own"]) for e in row["elsewhere"]] == [
        ("우리조합", None, False)
    ]
    refused = other.post(f"{BUNDLES}/{theirs.pk}/campaign")
    assert (refused.status_code, refused.json()["code"]) == (409, "bundle_opened_elsewhere")
    assert "우리조합" in refused.json()["detail"]
    operations.start_sourcing(actor=both.office, campaign_id=campaign["id"])
    row = other.get(f"{BUNDLES}/{theirs.pk}").json()
    assert row["elsewhere"][0]["id"] == campaign["id"]
    assert other.post(f"{BUNDLES}/{theirs.pk}/campaign", {"anyway": True}).status_code == 201


def test_setting_aside_and_taking_that_back() -> None:
    both = Neighbours()
    client = client_for(both.office)
    pk = both.bundle().pk
    assert client.post(f"{BUNDLES}/{pk}/dismiss").json()["state"] == "dismissed"
    assert names(client, "state=open") == []
    assert names(client, "state=dismissed") == ["복사용지 A4"]
    assert client.post(f"{BUNDLES}/{pk}/restore").json()["state"] == "open"
    assert client_for(both.other_office).post(f"{BUNDLES}/{pk}/dismiss").status_code == 404


def test_members_whose_needs_fit_are_told_so() -> None:
    both = Neighbours()
    other = need(both.away, ItemFactory())
    campaign = operations.open_bundle(actor=both.office, bundle_id=both.bundle().pk)
    story = Story(host=both.home, item=both.item)
    story.office, story.campaign = both.office, campaign
    story.opened()
    notifications.tell_people()

    def told(firm: Any) -> str:
        row = Notification.objects.get(kind="campaign_opened", seat__firm_id=firm)
        return row.sentence_ko

    assert "구매 수요" in told(both.theirs[0].firm_id)
    assert "구매 수요" in told(both.ours[0].firm_id)
    assert "구매 수요" not in told(other.firm_id)
    assert Actor(role="owner", firm_id=other.firm_id).is_firm
