"""How commitments came together over time: true to the host, and telling nobody of one firm."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.accounts import CooperativeFactory, coordinator_of, member, partners
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.campaigns import operations
from mungchi.campaigns.domain.course import Slot, course
from mungchi.common import clock

START = datetime(2026, 3, 1, tzinfo=UTC)


def slot(hour: int, quantity: int, firms: int, others: str, known: int = 0) -> Slot:
    return Slot(START + timedelta(hours=hour), quantity, firms, known, frozenset(others))


def told(slots: list[Slot]) -> list[tuple[int, int]]:
    return [
        (int((p.at - START).total_seconds() // 3600), p.quantity)
        for p in course(slots, whole=False)
    ]


def test_no_two_totals_differ_by_one_other_firm_and_none_is_of_one():
    joining = [slot(1, 30, 1, "a"), slot(2, 20, 1, "b"), slot(3, 10, 1, "c"), slot(4, 5, 1, "d")]
    assert told(joining) == [(2, 50), (4, 65)]
    assert told(joining[:3]) == [(3, 60)]
    assert told(joining[:1]) == []
    # Between them the reader alone changed something: that tells nothing of others.
    own = [*joining[:2], slot(3, 7, 1, "", known=1), slot(4, 2, 0, "")]
    assert told(own) == [(2, 50), (3, 57), (4, 59)]
    # The same firm twice is still one firm.
    assert told([slot(1, 30, 2, "ab"), slot(2, 5, 0, "c"), slot(3, 5, 0, "c")]) == [(3, 40)]


def test_what_the_ladder_leaves_out_is_not_told_by_the_difference():
    """`b` has to answer a changed offer: the last total here has it, the ladder's has not."""
    joining = [slot(1, 30, 1, "a"), slot(2, 20, 1, "b"), slot(3, 10, 1, "c"), slot(4, 5, 1, "d")]

    def shown(*apart: str) -> list[int]:
        return [p.quantity for p in course(joining, whole=False, apart=frozenset(apart))]

    assert shown() == [50, 65]
    assert shown("b") == [60], "65 less the ladder's 45 would be what b wants"
    assert shown("b", "c") == [50, 65], "two of them tell nothing of one"
    assert [p.quantity for p in course(joining, whole=True, apart=frozenset("b"))] == [
        30, 50, 60, 65,
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 9)), min_size=1, max_size=12))
def test_whatever_happens_no_difference_is_one_other_firms(deeds):
    """Each deed sets a firm's quantity; `d` is the reader."""
    held: dict[str, int] = {}
    slots, after = [], []
    for hour, (firm, quantity) in enumerate(deeds):
        joined = firm not in held
        slots.append(
            slot(hour, quantity - held.get(firm, 0), int(joined), "" if firm == "d" else firm,
                 known=int(joined and firm == "d"))
        )  # fmt: skip
        held[firm] = quantity
        after.append(dict(held))
    shown = [int((p.at - START).total_seconds() // 3600) for p in course(slots, whole=False)]
    assert [p.quantity for p in course(slots, whole=True)] == [sum(one.values()) for one in after]
    for at in shown:
        assert len(set(after[at]) - {"d"}) != 1
    for before, now in pairwise(shown):
        changed = {firm for firm, _ in deeds[before + 1 : now + 1]} - {"d"}
        assert len(changed) != 1


@pytest.mark.django_db
def test_it_is_what_the_history_says_for_the_host_and_less_for_others():
    host = CooperativeFactory()
    story = Story(host=host, given={"reach": "own"}).opened()
    me, other = member(host), member(host)
    path = f"/api/v1/campaigns/{story.campaign.pk}/course"
    clients = {name: client_for(actor) for name, actor in
               {"host": story.office, "me": me, "supplier": story.supplier}.items()}  # fmt: skip
    for hour, deed in enumerate(
        [
            lambda: story.join(30, firm=me),
            lambda: story.join(20, firm=other),
            lambda: story.join(25, firm=other),
            lambda: operations.withdraw_commitment(actor=other, campaign_id=story.campaign.pk),
            lambda: story.join(40, firm=other),
            lambda: story.join(7),
        ]
    ):
        with clock.shifted(timedelta(hours=hour + 1)):
            deed()
    with clock.shifted(timedelta(hours=10)):
        points = clients["host"].get(path).json()["points"]
        assert [(p["quantity"], p["firms"]) for p in points] == [
            (30, 1), (50, 2), (55, 2), (30, 1), (70, 2), (77, 3), (77, 3),
        ]  # fmt: skip
        # My own alone, then nothing until two others are in it.
        mine = clients["me"].get(path).json()["points"]
        assert {p["quantity"] for p in mine} == {30, 77}
        # Of all of these it knows none: between the two, two firms changed.
        seen = clients["supplier"].get(path).json()["points"]
        assert {p["quantity"] for p in seen} == {55, 77}
    assert client_for(coordinator_of(CooperativeFactory())).get(path).status_code == 404


@pytest.mark.django_db
def test_a_partners_office_cannot_subtract_its_members():
    host, partner = CooperativeFactory(), CooperativeFactory()
    partners(host, partner)
    story = Story(host=host, given={"reach": "partners", "partners": [partner.pk]}).opened()
    with clock.shifted(timedelta(hours=1)):
        story.join(30, firm=member(partner)), story.join(11, firm=member(partner))
    with clock.shifted(timedelta(hours=2)):
        story.join(20)
    with clock.shifted(timedelta(hours=5)):
        client = client_for(coordinator_of(partner))
        points = client.get(f"/api/v1/campaigns/{story.campaign.pk}/course").json()["points"]
    # What its own members have it knows line by line; with the one other firm's it is told nothing.
    assert points[-1]["quantity"] == 41
    assert {p["quantity"] for p in points} <= {30, 41}


@pytest.mark.django_db
def test_closed_late_it_ends_with_the_deadline():
    story = Story().opened()
    for hour in (1, 2):
        with clock.shifted(timedelta(hours=hour)):
            story.join(30)
    # The worker was away: nothing was taken in these hours.
    with clock.shifted(timedelta(days=7, hours=9)):
        story.cleared()
        path = f"/api/v1/campaigns/{story.campaign.pk}/course"
        told = client_for(story.office).get(path).json()
    assert told["points"][-1] == {"at": told["closes_at"], "quantity": 60, "firms": 2}


@pytest.mark.django_db
def test_before_the_opening_there_is_none():
    story = Story().sourcing()
    path = f"/api/v1/campaigns/{story.campaign.pk}/course"
    assert client_for(story.office).get(path).status_code == 404
