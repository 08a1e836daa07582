"""Members: invited, admitted, declined, suspended, filed, leaving; and their divisions."""

from typing import Any

import pytest
from django.db import connection, transaction
from tests.accounts.counting import Counting
from tests.accounts.test_seats import at_once
from tests.committing import committing
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    buyer_of,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts import operations
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Cooperative, Division, Firm, Membership
from mungchi.common.models import History
from mungchi.demand.models import Need
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.orders import operations as orders

__all__ = ["committing"]


def applicant(cooperative: Cooperative | None = None, state: str = "applied") -> Membership:
    """A firm with an owner, and its membership in a state."""
    place = cooperative or CooperativeFactory()
    row = MembershipFactory(cooperative=place, firm=FirmFactory(), state=state, joined_at=None)
    buyer_of(row.firm)
    return row


def office_of(row: Membership) -> Actor:
    return coordinator_of(row.cooperative)


def owner_of(row: Membership) -> Actor:
    return buyer_of(row.firm)


def kinds(row: Membership) -> list[str]:
    return list(
        History.objects.filter(subject_id=row.pk).order_by("id").values_list("kind", flat=True)
    )


@pytest.mark.django_db
def test_an_invited_firm_decides_for_itself() -> None:
    row = applicant(state="invited")
    office, owner = client_for(office_of(row)), client_for(owner_of(row))
    refused = office.post(f"/api/v1/members/{row.pk}/admit")
    assert (refused.status_code, refused.json()["code"]) == (409, "firm_decides")
    assert owner.get("/api/v1/campaigns").json()["results"] == []
    for _ in range(2):
        answer = owner.post(f"/api/v1/memberships/{row.pk}/accept")
        assert (answer.status_code, answer.json()["status"]) == (200, "active")
    assert Membership.objects.get(pk=row.pk).joined_at is not None
    assert kinds(row) == ["membership_accepted"]


@pytest.mark.django_db
def test_a_declined_invitation_can_be_made_again() -> None:
    row = applicant(state="invited")
    office, owner = client_for(office_of(row)), client_for(owner_of(row))
    assert owner.post(f"/api/v1/memberships/{row.pk}/decline").json()["status"] == "left"
    assert owner.post(f"/api/v1/memberships/{row.pk}/accept").status_code == 409
    assert office.post(f"/api/v1/members/{row.pk}/admit").status_code == 409
    assert office.post(f"/api/v1/members/{row.pk}/invite").json()["status"] == "invited"
    withdrawn = office.post(f"/api/v1/members/{row.pk}/withdraw-invitation")
    assert withdrawn.json()["status"] == "left"
    assert kinds(row) == [
        "membership_declined", "membership_invited", "membership_invitation_withdrawn",
    ]  # fmt: skip


@pytest.mark.django_db
def test_who_asks_after_being_invited_is_in_and_who_was_declined_may_ask_again() -> None:
    row = applicant(state="invited")
    operations.apply_for_membership(actor=owner_of(row), cooperative_id=row.cooperative_id)
    row.refresh_from_db()
    assert row.state == "active"

    row = applicant()
    answer = client_for(office_of(row)).post(f"/api/v1/members/{row.pk}/decline", {"why": "서류"})
    assert answer.json()["status"] == "left"
    again = client_for(owner_of(row)).post(
        "/api/v1/memberships", {"cooperative": str(row.cooperative_id)}
    )
    assert (again.status_code, again.json()["status"]) == (201, "applied")
    assert kinds(row) == ["application_declined", "membership_applied"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deed", "allowed"),
    [("admit", {"applied", "active", "suspended"}), ("decline", {"applied", "left"}),
     ("suspend", {"active", "suspended"}), ("leave", {"active", "suspended", "left"}),
     ("invite", {"left", "invited"}), ("withdraw-invitation", {"invited", "left"})],
)  # fmt: skip
def test_each_deed_in_each_state(deed: str, allowed: set[str]) -> None:
    for state in ("applied", "invited", "active", "suspended", "left"):
        row = applicant(state=state if state in {"applied", "invited"} else "active")
        if state in {"suspended", "left"}:
            Membership.objects.filter(pk=row.pk).update(state=state)
        answer = client_for(office_of(row)).post(f"/api/v1/members/{row.pk}/{deed}", {"why": "x"})
        assert (answer.status_code == 200) == (state in allowed), (deed, state, answer.content)
        assert answer.status_code in {200, 409}
        assert len(kinds(row)) <= 1


@pytest.mark.django_db
def test_a_firm_nobody_represents_may_be_taken_back_at_once() -> None:
    row = MembershipFactory()
    Membership.objects.filter(pk=row.pk).update(state="left")
    answer = client_for(office_of(row)).post(f"/api/v1/members/{row.pk}/admit")
    assert answer.json()["status"] == "active"


@pytest.mark.django_db
def test_filing_under_a_division_and_a_code() -> None:
    row = applicant(state="active")
    client = client_for(office_of(row))
    ours = Division.objects.create(cooperative=row.cooperative, name="인쇄")
    theirs = Division.objects.create(cooperative=CooperativeFactory(), name="인쇄")
    path = f"/api/v1/members/{row.pk}"
    for _ in range(2):
        answer = client.patch(path, {"division": str(ours.pk), "member_code": " A-1 "})
        assert answer.status_code == 200, answer.content
    assert (answer.json()["division"]["name"], answer.json()["member_code"]) == ("인쇄", "A-1")
    trail = History.objects.get(subject_id=row.pk)
    assert trail.data == {
        "before": {"division": "", "code": ""}, "after": {"division": "인쇄", "code": "A-1"},
    }  # fmt: skip
    wrong = client.patch(path, {"division": str(theirs.pk), "member_code": "A-1"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "division_unknown")
    other = applicant(row.cooperative, state="active")
    taken = client.patch(f"/api/v1/members/{other.pk}", {"division": None, "member_code": "A-1"})
    assert (taken.status_code, list(taken.json()["fields"])) == (422, ["member_code"])
    elsewhere = applicant(state="active")
    assert (
        client_for(office_of(elsewhere))
        .patch(f"/api/v1/members/{elsewhere.pk}", {"division": None, "member_code": "A-1"})
        .status_code
        == 200
    )


@pytest.mark.django_db
def test_divisions_are_made_renamed_merged_and_removed() -> None:
    row = applicant(state="active")
    client = client_for(office_of(row))
    first = client.post("/api/v1/divisions", {"name": "인쇄", "name_en": "Printing"}).json()
    second = client.post("/api/v1/divisions", {"name": "문구"}).json()
    assert (
        client.post("/api/v1/divisions", {"name": "인쇄"}).json()["code"] == "division_name_taken"
    )
    body = {"name": "출판", "name_en": ""}
    assert client.put(f"/api/v1/divisions/{first['id']}", body).json()["name"] == "출판"
    assert client.put(f"/api/v1/divisions/{second['id']}", body).status_code == 422
    Membership.objects.filter(pk=row.pk).update(division=first["id"])
    listed = client.get("/api/v1/divisions").json()["results"]
    assert {one["name"]: one["members"] for one in listed} == {"문구": 0, "출판": 1}
    path = f"/api/v1/divisions/{first['id']}/remove"
    itself = client.post(path, {"into": first["id"]})
    assert (itself.status_code, itself.json()["code"]) == (409, "merged_into_itself")
    foreign = Division.objects.create(cooperative=CooperativeFactory(), name="남의 분과")
    assert client.post(path, {"into": str(foreign.pk)}).status_code == 404
    assert client.post(path, {"into": second["id"]}).json() == {"moved": 1}
    row.refresh_from_db()
    assert str(row.division_id) == second["id"]
    assert client.post(f"/api/v1/divisions/{second['id']}/remove", {"into": None}).json() == {
        "moved": 1
    }
    row.refresh_from_db()
    assert row.division_id is None
    assert not Division.objects.filter(cooperative=row.cooperative).exists()
    kept = History.objects.filter(kind__startswith="division_").values_list("kind", flat=True)
    assert sorted(kept) == ["division_made"] * 2 + ["division_removed"] * 2 + ["division_renamed"]


@pytest.mark.django_db
def test_leaving_waits_for_commitments_and_says_how_many() -> None:
    story = Story().opened()
    actor = member(story.host)
    client = client_for(actor)
    joined = client.put(f"/api/v1/campaigns/{story.campaign.pk}/commitment", {"quantity": 5})
    assert joined.status_code == 200, joined.content
    row = Membership.objects.get(firm_id=actor.firm_id)
    office = client_for(story.office)
    assert office.get(f"/api/v1/members/{row.pk}/running").json()["commitments"] == 1
    refused = office.post(f"/api/v1/members/{row.pk}/leave", {"why": "폐업"})
    assert (refused.status_code, refused.json()["code"]) == (409, "still_running")
    assert refused.json()["running"] == {"commitments": 1, "orders": 0}
    assert "1건" in refused.json()["detail"]

    assert office.post(f"/api/v1/members/{row.pk}/suspend", {"why": "폐업"}).status_code == 200
    kept = client.get(f"/api/v1/campaigns/{story.campaign.pk}/commitment")
    assert (kept.status_code, kept.json()["quantity"]) == (200, 5), "it stays in what it is in"
    gone = client.delete(f"/api/v1/campaigns/{story.campaign.pk}/commitment")
    assert gone.status_code == 204, "and may withdraw"
    assert office.post(f"/api/v1/members/{row.pk}/leave", {"why": "폐업"}).status_code == 200
    assert History.objects.get(kind="member_left").why == "폐업"
    absent = client.put(f"/api/v1/campaigns/{story.campaign.pk}/commitment", {"quantity": 5})
    assert absent.status_code == 404


@pytest.mark.django_db
def test_leaving_waits_for_orders_until_they_are_received() -> None:
    deal = Deal().settling(60, 60)
    from mungchi.orders import stage

    stage.place_orders()
    row = Membership.objects.get(firm_id=deal.people[0].firm_id)
    with pytest.raises(orders.StillRunning) as refused, transaction.atomic():
        orders.record_leaving(actor=deal.office, membership_id=row.pk, why="폐업")
    assert refused.value.values == {"commitments": 0, "orders": 1}


@pytest.mark.django_db
def test_a_firm_leaves_by_itself_once_nothing_is_running_and_the_office_hears_of_it() -> None:
    story = Story().opened()
    story.join(5)
    (owner,) = story.people
    row = Membership.objects.get(firm_id=owner.firm_id)
    client, page = client_for(owner), f"/api/v1/memberships/{row.pk}"
    before = client.get(f"{page}/leaving").json()
    assert before["running"] == {"commitments": 1, "orders": 0, "needs": 0}
    assert before["commitments"] == [
        {"campaign": {"id": str(story.campaign.pk), "title": story.campaign.title}, "quantity": 5}
    ]
    refused = client.post(f"{page}/leave", {"why": ""})
    assert (refused.status_code, refused.json()["code"]) == (409, "cannot_leave_yet")
    assert "1건" in refused.json()["detail"]
    assert client_for(buyer_of(Firm.objects.get(pk=owner.firm_id), "buyer")).post(
        f"{page}/leave", {"why": ""}
    ).status_code == 403, "the owner decides"  # fmt: skip

    assert client.delete(f"/api/v1/campaigns/{story.campaign.pk}/commitment").status_code == 204
    for _ in range(2):
        left = client.post(f"{page}/leave", {"why": "다른 지역으로 옮깁니다"})
        assert (left.status_code, left.json()["status"]) == (200, "left")
    assert History.objects.filter(kind="membership_left").count() == 1
    assert client.get("/api/v1/memberships").json()["results"][0]["status"] == "left"
    again = client.put(f"/api/v1/campaigns/{story.campaign.pk}/commitment", {"quantity": 5})
    assert again.status_code == 404
    notifications.tell_people()
    (told,) = Notification.objects.filter(kind="membership_left")
    assert told.seat_id == story.office.seat_id
    assert "다른 지역으로 옮깁니다" in told.sentence_ko
    assert (
        client.post("/api/v1/memberships", {"cooperative": row.cooperative_id}).status_code == 201
    )


@pytest.mark.django_db
def test_an_order_on_its_way_keeps_a_firm_in_and_is_named() -> None:
    deal = Deal().settling(60, 60)
    from mungchi.orders import stage

    stage.place_orders()
    owner = deal.people[0]
    row = Membership.objects.get(firm_id=owner.firm_id)
    found = client_for(owner).get(f"/api/v1/memberships/{row.pk}/leaving").json()
    assert (found["running"]["orders"], len(found["orders"])) == (1, 1)
    with pytest.raises(orders.CannotLeaveYet), transaction.atomic():
        orders.leave_cooperative(actor=owner, membership_id=row.pk)


@pytest.mark.django_db
def test_needs_end_with_the_membership() -> None:
    from tests.permissions import rows
    from tests.permissions.world import World

    world = World()
    need = world.row(rows.need, "own")
    side = world.sides["own"]
    row = Membership.objects.get(firm_id=side.firm.firm_id)
    orders.record_leaving(actor=side.office, membership_id=row.pk, why="탈퇴")
    assert Need.objects.get(pk=need).state == "withdrawn"


@pytest.mark.django_db
def test_the_list_of_members_takes_the_same_queries_for_one_and_for_three() -> None:
    row = applicant(state="active")
    client = client_for(office_of(row))
    counts = []
    for more in (0, 2):
        for _ in range(more):
            applicant(row.cooperative, state="invited")
            Division.objects.create(cooperative=row.cooperative, name=f"분과 {_}")
        for path in ("members", "divisions"):
            with Counting() as counting:
                assert client.get(f"/api/v1/{path}").status_code == 200
            counts.append(counting.count)
    assert counts[:2] == counts[2:]
    listed = client.get("/api/v1/members").json()["results"]
    assert {one["represented"] for one in listed} == {True}
    vacant = MembershipFactory(cooperative=row.cooperative)
    operations.invite(actor=office_of(row), role="owner", firm_id=vacant.firm_id)
    one = client.get(f"/api/v1/members/{vacant.pk}").json()
    assert (one["represented"], one["owner_invited"]) == (False, True)


def test_two_coordinators_who_admit_a_firm_at_once_write_one_row(committing: None) -> None:
    row = applicant()
    first, second = office_of(row), office_of(row)
    ended = at_once(
        lambda: operations.admit_member(actor=first, membership_id=row.pk),
        lambda: operations.admit_member(actor=second, membership_id=row.pk),
    )
    assert ended == ["done", "done"]
    assert kinds(row) == ["member_admitted"]


def test_nobody_slips_into_a_campaign_while_its_leaving_is_recorded(committing: None) -> None:
    """Either the leaving finds the commitment, or the commitment finds no membership."""
    for _ in range(6):
        story = Story().opened()
        actor = member(story.host)
        row = Membership.objects.get(firm_id=actor.firm_id)
        from mungchi.campaigns import operations as campaigns

        def join(story: Story = story, actor: Actor = actor) -> Any:
            return campaigns.commit(actor=actor, campaign_id=story.campaign.pk, quantity=5)

        def leave(story: Story = story, row: Membership = row) -> Any:
            return orders.record_leaving(actor=story.office, membership_id=row.pk, why="x")

        ended = at_once(join, leave)
        assert ended in (["done", "not_found"], ["done", "still_running"]), ended
    connection.close()
