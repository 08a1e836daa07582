"""The rules a clearing must keep, as a checker: it returns what is broken, in words.

Written from the published rule alone, so that it can also be pointed at wrong clearings.
"""

from tests.campaigns.domain.reference import accepts, big_enough, orderable, thin

from mungchi.campaigns.domain.clearing import Clearing
from mungchi.campaigns.domain.market import Market, Rule


def broken_rules(market: Market, clearing: Clearing) -> list[str]:
    awards = clearing.awards()
    found = []
    if set(awards) != {one.key for one in market.commitments}:
        found.append("everybody has an award")
    if sum(awards.values()) != clearing.quantity:
        found.append("awards sum to the order")
    if clearing.quantity % market.pack:
        found.append("whole packs")
    if market.capacity is not None and clearing.quantity > market.capacity:
        found.append("within the capacity")
    for one in market.commitments:
        got = awards[one.key]
        if got and not max(one.minimum, 1) <= got <= one.quantity + one.tolerance:
            found.append(f"award of {one.key} within what it accepts")
        if got and not accepts(one, clearing.unit_price):
            found.append(f"price within the limit of {one.key}")
    if clearing.tier is None:
        return found + (["failed: nothing is ordered"] if clearing.quantity else [])
    if clearing.unit_price != market.tiers[clearing.tier].unit_price:
        found.append("the price is the tier's")
    if clearing.quantity < market.tiers[clearing.tier].min_quantity:
        found.append("the order reaches the tier")
    if sum(1 for got in awards.values() if got) < market.threshold.firms:
        found.append("as many firms as it takes get something")
    return found + _missed_groups(market, clearing) + _unfair_shares(market, clearing)


def _missed_groups(market: Market, clearing: Clearing) -> list[str]:
    """The greatest fixed point: whoever could buy together deeper, or with these, is in."""
    out = {v.commitment.key for v in clearing.verdicts if v.kind == "below_minimum"}
    for index in range(clearing.tier, len(market.tiers)):
        price = market.tiers[index].unit_price
        group = [c for c in market.commitments if c.key not in out and accepts(c, price)]
        deeper = index > clearing.tier and big_enough(market, index, group)
        if deeper and not thin(market):
            return [f"tier {index} would have carried itself"]
        if index == clearing.tier and orderable(market, group) != clearing.quantity:
            return ["all who accept the price are in"]
    return []


def _unfair_shares(market: Market, clearing: Clearing) -> list[str]:
    """Under the uniform rule nobody who was cut has more than 1 below anybody else."""
    full = None if market.capacity is None else market.capacity - market.capacity % market.pack
    if clearing.quantity == full and market.rule is not Rule.UNIFORM:
        return []
    inside = [v for v in clearing.verdicts if v.kind in ("awarded", "not_allocated")]
    cut = [v.awarded for v in inside if v.awarded < v.commitment.quantity]
    if cut and max(v.awarded for v in inside) > min(cut) + 1:
        return ["shortfall shared equally"]
    return []
