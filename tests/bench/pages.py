"""The list of campaigns and a campaign's page, among many campaigns, beside two floors."""

import itertools
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from rest_framework.test import APIClient
from tests.factories.accounts import coordinator_of, member
from tests.factories.campaigns import Story
from tests.factories.clients import client_for

from bench.figures import Counted, Figure, at_most, milliseconds
from mungchi.common import wall
from mungchi.orders.models import Order


def many_like(story: Story, count: int) -> list[UUID]:
    """Copy an open campaign with its offer and ladder `count` times; return the ids.

    By SQL with triggers off: a campaign is not born open, and a thousand stories take a minute.
    """
    campaign, offer = story.campaign.pk, story.campaign.awarded_offer_id
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE twin AS SELECT gen_random_uuid() AS campaign, gen_random_uuid() "
            "AS offer, n FROM generate_series(1, %s) n",
            [count],
        )
        cursor.execute("SET session_replication_role = replica")
        copied(cursor, "campaigns_campaign", campaign,
               {"id": "twin.campaign", "awarded_offer_id": "twin.offer",
                "title": "row.title || ' ' || twin.n",
                "closes_at": "row.closes_at + twin.n * interval '1 minute'"})  # fmt: skip
        copied(cursor, "campaigns_offer", offer,
               {"id": "twin.offer", "campaign_id": "twin.campaign"})  # fmt: skip
        cursor.execute(
            "INSERT INTO campaigns_offertier (offer_id, min_quantity, unit_price) "
            "SELECT twin.offer, t.min_quantity, t.unit_price FROM campaigns_offertier t, twin "
            "WHERE t.offer_id = %s", [offer],
        )  # fmt: skip
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("SELECT campaign FROM twin")
        ids = [pk for (pk,) in cursor.fetchall()]
        cursor.execute("DROP TABLE twin")
    return ids


def copied(cursor, table: str, key: UUID, changed: dict[str, str]) -> None:
    """Copy one row of a table for every row of `twin`."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
    )
    names = [name for (name,) in cursor.fetchall()]
    values = ", ".join(changed.get(name, f'row."{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} row, twin WHERE row.id = %s",
        [key],
    )


def measure(story: Story, url: str, campaigns: int, times: int) -> Iterator[Figure]:
    """Yield both floors, and pages with what the second wall adds to each, of so many times."""
    with psycopg.connect(url) as plain:
        floor = milliseconds(lambda: plain.execute("SELECT 1").fetchone(), 200)
    yield Figure("floor: SELECT 1 by psycopg", floor, "ms", queries=1)
    nobody = APIClient(SERVER_NAME="localhost")

    def look() -> None:
        assert nobody.get("/healthz").status_code == 200

    bare = milliseconds(look, 100)
    yield Figure("floor: a bare Django view (/healthz)", bare, "ms")

    for name, path, client, body in asked(story, campaigns):

        def ask(client: APIClient = client, path: str = path, body: Any = body) -> None:
            answer = client.put(path, body()) if body else client.get(path)
            assert answer.status_code == 200, answer.content

        ask()
        with Counted() as counted:
            ask()
        took, without = side_by_side(ask, times)
        yield Figure(name, took, "ms", queries=counted.queries,
                     note=f"{took / bare:.0f} x the bare view")  # fmt: skip
        yield at_most("- the second wall costs, x", took / without, "x", 1.15)


def asked(story: Story, campaigns: int) -> list[tuple[str, str, APIClient, Any]]:
    """What is asked, by whom, and what is sent: the wall costs most where tables are large."""
    firm, office = client_for(member(story.host)), client_for(story.office)
    everybody = client_for(coordinator_of(Order.objects.latest("id").host))
    for client in (firm, office, everybody):
        client.defaults["SERVER_NAME"] = "localhost"
    numbers = itertools.cycle((5, 6, 7))
    page = f"/api/v1/campaigns/{story.campaign.pk}"
    return [
        (f"list of campaigns, 25 of {campaigns:,}", "/api/v1/campaigns", firm, None),
        ("the same, by the deadline", "/api/v1/campaigns?ordering=closes_at", firm, None),
        ("a campaign's page", page, firm, None),
        ("changing a commitment", f"{page}/commitment", firm, lambda: {"quantity": next(numbers)}),
        (f"an office's orders, 25 of {Order.objects.count():,}", "/api/v1/orders", everybody, None),
        ("an office's payments", "/api/v1/payments", everybody, None),
    ]


def side_by_side(ask: Callable[[], None], times: int) -> tuple[float, float]:
    """Medians with and without the second wall, in turns: other work on the machine hits both."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(times):
        for up in (True, False):
            with nullcontext() if up else wall.down():
                begun = time.perf_counter()
                ask()
                taken[up].append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken[True]), statistics.median(taken[False])
