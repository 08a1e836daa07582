"""Who falls out of a shortage next: the three rationing rules, kept up to date drop by drop.

In a shortage the commitment with the smallest award / smallest acceptable quantity is dropped
and everything is computed again, perhaps tens of thousands of times. Each class here answers
"who is next" (`worst`) without sharing out the whole order again. Why the answers equal those
of sharing out again is said at each class; the tests compare them with the plain loop on many
thousands of random markets.

All of them number the commitments 0, 1, 2... from the earliest, and call *at risk* those whose
award would be below their smallest acceptable quantity. A minimum never exceeds its quantity,
so whoever is at risk was cut. `order` is always below the demand that is left.
"""

from collections.abc import Sequence
from typing import Protocol

from mungchi.campaigns.domain.indexes import Blocks, MaxTree, SumTree
from mungchi.campaigns.domain.market import Rule
from mungchi.campaigns.domain.proportional import ProportionalShortage


class Shortage(Protocol):
    """Commitments that must share an order smaller than their demand."""

    def worst(self, order: int) -> tuple[int, int] | None:
        """Return who is dropped next and what it would have got; None when nobody is at risk."""

    def drop(self, index: int) -> None:
        """Take one commitment out for good."""


class FirstComeShortage:
    """First come, first served.

    The order reaches one commitment that gets what is left of it; all earlier ones are full,
    all later ones get nothing. A later one at risk has the ratio 0, the smallest there is, and
    the newest of them goes first; only without any can the one in the middle be at risk.
    """

    __slots__ = ("_filled", "_minimums", "_newest", "_quantities")

    def __init__(self, quantities: Sequence[int], minimums: Sequence[int]) -> None:
        self._quantities = list(quantities)
        self._minimums = list(minimums)
        self._filled = SumTree(quantities)
        self._newest = _demanding(minimums)

    def worst(self, order: int) -> tuple[int, int] | None:
        """Return who is dropped next and what it would have got; None when nobody is at risk."""
        reached, used = self._filled.fit(order)
        newest = self._newest[-1]
        if newest > reached:
            return newest, 0
        rest = order - used
        return (reached, rest) if rest < self._minimums[reached] else None

    def drop(self, index: int) -> None:
        """Take one commitment out for good."""
        self._filled.add(index, -self._quantities[index])
        self._minimums[index] = 0
        _forget(self._newest, self._minimums)


class UniformShortage:
    """The uniform rule: min(quantity, level), the earliest of those above it one unit more.

    Whoever is at risk has a minimum above the level, so it is among those above the level, and
    these fall into two groups by arrival alone: up to some arrival they get level + 1, later
    ones get the level. Inside a group all awards are equal, so the smallest ratio is the one
    with the largest minimum (with awards of 0: everybody who has a minimum), newest first.
    Between the two groups a tie goes to the later group, which is the newer one.
    """

    __slots__ = (
        "_arrivals",
        "_by_minimum",
        "_count",
        "_counts",
        "_minimums",
        "_newest",
        "_place",
        "_quantities",
        "_ranked",
        "_sizes",
        "_sums",
    )

    def __init__(self, quantities: Sequence[int], minimums: Sequence[int]) -> None:
        self._quantities = list(quantities)
        self._minimums = list(minimums)
        self._count = len(quantities)
        by_size = sorted(range(self._count), key=quantities.__getitem__)
        self._sizes = [quantities[i] for i in by_size]
        self._place = _positions(by_size)
        self._sums = SumTree(self._sizes)
        self._counts = SumTree([1] * self._count)
        self._arrivals = Blocks(quantities)
        # Sorting is stable: of equal minimums the newer one ranks higher.
        self._ranked = sorted(range(self._count), key=minimums.__getitem__)
        self._by_minimum = MaxTree(_positions(self._ranked))
        self._newest = _demanding(minimums)

    def worst(self, order: int) -> tuple[int, int] | None:
        """Return who is dropped next and what it would have got; None when nobody is at risk."""
        level, more = self._level(order)
        # Arrivals before `cut` get level + 1 where they are above the level.
        cut = self._arrivals.nth_above(level, more) + 1 if more else 0
        size = len(self._quantities)
        later = self._largest_minimum(cut, size)
        if level == 0:
            later = self._newest[-1] if self._newest[-1] >= cut else -1
        earlier = self._largest_minimum(0, cut)
        if later >= 0 and self._minimums[later] <= level:
            later = -1
        if earlier >= 0 and self._minimums[earlier] <= level + 1:
            earlier = -1
        if later < 0 and earlier < 0:
            return None
        if later < 0:
            return earlier, level + 1
        if earlier < 0:
            return later, level
        later_first = level * self._minimums[earlier] <= (level + 1) * self._minimums[later]
        return (later, level) if later_first else (earlier, level + 1)

    def drop(self, index: int) -> None:
        """Take one commitment out for good."""
        place = self._place[index]
        self._sums.add(place, -self._quantities[index])
        self._counts.add(place, -1)
        self._count -= 1
        self._arrivals.remove(index)
        self._by_minimum.remove(index)
        self._minimums[index] = 0
        _forget(self._newest, self._minimums)

    def _largest_minimum(self, start: int, stop: int) -> int:
        rank = self._by_minimum.largest(start, stop)
        return -1 if rank < 0 else self._ranked[rank]

    def _level(self, order: int) -> tuple[int, int]:
        """Return the level, and how many get one unit more.

        With the sizes in rising order, filling everybody up to one of them takes ever more; the
        last size that the order can pay for splits the full from the cut.
        """
        sums, counts = self._sums.tree, self._counts.tree
        position = full = number = 0
        step = self._sums.top
        while step:
            ahead = position + step
            if ahead < len(sums):
                full_then = full + sums[ahead]
                number_then = number + counts[ahead]
                if full_then + self._sizes[ahead - 1] * (self._count - number_then) <= order:
                    position, full, number = ahead, full_then, number_then
            step >>= 1
        return divmod(order - full, self._count - number)


def shortage(rule: Rule, quantities: Sequence[int], minimums: Sequence[int]) -> Shortage:
    """Return the commitments (earliest first) as a shortage under `rule`."""
    if rule is Rule.UNIFORM:
        return UniformShortage(quantities, minimums)
    if rule is Rule.PROPORTIONAL:
        return ProportionalShortage(quantities, minimums)
    return FirstComeShortage(quantities, minimums)


def _demanding(minimums: Sequence[int]) -> list[int]:
    """Return a stack of those that have a minimum, newest on top, -1 at the bottom."""
    return [-1, *(index for index, minimum in enumerate(minimums) if minimum > 0)]


def _forget(stack: list[int], minimums: Sequence[int]) -> None:
    while stack[-1] >= 0 and minimums[stack[-1]] == 0:
        stack.pop()


def _positions(order: Sequence[int]) -> list[int]:
    positions = [0] * len(order)
    for position, index in enumerate(order):
        positions[index] = position
    return positions
