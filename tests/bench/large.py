"""One campaign that everybody is in: its outlook, its clearing, its orders."""

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.db import connection
from tests.factories import crowd
from tests.factories.campaigns import Story

from bench.figures import Counted, Figure, at_most, milliseconds
from mungchi.campaigns import operations, queries
from mungchi.campaigns.domain.clearing import clear
from mungchi.campaigns.models import Campaign
from mungchi.campaigns.queries.tables import BUCKETS
from mungchi.common import clock
from mungchi.orders import operations as orders
from mungchi.orders.models import Order
from mungchi.reports.invariants import breaches

# Eight tiers that a crowd of any size reaches one after the other.
PRICES = ["120", "115", "110", "104", "99", "95", "92", "90"]
SMALL = 100


def story_of(count: int, random: Random) -> Story:
    """A campaign with eight tiers that `count` firms have joined."""
    tiers = [(1 + count * step, price) for step, price in enumerate(PRICES)]
    given = {"closes_at": clock.now() + timedelta(days=3), "offers_due_at": None}
    story = Story(tiers=tiers, pack_size=12, given=given).opened()
    firms = crowd.firms(story.host, count)
    crowd.commit_all(story.campaign, firms, [crowd.some_terms(random, PRICES) for _ in firms])
    return story


def measure(count: int, random: Random) -> Iterator[Figure]:
    """Yield the figures of a campaign with `count` commitments, and of a small one beside it."""
    begun = time.perf_counter()
    small, large = story_of(SMALL, random), story_of(count, random)
    loaded = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    yield Figure(f"loading {count:,} commitments by COPY", loaded, "s")
    yield outlook(large, count)
    yield pure_clearing(large, count)
    few = close_to_orders(small, SMALL)
    many = close_to_orders(large, count)
    yield few
    yield many
    same = few.queries == many.queries
    yield Figure(
        "queries more for the large one", (many.queries or 0) - (few.queries or 0), "",
        "= 0", same,
    )  # fmt: skip
    broken = list(breaches())
    yield Figure("rows that break an invariant", len(broken), "", "= 0", not broken)


def outlook(story: Story, count: int) -> Figure:
    """queries.buckets of one campaign, and how the planner has it read."""
    key = story.campaign.pk
    with Counted() as counted:
        found = queries.buckets([key])
    assert sum(bucket.firms for bucket in found[key]) == count
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, COSTS OFF) " + BUCKETS, [[key]])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    took = milliseconds(lambda: queries.buckets([key]), 15)
    scans = [line.strip() for line in plan.splitlines() if "Scan" in line and "commitment" in line]
    return Figure(
        f"outlook of {count:,} commitments", took, "ms", "<= 60, 1 query",
        took <= 60 and counted.queries == 1, queries=counted.queries,
        note=scans[0].removeprefix("->").partition(" (actual")[0].strip(),
    )  # fmt: skip


def pure_clearing(story: Story, count: int) -> Figure:
    """The clearing as a pure function; reading the rows is not part of it."""
    campaign = Campaign.objects.get(pk=story.campaign.pk)
    market = queries.market(campaign, queries.active_commitments(campaign))
    took = milliseconds(lambda: clear(market), 3) / 1000
    tiers = len(market.tiers)
    return at_most(f"clearing {count:,} x {tiers} tiers, pure", took, "s", 1)


def close_to_orders(story: Story, count: int) -> Figure:
    """Close, clear, make orders: the operations themselves, one after the other."""
    key = story.campaign.pk
    parts = []
    total = queries_sent = 0.0
    for name, step in (
        ("close", lambda: operations.close_campaign(actor=story.office, campaign_id=key)),
        ("clear", lambda: operations.clear_campaign(campaign_id=key)),
        ("orders", lambda: orders.place_orders(campaign_id=key)),
    ):
        with Counted() as counted:
            step()
        total += counted.seconds
        queries_sent += counted.queries
        parts.append(f"{name} {counted.seconds:.2f} s")
    made = Order.objects.filter(campaign_id=key).count()
    assert made > count / 2, f"only {made} orders of {count} commitments"
    return at_most(
        f"close to orders made, {count:,}", total, "s", 15, queries=int(queries_sent),
        note=f"{', '.join(parts)}; {made:,} orders; 2 COPY besides",
    )  # fmt: skip
