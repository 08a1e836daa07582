"""Ordered collections that lose members one at a time, each step in about log n.

They exist for `shortages`: pure Python, integers only, no dependency.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class SumTree:
    """Sums over a prefix of a list of integers, while entries change (a Fenwick tree)."""

    __slots__ = ("size", "top", "tree")

    def __init__(self, values: Sequence[int]) -> None:
        self.size = len(values)
        self.top = 1 << self.size.bit_length() >> 1
        self.tree = [0, *values]
        for index in range(1, self.size + 1):
            parent = index + (index & -index)
            if parent <= self.size:
                self.tree[parent] += self.tree[index]

    def add(self, index: int, amount: int) -> None:
        """Add `amount` to the entry at `index`."""
        index += 1
        while index <= self.size:
            self.tree[index] += amount
            index += index & -index

    def fit(self, total: int) -> tuple[int, int]:
        """Return the longest prefix whose sum is at most `total` (entries >= 0), and its sum."""
        position = 0
        reached = 0
        step = self.top
        while step:
            ahead = position + step
            if ahead <= self.size and reached + self.tree[ahead] <= total:
                position = ahead
                reached += self.tree[ahead]
            step >>= 1
        return position, reached


class MaxTree:
    """The largest entry of any range of a list of integers, while entries become -1."""

    __slots__ = ("size", "tree")

    def __init__(self, values: Sequence[int]) -> None:
        self.size = len(values)
        self.tree = [-1] * self.size + list(values)
        for node in range(self.size - 1, 0, -1):
            self.tree[node] = max(self.tree[2 * node], self.tree[2 * node + 1])

    def remove(self, index: int) -> None:
        """Take the entry at `index` out."""
        node = index + self.size
        self.tree[node] = -1
        node >>= 1
        while node:
            largest = max(self.tree[2 * node], self.tree[2 * node + 1])
            if self.tree[node] == largest:
                break
            self.tree[node] = largest
            node >>= 1

    def largest(self, start: int, stop: int) -> int:
        """Return the largest entry with start <= index < stop, or -1 where none is left."""
        best = -1
        start += self.size
        stop += self.size
        while start < stop:
            if start & 1:
                best = max(best, self.tree[start])
                start += 1
            if stop & 1:
                stop -= 1
                best = max(best, self.tree[stop])
            start >>= 1
            stop >>= 1
        return best


class Blocks:
    """Integers in a fixed order: find the n-th one above a bound, while entries are removed.

    Nested blocks of the order, each kept sorted by value: a block is skipped with one binary
    search, so a search looks at no more than 16 blocks on each of a few levels.
    """

    __slots__ = ("levels", "values")

    def __init__(self, values: Sequence[int]) -> None:
        self.values: list[int | None] = list(values)
        self.levels: list[tuple[int, list[list[int]]]] = []
        size = 16
        while size * 16 < len(values) or not self.levels:
            blocks = [sorted(values[at : at + size]) for at in range(0, len(values), size)]
            self.levels.append((size, blocks))
            size *= 16
        self.levels.reverse()

    def remove(self, index: int) -> None:
        """Take the entry at `index` out."""
        value = self.values[index]
        if value is None:
            raise KeyError(index)
        self.values[index] = None
        for size, blocks in self.levels:
            block = blocks[index // size]
            del block[bisect_left(block, value)]

    def nth_above(self, bound: int, nth: int) -> int:
        """Return the index of the `nth` (from 1) remaining entry that is above `bound`."""
        at = 0
        for size, blocks in self.levels:
            number = at // size
            while True:
                block = blocks[number]
                above = len(block) - bisect_right(block, bound)
                if above >= nth:
                    break
                nth -= above
                number += 1
            at = number * size
        while True:
            value = self.values[at]
            if value is not None and value > bound:
                nth -= 1
                if nth == 0:
                    return at
            at += 1
