"""Firms that see the same gap at the same time: one fills it, and nobody breaks it again."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from tests.concurrency.harness import in_threads
from tests.factories.accounts import CooperativeFactory, member
from tests.factories.campaigns import Story
from tests.factories.catalog import ItemFactory

from mungchi.campaigns import operations, queries, stage
from mungchi.campaigns.domain.filling import judge
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.operations import filling
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.common.locks import lock_shared
from mungchi.reports.invariants import breaches

LADDER = [(1, "120"), (40, "100"), (1000, "90")]
OVER = timedelta(days=7, seconds=1)
FIRMS = 6


def begun() -> Story:
    """48 of 55 are ordered in packs of 12: 5 more complete the fifth."""
    story = Story(
        host=CooperativeFactory(), item=ItemFactory(), tiers=LADDER, pack_size=12,
        given={"fill_hours": 24},
    ).opened()  # fmt: skip
    for quantity in (31, 20, 4):
        story.join(quantity)
    with clock.shifted(OVER):
        stage.close_due()
    return story


def fill_at_once(story: Story, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What each of some firms is told that fill the same gap at the same moment."""
    answers: list[str] = []
    firms = [member(story.host) for _ in range(FIRMS)]
    start = threading.Barrier(FIRMS)

    def slowly(*given: Any) -> Any:
        verdict = judge(*given)
        time.sleep(0.1)
        return verdict

    def run(actor: Any) -> None:
        with clock.shifted(OVER):
            start.wait(20)
            try:
                operations.commit(actor=actor, campaign_id=story.campaign.pk, quantity=5)
                answers.append("taken")
            except Refused as refused:
                answers.append(refused.code)

    with monkeypatch.context() as patch:
        patch.setattr(filling, "judge", slowly)
        in_threads([lambda actor=actor: run(actor) for actor in firms])
    return sorted(answers)


def test_of_many_that_fill_one_gap_at_once_one_is_taken(db, monkeypatch) -> None:
    story = begun()

    answers = fill_at_once(story, monkeypatch)

    assert answers == ["fills_nothing"] * (FIRMS - 1) + ["taken"]
    with clock.shifted(timedelta(days=8, seconds=1)):
        stage.close_due(), stage.clear_closed()
    run = queries.latest_run(Campaign.objects.get(pk=story.campaign.pk))
    assert sorted((line.quantity, line.awarded) for line in run.lines.all()) == [
        (4, 4), (5, 5), (20, 20), (31, 31),
    ]  # fmt: skip
    assert [str(breach) for breach in breaches()] == []


def test_with_the_share_lock_of_joining_several_are_taken(db, monkeypatch) -> None:
    """The control: the campaign is held as for joining, and everybody fills the same gap."""
    story = begun()

    with monkeypatch.context() as patch:
        patch.setattr(queries, "locked", lambda pk: lock_shared(Campaign, pk))
        answers = fill_at_once(story, patch)

    assert answers.count("taken") > 1, "the control is green: the test cannot see a missing lock"
