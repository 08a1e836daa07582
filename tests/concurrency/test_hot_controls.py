"""Controls of the hot campaign: with a defence taken away, commitments are lost or late.

In threads on a real PostgreSQL; a pause is put where a slow machine would put one. Every control
is run first as the product is, so that it is the missing defence that makes it red.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.concurrency.harness import in_threads
from tests.factories.accounts import member
from tests.factories.campaigns import Story

from mungchi.accounts.access import SYSTEM
from mungchi.campaigns import operations
from mungchi.campaigns.models import Campaign, ClearingLine, Commitment
from mungchi.campaigns.operations import commitments as joining
from mungchi.campaigns.operations.commitments import CampaignNotOpen, DeadlineOver
from mungchi.common import clock
from mungchi.reports.invariants import breaches

JOINERS = 5
PAUSE_SECONDS = 0.5


@contextmanager
def without_trigger() -> Iterator[None]:
    """Take away the last line of defence: the trigger that refuses what is not in time."""
    table, trigger = "campaigns_commitment", "commitments_change_only_while_open"
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def red(campaign: Campaign) -> set[str]:
    return {breach.rule for breach in breaches() if breach.rows.get("campaign") == str(campaign.pk)}


def opened(seconds: float = 60) -> Story:
    closes_at = clock.now() + timedelta(seconds=seconds)
    story = Story(given={"closes_at": closes_at, "offers_due_at": None}).opened()
    story.join(50)
    story.join(50)
    return story


def close_in_the_pause_of_joiners(story: Story, monkeypatch: pytest.MonkeyPatch) -> int:
    """Let JOINERS firms pass the check, close and clear, then let them write; return the accepted.

    The joiners wait a while for the close: where they hold the lock it cannot come, and they go on.
    """
    checked, cleared = threading.Semaphore(0), threading.Event()
    really = joining._check_open
    accepted = []

    def check_and_pause(campaign: Campaign, at: object) -> None:
        really(campaign, at)
        checked.release()
        cleared.wait(PAUSE_SECONDS)

    def join(actor: object) -> None:
        operations.commit(actor=actor, campaign_id=story.campaign.pk, quantity=10)
        accepted.append(actor)

    def close() -> None:
        for _ in range(JOINERS):
            assert checked.acquire(timeout=10)
        operations.close_campaign(actor=story.office, campaign_id=story.campaign.pk)
        operations.clear_campaign(campaign_id=story.campaign.pk)
        cleared.set()

    actors = [member(story.host) for _ in range(JOINERS)]
    with monkeypatch.context() as patch:
        patch.setattr(joining, "_check_open", check_and_pause)
        in_threads([*(lambda actor=actor: join(actor) for actor in actors), close])
    return len(accepted)


def lost(story: Story) -> int:
    """How many commitments were accepted and are not in the clearing."""
    rows = Commitment.objects.filter(campaign=story.campaign, state="active")
    lines = ClearingLine.objects.filter(run__campaign=story.campaign)
    return rows.exclude(pk__in=lines.values("commitment")).count()


def test_as_it_is_a_close_in_the_pause_waits_and_clears_them_all(db, monkeypatch) -> None:
    story = opened()
    with without_trigger():
        assert close_in_the_pause_of_joiners(story, monkeypatch) == JOINERS
    assert lost(story) == 0
    assert red(story.campaign) == set()


def test_without_lock_and_trigger_accepted_commitments_are_lost(db, monkeypatch) -> None:
    story = opened()
    monkeypatch.setattr(joining, "lock_shared", lambda model, pk: model.objects.get(pk=pk))
    with without_trigger():
        assert close_in_the_pause_of_joiners(story, monkeypatch) == JOINERS
    assert lost(story) == JOINERS
    # They were decided before the close, and so are not late: they are simply not in it.
    assert red(story.campaign) == {"cleared_is_what_was_accepted"}


def test_without_the_lock_alone_the_trigger_still_refuses_them(db, monkeypatch) -> None:
    story = opened()
    monkeypatch.setattr(joining, "lock_shared", lambda model, pk: model.objects.get(pk=pk))
    with pytest.raises(Exception, match="takes no commitments"):
        close_in_the_pause_of_joiners(story, monkeypatch)
    assert lost(story) == 0
    assert red(story.campaign) == set()


def hold_early(campaign_id: UUID) -> tuple[Campaign, object]:
    """As joining._hold, with the clock read before the lock: the mistake of the control."""
    at = clock.now()
    campaign = joining.lock_shared(Campaign, campaign_id)
    assert campaign is not None
    return campaign, at


def join_held_up_over_the_deadline(story: Story) -> tuple[int, object]:
    """Let firms ask before the deadline and be held up until after it by whoever has the lock.

    Return how many got in, and the database's time at which the lock was let go.
    """
    held = threading.Event()
    got_in, let_go_at = [], []

    def hold() -> None:
        with transaction.atomic():
            Campaign.objects.select_for_update(no_key=True).get(pk=story.campaign.pk)
            held.set()
            while clock.now() <= story.campaign.closes_at:
                time.sleep(0.02)
            let_go_at.append(clock.now())

    def join(actor: object) -> None:
        assert held.wait(10)
        assert clock.now() < story.campaign.closes_at, "asked too late to show anything"
        with suppress(DeadlineOver):
            operations.commit(actor=actor, campaign_id=story.campaign.pk, quantity=10)
            got_in.append(actor)

    actors = [member(story.host) for _ in range(JOINERS)]
    in_threads([hold, *(lambda actor=actor: join(actor) for actor in actors)])
    return len(got_in), let_go_at[0]


def test_as_it_is_who_was_held_up_over_the_deadline_is_late(db) -> None:
    story = opened(seconds=1.5)
    assert join_held_up_over_the_deadline(story)[0] == 0
    operations.close_campaign(actor=SYSTEM, campaign_id=story.campaign.pk)
    with pytest.raises(CampaignNotOpen):
        operations.commit(actor=member(story.host), campaign_id=story.campaign.pk, quantity=10)


def test_with_the_clock_read_before_the_lock_the_late_get_in(db, monkeypatch) -> None:
    story = opened(seconds=1.5)
    monkeypatch.setattr(joining, "_hold", hold_early)

    got_in, let_go_at = join_held_up_over_the_deadline(story)

    # Written after the deadline under a time before it: the trigger cannot tell either.
    assert got_in == JOINERS
    assert let_go_at > story.campaign.closes_at
    rows = Commitment.objects.filter(campaign=story.campaign)
    assert rows.filter(accepted_at__lt=story.campaign.closes_at).count() == JOINERS + 2
