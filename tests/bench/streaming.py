"""Open screens: how soon all of them show a commitment, and what it costs to announce one."""

import asyncio
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psutil
import psycopg
from django.conf import settings
from django.db import connections
from tests.concurrency.harness import sign_in, streaming
from tests.factories import crowd
from tests.factories.accounts import member
from tests.factories.campaigns import Story

from bench.figures import Figure, at_most
from mungchi.accounts.access import Actor
from mungchi.campaigns import operations

COMMITMENTS = 10
THREADS = 8


def measure(url: str, folder: Path, screens: int, seconds: float) -> Iterator[Figure]:
    """Yield delays with that many screens open on one campaign, and commits a second."""
    story = Story().opened()
    for _ in range(2):
        operations.commit(actor=member(story.host), campaign_id=story.campaign.pk, quantity=7)
    joining = [member(story.host) for _ in range(COMMITMENTS)]
    looking = crowd.buyers(crowd.firms(story.host, screens, "보는 기업"))
    keys = sign_in(looking)
    with streaming(url, folder / "live.log") as port:
        seen = asyncio.run(_look(port, story.campaign.pk, list(zip(looking, keys, strict=True)),
                                 joining))  # fmt: skip
        memory = max(_memory(port))
    every = f"{screens:,} open screens of one campaign"
    yield at_most(f"a commitment on the last of {every}, median", seen.median, "s", 1.0)
    yield at_most(f"a commitment on the last of {every}, worst", seen.worst, "s", 1.0)
    yield Figure(f"opening {screens:,} screens at once", seen.opening, "s")
    yield Figure(f"memory of the process with {every}", memory, "MB")
    yield from announcing(url, seconds)


class Seen:
    """What the screens saw: seconds from a commitment's commit to the last screen, for each."""

    def __init__(self, opening: float, delays: list[float]) -> None:
        self.opening = opening
        self.median, self.worst = statistics.median(delays), max(delays)


async def _look(
    port: int, campaign: UUID, people: list[tuple[Actor, str]], joining: list[Actor]
) -> Seen:
    begun = time.perf_counter()
    screens = await asyncio.gather(*(_open(port, campaign, *person) for person in people))
    opening = time.perf_counter() - begun
    delays = []
    quantity = 14
    for firm in joining:
        # Longer than a tick, so that each is a message of its own.
        await asyncio.sleep(0.6)
        committed = await asyncio.to_thread(_commit, firm, campaign)
        quantity += 7
        wanted = f'"quantity":{quantity},'.encode()
        await asyncio.gather(*(_until(screen, wanted) for screen, _ in screens))
        delays.append(time.perf_counter() - committed)
    for _, writer in screens:
        writer.close()
    return Seen(opening, delays)


async def _open(
    port: int, campaign: UUID, actor: Actor, key: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        f"GET /api/v1/live?campaigns={campaign}&seat={actor.seat_id} HTTP/1.1\r\n"
        f"Host: localhost\r\nAccept: text/event-stream\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={key}\r\n\r\n".encode()
    )
    await _until(reader, b'"quantity":14,')
    return reader, writer


async def _until(reader: asyncio.StreamReader, wanted: bytes) -> None:
    while wanted not in await asyncio.wait_for(reader.readline(), 60):
        pass


def _commit(firm: Actor, campaign: UUID) -> float:
    try:
        operations.commit(actor=firm, campaign_id=campaign, quantity=7)
        return time.perf_counter()
    finally:
        connections.close_all()


def _memory(port: int) -> Iterator[float]:
    """Megabytes of the processes that listen there, and of their children."""
    for process in psutil.process_iter():
        if f"--port {port}" in " ".join(process.cmdline()):
            yield from (one.memory_info().rss / 1e6 for one in [process, *process.children()])


def announcing(url: str, seconds: float) -> Iterator[Figure]:
    """Yield small commits a second, alone and announced in the two possible ways, in turns."""
    ways = {"without announcing": (), "announced after the commit": ("after",),
            "announced inside the transaction": ("inside",)}  # fmt: skip
    with psycopg.connect(url, autocommit=True) as one:
        one.execute("CREATE TABLE announced (n int)")
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(3):
        for name, way in ways.items():
            rates[name].append(_rate(url, seconds, *way))
    with psycopg.connect(url, autocommit=True) as one:
        one.execute("DROP TABLE announced")
    plain = statistics.median(rates["without announcing"])
    for name, found in rates.items():
        rate = statistics.median(found)
        note = f"{THREADS} connections; {rate / plain:.2f} of without"
        yield Figure(f"small commits, {name}", rate, "/s", note=note)


def _rate(url: str, seconds: float, way: str = "") -> float:
    done = [0] * THREADS
    end = time.perf_counter() + seconds

    def work(number: int) -> None:
        with psycopg.connect(url, autocommit=True) as own:
            while time.perf_counter() < end:
                with own.transaction():
                    own.execute("INSERT INTO announced VALUES (1)")
                    if way == "inside":
                        own.execute("SELECT pg_notify('mungchi_changed', 'x')")
                if way == "after":
                    own.execute("SELECT pg_notify('mungchi_changed', 'x')")
                done[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / seconds
