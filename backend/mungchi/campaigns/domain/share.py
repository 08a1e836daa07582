"""What of a campaign is told to whoever has its address, without signing in. Pure.

Any reader may be in the campaign itself, or run the office of a cooperative whose members are: what
is told gives nobody away to them either.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from mungchi.campaigns.domain.ladder import withheld
from mungchi.campaigns.domain.outlook import (
    Outlook,
    Terms,
    TierDemand,
    nearest_tier,
    outlook,
)
from mungchi.common.money import plain
from mungchi.common.text import Text

# A total over fewer firms than this, or two totals that fewer firms lie between, would give one of
# two away to the other.
LEAST_FIRMS: Final = 3
# So many firms must have changed something since the last figures before there are new ones: else
# whoever compares the two would learn what one of them did.
LEAST_CHANGED: Final = 2


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A campaign for whoever has its address. `figures`: see `public_figures`."""

    title: str
    item: Text
    host: Text
    unit: Text
    currency: str
    state: str
    closes_at: datetime
    zone: str
    tiers: tuple[tuple[int, Decimal], ...]
    figures: dict[str, Any]
    # The price at which it went through, once that is known.
    settled_price: Decimal | None = None

    @property
    def current(self) -> int | None:
        """The tier whose price holds now, or held; None where there is none or it is not told."""
        if self.settled_price is not None:
            prices = [price for _, price in self.tiers]
            return prices.index(self.settled_price) if self.settled_price in prices else None
        return self.figures.get("current")

    @property
    def next_tier(self) -> int | None:
        """The tier to aim for, while one may join."""
        step = self.figures.get("next")
        return step["tier"] if step else None

    def percent(self, index: int) -> int | None:
        """How far a tier is; None where that is not told.

        What has gone through is full, and so are the tiers before it: the quantity that reaches the
        present one has passed them.
        """
        passed = self.current is not None and index <= self.current
        if self.settled_price is not None:
            return 100 if passed else 0
        percents = self.figures.get("percents")
        told = percents[index] if percents else None
        return 100 if told is None and passed else told


def hidden_from_public(firms: Sequence[int], offices: Iterable[Sequence[int]]) -> list[bool]:
    """Which of several totals, each over the firms of the one before and more, nobody is told.

    `offices`: for each cooperative whose members are in it, how many of the firms of each total it
    knows. Nothing is told that fewer than LEAST_FIRMS firms stand behind, alone or as the
    difference to what is told before, nor what one office could subtract its members from.
    """
    hidden, told = [], 0
    for count in firms:
        hidden.append(0 < count - told < LEAST_FIRMS)
        if not hidden[-1]:
            told = count
    for known in offices:
        hidden = [one or two for one, two in zip(hidden, withheld(firms, known), strict=True)]
    return hidden


def public_figures(
    rows: Sequence[TierDemand], terms: Terms, offices: Iterable[Sequence[int]]
) -> dict[str, Any]:
    """What is told of the commitments, as JSON; empty parts where that would give a firm away.

    `current`: the tier that closing now would give; `percents`: how far each tier is; `next`: the
    tier to aim for, with what it lacks where that may be told. What is hidden of a tier has no part
    in which one is aimed for.
    """
    seen = outlook(rows, terms)
    hidden = hidden_from_public([row.firms for row in rows], offices)
    current = seen.current
    # That one or two firms carry a tier would tell that they want as much.
    if current is not None and rows[current].firms < LEAST_FIRMS:
        current = None
    return {
        "current": current,
        "percents": [
            100
            if index == current or (row.carries and not away)
            else None
            if away
            else row.reached_percent
            for index, (row, away) in enumerate(zip(seen.tiers, hidden, strict=True))
        ],
        "next": _next(seen, current, hidden),
    }


def _next(seen: Outlook, current: int | None, hidden: Sequence[bool]) -> dict[str, Any] | None:
    table = [
        replace(row, missing=None) if away else row
        for row, away in zip(seen.tiers, hidden, strict=True)
    ]
    if current is None and any(hidden):
        return None
    now = -1 if current is None else current
    index = nearest_tier(table, now)
    if index is None and any(hidden[now + 1 :]):
        # There are deeper ones, of which nothing is told but their prices.
        index = now + 1
    if index is None:
        return None
    row = table[index]
    return {
        "tier": index,
        "missing": row.missing,
        "missing_firms": None if row.missing is None else row.missing_firms,
        "saving": plain(table[max(now, 0)].unit_price - row.unit_price),
    }


def may_renew(changed_firms: int) -> bool:
    """Whether new figures may be told after so many firms changed something."""
    return changed_firms >= LEAST_CHANGED
