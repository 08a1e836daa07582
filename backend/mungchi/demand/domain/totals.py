"""How many firms buy, and how much in all: the distribution of a sum of unknown length. Pure.

The number is negative binomial (a Poisson count whose mean is known only as a gamma). The sum is
computed exactly, step by step, by Panjer's recursion (ASTIN Bulletin 12, 1981).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

# A purchase of average size is so many steps of the recursion; finer tells nothing more.
STEPS_OF_A_PURCHASE: Final = 40
# With so many firms the sum is as good as normal, and the recursion would begin below what a
# number can hold.
MANY_FIRMS: Final = 60
MOST_STEPS: Final = 40_000


@dataclass(frozen=True, slots=True)
class Count:
    """A number of firms: Poisson, its mean gamma with this shape and rate."""

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """The number to be expected."""
        return self.shape / self.rate

    def chances(self) -> tuple[float, float]:
        """Of none, and of exactly one."""
        none = (self.rate / (self.rate + 1)) ** self.shape
        return none, none * self.shape / (self.rate + 1)

    def at_least_two(self) -> float:
        """The chance of two or more."""
        none, one = self.chances()
        return max(0.0, 1 - none - one)

    def mean_from_two(self) -> float:
        """The number to be expected if it is two or more."""
        _, one = self.chances()
        return max(2.0, (self.mean - one) / self.at_least_two())

    def log_chance(self, count: int) -> float:
        """The logarithm of the chance of exactly so many."""
        rising = sum(math.log((self.shape + n) / (n + 1)) for n in range(count))
        return (
            rising
            + self.shape * math.log(self.rate / (self.rate + 1))
            - count * math.log(self.rate + 1)
        )


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes that an item is bought in by one firm in a month: size -> share of them."""

    shares: Mapping[int, float]

    @classmethod
    def of(cls, sizes: Iterable[int]) -> "Sizes":
        """From the sizes there were, each as likely to come again."""
        counted = Counter(sizes)
        return cls({size: times / counted.total() for size, times in sorted(counted.items())})

    @property
    def smallest(self) -> int:
        """The smallest there was."""
        return min(self.shares)

    @property
    def mean(self) -> float:
        """The average."""
        return sum(size * share for size, share in self.shares.items())

    def in_steps(self, step: int) -> dict[int, float]:
        """Sizes in whole steps, at least one."""
        steps: defaultdict[int, float] = defaultdict(float)
        for size, share in self.shares.items():
            steps[max(1, round(size / step))] += share
        return dict(sorted(steps.items()))


def quantile(count: Count, sizes: Sizes, chance: float) -> int:
    """The smallest total that two or more firms buy or stay below with this chance, in all.

    `chance` is below that of two or more firms; exact to a fortieth of an average purchase.
    """
    if count.mean > MANY_FIRMS:
        return _normal(count, sizes, chance / count.at_least_two())
    step = max(math.gcd(*sizes.shares), int(sizes.mean / STEPS_OF_A_PURCHASE))
    shares = list(sizes.in_steps(step).items())
    none, one = count.chances()
    # Of this recursion: (a, b, 0) = (r, (shape - 1) r, 0) for the negative binomial.
    ratio = 1 / (count.rate + 1)
    totals, reached = [none], 0.0
    alone = dict(shares)
    for total in range(1, MOST_STEPS):
        grown = sum(
            (1 + (count.shape - 1) * size / total) * share * totals[total - size]
            for size, share in shares
            if size <= total
        )
        totals.append(ratio * grown)
        # What one firm buys alone is no purchase together.
        reached += totals[total] - one * alone.get(total, 0.0)
        if reached >= chance:
            return total * step
    return MOST_STEPS * step


def _normal(count: Count, sizes: Sizes, chance: float) -> int:
    mean = count.mean * sizes.mean
    square = sum(size * size * share for size, share in sizes.shares.items())
    spread = math.sqrt(count.mean * square + (count.mean * sizes.mean) ** 2 / count.shape)
    return max(1, round(NormalDist(mean, spread).inv_cdf(min(max(chance, 1e-6), 1 - 1e-6))))
