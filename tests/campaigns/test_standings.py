"""Where campaigns stand, for open screens: one reading for many who look on, and each as alone."""

from decimal import Decimal
from typing import Any

import pytest
from tests.factories.accounts import (
    CooperativeFactory,
    MembershipFactory,
    coordinator_of,
    member,
)
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.accounts.access import Actor
from mungchi.campaigns import operations, queries
from mungchi.campaigns.api.standing import StandingSerializer

pytestmark = pytest.mark.django_db


def crowd() -> tuple[Story, list[Actor]]:
    """A campaign for all cooperatives, and everybody who may look at it."""
    story = Story(given={"reach": "all"}).opened()
    partner = CooperativeFactory()
    both, guest = member(story.host), member(partner)
    MembershipFactory(cooperative=partner, firm_id=both.firm_id)
    firms = [member(story.host), both, guest, member(partner), member(story.host)]
    for firm, quantity, limit in zip(
        firms, (30, 5, 60, 7), ("130", "95", None, "85"), strict=False
    ):
        operations.commit(
            actor=firm, campaign_id=story.campaign.pk, quantity=quantity,
            price_limit=limit and Decimal(limit),
        )  # fmt: skip
    operations.withdraw_commitment(actor=firms[3], campaign_id=story.campaign.pk)
    offices = [story.office, coordinator_of(partner), coordinator_of(CooperativeFactory())]
    return story, [*firms, *offices, story.supplier]


def test_each_of_many_is_told_what_it_would_be_told_alone() -> None:
    story, actors = crowd()
    together = queries.standing_to_many(story.campaign.pk, actors)
    alone = {actor: queries.standings(actor, [story.campaign.pk]) for actor in actors}
    told = {actor: [StandingSerializer(together[actor]).data] for actor in actors}
    assert told == {a: StandingSerializer(rows, many=True).data for a, rows in alone.items()}
    ladders = [str(one["ladder"]["quantity"]) for (one,) in told.values()]
    # The control: they are not all told the same.
    assert len(set(ladders)) > 1


def test_many_cost_as_many_queries_as_one(django_assert_num_queries: Any) -> None:
    story, actors = crowd()
    firms = [actor for actor in actors if actor.is_firm]
    for asking in (firms[:1], firms, [*firms, story.office]):
        with django_assert_num_queries(4):
            queries.standing_to_many(story.campaign.pk, asking)


def test_a_campaign_without_offer_and_one_that_is_gone() -> None:
    story = Story().sourcing()
    (standing,) = queries.standing_to_many(story.campaign.pk, [story.office]).values()
    assert (standing["state"], standing["ladder"]) == ("sourcing", None)
    assert queries.standing_to_many(story.office.seat_id, [story.office]) == {}


def test_the_address_answers_for_what_is_seen_and_no_more(django_assert_num_queries: Any) -> None:
    stories = [Story().opened() for _ in range(3)]
    client = client_for(stories[0].office)
    ids = ",".join(str(story.campaign.pk) for story in stories)
    body = client.get(f"/api/v1/standings?campaigns={ids}").json()
    assert [one["campaign"] for one in body["standings"]] == [str(stories[0].campaign.pk)]
    assert body["standings"][0]["ladder"] == client.get(
        f"/api/v1/campaigns/{stories[0].campaign.pk}"
    ).json()["ladder"]  # fmt: skip


def test_a_page_of_them_costs_as_many_queries_as_one(django_assert_max_num_queries: Any) -> None:
    stories = [Story().opened()]
    stories += [Story(host=stories[0].host).opened() for _ in range(2)]
    client = client_for(stories[0].office)
    counts = []
    for asked in (stories[:1], stories):
        ids = ",".join(str(story.campaign.pk) for story in asked)
        with django_assert_max_num_queries(15) as found:
            answer = client.get(f"/api/v1/standings?campaigns={ids}")
        assert len(answer.json()["standings"]) == len(asked)
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("asked", ["", "?campaigns=", "?campaigns=x", "?campaigns=" + ",".join(
    ["0197b2c0-0000-7000-8000-00000000dead"] * 51), "?campaigns=%00"])  # fmt: skip
def test_what_cannot_be_read_is_refused(asked: str) -> None:
    answer = client_for(Story().office).get(f"/api/v1/standings{asked}")
    assert answer.status_code == 422
    assert all(name.startswith("campaigns") for name in answer.json()["fields"])
