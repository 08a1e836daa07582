"""The host admits a firm to one campaign; the firm sees that campaign and nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.accounts import (
    CooperativeFactory,
    FirmFactory,
    MembershipFactory,
    buyer_of,
    coordinator_of,
    member,
    supplier,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for
from tests.factories.orders import Deal

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Firm, Membership
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Guest
from mungchi.campaigns.operations.commitments import OwnOffer
from mungchi.campaigns.operations.guests import (
    GuestCommitted,
    GuestReached,
    GuestsNotTaken,
    GuestUnknown,
)
from mungchi.common.errors import NotFound
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


def stranger(**fields: Any) -> Actor:
    return buyer_of(FirmFactory(**fields))


def number_of(actor: Actor) -> str:
    return str(Firm.objects.get(pk=actor.firm_id).business_number)


def admitted(story: Story, actor: Actor) -> Guest:
    return operations.admit_guest(
        actor=story.office, campaign_id=story.campaign.pk, business_number=number_of(actor)
    )


def told(actor: Actor) -> list[str]:
    notifications.tell_people()
    return list(
        Notification.objects.filter(seat_id=actor.seat_id)
        .order_by("event_id")
        .values_list("kind", flat=True)
    )


def test_a_guest_sees_that_campaign_alone_and_buys_like_a_member() -> None:
    deal = Deal(given={"takes_guests": True})
    deal.opened()
    other = Story(host=deal.host).opened()
    guest = stranger()
    assert not queries.visible_to(guest).exists()
    notifications.tell_people()
    for _ in range(2):
        admitted(deal, guest)
    assert told(guest) == ["guest_admitted"]
    client = client_for(guest)
    seen = client.get("/api/v1/campaigns").json()["results"]
    assert [row["id"] for row in seen] == [str(deal.campaign.pk)]
    assert client.get(f"/api/v1/campaigns/{other.campaign.pk}").status_code == 404
    page = client.get(f"/api/v1/campaigns/{deal.campaign.pk}").json()
    assert page["can"]["commit"] is True
    path = f"/api/v1/campaigns/{deal.campaign.pk}"
    assert client.get(f"{path}/quote?quantity=5").status_code == 200
    answer = client.put(f"{path}/commitment", {"quantity": 30})
    assert answer.json()["cooperative"]["id"] == str(deal.host.pk)
    assert client.put(f"{path}/commitment", {"quantity": 31}).status_code == 200
    assert client.get(f"{path}/guests").status_code == 403
    deal.people = [guest]
    deal.join(40)
    deal.cleared()
    from mungchi.orders import stage as orders
    from mungchi.payments import stage as payments

    orders.place_orders()
    payments.ask_for_payment()
    (order,) = client.get("/api/v1/orders").json()["results"]
    assert (order["quantity"], order["payment"]["state"]) == (31, "awaiting_transfer")
    assert not list(breaches())


def test_control_a_commitment_of_nobodys_member_is_found_by_the_invariants() -> None:
    story = Story(given={"takes_guests": True}).opened()
    guest = stranger()
    admitted(story, guest)
    story.join(10, firm=guest)
    Guest.objects.all().delete()
    assert [breach.rule for breach in breaches()] == ["a_commitment_is_within_reach"]


def test_who_cannot_be_admitted() -> None:
    story = Story(given={"takes_guests": True})
    guest = stranger()
    with pytest.raises(GuestsNotTaken):
        admitted(story, guest)
    story.sourcing()
    nobody = FirmFactory()
    for number in (nobody.business_number, "1078614075"):
        with pytest.raises(GuestUnknown):
            operations.admit_guest(
                actor=story.office, campaign_id=story.campaign.pk, business_number=number
            )
    for state in ("active", "suspended"):
        row = MembershipFactory(cooperative=story.host)
        Membership.objects.filter(pk=row.pk).update(state=state)
        with pytest.raises(GuestReached):
            admitted(story, buyer_of(row.firm))
    elsewhere = member(CooperativeFactory())
    assert admitted(story, elsewhere).firm_id == elsewhere.firm_id
    plain = Story().opened()
    with pytest.raises(GuestsNotTaken):
        admitted(plain, guest)
    foreign = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.admit_guest(
            actor=foreign, campaign_id=story.campaign.pk, business_number=number_of(guest)
        )


def test_a_member_of_a_cooperative_reached_by_all_needs_no_admission() -> None:
    story = Story(given={"takes_guests": True, "reach": "all"}).opened()
    with pytest.raises(GuestReached):
        admitted(story, member(CooperativeFactory()))
    applicant = MembershipFactory(state="applied", joined_at=None)
    assert admitted(story, buyer_of(applicant.firm)).removed_at is None


def test_taken_off_before_it_commits_and_not_after() -> None:
    story = Story(given={"takes_guests": True}).opened()
    guest = stranger()
    row = admitted(story, guest)
    story.join(10, firm=guest)
    with pytest.raises(GuestCommitted):
        operations.remove_guest(actor=story.office, guest_id=row.pk)
    operations.withdraw_commitment(actor=guest, campaign_id=story.campaign.pk)
    for _ in range(2):
        operations.remove_guest(actor=story.office, guest_id=row.pk)
    with pytest.raises(NotFound):
        story.join(10, firm=guest)
    assert not list(breaches())
    again = admitted(story, guest)
    assert (again.pk, again.removed_at) == (row.pk, None)
    story.join(10, firm=guest)
    foreign = coordinator_of(CooperativeFactory())
    with pytest.raises(NotFound):
        operations.remove_guest(actor=foreign, guest_id=row.pk)


def test_a_supplier_is_no_guest_of_what_it_supplies() -> None:
    story = Story(given={"takes_guests": True}).opened()
    admitted(story, story.supplier)
    with pytest.raises(OwnOffer):
        story.join(10, firm=story.supplier)
    other = supplier()
    admitted(story, other)
    assert story.join(10, firm=other).cooperative == story.host


def test_guests_are_told_when_it_opens_and_listed_for_the_host(
    django_assert_max_num_queries: Any,
) -> None:
    story = Story(given={"takes_guests": True}).offered()
    guest = stranger()
    admitted(story, guest)
    notifications.tell_people()
    operations.award_offer(actor=story.office, campaign_id=story.campaign.pk,
                           offer_id=story.offer.pk, reason="최저가")  # fmt: skip
    operations.open_campaign(actor=story.office, campaign_id=story.campaign.pk)
    assert told(guest) == ["guest_admitted", "campaign_opened"]
    client = client_for(story.office)
    path = f"/api/v1/campaigns/{story.campaign.pk}/guests"
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(25) as seen:
            rows = client.get(path).json()["results"]
        counts.append(len(seen))
        for _ in range(2):
            admitted(story, stranger())
    assert counts[0] == counts[1]
    assert [row["committed"] for row in rows] == [False] * 3
    answer = client.post(path, {"business_number": "1078614075"})
    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["business_number"])
    events = client.get(f"/api/v1/campaigns/{story.campaign.pk}/history").json()["results"]
    assert "guest_admitted" in {event["what"] for event in events}


def test_guests_are_no_part_of_what_outsiders_learn() -> None:
    """Another member of the host does not read in the trail who was admitted."""
    story = Story(given={"takes_guests": True}).opened()
    admitted(story, stranger(name="손님상사"))
    onlooker = client_for(member(story.host))
    path = f"/api/v1/campaigns/{story.campaign.pk}"
    for address in (path, f"{path}/history"):
        assert "손님상사" not in onlooker.get(address).content.decode()
    assert story.campaign.closes_at - story.campaign.opened_at > timedelta(days=1)
