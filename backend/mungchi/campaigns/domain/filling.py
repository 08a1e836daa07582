"""The fill phase: what is still taken after the deadline, by the clearing itself. Pure.

The rule in one sentence: a change is taken when with it a broken pack is completed or a deeper tier
is reached, when nobody gets less of what it asked for, and when whoever makes it gets all of it.
The clearing is run without the change and with it, and nothing else is asked: so the rule knows of
packs, tolerances, capacity, thresholds, smallest quantities and sharing what the clearing knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final

from mungchi.campaigns.domain.clearing import Clearing, clear
from mungchi.campaigns.domain.market import Commitment, Market
from mungchi.campaigns.domain.outlook import Terms, TierOutlook, demand_by_tier, tier_table

NEWCOMER: Final = "a firm that is not in it"
# Deeper tiers that are tried, the nearest first: each costs a clearing.
TRIED: Final = 4


class Refusal(StrEnum):
    """Why a change is not taken."""

    TAKES_BACK = "takes_back"
    FILLS_NOTHING = "fills_nothing"
    TAKES_FROM_OTHERS = "takes_from_others"
    NOT_ALL_OF_IT = "not_all_of_it"


@dataclass(frozen=True, slots=True)
class Taken:
    """A change that is taken: what closing with it gives, and whether at a deeper tier."""

    clearing: Clearing
    deeper: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A change that would be taken: `more` than the firm asks for already, at `unit_price` for all.

    Where `more` is 0 a higher price limit alone does it; `raised` is that limit, None where it
    stays. `others`: how many firms besides are counted at that tier.
    """

    more: int
    change: Commitment
    unit_price: Decimal
    deeper: bool
    raised: Decimal | None
    others: int


def takes_back(held: Commitment, change: Commitment) -> bool:
    """Whether a change asks for less than is committed to, in quantity or by its conditions.

    Tolerance may become quantity: the firm still takes as much.
    """
    lower = change.limit is not None and (held.limit is None or change.limit < held.limit)
    return (
        lower
        or change.quantity < held.quantity
        or change.quantity + change.tolerance < held.quantity + held.tolerance
        or change.minimum > held.minimum
    )


def judge(market: Market, change: Commitment, now: Clearing | None = None) -> Taken | Refusal:
    """Say whether a change is taken while `market`, which clears as `now`, is being filled.

    `change` stands for the commitment with its key, or is a new one.
    """
    held = next((one for one in market.commitments if one.key == change.key), None)
    if held is not None and takes_back(held, change):
        return Refusal.TAKES_BACK
    before = clear(market) if now is None else now
    after = clear(_with(market, change))
    deeper = after.tier is not None and (before.tier is None or after.tier > before.tier)
    fuller = (
        after.tier is not None
        and after.tier == before.tier
        and pack_is_open(before)
        and after.quantity > before.quantity
    )
    if not deeper and not fuller:
        return Refusal.FILLS_NOTHING
    got = after.awards()
    if got[change.key] < change.quantity:
        return Refusal.NOT_ALL_OF_IT
    for verdict in before.verdicts:
        one = verdict.commitment
        # What tolerance gave beyond the quantity nobody asked for.
        if one.key != change.key and got[one.key] < min(verdict.awarded, one.quantity):
            return Refusal.TAKES_FROM_OTHERS
    return Taken(after, deeper)


def pack_is_open(now: Clearing) -> bool:
    """Whether more is asked for at the price than can be ordered; a change that can be taken then
    completes a pack, since at full capacity nothing can be added."""
    return now.tier is not None and now.tiers[now.tier].demand > now.quantity


def ways(market: Market, key: str = NEWCOMER, now: Clearing | None = None) -> list[Way]:
    """What a firm could ask for more and be taken, the least first: packs at the price that closing
    now gives, and the nearest deeper tiers. Every one of them is taken; a firm that is not in it
    commits at any price. Where smallest quantities drop firms, something else may be taken too.
    """
    found: dict[Commitment, Way] = {}
    for way in _ways(market, key, clear(market) if now is None else now):
        found.setdefault(way.change, way)
    return sorted(found.values(), key=lambda way: (way.more, way.unit_price))


def anything_to_fill(market: Market, now: Clearing | None = None) -> bool:
    """Whether some firm that is not in it yet could be taken: else there is nothing to wait for.

    Who did not answer a changed offer in time is not in it.
    """
    if any(one.silent for one in market.commitments):
        present = tuple(one for one in market.commitments if not one.silent)
        market, now = replace(market, commitments=present), None
    return next(_ways(market, NEWCOMER, clear(market) if now is None else now), None) is not None


def _ways(market: Market, key: str, now: Clearing) -> Iterator[Way]:
    held = next((one for one in market.commitments if one.key == key), None)
    for index in _levels(now):
        start = None if held is None else _accepting(held, market.tiers[index].unit_price)
        row = _row(market, index, start)
        least = 1 if start is held else 0
        for more in _steps(row, market.pack, least, deeper=index != now.tier):
            change = _more(market, start, key, more)
            taken = judge(market, change, now)
            price = taken.clearing.unit_price if isinstance(taken, Taken) else None
            if isinstance(taken, Taken) and price is not None:
                yield Way(
                    more, change, price, taken.deeper,
                    raised=None if held is None or start is held else change.limit,
                    others=row.firms - (start is not None),
                )  # fmt: skip


def _levels(now: Clearing) -> list[int]:
    """The tiers at which something could be filled: the present one, then the nearest deeper."""
    reached = -1 if now.tier is None else now.tier
    deeper = [
        (row.missing, -index, index)
        for index, row in enumerate(now.tiers)
        if index > reached and row.missing is not None
    ]
    present = [reached] if pack_is_open(now) else []
    return present + [index for _, _, index in sorted(deeper)[:TRIED]]


def _accepting(held: Commitment, price: Decimal) -> Commitment:
    return held if held.accepts(price) else replace(held, limit=price)


def _row(market: Market, index: int, start: Commitment | None) -> TierOutlook:
    """A tier's line with the firm counted as it would be before it asks for more."""
    people = market.commitments if start is None else _with(market, start).commitments
    terms = Terms(market.pack, market.capacity, market.threshold)
    return tier_table(demand_by_tier(market.tiers, people), terms)[index]


def _steps(row: TierOutlook, pack: int, least: int, *, deeper: bool) -> list[int]:
    """How much more to try at a tier."""
    if deeper and row.missing is None:
        return []
    if deeper and row.missing:
        return [max(least, row.missing)]
    whole = -row.demand % pack
    # The last pack needs one unit of real demand; tolerances may give the others.
    some = max(whole - row.tolerance, 1) if whole else 0
    packs = sorted({one for one in (some, whole, some + pack, whole + pack) if one >= least})[:3]
    # A deeper tier that lacks nothing lacks a firm, or breaks a pack and drops who minds that.
    return sorted({least, *packs}) if deeper else packs


def _more(market: Market, start: Commitment | None, key: str, more: int) -> Commitment:
    last = 1 + max((one.arrival for one in market.commitments), default=0)
    if start is None:
        return Commitment(key, last, more)
    # Asking for more queues anew; another limit keeps the place.
    arrival = last if more else start.arrival
    return replace(start, quantity=start.quantity + more, arrival=arrival)


def _with(market: Market, change: Commitment) -> Market:
    others = tuple(one for one in market.commitments if one.key != change.key)
    return replace(market, commitments=(*others, change))
