"""Who falls out of a proportional shortage next.

With demand D and order Q, a commitment of quantity q gets `q * Q // D`, and those with the
largest remainders `q * Q % D` one unit more, ties to the earlier. Every drop changes D and with
it every remainder, so nothing about single commitments can be carried over. But those with
equal whole parts b are neighbours when sorted by quantity (b*D <= q*Q < (b+1)*D), and among
them the remainder rises with the quantity. So each such *class* is a stretch of the sorted
list, and its upper end gets the unit more. A shortage has few classes as long as the capacity
is small beside the number of commitments: finding the ends takes a few binary searches a class.

Inside each of the two parts of a class all awards are equal, so the smallest ratio is the one
with the largest minimum (with awards of 0: everybody who has a minimum), newest first: one look
into a `MaxTree`. Classes are visited from the lowest and left once none above can be smaller.

Where there are many classes and few commitments, sharing out again costs less and is done.
"""

from bisect import bisect_left
from collections.abc import Sequence

from mungchi.campaigns.domain.allocation import proportional
from mungchi.campaigns.domain.indexes import MaxTree

_SCALE = 1 << 64


class ProportionalShortage:
    """Commitments sharing an order by the largest remainder; see the module for the argument."""

    __slots__ = (
        "_by_arrival",
        "_by_minimum",
        "_demand",
        "_guess",
        "_keys",
        "_mask",
        "_minimums",
        "_place",
        "_quantities",
        "_ranked",
        "_shift",
        "_strict",
    )

    def __init__(self, quantities: Sequence[int], minimums: Sequence[int]) -> None:
        count = len(quantities)
        self._quantities = list(quantities)
        self._minimums = list(minimums)
        self._demand = sum(quantities)
        # One integer a commitment: the quantity above, the arrival reversed below, so that
        # rising order is the order in which a class hands out its units, from the end.
        self._shift = count.bit_length()
        self._mask = (1 << self._shift) - 1
        self._keys = sorted(
            quantity << self._shift | self._mask - index
            for index, quantity in enumerate(quantities)
        )
        order = [self._mask - (key & self._mask) for key in self._keys]
        self._place = [0] * count
        for place, index in enumerate(order):
            self._place[index] = place
        self._ranked = sorted(range(count), key=minimums.__getitem__)
        rank = [0] * count
        for position, index in enumerate(self._ranked):
            rank[index] = position
        self._by_minimum = MaxTree([rank[index] for index in order])
        self._by_arrival = MaxTree([index if minimums[index] else -1 for index in order])
        # How much of its quantity each insists on, rounded up; the strictest on top.
        self._strict = sorted(
            (-(-minimum * _SCALE // quantity), index)
            for index, (quantity, minimum) in enumerate(zip(quantities, minimums, strict=True))
        )
        self._guess = (1, 2)

    def worst(self, order: int) -> tuple[int, int] | None:
        """Return who is dropped next and what it would have got; None when nobody is at risk."""
        classes = (self._keys[-1] >> self._shift) * order // self._demand + 1
        if 4 * classes + 80 > len(self._keys):
            return self._share_out(order)
        starts = [self._from(-(-whole * self._demand // order)) for whole in range(classes)]
        starts.append(len(self._keys))
        return self._smallest(order, starts, self._cuts(order, starts))

    def drop(self, index: int) -> None:
        """Take one commitment out for good."""
        key = self._quantities[index] << self._shift | self._mask - index
        del self._keys[bisect_left(self._keys, key)]
        self._demand -= self._quantities[index]
        place = self._place[index]
        self._by_minimum.remove(place)
        self._by_arrival.remove(place)
        self._minimums[index] = -1
        while self._strict and self._minimums[self._strict[-1][1]] < 0:
            self._strict.pop()

    def _share_out(self, order: int) -> tuple[int, int] | None:
        indexes = sorted(self._mask - (key & self._mask) for key in self._keys)
        awards = proportional([self._quantities[index] for index in indexes], order)
        worst = None
        award, minimum = 1, 1
        for index, got in zip(indexes, awards, strict=True):
            wanted = self._minimums[index]
            # `<=` lets the newer of two equals win; whoever gets its minimum is no candidate.
            if got < wanted and got * minimum <= award * wanted:
                worst, award, minimum = index, got, wanted
        return None if worst is None else (worst, award)

    def _from(self, quantity: int) -> int:
        """Return where the commitments of at least this quantity begin in the sorted list."""
        return bisect_left(self._keys, quantity << self._shift)

    def _cuts(self, order: int, starts: list[int]) -> list[int]:
        """Return, for each class, where those that get one unit more begin."""
        ends = starts[1:]
        more = order - sum(ends[-1] - start for start in starts[1:-1])
        if more == 0:
            return ends
        remainder = self._last_remainder(order, ends, more)
        cuts = self._above(order, remainder, len(ends))
        more -= sum(ends) - sum(cuts)
        lows = self._above(order, remainder - 1, len(ends))
        tied = [whole for whole in range(len(ends)) if lows[whole] < cuts[whole]]
        if len(tied) == 1:
            cuts[tied[0]] -= more
            return cuts
        # Several quantities with the same remainder: the earliest of all of them.
        codes = sorted(
            self._keys[at] & self._mask for whole in tied for at in range(lows[whole], cuts[whole])
        )
        for whole in tied:
            quantity = self._keys[lows[whole]] >> self._shift
            earliest = quantity << self._shift | codes[-more]
            cuts[whole] = bisect_left(self._keys, earliest, lows[whole], cuts[whole])
        return cuts

    def _above(self, order: int, remainder: int, classes: int) -> list[int]:
        """Return, for each class, where the remainders above `remainder` begin."""
        keys, shift, demand = self._keys, self._shift, self._demand
        return [
            bisect_left(keys, ((whole * demand + remainder) // order + 1) << shift)
            for whole in range(classes)
        ]

    def _last_remainder(self, order: int, ends: list[int], more: int) -> int:
        """Return the smallest remainder that still gets a unit, `more` being handed out.

        Searched between `low` (at least `more` remainders are above it) and `high` (fewer are),
        starting near where it was at the last drop, until few values are left to be looked at.
        """
        total, classes = sum(ends), len(ends)
        low, high = -1, self._demand - 1
        at_low, at_high = self._above(order, -1, classes), ends
        probe = self._guess[0] * self._demand // self._guess[1]
        step = max(1, 2 * self._demand // len(self._keys))
        while True:
            inside = sum(at_high) - sum(at_low)
            if min(inside, classes * ((high - low) // order + 2)) <= 2 * classes + 32:
                break
            probe = min(max(probe, low + 1), high - 1)
            found = self._above(order, probe, classes)
            if total - sum(found) >= more:
                low, at_low = probe, found
                probe += step
            else:
                high, at_high = probe, found
                probe -= step
            step *= 2
            if not low < probe < high:
                probe = (low + high) // 2
        needed = more - (total - sum(at_high))
        for remainder, number in self._runs(order, at_low, at_high):
            needed -= number
            if needed <= 0:
                self._guess = (remainder, self._demand)
                return remainder
        raise AssertionError("fewer remainders than units to hand out")

    def _runs(self, order: int, lows: list[int], highs: list[int]) -> list[tuple[int, int]]:
        """Return the remainders between the marks, largest first, each with its number."""
        runs = []
        for whole, (at, stop) in enumerate(zip(lows, highs, strict=True)):
            while at < stop:
                quantity = self._keys[at] >> self._shift
                end = bisect_left(self._keys, (quantity + 1) << self._shift, at, stop)
                runs.append((quantity * order - whole * self._demand, end - at))
                at = end
        runs.sort(reverse=True)
        return runs

    def _smallest(self, order: int, starts: list[int], cuts: list[int]) -> tuple[int, int] | None:
        """Return the one at risk with the smallest ratio, given the parts of all classes."""
        newest = self._look(self._by_arrival, starts[0], cuts[0])
        if newest >= 0:
            return newest, 0
        worst = -1
        award, minimum = 1, 1
        strictest = self._strict[-1][0]
        for whole, cut in enumerate(cuts):
            # Here quantity < (whole+1)*D/Q and minimum <= quantity * strictest / _SCALE, so no
            # ratio from this class on is below the left side; it rises with `whole`.
            floor = whole * order * _SCALE * minimum
            if floor >= award * strictest * (whole + 1) * self._demand and whole:
                break
            for got, start, stop in (
                (whole, starts[whole], cut),
                (whole + 1, cut, starts[whole + 1]),
            ):
                rank = self._look(self._by_minimum, start, stop)
                index = -1 if rank < 0 else self._ranked[rank]
                wanted = 0 if index < 0 else self._minimums[index]
                ahead = award * wanted - got * minimum
                if got < wanted and (ahead > 0 or (ahead == 0 and index > worst)):
                    worst, award, minimum = index, got, wanted
        return None if worst < 0 else (worst, award)

    def _look(self, tree: MaxTree, start: int, stop: int) -> int:
        """Return the largest entry of `tree` over a stretch of the sorted list."""
        if start >= stop:
            return -1
        first = self._mask - (self._keys[start] & self._mask)
        last = self._mask - (self._keys[stop - 1] & self._mask)
        return tree.largest(self._place[first], self._place[last] + 1)
