"""What keeps streams current when something breaks: run in this process, on a real database."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, connections
from tests.concurrency.harness import sign_in
from tests.factories.accounts import member
from tests.factories.campaigns import Story

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns import operations
from mungchi.common import history
from mungchi.live import hub as hubs
from mungchi.live.hub import Hub
from mungchi.live.streams import Stream

pytestmark = [pytest.mark.processes]


@pytest.fixture
def story(db: str) -> Story:
    story = Story().opened()
    for quantity in (20, 25):
        operations.commit(
            actor=member(story.host), campaign_id=story.campaign.pk, quantity=quantity
        )
    return story


def scope(actor: Actor, *campaigns: UUID) -> dict[str, object]:
    """The ASGI scope of a request for a stream."""
    (session,) = sign_in([actor])
    asked = f"campaigns={','.join(map(str, campaigns))}&seat={actor.seat_id}"
    return {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": "/api/v1/live", "raw_path": b"/api/v1/live", "query_string": asked.encode(),
        "headers": [(b"host", b"localhost"),
                    (b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode())],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
    }  # fmt: skip


def run(test: Callable[[Hub], Awaitable[None]]) -> None:
    """Run `test` with a hub that listens."""

    async def whole() -> None:
        hub = Hub(most=10, most_each=10, threads=1)
        hub.start()
        try:
            await until(lambda: hub.listening)
            await test(hub)
        finally:
            await hub.stop()

    asyncio.run(whole())


async def until(there: Callable[[], object], seconds: float = 5) -> None:
    for _ in range(int(seconds / 0.02)):
        if there():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come")


async def quantity(stream: Stream, within: float = 5) -> int:
    """The quantity in the next standing."""
    await asyncio.wait_for(stream.wake.wait(), within)
    (told,) = stream.take()
    return int(json.loads(told)["ladder"]["quantity"])


async def looking(hub: Hub, asked: dict[str, object], at: int) -> Stream:
    """A stream that was let in, and first told of this quantity."""
    stream = await hub.open(asked)
    assert isinstance(stream, Stream)
    assert await quantity(stream) == at
    return stream


def committed(story: Story, amount: int) -> Callable[[], None]:
    """A firm that joins, for a thread of its own."""
    firm = member(story.host)

    def work() -> None:
        try:
            operations.commit(actor=firm, campaign_id=story.campaign.pk, quantity=amount)
        finally:
            connections.close_all()

    return work


def test_what_was_never_announced_is_found(story: Story, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "SWEEP", 0.3)
    monkeypatch.setattr(history, "announce", lambda threads: None)
    asked, work = scope(story.office, story.campaign.pk), committed(story, 10)

    async def test(hub: Hub) -> None:
        stream = await looking(hub, asked, at=45)
        await asyncio.to_thread(work)
        assert await quantity(stream) == 55

    run(test)


def test_control_without_announcements_nothing_is_soon(story: Story, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "SWEEP", 600)
    monkeypatch.setattr(history, "announce", lambda threads: None)
    asked, work = scope(story.office, story.campaign.pk), committed(story, 10)

    async def test(hub: Hub) -> None:
        stream = await looking(hub, asked, at=45)
        await asyncio.sleep(3 * hubs.TICK)
        await asyncio.to_thread(work)
        await asyncio.sleep(1)
        assert not stream.waiting

    run(test)


def test_what_was_announced_while_the_database_was_away_is_told(story: Story, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "SWEEP", 600)
    asked, work = scope(story.office, story.campaign.pk), committed(story, 10)

    def cut() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    " WHERE query LIKE 'LISTEN%%' AND datname = current_database()"
                )
                assert cursor.fetchone()[0] == 1
        finally:
            connections.close_all()

    async def test(hub: Hub) -> None:
        stream = await looking(hub, asked, at=45)
        # Opening has it read once more: not that reading is to bring the news.
        await asyncio.sleep(3 * hubs.TICK)
        await asyncio.to_thread(cut)
        await until(lambda: not hub.listening)
        await asyncio.to_thread(work)
        assert await quantity(stream) == 55
        assert hub.listening

    run(test)


def test_who_may_not_see_it_any_more_is_told_nothing_more(story: Story, monkeypatch) -> None:
    monkeypatch.setattr(hubs, "ASK_ANEW", 0.2)
    firm = member(story.host)
    asked, work = scope(firm, story.campaign.pk), committed(story, 10)

    def leave() -> None:
        try:
            Membership.objects.filter(firm_id=firm.firm_id).update(state="suspended")
        finally:
            connections.close_all()

    async def test(hub: Hub) -> None:
        stream = await looking(hub, asked, at=45)
        await asyncio.to_thread(leave)
        await until(lambda: not stream.follows)
        await asyncio.to_thread(work)
        await asyncio.sleep(1)
        assert not stream.waiting

    run(test)


def test_many_changes_are_one_message(story: Story) -> None:
    asked = scope(story.office, story.campaign.pk)
    works = [committed(story, 1) for _ in range(8)]

    async def test(hub: Hub) -> None:
        stream = await looking(hub, asked, at=45)
        await asyncio.gather(*(asyncio.to_thread(work) for work in works))
        await asyncio.sleep(1)
        assert len(stream.waiting) == 1
        assert await quantity(stream) == 53

    run(test)


def test_a_campaign_that_cannot_be_read_stops_no_other(story: Story, monkeypatch) -> None:
    other = Story().opened()
    broken = story.campaign.pk
    whole = hubs.Asking.standing

    async def standing(self, campaign, actors):
        if campaign == broken:
            raise RuntimeError("planted")
        return await whole(self, campaign, actors)

    monkeypatch.setattr(hubs.Asking, "standing", standing)
    both = scope(story.office, broken)
    fine, work = scope(other.office, other.campaign.pk), committed(other, 7)

    async def test(hub: Hub) -> None:
        await hub.open(both)
        stream = await looking(hub, fine, at=0)
        await asyncio.to_thread(work)
        assert await quantity(stream) == 7

    run(test)
