"""A cooperative's own points and days for collecting, and who sees which."""

from datetime import timedelta
from typing import Any

import pytest
from tests.campaigns.test_between_cooperatives import Joint
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.clients import client_for
from tests.factories.orders import today

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations as campaigns
from mungchi.common.errors import NotFound
from mungchi.deliveries import operations
from mungchi.deliveries.models import Collection, PickupPoint
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification

pytestmark = pytest.mark.django_db


def point(office: Actor, name: str = "물류창고") -> PickupPoint:
    return operations.add_point(
        actor=office, name=name, address="서울특별시 중구 새길로 9", hours="평일 9-18시"
    )


def set_up(joint: Joint, office: Actor, **other: Any) -> Collection:
    return operations.set_collection(
        actor=office, campaign_id=joint.campaign.pk, point_id=point(office).pk,
        **{"first_date": today(), "last_date": today() + timedelta(days=3), **other},
    )  # fmt: skip


def seen(actor: Actor, joint: Joint) -> set[str]:
    rows = client_for(actor).get(f"/api/v1/collections?campaign={joint.campaign.pk}").json()
    return {row["cooperative"]["name"] for row in rows["results"]}


def test_each_sees_its_own_the_host_and_the_supplier_all() -> None:
    joint = Joint()
    joint.opened()
    theirs, ours = joint.ours(20), None
    joint.join(30)
    ours = joint.people[-1]
    set_up(joint, joint.outside)
    set_up(joint, joint.office)
    host, partner = "주관협동조합", "파트너협동조합"
    assert seen(joint.office, joint) == {host, partner}
    assert seen(joint.outside, joint) == {partner}
    assert seen(theirs, joint) == {partner}
    assert seen(ours, joint) == {host}
    assert seen(member(joint.host), joint) == set()
    assert seen(joint.supplier, joint) == set()
    joint.cleared()
    from mungchi.orders import stage as orders
    from mungchi.payments import stage as payments

    orders.place_orders()
    payments.ask_for_payment()
    for payment in joint.payments():
        joint.pay(payment)
    orders.issue_purchase_orders()
    assert seen(joint.supplier, joint) == {host, partner}
    assert seen(coordinator_of(CooperativeFactory()), joint) == set()


def test_members_who_take_part_through_it_are_told() -> None:
    joint = Joint()
    joint.opened()
    theirs = joint.ours(20)
    joint.join(30)
    set_up(joint, joint.outside, note="2층 사무실")
    notifications.tell_people()
    rows = Notification.objects.filter(kind="collection_set")
    assert [row.seat_id for row in rows] == [theirs.seat_id]
    assert "물류창고(서울특별시 중구 새길로 9)" in rows[0].sentence_ko
    assert "2층 사무실" in rows[0].sentence_ko


def test_the_same_again_is_no_change_and_other_days_are_one() -> None:
    joint = Joint()
    joint.opened()
    where = point(joint.outside)
    given = {"actor": joint.outside, "campaign_id": joint.campaign.pk, "point_id": where.pk}
    for _ in range(2):
        operations.set_collection(first_date=today(), last_date=today(), **given)
    operations.set_collection(first_date=today(), last_date=today() + timedelta(days=1), **given)
    row = Collection.objects.get()
    assert row.last_date == today() + timedelta(days=1)
    kinds = [kind for kind in joint.trail() if kind.startswith("collection")]
    assert kinds == ["collection_set", "collection_set"]
    operations.drop_collection(actor=joint.outside, collection_id=row.pk)
    assert not Collection.objects.exists()
    notifications.tell_people()


def test_what_is_refused() -> None:
    joint = Joint()
    with pytest.raises(NotFound):
        set_up(joint, joint.outside)
    joint.opened()
    with pytest.raises(operations.DaysWrong):
        operations.set_collection(
            actor=joint.outside, campaign_id=joint.campaign.pk,
            point_id=point(joint.outside, "둘째").pk, first_date=today(),
            last_date=today() - timedelta(days=1),
        )  # fmt: skip
    foreign = point(joint.office, "남의 창고")
    with pytest.raises(operations.PointUnknown):
        operations.set_collection(
            actor=joint.outside, campaign_id=joint.campaign.pk, point_id=foreign.pk,
            first_date=today(), last_date=today(),
        )  # fmt: skip
    row = set_up(joint, joint.office)
    with pytest.raises(NotFound):
        operations.drop_collection(actor=joint.outside, collection_id=row.pk)
    campaigns.cancel_campaign(actor=joint.office, campaign_id=joint.campaign.pk, why="x")
    with pytest.raises(operations.CollectionOver):
        operations.set_collection(
            actor=joint.office, campaign_id=joint.campaign.pk, point_id=foreign.pk,
            first_date=today(), last_date=today(),
        )  # fmt: skip


def test_the_host_does_not_take_a_partners_place_back() -> None:
    joint = Joint()
    joint.opened()
    row = set_up(joint, joint.outside)
    with pytest.raises(NotFound):
        operations.drop_collection(actor=joint.office, collection_id=row.pk)
    answer = client_for(joint.office).delete(f"/api/v1/collections/{row.pk}")
    assert answer.status_code == 404


def test_points_are_opened_changed_and_closed(django_assert_max_num_queries: Any) -> None:
    office = coordinator_of(CooperativeFactory())
    client = client_for(office)
    body = {"name": "창고", "address": "서울", "hours": "평일"}
    made = client.post("/api/v1/pickup-points", body)
    assert made.status_code == 201
    again = client.post("/api/v1/pickup-points", body)
    assert (again.status_code, again.json()["code"]) == (409, "point_exists")
    path = f"/api/v1/pickup-points/{made.json()['id']}"
    assert client.patch(path, {"hours": "주말"}).json()["hours"] == "주말"
    counts = []
    for index in range(2):
        with django_assert_max_num_queries(20) as asked:
            client.get("/api/v1/pickup-points")
        counts.append(len(asked))
        for each in range(2):
            point(office, f"{index}-{each}")
    assert counts[0] == counts[1]
    for _ in range(2):
        assert client.post(f"{path}/close").json()["closed_at"]
    assert client.patch(path, {"hours": "x"}).json()["code"] == "point_closed"
    names = [row["name"] for row in client.get("/api/v1/pickup-points?open=true").json()["results"]]
    assert "창고" not in names
    assert client.post("/api/v1/pickup-points", body).status_code == 201
    stranger = client_for(coordinator_of(CooperativeFactory()))
    assert stranger.post(f"{path}/close").status_code == 404


def test_a_closed_point_stays_where_it_was_set() -> None:
    joint = Joint()
    joint.opened()
    theirs = joint.ours(20)
    row = set_up(joint, joint.outside)
    operations.close_point(actor=joint.outside, point_id=row.point_id)
    assert seen(theirs, joint) == {"파트너협동조합"}
    with pytest.raises(operations.PointUnknown):
        operations.set_collection(
            actor=joint.outside, campaign_id=joint.campaign.pk, point_id=row.point_id,
            first_date=today(), last_date=today(),
        )  # fmt: skip
