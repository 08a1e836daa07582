"""Campaigns are closed, cleared, ordered and asked for, and plans B carried out, while workers and
PostgreSQL are killed.

Everything is there in the end, once. The control does the same with a worker that takes no care.
"""

import os
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from tests.concurrency.harness import say
from tests.crash.chaos import (
    Chaos,
    nothing_is_broken,
    patiently,
    the_worker,
    worker_of_its_own,
)
from tests.factories import crowd
from tests.factories.campaigns import LADDER, Story

from mungchi.campaigns import queries
from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.models import Commitment, PlanB, PlanBResult
from mungchi.common import clock
from mungchi.demand.models import Need
from mungchi.orders.models import Order
from mungchi.payments.models import Payment
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.processes]

NIGHT = bool(os.environ.get("MUNGCHI_NIGHT"))
COMMITMENTS, SMALL_ONES, SEEDS = (5_000, 30, range(3)) if NIGHT else (1_000, 6, range(1))
RAGE_SECONDS = 75.0 if NIGHT else 12.0
LEAST_WORKER_KILLS, LEAST_DATABASE_KILLS = (50, 9) if NIGHT else (6, 2)
# The sweep comes every ten seconds; what a killed worker left is put back after thirty.
CONVERGES_SECONDS = 120.0 if NIGHT else 60.0


@dataclass
class Expected:
    """What the clearing will give each firm of a campaign: it is known before it is stored.

    `left`: what firms with a plan B go without, by their plan: all of it joins `other`, a part or
    what was planned so becomes a need.
    """

    campaign: UUID
    awards: dict[UUID, int]
    other: UUID | None
    left: dict[UUID, int]
    joining: set[UUID]


def campaigns_about_to_close(random: Random) -> list[Expected]:
    """One large campaign and some small ones, whose deadlines come during the rage."""
    stories = []
    begin = clock.now() + timedelta(seconds=8 + COMMITMENTS / 1_000)
    for number in range(1 + SMALL_ONES):
        size = 20 if number else COMMITMENTS
        closes_at = begin + timedelta(seconds=RAGE_SECONDS * 0.6 * number / (1 + SMALL_ONES))
        # Every second small one has plans B, one transaction each, and too little for everybody.
        plans = number % 2 == 1
        story = Story(pack_size=6, capacity=204 if plans else None,
                      given={"closes_at": closes_at, "offers_due_at": None}).opened()  # fmt: skip
        prices = [price for _, price in LADDER]
        firms = crowd.firms(story.host, size)
        crowd.commit_all(story.campaign, firms, [crowd.some_terms(random, prices) for _ in firms])
        stories.append((story, planned(story) if plans else None))
    assert clock.now() < begin, "the first deadline has passed before the rage began"
    return [expected(*one) for one in stories]


def planned(story: Story) -> UUID:
    """Let every firm of a campaign have a plan B, every second one another campaign: its id."""
    other = Story(
        host=story.host, item=story.item, given={"closes_at": clock.now() + timedelta(days=30)}
    ).opened()
    PlanB.objects.bulk_create(
        PlanB(commitment=row, campaign=story.campaign, firm_id=row.firm_id,
              kind="campaign" if n % 2 else "need", alternative=other.campaign if n % 2 else None)
        for n, row in enumerate(queries.active_commitments(story.campaign))
    )  # fmt: skip
    return other.campaign.pk


def expected(story: Story, other: UUID | None) -> Expected:
    rows = queries.active_commitments(story.campaign)
    awards = clear(queries.market(story.campaign, rows)).awards()
    won = {row.firm_id: awards[str(row.pk)] for row in rows if awards[str(row.pk)]}
    assert won
    asked = {row.firm_id: row.quantity for row in rows} if other else {}
    left = {firm: many - won.get(firm, 0) for firm, many in asked.items()}
    left = {firm: many for firm, many in left.items() if many > 0}
    plans = PlanB.objects.filter(campaign=story.campaign, kind="campaign")
    joining = {plan.firm_id for plan in plans if plan.firm_id in left} - set(won)
    return Expected(story.campaign.pk, won, other, left, joining)


def progress() -> str:
    """How far all campaigns are, in words that change when something happens."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%s; %s with orders, %s with payments', string_agg(state, ' ' ORDER BY "
            "id), (SELECT count(DISTINCT campaign_id) FROM orders_order), (SELECT count(DISTINCT "
            "campaign_id) FROM orders_order o JOIN payments_payment p ON p.order_id = o.id)) "
            "FROM campaigns_campaign"
        )
        return str(cursor.fetchone()[0])


def killed_enough(chaos: Chaos) -> bool:
    """Often enough, and at least once between a clearing and its orders."""
    between = any("settling" in when for when in chaos.killed_at)
    often = chaos.worker_kills >= LEAST_WORKER_KILLS
    return between and often and chaos.database_kills >= LEAST_DATABASE_KILLS


def too_many() -> int:
    """How many orders there are beside one for each firm of a campaign."""
    return sum(times - 1 for orders in made().values() for times in orders.values())


def has_converged(all_expected: list[Expected]) -> bool:
    wanted = sum(len(one.awards) for one in all_expected)
    plans = sum(len(one.left) for one in all_expected)
    return (
        Payment.objects.count() >= wanted
        and Order.objects.count() >= wanted
        and PlanBResult.objects.count() >= plans
    )


def carried_out(one: Expected) -> None:
    """Assert that every plan B of a campaign was carried out, once."""
    results = PlanBResult.objects.filter(plan__campaign=one.campaign)
    assert Counter(results.values_list("firm_id", "quantity")) == Counter(one.left.items())
    there = Commitment.objects.filter(campaign=one.other, state="active")
    joined = Counter(there.values_list("firm_id", "quantity"))
    assert joined == Counter((firm, one.left[firm]) for firm in one.joining)
    needs = Need.objects.filter(firm_id__in=set(one.left) - one.joining)
    stated = Counter(needs.values_list("firm_id", "quantity"))
    assert stated == Counter(
        (firm, many) for firm, many in one.left.items() if firm not in one.joining
    )


def made() -> dict[UUID, Counter]:
    """The orders that are there: campaign -> (firm, quantity) -> how often."""
    found: dict[UUID, Counter] = {}
    for campaign, firm, quantity in Order.objects.values_list("campaign", "firm", "quantity"):
        found.setdefault(campaign, Counter())[firm, quantity] += 1
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_any_moment_everything_is_there_once(url: str, seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    say(f"seed {seed}")
    all_expected = campaigns_about_to_close(random)
    log = tmp_path / "workers.log"
    with Chaos(url, random, the_worker(), log).running() as chaos:
        chaos.rage(RAGE_SECONDS, progress, lambda: killed_enough(chaos))
        took = chaos.converge(lambda: has_converged(all_expected), CONVERGES_SECONDS, progress)
        say(f"converged {took:.1f} s after {chaos.worker_kills} worker kills, "
            f"{chaos.database_kills} database kills; {Counter(chaos.killed_at)}")  # fmt: skip

    assert killed_enough(chaos)
    wanted = {one.campaign: Counter(one.awards.items()) for one in all_expected}
    assert made() == wanted
    assert Payment.objects.count() == sum(len(one.awards) for one in all_expected)
    assert sum(len(one.joining) for one in all_expected) > 0
    for one in all_expected:
        carried_out(one)
    nothing_is_broken(url, grace=120)


def test_a_worker_that_takes_no_care_makes_orders_twice(url: str, tmp_path: Path) -> None:
    random = Random(0)
    with connection.cursor() as cursor:
        # Uniqueness would refuse the second order: the defence behind the defence.
        cursor.execute("ALTER TABLE orders_order DROP CONSTRAINT one_order_per_firm")
        cursor.execute("ALTER TABLE orders_order DROP CONSTRAINT orders_order_clearing_line_id_key")
    all_expected = campaigns_about_to_close(random)
    log = tmp_path / "workers.log"
    with Chaos(url, random, worker_of_its_own("careless_worker"), log).running() as chaos:
        chaos.rage(RAGE_SECONDS, progress, lambda: too_many() > 0)

    assert chaos.worker_kills > 0
    wanted = sum(len(one.awards) for one in all_expected)
    doubled = patiently(too_many)
    say(f"{doubled} orders too many beside {wanted}")
    assert doubled > 0, log.read_text()[-3000:]
    assert "rows_are_there_once" in patiently(lambda: {one.rule for one in breaches()})
