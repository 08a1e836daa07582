"""Every page at the size of the country: database time and queries, with and without the wall."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import replace

from django.db import connection
from rest_framework.test import APIClient
from tests.factories.clients import client_for
from tests.permissions import walk

from bench.figures import Figure, at_most
from devtools.demo.management.commands import make_scale_data
from devtools.scale import FULL
from mungchi.accounts.access import Actor, actor_for
from mungchi.accounts.models import Cooperative, Seat
from mungchi.campaigns.models import Offer
from mungchi.common import clock, wall
from mungchi.outreach.queries import left_out_of

LARGE = "office of 4,000"
LIMIT = 60
# Found anew each time among all members, by everything that they do.
LIMITS = dict.fromkeys(
    ["left-out", "left-out/summary", "left-out/<uuid:pk>", "reports/assembly"], 300
)
# Spreadsheets and streams are whole files, and what needs a question is asked one.
ASKED = {"campaigns/<uuid:pk>/quote": "quantity=5"}


def make(divide: int, say, history: int = 1) -> Figure:
    """Make the data set in the empty database; of the finished campaigns only a `history`th."""
    begun = time.perf_counter()
    sizes = FULL.divided(divide) if divide > 1 else FULL
    sizes = replace(sizes, finished=max(sizes.finished // history, 1))
    make_scale_data.make(sizes, today=None, seed=make_scale_data.SEED, say=say)
    return at_most("make_scale_data", time.perf_counter() - begun, "s", 600)


def measure(divide: int, times: int, say) -> Iterator[Figure]:
    """Make the data set in the empty database and read its pages in each role, `times` each."""
    yield make(divide, say)
    ratios = []
    for name, actor in people().items():
        client = client_for(actor)
        client.defaults["SERVER_NAME"] = "localhost"
        keys: dict[str, str] = {}
        for route in LIMITS if name == LARGE else routes():
            path = address(route, keys)
            if path is None or client.get(path).status_code != 200:
                continue
            remember(client, route, keys)
            up, queries = database_time(client, path, times)
            with wall.down():
                without, _ = database_time(client, path, times)
            ratios.append(up / max(without, 0.1))
            more = database_time(client, longer(path), 1)[1] - queries if "<" not in route else 0
            # A prefetch below rows that the short page happened to have none of is one query more.
            limit = LIMITS.get(route, LIMIT)
            yield Figure(f"{name}: {route}", up, "ms", f"<= {limit}, same queries",
                         up <= limit and more <= 1, queries,
                         f"{without:.1f} without the wall")  # fmt: skip
    yield at_most("the second wall, median of all pages", statistics.median(ratios), "x", 1.15)
    yield who_is_left_out()


def who_is_left_out() -> Figure:
    """Looking through every cooperative one after the other, as the survey does once an hour."""
    at = clock.now()
    offices = list(Cooperative.objects.values_list("pk", flat=True))
    begun = time.perf_counter()
    found = sum(len(left_out_of(pk, at).rows) for pk in offices)
    seconds = time.perf_counter() - begun
    return at_most(f"who is left out of all {len(offices)} cooperatives", seconds, "s", 30,
                   queries=len(offices), note=f"{found:,} firms")  # fmt: skip


def people() -> dict[str, Actor]:
    """An office, a member firm and a supplier in the middle of things; the largest office."""
    seats = Seat.objects.select_related("user").order_by("id")
    offer = Offer.objects.order_by("-id")[5]
    buyer = offer.campaign.commitments.order_by("id")[1]
    office = seats.filter(cooperative_id=offer.campaign.host_id, role="coordinator")
    return {
        "office": actor_for(office[0]),
        "firm": actor_for(seats.filter(firm_id=buyer.firm_id)[0]),
        "supplier": actor_for(seats.filter(firm_id=offer.supplier_id)[0]),
        LARGE: actor_for(seats.filter(cooperative__slug="coop-0")[0]),
    }


def routes() -> list[str]:
    """What can be read, lists before the rows that they name."""
    found = [a.route for a in walk.api() if "GET" in a.methods]
    return sorted(found, key=lambda route: (route.count("<"), route.count("/"), route))


def address(route: str, keys: dict[str, str]) -> str | None:
    """The address with a row of the list before it; None when that list shows this role none."""
    asked = ASKED.get(route, "")
    if "<" not in route:
        return f"/api/v1/{route}?page_size=10&{asked}"
    key = keys.get(route.partition("/<")[0])
    return None if key is None else f"/api/v1/{route.replace('<uuid:pk>', key)}?{asked}"


def longer(path: str) -> str:
    """The same list with more rows."""
    return path.replace("page_size=10", "page_size=50")


def remember(client: APIClient, route: str, keys: dict[str, str]) -> None:
    """Keep the first row of a list for the pages below it."""
    if "<" in route:
        return
    answer = client.get(f"/api/v1/{route}")
    body = answer.json() if "json" in answer["Content-Type"] else None
    if isinstance(body, dict) and body.get("results") and "id" in body["results"][0]:
        keys[route] = str(body["results"][0]["id"])


def database_time(client: APIClient, path: str, times: int) -> tuple[float, int]:
    """Milliseconds that the statements of a request took, and how many there were.

    The least of `times` tries: other work on the machine only adds.
    """
    taken: list[float] = []
    spent = queries = 0.0

    def watch(execute, statement, values, many, context):
        nonlocal spent, queries
        begun = time.perf_counter()
        try:
            return execute(statement, values, many, context)
        finally:
            spent += (time.perf_counter() - begun) * 1000
            queries += 1

    for _ in range(times):
        spent = queries = 0
        with connection.execute_wrapper(watch):
            assert client.get(path).status_code == 200, path
        taken.append(spent)
    return min(taken), int(queries)
