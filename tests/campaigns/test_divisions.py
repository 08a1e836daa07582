"""A campaign for one division: its members alone see it, are told of it and join."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories.accounts import CooperativeFactory, coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.accounts import operations as accounts
from mungchi.accounts.access import Actor
from mungchi.accounts.models import Division, Membership
from mungchi.accounts.operations.divisions import DivisionInUse
from mungchi.campaigns import operations, queries
from mungchi.campaigns.models import Campaign
from mungchi.common.errors import NotFound
from mungchi.notifications import stage as notifications
from mungchi.notifications.models import Notification
from mungchi.outreach import operations as outreach
from mungchi.outreach.operations.contacting import CampaignNotJoinable
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db


class Printers:
    """A cooperative with two divisions, a member of each, one of none, and a campaign for one."""

    def __init__(self) -> None:
        self.host = CooperativeFactory()
        self.office = coordinator_of(self.host)
        self.print, self.food = (self.division(name) for name in ("인쇄", "식품"))
        self.printer = self.member(self.print)
        self.baker = self.member(self.food)
        self.nobody = self.member(None)
        given = {"reach": "division", "division_id": self.print.pk}
        self.story = Story(self.host, given=given)

    def division(self, name: str) -> Division:
        return accounts.make_division(actor=self.office, name=name, name_en="")

    def member(self, division: Division | None) -> Actor:
        firm = member(self.host)
        Membership.objects.filter(firm_id=firm.firm_id).update(division=division)
        return firm


def sees(actor: Actor, story: Story) -> bool:
    path = f"/api/v1/campaigns/{story.campaign.pk}"
    answer = client_for(actor).get(path)
    listed = client_for(actor).get("/api/v1/campaigns").json()["results"]
    assert (answer.status_code == 200) is (str(story.campaign.pk) in {row["id"] for row in listed})
    return answer.status_code == 200


def test_only_its_members_and_the_office_see_it_join_it_and_are_told() -> None:
    one = Printers()
    story = one.story.opened()
    who = (one.office, one.printer, one.baker, one.nobody)
    assert [sees(actor, story) for actor in who] == [True, True, False, False]
    page = client_for(one.printer).get(f"/api/v1/campaigns/{story.campaign.pk}").json()
    assert page["reach"] == "division"
    assert page["division"] == {"id": str(one.print.pk), "name": "인쇄"}
    assert page["can"]["commit"] is True

    story.join(5, firm=one.printer)
    for outside in (one.baker, one.nobody):
        with pytest.raises(NotFound):
            story.join(5, firm=outside)
    assert list(breaches()) == []

    notifications.tell_people()
    told = Notification.objects.filter(kind="campaign_opened").values_list("seat_id", flat=True)
    assert one.printer.seat_id in told
    assert not {one.baker.seat_id, one.nobody.seat_id} & set(told)


def test_who_moves_to_another_division_stays_in_what_it_is_in() -> None:
    one = Printers()
    story = one.story.opened()
    story.join(5, firm=one.printer)
    Membership.objects.filter(firm_id=one.printer.firm_id).update(division=one.food)
    assert sees(one.printer, story)
    assert story.join(8, firm=one.printer).quantity == 8
    operations.withdraw_commitment(actor=one.printer, campaign_id=story.campaign.pk)
    with pytest.raises(NotFound):
        story.join(5, firm=one.printer)


def test_another_division_of_the_office_can_be_admitted_as_a_guest() -> None:
    one = Printers()
    story = one.story
    operations.change_campaign(actor=one.office, campaign_id=story.campaign.pk, takes_guests=True)
    story.opened()
    number = Membership.objects.get(firm_id=one.baker.firm_id).firm.business_number
    operations.admit_guest(actor=one.office, campaign_id=story.campaign.pk, business_number=number)
    assert sees(one.baker, story)
    assert story.join(5, firm=one.baker).cooperative_id == one.host.pk
    assert list(breaches()) == []


@pytest.mark.parametrize("named", ["none", "foreign"])
def test_it_names_a_division_of_the_host(named: str) -> None:
    one, other = Printers(), Printers()
    client = client_for(one.office)
    body = {"title": "우리 것", "item": str(one.story.item.pk), "reach": "division"}
    if named == "foreign":
        body["division"] = str(other.print.pk)
    answer = client.post("/api/v1/campaigns", body)
    assert answer.status_code == 422
    assert list(answer.json()["fields"]) == ["division"]


def test_another_reach_forgets_the_division() -> None:
    one = Printers()
    path = f"/api/v1/campaigns/{one.story.campaign.pk}"
    client = client_for(one.office)
    changed = client.patch(path, {"reach": "own"}).json()
    assert (changed["reach"], changed["division"]) == ("own", None)
    assert client.patch(path, {"reach": "division"}).status_code == 422
    body = {"reach": "division", "division": str(one.food.pk)}
    assert client.patch(path, body).json()["division"]["name"] == "식품"
    both = {"reach": "own", "division": str(one.food.pk)}
    assert client.patch(path, both).json()["division"] is None


def test_its_division_is_not_removed_before_it_ends() -> None:
    one = Printers()
    with pytest.raises(DivisionInUse):
        accounts.remove_division(actor=one.office, division_id=one.print.pk, into_id=None)
    answer = client_for(one.office).post(
        f"/api/v1/divisions/{one.print.pk}/remove", {"into": str(one.food.pk)}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "division_in_use")
    assert Membership.objects.get(firm_id=one.printer.firm_id).division == one.print

    campaign = one.story.campaign
    operations.cancel_campaign(actor=one.office, campaign_id=campaign.pk, why="다음에")
    accounts.remove_division(actor=one.office, division_id=one.print.pk, into_id=one.food.pk)
    campaign.refresh_from_db()
    assert (campaign.reach, campaign.division_id) == ("division", None)


def test_the_database_refuses_a_reach_without_its_division() -> None:
    one = Printers()
    rows = Campaign.objects.filter(pk=one.story.campaign.pk)
    changes: list[dict[str, Any]] = [{"division": None}, {"reach": "own"}, {"reach": "region"}]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_the_office_suggests_it_to_members_of_the_division_alone() -> None:
    one = Printers()
    one.story.opened()
    chosen = {"actor": one.office, "campaign_id": one.story.campaign.pk}
    with pytest.raises(CampaignNotJoinable):
        outreach.suggest_campaign(firm_id=one.baker.firm_id, **chosen)
    assert outreach.suggest_campaign(firm_id=one.printer.firm_id, **chosen).campaign_id


def test_the_list_is_narrowed_to_a_division() -> None:
    one = Printers()
    Story(one.host)
    found = client_for(one.office).get(f"/api/v1/campaigns?division={one.print.pk}").json()
    assert [row["id"] for row in found["results"]] == [str(one.story.campaign.pk)]
    assert queries.visible_to(one.office).count() == 2
