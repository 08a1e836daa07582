"""Open streams and who is told what. Pure bookkeeping: no database, no clock, one event loop."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from mungchi.accounts.access import Actor


@dataclass(eq=False, slots=True)
class Stream:
    """One open screen: what it follows, what it was told last, and what it is to be told.

    What is waiting is the newest standing of each campaign and nothing older, so a slow reader
    costs no memory and is never behind by more than one message.
    """

    actor: Actor
    scope: dict[str, Any]
    told: dict[UUID, bytes] = field(default_factory=dict)
    waiting: dict[UUID, bytes] = field(default_factory=dict)
    follows: frozenset[UUID] = frozenset()
    ended: bool = False
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    def tell(self, campaign: UUID, standing: bytes) -> None:
        """Have it told, unless it knows already."""
        if self.waiting.get(campaign, self.told.get(campaign)) != standing:
            self.waiting[campaign] = standing
            self.wake.set()

    def end(self) -> None:
        """Have it closed after what is waiting."""
        self.ended = True
        self.wake.set()

    def take(self) -> list[bytes]:
        """What is to be sent now; it counts as told."""
        self.wake.clear()
        self.told.update(self.waiting)
        taken = list(self.waiting.values())
        self.waiting.clear()
        return taken


class Streams:
    """All open streams of this process, by campaign and by person."""

    def __init__(self, most: int, most_each: int) -> None:
        self.most = most
        self.most_each = most_each
        self._all: set[Stream] = set()
        self._by_campaign: dict[UUID, set[Stream]] = defaultdict(set)
        self._by_person: dict[UUID | None, set[Stream]] = defaultdict(set)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def full(self) -> bool:
        """Whether this process takes no more."""
        return len(self._all) >= self.most

    def __contains__(self, stream: Stream) -> bool:
        return stream in self._all

    def too_many_for(self, actor: Actor) -> bool:
        """Whether this person has more open than one may."""
        return len(self._by_person.get(actor.user_id, ())) > self.most_each

    def add(self, stream: Stream, campaigns: Iterable[UUID]) -> None:
        """Open a stream that follows some campaigns."""
        self._all.add(stream)
        self._by_person[stream.actor.user_id].add(stream)
        self.follow(stream, campaigns)

    def follow(self, stream: Stream, campaigns: Iterable[UUID]) -> None:
        """Let it follow these campaigns, and no others any more."""
        self._unfollow(stream)
        stream.follows = frozenset(campaigns)
        for campaign in stream.follows:
            self._by_campaign[campaign].add(stream)

    def remove(self, stream: Stream) -> None:
        """Forget a stream."""
        self._all.discard(stream)
        self._unfollow(stream)
        mine = self._by_person[stream.actor.user_id]
        mine.discard(stream)
        if not mine:
            del self._by_person[stream.actor.user_id]

    def of_person(self, person: UUID) -> list[Stream]:
        """The streams of one person."""
        return list(self._by_person.get(person, ()))

    def everyone(self) -> list[Stream]:
        """All streams."""
        return list(self._all)

    def followed(self) -> list[UUID]:
        """The campaigns that somebody follows."""
        return list(self._by_campaign)

    def actors_of(self, campaign: UUID) -> set[Actor]:
        """From which seats a campaign is looked at."""
        return {stream.actor for stream in self._by_campaign.get(campaign, ())}

    def tell(self, campaign: UUID, standings: dict[Actor, bytes]) -> None:
        """Hand out where a campaign stands; whoever is new since it was read waits for the next."""
        for stream in self._by_campaign.get(campaign, ()):
            if stream.actor in standings:
                stream.tell(campaign, standings[stream.actor])

    def end(self, streams: Collection[Stream]) -> None:
        """Have streams closed."""
        for stream in streams:
            stream.end()

    def _unfollow(self, stream: Stream) -> None:
        for campaign in stream.follows:
            followers = self._by_campaign[campaign]
            followers.discard(stream)
            if not followers:
                del self._by_campaign[campaign]
