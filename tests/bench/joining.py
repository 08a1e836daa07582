"""Joins a second: everybody into one campaign, against the same people spread over many.

Through HTTP, with real server processes: session, permission, lock, write, history. Rounds of both
kinds alternate, so that what else the machine does falls on both.
"""

import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import connection
from tests.concurrency.harness import Browser, in_threads, served, sign_in
from tests.factories import crowd

from bench.figures import Figure
from mungchi.accounts.models import Cooperative, Seat
from mungchi.campaigns.models import Commitment
from mungchi.common import clock
from mungchi.common.ids import uuid7

CLIENTS = 32


class Round:
    """One stretch of joining by all clients; every join is a firm's first to its campaign."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.joined = 0
        self._counting = threading.Lock()

    def play(self, clients: list["Client"], campaigns: list[UUID]) -> float:
        """Return joins a second."""
        begun = time.perf_counter()
        end = begun + self.seconds
        in_threads([lambda one=one: self._join(one, campaigns, end) for one in clients])
        return self.joined / (time.perf_counter() - begun)

    def _join(self, client: "Client", campaigns: list[UUID], end: float) -> None:
        done = 0
        while time.perf_counter() < end:
            client.join(campaigns)
            done += 1
        with self._counting:
            self.joined += done


class Client:
    """A person with a seat in many firms, who lets each of them join once a kind of round."""

    def __init__(self, browser: Browser, seats: list[UUID], random: Random) -> None:
        self.browser = browser
        self.seats = seats
        self.next = {"hot": 0, "spread": 0}
        self.random = random

    def join(self, campaigns: list[UUID]) -> None:
        kind = "hot" if len(campaigns) == 1 else "spread"
        seat = self.seats[self.next[kind]]
        self.next[kind] += 1
        self.browser.headers["X-Seat"] = str(seat)
        path = f"/campaigns/{self.random.choice(campaigns)}/commitment"
        status, body = self.browser.ask("PUT", path, {"quantity": self.random.randint(1, 40)})
        assert status == 200, (status, body)


def clients_of(host: Cooperative, port: int, firms_each: int, random: Random) -> list[Client]:
    """People with sessions, and seats in firms that have joined nothing yet."""
    people = crowd.buyers(crowd.firms(host, CLIENTS, "첫 기업"))
    clients = []
    for person, key in zip(people, sign_in(people), strict=True):
        firms = crowd.firms(host, firms_each, "기업")
        seats = [uuid7() for _ in firms]
        at = clock.now()
        rows = [
            (seat, person.user_id, "owner", firm, at)
            for seat, firm in zip(seats, firms, strict=True)
        ]
        crowd.copy(Seat, ("id", "user_id", "role", "firm_id", "created_at"), rows)
        clients.append(Client(Browser(port, person, key), seats, Random(random.random())))
    return clients


def measure(
    host: Cooperative, campaigns: list[UUID], url: str, folder: Path, random: Random, *,
    rounds: int, seconds: float,
) -> Iterator[Figure]:  # fmt: skip
    """Yield joins a second of both kinds and their ratio."""
    hot, spread = campaigns[:1], campaigns[1:]
    before = Commitment.objects.count()
    with served(url, folder / "server.log") as port:
        clients = clients_of(host, port, int(400 * seconds * rounds / CLIENTS) + 50, random)
        Round(seconds / 2).play(clients, hot)
        Round(seconds / 2).play(clients, spread)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        rates: dict[str, list[float]] = {"hot": [], "spread": []}
        for number in range(rounds):
            order = [("hot", hot), ("spread", spread)]
            for kind, where in order if number % 2 else reversed(order):
                rates[kind].append(Round(seconds).play(clients, where))
        for client in clients:
            client.browser.close()
    assert Commitment.objects.count() - before == sum(
        used for client in clients for used in client.next.values()
    )
    hot_rate, spread_rate = (statistics.median(rates[kind]) for kind in ("hot", "spread"))
    ratio = hot_rate / spread_rate
    what = f"{CLIENTS} clients, HTTP, {rounds} rounds of {seconds:g} s each, medians"
    yield Figure("joins into one campaign", hot_rate, "/s", note=what)
    yield Figure(f"joins spread over {len(spread):,}", spread_rate, "/s", note=what)
    yield Figure("one campaign against many", ratio, "x", ">= 0.85", ratio >= 0.85)
