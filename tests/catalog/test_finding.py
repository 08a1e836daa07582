"""Items are found however they are typed, and a new one is not made twice."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.catalog import ItemFactory
from tests.factories.clients import client_for

from mungchi.catalog.domain.searching import atoms
from mungchi.catalog.models import ItemAlias

pytestmark = pytest.mark.django_db
URL = "/api/v1/items"
NAMES = [
    "쌀 20kg", "쌀 10kg", "A4 복사용지 80g 2500매", "A3 복사용지 80g", "손소독제 4L",
    "토너 카트리지 TN-2400", "토너 카트리지 TN-2300", "볼트 M10", "식용유 18L",
]  # fmt: skip
TYPED = [
    ("쌀20kg", "쌀 20kg", {"쌀 10kg"}),
    ("A4 복사용지80g", "A4 복사용지 80g 2500매", {"A3 복사용지 80g"}),
    ("80g A4", "A4 복사용지 80g 2500매", {"A3 복사용지 80g"}),
    ("a4용지", "A4 복사용지 80g 2500매", {"A3 복사용지 80g"}),
    ("손소독제 4 L", "손소독제 4L", set()),
    ("TN2400", "토너 카트리지 TN-2400", {"토너 카트리지 TN-2300"}),
    ("2400 토너", "토너 카트리지 TN-2400", {"토너 카트리지 TN-2300"}),
    ("식용유18리터", "식용유 18L", set()),
    ("볼트M8", None, {"볼트 M10"}),
]


def found(client, text: str) -> list[str]:
    """The names on the first page, in order."""
    return [row["name"] for row in client.get(URL, {"search": text}).json()["results"]]


@pytest.mark.parametrize(("typed", "meant", "not_meant"), TYPED)
def test_an_item_is_found_in_another_order_and_spacing(
    typed: str, meant: str | None, not_meant: set[str]
) -> None:
    home = CooperativeFactory()
    for name in NAMES:
        ItemFactory(name=name, cooperative=home)
    ItemFactory(name=meant or "볼트 M8", cooperative=CooperativeFactory())
    rows = found(client_for(member(home)), typed)
    assert rows[:1] == ([meant] if meant else [])
    assert not set(rows) & not_meant


def test_what_contains_the_text_stands_first_and_pages_go_on() -> None:
    home = CooperativeFactory()
    for name in ("나 복사용지 A4", "A4 복사용지", "A4복사용지", "가 A4 복사용지"):
        ItemFactory(name=name, cooperative=home)
    client = client_for(member(home))
    assert found(client, "A4 복사용지")[:2] == ["A4 복사용지", "가 A4 복사용지"]
    assert set(found(client, "A4 복사용지")[2:]) == {"나 복사용지 A4", "A4복사용지"}
    page = client.get(URL, {"search": "A4 복사용지", "page_size": 1}).json()
    seen = [row["name"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["name"] for row in page["results"]]
    assert seen == found(client, "A4 복사용지")


def test_another_order_is_kept_and_a_search_costs_the_same_with_many() -> None:
    home = CooperativeFactory()
    client = client_for(member(home))
    counts = []
    for many in (1, 30):
        for n in range(many):
            ItemFactory(name=f"장갑{many} {n:02}", cooperative=home)
        with CaptureQueriesContext(connection) as seen:
            assert found(client, f"장갑{many}")
        counts.append(len(seen))
    assert counts[1] <= counts[0], counts
    assert counts[0] <= 18, counts
    rows = client.get(URL, {"search": "장갑30", "ordering": "-created"}).json()["results"]
    # The newest first, as far as their keys tell moments apart.
    assert [row["id"] for row in rows] == sorted((row["id"] for row in rows), reverse=True)


def test_a_new_item_that_looks_like_one_is_told_of_it() -> None:
    home = CooperativeFactory()
    for name in NAMES:
        ItemFactory(name=name, cooperative=home)
    other = ItemFactory(name="쌀 20kg", cooperative=CooperativeFactory())
    ItemAlias.objects.create(cooperative=home, item=ItemFactory(name="백미", cooperative=home),
                             name="햅쌀 20kg")  # fmt: skip
    office = client_for(coordinator_of(home))

    def like(name: str) -> list[str]:
        answer = office.get(f"{URL}/like", {"name": name})
        assert answer.status_code == 200
        assert str(other.pk) not in {row["id"] for row in answer.json()}
        return [row["name"] for row in answer.json()]

    assert like("쌀20kg")[0] == "쌀 20kg"
    assert "쌀 10kg" not in like("쌀20kg")
    assert like("햅쌀20kg")[0] == "백미"
    assert like("볼트M8") == like("완전히 다른 것") == like("!!") == []
    assert office.get(f"{URL}/like").status_code == 422


def test_atoms_are_runs_of_one_kind() -> None:
    assert atoms("A4 복사지80g A4") == ["a", "4", "복사지", "80", "g"]
    assert atoms("…!") == []
