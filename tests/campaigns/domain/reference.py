"""The clearing once more, written straight from its rule, slowly and in another way.

Nothing here is shared with the product: the tests compare the two. Awards are computed unit by
unit, groups by trying every subset, prices as fractions.
"""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from mungchi.campaigns.domain.market import Commitment, Market, Rule


def accepts(one: Commitment, price: object) -> bool:
    return one.limit is None or Fraction(one.limit) >= Fraction(price)


def orderable(market: Market, group: list[Commitment]) -> int:
    """Count packs one after the other: filled by demand, the last one perhaps by tolerance."""
    demand = sum(one.quantity for one in group)
    spare = sum(one.tolerance for one in group)
    order = 0
    while demand >= market.pack:
        order += market.pack
        demand -= market.pack
    if demand > 0 and demand + spare >= market.pack:
        order += market.pack
    while market.capacity is not None and order > market.capacity:
        order -= market.pack
    return order


def big_enough(market: Market, tier_index: int, group: list[Commitment]) -> bool:
    order = orderable(market, group)
    return (
        order > 0
        and order >= market.tiers[tier_index].min_quantity
        and order >= market.threshold.quantity
        and len(group) >= market.threshold.firms
    )


def reaches_enough(market: Market, group: list[Commitment]) -> bool:
    """Whether as many of a group get something as the threshold asks for."""
    return sum(1 for got in share(market, group) if got) >= market.threshold.firms


def thin(market: Market) -> bool:
    """Whether at some tier enough is there, and would go to fewer firms than the threshold asks
    for. Then more demand may do harm, and who could buy alone is not who could buy together."""
    groups = [
        [one for one in market.commitments if not one.silent and accepts(one, tier.unit_price)]
        for tier in market.tiers
    ]
    return any(
        big_enough(market, index, group) and not reaches_enough(market, sorted_(group))
        for index, group in enumerate(groups)
    )


def sorted_(group: list[Commitment]) -> list[Commitment]:
    return sorted(group, key=lambda one: one.arrival)


def deepest_by_subsets(market: Market) -> tuple[int, list[frozenset[str]]] | None:
    """Try every group at every tier; return the deepest tier with one, and all its groups."""
    for index in reversed(range(len(market.tiers))):
        price = market.tiers[index].unit_price
        willing = [one for one in market.commitments if accepts(one, price)]
        groups = [
            frozenset(one.key for one in group)
            for size in range(len(willing) + 1)
            for group in combinations(willing, size)
            if big_enough(market, index, list(group))
            and reaches_enough(market, sorted_(list(group)))
        ]
        if groups:
            return index, groups
    return None


def pour(caps: list[int], total: int) -> list[int]:
    """The uniform rule unit by unit: one each round to everybody below its cap, earliest first."""
    got = [0] * len(caps)
    while total:
        for index, cap in enumerate(caps):
            if total and got[index] < cap:
                got[index] += 1
                total -= 1
    return got


def by_ratio(asked: list[int], total: int) -> list[int]:
    demand = sum(asked)
    exact = [Fraction(quantity * total, demand) for quantity in asked]
    got = [int(share) for share in exact]
    waiting = sorted(range(len(asked)), key=lambda i: (got[i] - exact[i], i))
    for index in waiting[: total - sum(got)]:
        got[index] += 1
    return got


def in_turn(asked: list[int], total: int) -> list[int]:
    got = [0] * len(asked)
    for index, quantity in enumerate(asked):
        while total and got[index] < quantity:
            got[index] += 1
            total -= 1
    return got


def share(market: Market, group: list[Commitment]) -> list[int]:
    order = orderable(market, group)
    asked = [one.quantity for one in group]
    demand = sum(asked)
    if order >= demand:
        extra = pour([one.tolerance for one in group], order - demand)
        return [a + b for a, b in zip(asked, extra, strict=True)]
    full = None if market.capacity is None else market.capacity - market.capacity % market.pack
    if order == full and market.rule is Rule.PROPORTIONAL:
        return by_ratio(asked, order)
    if order == full and market.rule is Rule.FIRST_COME:
        return in_turn(asked, order)
    return pour(asked, order)


def clear_slowly(
    market: Market,
) -> tuple[int | None, dict[str, int], dict[str, tuple[int, int]]]:
    """Return the tier, the awards, and for each dropped key what it would have got and where.

    The plain loop: clear, drop the worst, clear everything again.
    """
    dropped: dict[str, tuple[int, int]] = {}
    # A tier at which too few would get something is left for good.
    open_tiers = len(market.tiers)
    people = sorted(market.commitments, key=lambda one: one.arrival)
    while True:
        left = [one for one in people if one.key not in dropped]
        awards = dict.fromkeys((one.key for one in people), 0)
        for index in reversed(range(open_tiers)):
            price = market.tiers[index].unit_price
            group = [one for one in left if accepts(one, price)]
            if big_enough(market, index, group):
                break
        else:
            return None, awards, dropped
        got = share(market, group)
        risky = [
            (Fraction(mine, one.minimum), -one.arrival, one.key, mine)
            for one, mine in zip(group, got, strict=True)
            if mine < one.minimum
        ]
        if not risky and not reaches_enough(market, group):
            open_tiers = index
            continue
        if not risky:
            awards.update((one.key, mine) for one, mine in zip(group, got, strict=True))
            return index, awards, dropped
        _, _, key, mine = min(risky)
        dropped[key] = (mine, index)


def without_minimums(market: Market) -> Market:
    return replace(market, commitments=tuple(replace(c, minimum=0) for c in market.commitments))
