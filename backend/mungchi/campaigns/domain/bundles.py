"""Which needs of a cooperative, and of those it trades with, one campaign could serve. Pure.

A bundle is made for one office around one item of which its own members need something: their
needs, and those of its partners' members for the same item or one that looks alike, so far as one
delivery serves them all. Everything an office is shown of others is a total over two firms or
more, and a number of firms (see `hidden_parts`); what it ranks by is what it is shown.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from mungchi.campaigns.domain.expecting import Known, Paid, Saving, saving_of
from mungchi.campaigns.domain.ladder import gives_away

# Whoever needs it by a later day takes it this much earlier; needs farther apart are two bundles.
WINDOW: Final = timedelta(days=21)
# A campaign made of it must close (two days at least) and deliver (five) before the first day.
NOTICE: Final = timedelta(days=7)
# Look-alikes from this score on may be bought as one; the job shows pairs from 62 on.
ALIKE_ENOUGH: Final = 80

# Keys as text: they are hashed and compared some ten million times when all are made.
Key: TypeAlias = str
PartKey = tuple[Key, Key]


class Wanted(NamedTuple):
    """An open need: units by a day, and what the firm last paid for one, VAT excluded."""

    cooperative: Key
    item: Key
    firm: Key
    quantity: int
    needed_by: date
    last_price: Decimal | None = None


class Pair(NamedTuple):
    """Two items whose names look alike, and how much (0 to 100)."""

    first: Key
    second: Key
    score: int


@dataclass(frozen=True, slots=True)
class Part:
    """What members of one cooperative need of one item; `quantity` None: it would be one firm's."""

    cooperative: Key
    item: Key
    firms: int
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Bundle:
    """What an office is proposed, and told of it.

    `firms`: a firm that states needs in two cooperatives counts in each. `quantity` None: all that
    is not the office's own is one firm's. `known`: what may be reckoned with, all or the own.
    """

    item: Key
    first_day: date
    last_day: date
    parts: tuple[Part, ...]
    firms: int
    quantity: int | None
    known: int
    saving: Saving | None

    @property
    def partners(self) -> int:
        """How many other cooperatives are in it."""
        own = self.parts[0].cooperative
        return len({part.cooperative for part in self.parts} - {own})


class Alike:
    """Items that may be bought in another's place, with how much they look alike.

    Items of two cooperatives are never compared with each other: they are alike when both are alike
    one of everybody's, and then as much as the less alike of the two.
    """

    def __init__(self, pairs: Iterable[Pair], owners: Mapping[Key, Key | None]) -> None:
        """`owners`: whose each item of the pairs is; None: everybody's."""
        self._owners = owners
        # Item -> owner -> items: one of everybody's may be alike one in every catalogue there is.
        self._near: dict[Key, dict[Key | None, dict[Key, int]]] = {}
        for first, second, score in pairs:
            if score >= ALIKE_ENOUGH:
                self._put(first, second, score)
                self._put(second, first, score)

    def _put(self, item: Key, other: Key, score: int) -> None:
        self._near.setdefault(item, {}).setdefault(self._owners[other], {})[other] = score

    def near(self, item: Key, circle: Iterable[Key]) -> dict[Key, int]:
        """Items in everybody's catalogue, and in those of some cooperatives, with their scores."""
        by_owner = self._near.get(item)
        if by_owner is None:
            return {}
        catalogues = (None, *circle)
        found: dict[Key, int] = {}
        for owner in catalogues:
            found |= by_owner.get(owner, {})
        whose = self._owners[item]
        if whose is None:
            return found
        for middle, score in by_owner.get(None, {}).items():
            for owner in catalogues:
                if owner in (None, whose):
                    continue
                for far, further in self._near[middle].get(owner, {}).items():
                    found[far] = max(found.get(far, 0), min(score, further))
        return found


def in_windows(wanted: Iterable[Wanted], soonest: date) -> list[list[Wanted]]:
    """Part needs by the days on which one delivery serves them: each WINDOW from its earliest day.

    Needs before `soonest` are left out: no campaign would be done in time.
    """
    groups: list[list[Wanted]] = []
    for each in sorted(wanted, key=attrgetter("needed_by")):
        if each.needed_by < soonest:
            continue
        if groups and each.needed_by - groups[-1][0].needed_by <= WINDOW:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def bundles_around(
    office: Key,
    item: Key,
    wanted: Iterable[Wanted],
    soonest: date,
    *,
    currency: str,
    expected: Known | None = None,
) -> list[Bundle]:
    """The bundles that an office is proposed around an item that its own members need.

    `wanted`: open needs of its members and its partners' for the item and those alike. A bundle
    holds a need of its own for the item, and two firms at least, all of them its members or not.
    """
    found = []
    for group in in_windows(wanted, soonest):
        mine = any(each.cooperative == office and each.item == item for each in group)
        if mine and len({each.firm for each in group}) > 1:
            found.append(_shown(office, item, group, currency, expected))
    return found


def _shown(
    office: Key, item: Key, group: Sequence[Wanted], currency: str, expected: Known | None
) -> Bundle:
    # All that is counted, in one pass: this is done for every bundle of every office.
    firms_of: dict[PartKey, set[Key]] = {}
    units_of: dict[PartKey, int] = {}
    members: set[tuple[Key, Key]] = set()
    others: set[Key] = set()
    units = own = 0
    for cooperative, one, firm, quantity, _, _ in group:
        key = (cooperative, one)
        if key in firms_of:
            firms_of[key].add(firm)
            units_of[key] += quantity
        else:
            firms_of[key] = {firm}
            units_of[key] = quantity
        members.add((cooperative, firm))
        units += quantity
        if cooperative == office:
            own += quantity
        else:
            others.add(firm)
    hidden = hidden_parts(office, firms_of)
    parts = [
        Part(*key, len(firms), None if key in hidden else units_of[key])
        for key, firms in firms_of.items()
    ]
    whole = None if gives_away(len(others), 0) else units
    known = own if whole is None else whole
    return Bundle(
        item=item,
        first_day=group[0].needed_by,
        last_day=group[-1].needed_by,
        # The office's own first, the item itself before those alike.
        parts=tuple(sorted(parts, key=lambda part: (
            part.cooperative != office, part.item != item, -part.firms, part.cooperative,
            part.item,
        ))),
        firms=len(members),
        quantity=whole,
        known=known,
        saving=saving_of(
            _prices(office, group), expected.at(known) if expected else None, known, currency
        ),
    )  # fmt: skip


def hidden_parts(office: Key, cells: Mapping[PartKey, set[Key]]) -> set[PartKey]:
    """Parts of other cooperatives whose quantity an office is not told.

    Those of one firm; and where that is all that is hidden, the part of fewest firms beside, since
    the total less what is shown would be that one firm's.
    """
    foreign = {key: firms for key, firms in cells.items() if key[0] != office}
    hidden = {key for key, firms in foreign.items() if len(firms) == 1}
    behind = set().union(*(foreign[key] for key in hidden))
    rest = sorted(foreign.keys() - hidden, key=lambda key: (len(foreign[key]), key))
    for key in rest:
        if len(behind) != 1:
            break
        hidden.add(key)
        behind |= foreign[key]
    return hidden


def _prices(office: Key, group: Sequence[Wanted]) -> list[Paid]:
    """What was last paid, as far as it may be told: not where one other firm's price is in it."""
    known = [each for each in group if each.last_price is not None]
    others = {each.firm for each in known if each.cooperative != office}
    if len(others) == 1:
        known = [each for each in known if each.cooperative == office]
    return [
        Paid(each.firm, each.quantity, each.last_price)
        for each in known
        if each.last_price is not None
    ]


class Counts(NamedTuple):
    """What bundles are ranked by: firms, units and minor units of money; -1: no saving is known."""

    firms: int
    quantity: int
    saving: int


class Rank(NamedTuple):
    """A bundle's place among its office's, from 1; `recommended`: no other beats it."""

    place: int
    recommended: bool


def counts_of(bundle: Bundle) -> Counts:
    """The three counts of a bundle, as its office is told them."""
    saved = -1 if bundle.saving is None else bundle.saving.amount
    return Counts(bundle.firms, bundle.known, saved)


def beats(one: Counts, other: Counts) -> bool:
    """Whether one bundle is as good as another on every count, and better on one."""
    return one != other and all(a >= b for a, b in zip(one, other, strict=True))


def ranked(counts: Sequence[Counts]) -> list[Rank]:
    """Each bundle's place: by the sum of its places on the three counts, equal ones as they stood.

    A bundle that another beats stands behind that one and is not recommended.
    """
    ladders = [sorted(-value for value in column) for column in zip(*counts, strict=True)]
    behind = [
        sum(bisect_left(ladder, -value) for ladder, value in zip(ladders, each, strict=True))
        for each in counts
    ]
    order = sorted(range(len(counts)), key=lambda at: (behind[at], at))
    best: list[Counts] = []
    ranks: dict[int, Rank] = {}
    for place, at in enumerate(order, start=1):
        # Whoever beats it has fewer before it on the three counts together, and so came earlier.
        free = not any(beats(other, counts[at]) for other in best)
        if free:
            best.append(counts[at])
        ranks[at] = Rank(place, free)
    return [ranks[at] for at in range(len(counts))]
