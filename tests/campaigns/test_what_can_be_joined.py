"""The list of what can be joined has nothing in it that would be refused."""

from datetime import timedelta

import pytest
from tests.campaigns.test_split_award import Shared
from tests.factories.accounts import CooperativeFactory, member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from mungchi.campaigns import operations
from mungchi.common import clock

pytestmark = pytest.mark.django_db


def joinable(actor, **asked):
    asked = {"joinable": "true", **asked}
    rows = client_for(actor).get("/api/v1/campaigns", asked).json()["results"]
    return {row["id"] for row in rows}


def test_a_second_part_can_be_joined_once_its_first_has_closed() -> None:
    story = Shared()
    part = story.opened_both()
    firm = member(story.host)
    assert joinable(firm) == {str(story.campaign.pk)}
    assert joinable(firm, joinable="false") == {str(part.pk)}
    with clock.shifted(timedelta(days=7, minutes=1)):
        operations.close_campaign(actor=story.office, campaign_id=story.campaign.pk, typed="")
        assert str(part.pk) in joinable(firm, state="open")


def test_neither_its_supplier_nor_a_stranger_is_offered_to_join() -> None:
    story = Story(given={"reach": "own"}).opened()
    assert joinable(member(story.host)) == {str(story.campaign.pk)}
    assert joinable(story.supplier) == set()
    assert joinable(member(CooperativeFactory())) == set()
    assert joinable(story.office) == {str(story.campaign.pk)}
