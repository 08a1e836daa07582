"""How many firms get something where the capacity is short: what the threshold of firms is about.

By the uniform rule everybody gets a unit before anybody gets a second one, so that sums tell it
(outlook). First come and in proportion it depends on who asked for how much, and when: here it is
counted, by the rules themselves.
"""

from collections.abc import Sequence
from dataclasses import replace

from mungchi.campaigns.domain.allocation import RULES
from mungchi.campaigns.domain.market import Commitment, Rule, Tier
from mungchi.campaigns.domain.outlook import Terms, TierDemand, orderable
from mungchi.campaigns.domain.settlement import Rationing, rationing_of


def depends(rows: Sequence[TierDemand], terms: Terms, rule: Rule) -> bool:
    """Whether how many get something has to be counted at some tier, for the threshold's sake."""
    return (
        rule is not Rule.UNIFORM
        and terms.threshold.firms > 1
        and any(_short(row, terms) for row in rows)
    )


def served(
    tiers: Sequence[Tier], commitments: Sequence[Commitment], terms: Terms, rule: Rule
) -> tuple[int | None, ...]:
    """For each tier, how many of the commitments (earliest first) that accept its price would get
    something, smallest quantities aside; None where sums tell it."""
    if rule is Rule.UNIFORM or terms.threshold.firms < 2 or terms.capacity is None:
        return (None,) * len(tiers)
    counts: list[int | None] = []
    for tier in tiers:
        inside = [one for one in commitments if one.accepts(tier.unit_price)]
        asked = [one.quantity for one in inside]
        row = TierDemand(
            tier.min_quantity, tier.unit_price, sum(asked),
            sum(one.tolerance for one in inside), len(inside),
        )  # fmt: skip
        if _short(row, terms):
            order = orderable(row.demand, row.tolerance, terms)
            counts.append(sum(1 for award in RULES[rule](asked, order) if award))
        else:
            counts.append(None)
    return tuple(counts)


def counted(rows: Sequence[TierDemand], counts: Sequence[int | None]) -> tuple[TierDemand, ...]:
    """Return the rows with how many would get something at each tier."""
    return tuple(replace(row, served=count) for row, count in zip(rows, counts, strict=True))


def _short(row: TierDemand, terms: Terms) -> bool:
    order = orderable(row.demand, row.tolerance, terms)
    return order < row.demand and rationing_of(order, row.demand, terms) is Rationing.CAPACITY
