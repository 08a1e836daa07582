"""Pages: nothing twice, nothing missing, whatever the order, and whatever comes in meanwhile."""

import base64
import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns.models import Campaign
from mungchi.common import clock

pytestmark = pytest.mark.django_db
MEMBERS = "/api/v1/members"


def walk(client: Any, address: str, link: str = "next") -> list[list[str]]:
    """The keys on each page from an address on."""
    pages: list[list[str]] = []
    while address and len(pages) < 60:
        body = client.get(address).json()
        assert "results" in body, body
        pages.append([row["id"] for row in body["results"]])
        address = body[link] or ""
        last = body
    assert len(pages) < 60, "it goes round in circles"
    walk.last = last  # type: ignore[attr-defined]
    return pages


@pytest.fixture
def office() -> Actor:
    """An office with eleven members: equal names, equal and absent days of joining, no code."""
    cooperative = CooperativeFactory()
    at = clock.now()
    for index in range(11):
        MembershipFactory(
            cooperative=cooperative,
            firm=FirmFactory(name=["가람", "한빛", "한빛", "=1+1", "Zeta & co"][index % 5]),
            joined_at=None if index % 3 == 0 else at - timedelta(days=index // 4),
        )
    return coordinator_of(cooperative)


@pytest.mark.parametrize("order", ["name", "-joined", "code"])
@pytest.mark.parametrize("size", [1, 2, 3, 4, 100])
def test_every_row_once_forwards_and_backwards(office: Actor, order: str, size: int) -> None:
    client = client_for(office)
    whole = walk(client, f"{MEMBERS}?ordering={order}&page_size=100")[0]
    assert len(whole) == len(set(whole)) == 11

    pages = walk(client, f"{MEMBERS}?ordering={order}&page_size={size}")
    assert [key for page in pages for key in page] == whole
    assert all(len(page) == size for page in pages[:-1])

    back = walk(client, walk.last["previous"], "previous") if len(pages) > 1 else []  # type: ignore[attr-defined]
    assert [key for page in reversed(back) for key in page] == whole[: len(whole) - len(pages[-1])]


def test_absent_values_of_a_date(office: Actor) -> None:
    story = Story(host=office_cooperative(office))
    for days in (None, 3, None, 5, 3, None):
        made = Story(host=story.host, item=story.item).campaign
        closes = None if days is None else clock.now() + timedelta(days=days)
        Campaign.objects.filter(pk=made.pk).update(closes_at=closes)
    client = client_for(office)
    whole = walk(client, "/api/v1/campaigns?ordering=closes_at&page_size=100")[0]
    pages = walk(client, "/api/v1/campaigns?ordering=closes_at&page_size=2")
    assert [key for page in pages for key in page] == whole
    assert len(whole) == 7


def office_cooperative(office: Actor) -> Any:
    from mungchi.accounts.models import Cooperative

    return Cooperative.objects.get(pk=office.cooperative_id)


def test_rows_that_come_in_meanwhile_shift_nothing(office: Actor) -> None:
    client = client_for(office)
    before = walk(client, f"{MEMBERS}?ordering=-joined&page_size=100")[0]
    first = client.get(f"{MEMBERS}?ordering=-joined&page_size=4").json()
    for _ in range(3):
        member(office_cooperative(office))
    Membership.objects.filter(pk=before[1]).delete()
    rest = walk(client, first["next"])
    assert [row["id"] for row in first["results"]] == before[:4]
    assert [key for page in rest for key in page if key in before] == before[4:]


def test_a_page_whose_rows_have_gone_leads_back(office: Actor) -> None:
    client = client_for(office)
    first = client.get(f"{MEMBERS}?page_size=10").json()
    Membership.objects.exclude(pk__in=[row["id"] for row in first["results"]]).delete()
    empty = client.get(first["next"]).json()
    assert empty["results"] == []
    assert empty["next"] is None
    again = client.get(empty["previous"]).json()
    assert [row["id"] for row in again["results"]] == [row["id"] for row in first["results"]][:9]


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", 25), ("0", 25), ("-5", 25), ("x", 25), ("1", 1), ("100", 100), ("101", 100),
     ("9" * 30, 100)],
)  # fmt: skip
def test_never_more_than_a_hundred(asked: str, given: int) -> None:
    cooperative = CooperativeFactory()
    for _ in range(101):
        MembershipFactory(cooperative=cooperative)
    answer = client_for(coordinator_of(cooperative)).get(f"{MEMBERS}?page_size={asked}")
    assert len(answer.json()["results"]) == given


def packed(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["x", "AAAA", "%00", "cD0yMDI2", packed(), packed(0, "x"), packed(0, "x", "no-uuid"),
     packed(0, "x", None), packed(0, 7, "0197b2c0-0000-7000-8000-000000000000"),
     packed("x", "x", "0197b2c0-0000-7000-8000-000000000000"),
     packed(0, "2026-01-01T00:00:00", "0197b2c0-0000-7000-8000-000000000000"),
     packed(0, "a\0b", "0197b2c0-0000-7000-8000-000000000000"),
     packed(0, "\ud800", "0197b2c0-0000-7000-8000-000000000000"),
     packed([], {}, [])],
)  # fmt: skip
def test_a_cursor_of_somebody_elses_making_is_refused(office: Actor, cursor: str) -> None:
    answer = client_for(office).get(f"{MEMBERS}?ordering=-joined&cursor={cursor}")
    assert answer.status_code == 422
    assert answer.json()["code"] == "cursor_unknown"


def test_the_filters_stay_in_the_links(office: Actor) -> None:
    body = client_for(office).get(f"{MEMBERS}?search={quote('한빛')}&page_size=1").json()
    assert "search=" in urlsplit(body["next"]).query
    assert sum(len(page) for page in walk(client_for(office), body["next"])) == 3
