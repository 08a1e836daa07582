"""The clearing: the one price, who is in, and who gets what.

The deepest tier that carries itself wins: from the deepest tier up, the commitments that accept
its price are taken together, and the first tier whose own order reaches its quantity and the
campaign's threshold is the price for everybody. It is the lowest price at which any group can
buy, and its group contains every other group that could. See docs/clearing.md.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mungchi.campaigns.domain.market import Commitment, Market, Rule, entry_tiers
from mungchi.campaigns.domain.outlook import (
    Terms,
    TierOutlook,
    deepest_reached,
    demand_by_tier,
    nearest_tier,
    tier_table,
    whole_packs,
)
from mungchi.campaigns.domain.serving import counted, served
from mungchi.campaigns.domain.settlement import Drop, Rationing, Settlement, rule_used, settle


class Outcome(StrEnum):
    """What a clearing ends in."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"


class Failure(StrEnum):
    """Why a campaign failed."""

    NO_COMMITMENTS = "no_commitments"
    NOBODY_ANSWERED = "nobody_answered"
    CAPACITY_BELOW_PACK = "capacity_below_pack"
    CAPACITY_TOO_SMALL = "capacity_too_small"
    SMALLEST_QUANTITIES = "smallest_quantities"
    TOO_FEW_SERVED = "too_few_served"
    NOT_ENOUGH_FIRMS = "not_enough_firms"
    NOT_ENOUGH_QUANTITY = "not_enough_quantity"


class VerdictKind(StrEnum):
    """What the clearing decided about one commitment."""

    AWARDED = "awarded"
    PRICED_OUT = "priced_out"
    BELOW_MINIMUM = "below_minimum"
    NOT_ALLOCATED = "not_allocated"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision about one commitment, with the numbers that explain it.

    `unit_price` is the price it was decided at: the clearing price; for a dropped one the price
    of the tier at which it was dropped; for one priced out of a failed campaign the lowest tier
    price; otherwise None. `offered` is what a dropped one would have got, None for the others.
    """

    commitment: Commitment
    kind: VerdictKind
    awarded: int
    unit_price: Decimal | None
    offered: int | None = None


@dataclass(frozen=True, slots=True)
class Clearing:
    """The result for everybody.

    `tier` is the index of the tier that cleared, `quantity` the order and the sum of all awards,
    `verdicts` one per commitment, earliest first, `tiers` the table over all commitments before
    anybody was dropped, `rationing` what was done to fit the order, and `rule` the rule that
    shared a cut or a surplus (None when everybody simply got what it asked for).
    """

    outcome: Outcome
    failure: Failure | None
    tier: int | None
    unit_price: Decimal | None
    quantity: int
    verdicts: tuple[Verdict, ...]
    tiers: tuple[TierOutlook, ...]
    rationing: Rationing
    rule: Rule | None

    def awards(self) -> dict[str, int]:
        """Return the awarded quantity of every commitment by its key."""
        return {verdict.commitment.key: verdict.awarded for verdict in self.verdicts}

    def firms(self) -> int:
        """Return how many commitments were awarded something."""
        return sum(1 for verdict in self.verdicts if verdict.awarded)

    def nearest(self) -> TierOutlook | None:
        """Return the tier that lacked the least: what to tell people after a failure."""
        index = nearest_tier(self.tiers)
        return None if index is None else self.tiers[index]


def clear(market: Market) -> Clearing:
    """Clear a market. The result does not depend on the order of the commitments' rows."""
    everybody = market.in_order()
    people = [one for one in everybody if not one.silent]
    entries = entry_tiers(market.tiers, people)
    terms = Terms(market.pack, market.capacity, market.threshold)
    counts = served(market.tiers, people, terms, market.rule)
    table = tier_table(counted(demand_by_tier(market.tiers, people), counts), terms)
    dropped: dict[str, tuple[Drop, Decimal]] = {}
    start = deepest_reached(table)
    for index in range(-1 if start is None else start, -1, -1):
        tier = market.tiers[index]
        members = [
            one
            for one, entry in zip(people, entries, strict=True)
            if entry <= index and one.key not in dropped
        ]
        settlement, drops = settle(members, tier.min_quantity, terms, market.rule)
        dropped.update((drop.commitment.key, (drop, tier.unit_price)) for drop in drops)
        if settlement is not None:
            return _success(market, everybody, table, index, settlement, dropped)
    return Clearing(
        outcome=Outcome.FAILED,
        failure=_failure(market, table, terms, anybody_dropped=bool(dropped)),
        tier=None,
        unit_price=None,
        quantity=0,
        verdicts=tuple(_failed_verdict(one, market, dropped) for one in everybody),
        tiers=table,
        rationing=Rationing.NONE,
        rule=None,
    )


def _success(
    market: Market,
    people: Sequence[Commitment],
    table: tuple[TierOutlook, ...],
    index: int,
    settlement: Settlement,
    dropped: dict[str, tuple[Drop, Decimal]],
) -> Clearing:
    price = market.tiers[index].unit_price
    pairs = zip(settlement.members, settlement.awards, strict=True)
    awards = {one.key: award for one, award in pairs}
    verdicts = []
    for one in people:
        award = awards.get(one.key)
        if one.silent:
            verdicts.append(Verdict(one, VerdictKind.UNANSWERED, 0, None))
        elif award:
            verdicts.append(Verdict(one, VerdictKind.AWARDED, award, price))
        elif award == 0:
            verdicts.append(Verdict(one, VerdictKind.NOT_ALLOCATED, 0, price))
        elif one.key in dropped:
            verdicts.append(_dropped_verdict(*dropped[one.key]))
        else:
            verdicts.append(Verdict(one, VerdictKind.PRICED_OUT, 0, price))
    plain = settlement.rationing is Rationing.NONE
    return Clearing(
        outcome=Outcome.SUCCEEDED,
        failure=None,
        tier=index,
        unit_price=price,
        quantity=settlement.order,
        verdicts=tuple(verdicts),
        tiers=table,
        rationing=settlement.rationing,
        rule=None if plain else rule_used(settlement.rationing, market.rule),
    )


def _dropped_verdict(drop: Drop, price: Decimal) -> Verdict:
    return Verdict(drop.commitment, VerdictKind.BELOW_MINIMUM, 0, price, drop.offered)


def _failed_verdict(
    one: Commitment, market: Market, dropped: dict[str, tuple[Drop, Decimal]]
) -> Verdict:
    if one.silent:
        return Verdict(one, VerdictKind.UNANSWERED, 0, None)
    if one.key in dropped:
        return _dropped_verdict(*dropped[one.key])
    lowest = market.tiers[-1].unit_price
    if not one.accepts(lowest):
        return Verdict(one, VerdictKind.PRICED_OUT, 0, lowest)
    return Verdict(one, VerdictKind.NOT_ALLOCATED, 0, None)


def _failure(
    market: Market, table: Sequence[TierOutlook], terms: Terms, *, anybody_dropped: bool
) -> Failure:
    """Return the first reason that alone would have made it fail."""
    if not market.commitments:
        return Failure.NO_COMMITMENTS
    if all(one.silent for one in market.commitments):
        return Failure.NOBODY_ANSWERED
    if terms.capacity is not None and whole_packs(terms.capacity, terms.pack) == 0:
        return Failure.CAPACITY_BELOW_PACK
    if any(row.reached and not row.carries for row in table) and not anybody_dropped:
        return Failure.TOO_FEW_SERVED
    if not any(row.reached for row in table) and all(row.missing is None for row in table):
        return Failure.CAPACITY_TOO_SMALL
    if anybody_dropped:
        return Failure.SMALLEST_QUANTITIES
    if any(row.missing == 0 for row in table):
        return Failure.NOT_ENOUGH_FIRMS
    return Failure.NOT_ENOUGH_QUANTITY


def inputs_hash(market: Market) -> str:
    """Return the SHA-256 (hex) of everything the clearing reads.

    Equal for equal markets: the order of the rows and trailing zeros of prices do not count.
    """
    document = {
        "tiers": [[tier.min_quantity, _plain(tier.unit_price)] for tier in market.tiers],
        "pack": market.pack,
        "capacity": market.capacity,
        "threshold": [market.threshold.quantity, market.threshold.firms],
        "rule": market.rule.value,
        "commitments": [
            [
                one.key,
                one.arrival,
                one.quantity,
                one.tolerance,
                one.minimum,
                None if one.limit is None else _plain(one.limit),
                # Only where it is: what was hashed before there were any stays as it was.
                *(["silent"] if one.silent else []),
            ]
            for one in market.in_order()
        ],
    }
    text = json.dumps(document, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(price: Decimal) -> str:
    text = f"{price:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
