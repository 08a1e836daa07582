"""A change of the offer while firms join and answer: each is asked exactly where it is touched.

In threads on a real PostgreSQL; a pause is put where a slow machine would put one. The control
takes the share lock away and must go red.
"""

import threading
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.concurrency.harness import in_threads
from tests.factories.accounts import member
from tests.factories.changes import DEARER, Reoffer

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations, queries
from mungchi.campaigns.domain.reoffering import change
from mungchi.campaigns.models import Campaign, ClearingLine, Commitment
from mungchi.campaigns.operations import commitments as joining
from mungchi.campaigns.operations import reoffering
from mungchi.campaigns.operations.commitments import CampaignNotOpen, DeadlineOver
from mungchi.common import clock
from mungchi.reports.invariants import breaches

JOINERS = 4
PAUSE_SECONDS = 0.5


def opened(**given: Any) -> Reoffer:
    story = Reoffer(given={"offers_due_at": None, **given})
    story.opened()
    story.join(50)
    story.join(50)
    return story


def wrongly_asked(campaign_id: UUID) -> int:
    """How many commitments are asked though they are not touched, or the other way round."""
    campaign = Campaign.objects.select_related("awarded_offer").get(pk=campaign_id)
    rows = list(Commitment.objects.filter(campaign=campaign, state="active"))
    terms = queries.agreed_terms(campaign, {row.agreed_version for row in rows})
    now = terms[campaign.terms_version]
    return sum(
        bool(change(terms[row.agreed_version], now).touches(row.quantity, row.price_limit))
        != row.must_answer
        for row in rows
    )


def change_in_the_pause_of_joiners(story: Reoffer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let JOINERS firms pass the check, change the offer, then let them write.

    The joiners wait a while for the change: where they hold the lock it cannot come, and they go
    on.
    """
    checked, changed = threading.Semaphore(0), threading.Event()
    really = joining._check_open

    def check_and_pause(campaign: Campaign, at: object) -> None:
        really(campaign, at)
        checked.release()
        changed.wait(PAUSE_SECONDS)

    row = story.change(DEARER)

    def accept() -> None:
        for _ in range(JOINERS):
            assert checked.acquire(timeout=10)
        operations.accept_change(actor=story.office, change_id=row.pk)
        changed.set()

    def join(actor: object) -> None:
        operations.commit(actor=actor, campaign_id=story.campaign.pk, quantity=60, terms_version=0)

    actors = [member(story.host) for _ in range(JOINERS)]
    with monkeypatch.context() as patch:
        patch.setattr(joining, "_check_open", check_and_pause)
        in_threads([*(lambda actor=actor: join(actor) for actor in actors), accept])


def test_as_it_is_each_who_joins_meanwhile_is_asked(db, monkeypatch) -> None:
    story = opened()
    change_in_the_pause_of_joiners(story, monkeypatch)
    assert story.asked() == [True] * (2 + JOINERS)
    assert wrongly_asked(story.campaign.pk) == 0


def test_without_the_lock_who_joins_meanwhile_is_bound_to_what_it_has_not_read(
    db, monkeypatch
) -> None:
    story = opened()
    monkeypatch.setattr(joining, "lock_shared", lambda model, pk: model.objects.get(pk=pk))
    change_in_the_pause_of_joiners(story, monkeypatch)
    assert wrongly_asked(story.campaign.pk) == JOINERS


def test_an_answer_at_the_moment_of_the_deadline_counts_or_is_refused(db, monkeypatch) -> None:
    monkeypatch.setattr(reoffering, "ENOUGH_TIME", timedelta(0))
    story = opened(closes_at=clock.now() + timedelta(seconds=3))
    story.changed(DEARER)
    closes, refused = story.campaign.closes_at, []

    def answer(actor: object, before: float) -> None:
        while clock.now() < closes - timedelta(seconds=before):
            pass
        try:
            operations.commit(actor=actor, campaign_id=story.campaign.pk, quantity=50)
        except (DeadlineOver, CampaignNotOpen):
            refused.append(actor)

    def close() -> None:
        while Campaign.objects.get(pk=story.campaign.pk).state == "open":
            operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)

    first, second = story.people[:2]
    in_threads([lambda: answer(first, 0.2), lambda: answer(second, 0.005), close])
    operations.clear_campaign(campaign_id=story.campaign.pk)
    silent = ClearingLine.objects.filter(run__campaign=story.campaign, verdict="unanswered")
    assert {row.firm_id for row in silent} == {actor.firm_id for actor in refused}
    assert [b for b in breaches() if b.rows.get("campaign") == str(story.campaign.pk)] == []
