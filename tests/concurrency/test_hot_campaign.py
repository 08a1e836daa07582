"""One campaign that everybody joins while it closes: accepted is recorded is cleared.

Real server processes, a connection and a session for each client. docs/decisions/0003.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from tests.concurrency.harness import Browser, in_threads, say, served, sign_in
from tests.factories import crowd
from tests.factories.accounts import CooperativeFactory
from tests.factories.campaigns import LADDER, Story

from mungchi.campaigns import stage
from mungchi.campaigns.models import Campaign, ClearingLine, Commitment
from mungchi.common import clock
from mungchi.common.models import History
from mungchi.orders import stage as orders
from mungchi.payments import stage as payments
from mungchi.reports.invariants import breaches

pytestmark = [pytest.mark.processes]

CLIENTS, ATTEMPTS, SEEDS = (200, 2_000, 20) if os.environ.get("MUNGCHI_NIGHT") else (40, 400, 2)
WARMING = 8
REFUSED = {(409, "campaign_not_open"), (409, "deadline_over")}


@dataclass
class Client:
    """One firm at its screen: tries, and remembers what it was told."""

    browser: Browser
    firm_id: object
    random: Random
    told: tuple[str, int, int, Decimal | None] | None = None
    answers: Counter = field(default_factory=Counter)
    accepted_after_the_end: int = 0
    refused: int = 0
    kinds: Counter = field(default_factory=Counter)

    def run(self, campaign: Campaign, attempts: int, ended: threading.Event) -> None:
        path = f"/campaigns/{campaign.pk}/commitment"
        for _ in range(attempts):
            self.attempt(path, campaign.closes_at)
        while not ended.is_set():
            self.attempt(path, campaign.closes_at)
        # Everybody tries once more when it is over.
        self.attempt(path, campaign.closes_at)
        self.browser.close()

    def attempt(self, path: str, closes_at: datetime) -> None:
        active = self.told is not None and self.told[0] == "active"
        kind = self.random.choices(
            ("put", "same", "withdraw"), (65, 15, 20) if active else (100, 0, 0)
        )[0]
        sent = time.time()
        if kind == "withdraw":
            status, body = self.browser.ask("DELETE", path)
            wanted = ("withdrawn", *self.told[1:])
        else:
            terms = crowd.some_terms(self.random, [price for _, price in LADDER])
            wanted = ("active", terms.quantity, terms.tolerance, terms.price_limit)
            if kind == "same":
                wanted = self.told
            kind = "same" if wanted == self.told else kind
            _, quantity, tolerance, limit = wanted
            status, body = self.browser.ask(
                "PUT", path,
                {"quantity": quantity, "tolerance": tolerance,
                 "price_limit": None if limit is None else str(limit)},
            )  # fmt: skip
        self.answers[status] += 1
        if 200 <= status < 300:
            self.told = wanted
            self.kinds[kind] += 1
            self.accepted_after_the_end += sent >= closes_at.timestamp()
        else:
            assert (status, body.get("code")) in REFUSED, (status, body)
            self.refused += 1


@pytest.fixture(scope="module")
def server(db: str, tmp_path_factory) -> Iterator[tuple[int, float]]:
    """A server's port, and for how long a campaign has to be open for the end to come halfway."""
    with served(db, tmp_path_factory.mktemp("hot") / "server.log") as port:
        warm_up(port)
        begun = time.perf_counter()
        warm_up(port)
        each = (time.perf_counter() - begun) / (3 * WARMING)
        yield port, min(max(0.5 * ATTEMPTS * each, 1.5), 30.0)


def warm_up(port: int) -> None:
    """Make both processes load what they load at their first requests: 3 of each of WARMING."""
    story = Story()
    (key,) = sign_in([story.office])

    def look() -> None:
        browser = Browser(port, story.office, key)
        for _ in range(3):
            assert browser.ask("GET", "/campaigns")[0] == 200
        browser.close()

    in_threads([look] * WARMING)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_what_was_accepted_is_recorded_and_cleared(server: tuple[int, float], seed: int) -> None:
    port, seconds = server
    by = ("the clock", "the office")[seed % 2]
    say(f"seed {seed}, closed by {by} after {seconds:.1f} s")
    random = Random(seed)
    story, clients, office = set_up(port, random, seconds if by == "the clock" else 600)
    campaign = story.campaign
    ended = threading.Event()

    def clear_when_closed() -> None:
        while not stage.clear_closed():
            time.sleep(0.01)
        time.sleep(0.2)
        ended.set()

    def close_by_clock() -> None:
        while Campaign.objects.get(pk=campaign.pk).state == "open":
            stage.close_due()
            time.sleep(0.01)

    def close_by_office() -> None:
        time.sleep(random.uniform(0.7, 1) * seconds)
        assert office.ask("POST", f"/campaigns/{campaign.pk}/close")[0] == 200
        office.close()

    in_threads([
        *(lambda client=client: client.run(campaign, ATTEMPTS // CLIENTS, ended)
          for client in clients),
        close_by_clock if by == "the clock" else close_by_office,
        clear_when_closed,
    ])  # fmt: skip

    check(story, clients)


def set_up(port: int, random: Random, seconds: float) -> tuple[Story, list[Client], Browser]:
    host = CooperativeFactory()
    actors = crowd.buyers(crowd.firms(host, CLIENTS))
    clients = [
        Client(Browser(port, actor, key), actor.firm_id, Random(random.random()))
        for actor, key in zip(actors, sign_in(actors), strict=True)
    ]
    closes_at = clock.now() + timedelta(seconds=seconds)
    story = Story(host=host, given={"closes_at": closes_at, "offers_due_at": None}).opened()
    office = Browser(port, story.office, sign_in([story.office])[0])
    return story, clients, office


def check(story: Story, clients: list[Client]) -> None:
    answers = sum((client.answers for client in clients), Counter())
    kinds = sum((client.kinds for client in clients), Counter())
    refused = sum(client.refused for client in clients)
    say(f"answers {dict(answers)}, accepted {dict(kinds)}, refused {refused}")
    assert sum(answers.values()) >= ATTEMPTS
    assert not [status for status in answers if status >= 500]
    # Not a test that did nothing: people got in, changed, went, and were turned away.
    assert min(kinds["put"], kinds["same"], kinds["withdraw"]) > 0
    assert refused >= CLIENTS
    assert sum(client.accepted_after_the_end for client in clients) == 0

    rows = {
        row.firm_id: (row.state, row.quantity, row.tolerance, row.price_limit)
        for row in Commitment.objects.filter(campaign=story.campaign)
    }
    assert rows == {client.firm_id: client.told for client in clients if client.told}
    cleared = set(
        ClearingLine.objects.filter(run__campaign=story.campaign).values_list("firm_id", flat=True)
    )
    assert cleared == {firm for firm, told in rows.items() if told[0] == "active"}
    events = History.objects.filter(
        thread=story.campaign.pk, subject_type="campaigns.commitment"
    ).count()
    # Asking for the same again is accepted and writes nothing.
    assert events == kinds["put"] + kinds["withdraw"]

    assert orders.place_orders() > 0
    assert payments.ask_for_payment() > 0
    assert [str(breach) for breach in breaches(grace=timedelta(0))] == []
