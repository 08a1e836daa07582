"""Across partners: what a firm opens to them, who may ask, and nothing of anybody else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    coordinator_of,
    member,
    partners,
)
from tests.factories.catalog import CategoryFactory
from tests.factories.clients import client_for
from tests.factories.outreach import listing

from mungchi.accounts.models import Cooperative, Membership, Partnership
from mungchi.common import clock, wall
from mungchi.common.errors import NotFound
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.outreach import operations
from mungchi.outreach.models import Introduction
from mungchi.outreach.operations.introducing import IntroductionEnded, NotBothMembers

pytestmark = pytest.mark.django_db


class Two:
    """Two partner cooperatives with a firm each; the giver of the other one lists something."""

    def __init__(self, *, for_partners=True):
        self.home, self.other = CooperativeFactory(), CooperativeFactory()
        self.partnership = partners(self.home, self.other)
        self.firm, self.giver = member(self.home), member(self.other)
        self.listing = listing(self.giver, for_partners=for_partners)
        self.office = coordinator_of(self.home)


@pytest.fixture
def two(db):
    return Two()


def seen(actor, query=""):
    answer = client_for(actor).get(f"/api/v1/directory?{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def ask(two):
    body = {"listing": two.listing.pk, "reason": "상담을 받고 싶습니다", "phone": "010-1"}
    return client_for(two.firm).post("/api/v1/introductions", body)


def test_a_firm_and_its_office_see_what_partners_members_opened_and_whose_it_is(two):
    for actor in (two.firm, two.office):
        (row,) = seen(actor)
        assert row["id"] == str(two.listing.pk)
        assert row["cooperatives"] == []
        assert [one["id"] for one in row["partners"]] == [str(two.other.pk)]
        assert [one["id"] for one in row["carriers"]] == [str(two.home.pk)]
        assert not {"address", "phone", "email"} & set(row)


def test_what_is_kept_to_the_own_cooperative_is_not_there(two):
    kept = listing(two.giver, title="조합 안에서만")
    assert kept.for_partners is False, "nothing is opened unless the firm says so"
    assert [row["title"] for row in seen(two.firm)] == [two.listing.title]
    answer = client_for(two.firm).get(f"/api/v1/listings/{kept.pk}")
    assert answer.status_code == 404
    body = {"listing": kept.pk, "reason": "상담", "phone": ""}
    assert client_for(two.firm).post("/api/v1/introductions", body).status_code == 404
    operations.change_listing(actor=two.giver, listing_id=two.listing.pk, for_partners=False)
    assert seen(two.firm) == []


def test_the_list_is_narrowed_to_own_or_partners(two):
    neighbour = member(two.home)
    near = listing(neighbour, title="가까운 곳", for_partners=True)
    both = member(two.home)
    MembershipFactory(cooperative=two.other, firm_id=both.firm_id)
    own = listing(both, title="둘 다")
    names = {row["title"] for row in seen(two.firm, "reach=own")}
    assert names == {near.title, own.title}
    (row,) = seen(two.firm, "reach=partners")
    assert row["title"] == two.listing.title
    assert seen(two.firm, f"cooperative={two.other.pk}") == [row], (
        "that a neighbour is also in the other cooperative is not told by what it kept at home"
    )
    assert seen(two.firm, f"cooperative={CooperativeFactory().pk}") == []
    assert client_for(two.firm).get("/api/v1/directory?reach=all").status_code == 422


@pytest.mark.parametrize("way", ["ended", "suspended", "left", "proposed", "we are suspended",
                                 "the firm left"])  # fmt: skip
def test_nothing_is_seen_or_asked_of_who_is_no_partner(two, way):
    pending = ask(two).json()["id"]
    if way in {"ended", "proposed"}:
        Partnership.objects.all().delete()
        if way == "proposed":
            Partnership.objects.create(asking=two.home, asked=two.other, proposed_at=clock.now())
    elif way == "the firm left":
        _by_the_back_door(Membership, {"firm_id": two.giver.firm_id}, "left")
    else:
        whose = two.home if way == "we are suspended" else two.other
        _by_the_back_door(Cooperative, {"pk": whose.pk}, "left" if way == "left" else "suspended")
    for actor in (two.firm, two.office):
        assert seen(actor) == []
        assert client_for(actor).get(f"/api/v1/listings/{two.listing.pk}").status_code == 404
    Introduction.objects.filter(pk=pending).update(expires_at=clock.now() + timedelta(days=9))
    assert ask(two).status_code == 404
    with pytest.raises(IntroductionEnded):
        operations.accept_introduction(actor=two.giver, introduction_id=pending, phone="")


def _by_the_back_door(model, which, state):
    """The state alone, past the rules that lead there, which are tested elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        paused = {"paused_at": clock.now()} if model is Cooperative else {}
        model.objects.filter(**which).update(state=state, **paused)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_notice_ends_it_at_its_time(two):
    Partnership.objects.update(ends_at=clock.now() + timedelta(days=10))
    assert len(seen(two.firm)) == 1
    with clock.shifted(timedelta(days=11)):
        assert seen(two.firm) == []


def test_both_agree_and_then_each_reads_how_to_reach_the_other(two):
    made = ask(two)
    assert made.status_code == 201, made.content
    row = made.json()
    assert row["cooperative"]["id"] == str(two.home.pk)
    assert row["partner"]["id"] == str(two.other.pk)
    assert row["reach"] is None

    notifications.tell_people()
    (told,) = Notification.objects.filter(seat_id=two.giver.seat_id).values_list(
        "sentence_ko", flat=True
    )
    assert f"협력 조합 {two.home.name}의" in told

    page = f"/api/v1/introductions/{row['id']}"
    assert client_for(two.giver).get(page).json()["reach"] is None
    accepted = client_for(two.giver).post(f"{page}/accept", {"phone": "02-7"})
    assert accepted.status_code == 200, accepted.content
    (reach,) = client_for(two.firm).get(page).json()["reach"]
    assert reach["phone"] == "02-7"
    assert client_for(two.office).get(page).status_code == 200
    assert client_for(coordinator_of(two.other)).get(page).status_code == 404


def test_an_office_introduces_its_member_to_a_partners_by_the_listing_alone(two):
    given = {"firm_id": two.firm.firm_id, "giver_id": two.giver.firm_id, "reason": "노무 상담"}
    with pytest.raises(NotBothMembers):
        operations.introduce_member(actor=two.office, **given)
    row = operations.introduce_member(actor=two.office, listing_id=two.listing.pk, **given)
    assert (row.cooperative_id, row.partner_id) == (two.home.pk, two.other.pk)
    notifications.tell_people()
    sentences = [
        Notification.objects.get(seat_id=one.seat_id).sentence_ko for one in (two.firm, two.giver)
    ]
    assert "협력 조합" not in sentences[0]
    assert f"협력 조합 {two.home.name} 사무국이" in sentences[1]
    operations.accept_introduction(actor=two.giver, introduction_id=row.pk, phone="")
    row = operations.accept_introduction(actor=two.firm, introduction_id=row.pk, phone="")
    assert row.state == "introduced"


def test_an_office_does_not_bring_together_two_firms_of_a_partner(two):
    stranger = member(two.other)
    with pytest.raises(NotFound):
        operations.introduce_member(
            actor=two.office, firm_id=stranger.firm_id, giver_id=two.giver.firm_id,
            reason="x", listing_id=two.listing.pk,
        )  # fmt: skip


def test_a_firm_that_is_in_both_asks_through_the_one_it_shares(two):
    MembershipFactory(cooperative=two.other, firm_id=two.firm.firm_id)
    (row,) = seen(two.firm)
    assert [one["id"] for one in row["carriers"]] == [str(two.other.pk)]
    assert row["partners"] == []
    assert ask(two).json()["partner"] is None


def test_behind_the_second_wall_a_firm_sees_its_cooperatives_active_partnerships(two):
    stranger = member(CooperativeFactory())
    for actor, count in ((two.firm, 1), (two.giver, 1), (stranger, 0)):
        wall.stand_behind(actor)
        try:
            assert Partnership.objects.count() == count
        finally:
            wall.leave()
    Partnership.objects.update(state="ended")
    wall.stand_behind(two.firm)
    try:
        assert Partnership.objects.count() == 0, "what has ended is the offices' affair"
    finally:
        wall.leave()


def test_one_row_and_three_of_several_partners_take_as_many_queries(two):
    def asked():
        with CaptureQueriesContext(connection) as caught:
            seen(two.firm)
        return len(caught)

    one = asked()
    for _ in range(2):
        third = CooperativeFactory()
        partners(two.home, third)
        listing(member(third), for_partners=True, category_id=CategoryFactory().pk)
    assert len(seen(two.firm)) == 3
    assert asked() == one
