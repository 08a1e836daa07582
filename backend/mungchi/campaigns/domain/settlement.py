"""One tier, settled: who gets what there, once smallest acceptable quantities are respected.

When a cut leaves somebody below its smallest acceptable quantity, the one with the smallest
award / smallest acceptable quantity is dropped, newest first, and the whole clearing starts
again without it. Demand only shrinks on the way, so a deeper tier whose quantity did not carry
never carries later: starting again from the deepest tier and going on at the same tier are the
same. A tier at which too few firms would get something is left for good too: the price goes one
way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mungchi.campaigns.domain.allocation import RULES, with_surplus
from mungchi.campaigns.domain.market import Commitment, Rule
from mungchi.campaigns.domain.outlook import Terms, carries, orderable, whole_packs
from mungchi.campaigns.domain.shortages import Shortage, shortage


class Rationing(StrEnum):
    """How the order was fitted to the demand."""

    NONE = "none"
    TOLERANCE_FILL = "tolerance_fill"
    PACK_ROUNDING = "pack_rounding"
    CAPACITY = "capacity"


@dataclass(frozen=True, slots=True)
class Drop:
    """A commitment left out because it would have got less than it accepts."""

    commitment: Commitment
    offered: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """A tier that carries: `awards` beside `members`, earliest first; they sum to `order`."""

    members: tuple[Commitment, ...]
    awards: tuple[int, ...]
    order: int
    rationing: Rationing


def rationing_of(order: int, demand: int, terms: Terms) -> Rationing:
    """Return what an order of this size does to this demand.

    The campaign's own rule is for a real shortage: the order is the capacity, in whole packs,
    and below the demand. A cut by pack rounding alone is shared by the uniform rule.
    """
    if order == demand:
        return Rationing.NONE
    if order > demand:
        return Rationing.TOLERANCE_FILL
    if terms.capacity is not None and order == whole_packs(terms.capacity, terms.pack):
        return Rationing.CAPACITY
    return Rationing.PACK_ROUNDING


def share(members: Sequence[Commitment], order: int, rationing: Rationing, rule: Rule) -> list[int]:
    """Return what each member (earliest first) gets of the order."""
    asked = [one.quantity for one in members]
    if rationing is Rationing.NONE:
        return asked
    if rationing is Rationing.TOLERANCE_FILL:
        return with_surplus(asked, [one.tolerance for one in members], order)
    return RULES[rule_used(rationing, rule)](asked, order)


def rule_used(rationing: Rationing, rule: Rule) -> Rule:
    """Return the rule that shares the order, `rule` being the campaign's."""
    return rule if rationing is Rationing.CAPACITY else Rule.UNIFORM


def settle(
    members: Sequence[Commitment], min_quantity: int, terms: Terms, rule: Rule
) -> tuple[Settlement | None, list[Drop]]:
    """Settle the commitments that accept a tier's price, earliest first, at that tier.

    Returns the settlement, or None when the tier does not carry (any more), and who was dropped
    on the way. Where the order, shared out, goes to fewer firms than the threshold asks for, it
    does not carry: whoever gets nothing does not buy.
    """
    group = _Group(members, rule)
    drops: list[Drop] = []
    while True:
        order = orderable(group.demand, group.tolerance, terms)
        if not carries(min_quantity, order, len(members) - len(drops), terms):
            return None, drops
        rationing = rationing_of(order, group.demand, terms)
        worst = group.worst(order, rationing)
        if worst is None:
            left = group.left()
            awards = share(left, order, rationing, rule)
            if sum(1 for award in awards if award) < terms.threshold.firms:
                return None, drops
            return Settlement(tuple(left), tuple(awards), order, rationing), drops
        index, offered = worst
        drops.append(Drop(members[index], offered))
        group.drop(index)


class _Group:
    """The members still in, and who among them is dropped next.

    A first look shares the order out plainly, which is all there is to do in most campaigns;
    only when somebody has to go is the incremental form (`shortages`) set up.
    """

    def __init__(self, members: Sequence[Commitment], rule: Rule) -> None:
        self._members = members
        self._rule = rule
        self._in = [True] * len(members)
        self._shortage: Shortage | None = None
        self._shared_by: Rule | None = None
        self._picky = any(one.minimum for one in members)
        self.demand = sum(one.quantity for one in members)
        self.tolerance = sum(one.tolerance for one in members)

    def left(self) -> list[Commitment]:
        """Return the members still in, earliest first."""
        return [one for one, inside in zip(self._members, self._in, strict=True) if inside]

    def worst(self, order: int, rationing: Rationing) -> tuple[int, int] | None:
        """Return who is dropped next (its place among the members) and what it would get."""
        if order >= self.demand or not self._picky:
            return None
        rule = rule_used(rationing, self._rule)
        if self._shortage is None and not self._anybody_at_risk(order, rationing):
            return None
        if self._shortage is None or self._shared_by is not rule:
            self._shortage = self._set_up(rule)
            self._shared_by = rule
        return self._shortage.worst(order)

    def drop(self, index: int) -> None:
        """Take one member out for good."""
        self._in[index] = False
        self.demand -= self._members[index].quantity
        self.tolerance -= self._members[index].tolerance
        if self._shortage is not None:
            self._shortage.drop(index)

    def _anybody_at_risk(self, order: int, rationing: Rationing) -> bool:
        left = self.left()
        awards = share(left, order, rationing, self._rule)
        return any(got < one.minimum for one, got in zip(left, awards, strict=True))

    def _set_up(self, rule: Rule) -> Shortage:
        made = shortage(
            rule,
            [one.quantity for one in self._members],
            [one.minimum for one in self._members],
        )
        for index, inside in enumerate(self._in):
            if not inside:
                made.drop(index)
        return made
