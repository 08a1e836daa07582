"""What the cooperative itself could take so that the campaign reaches a deeper tier."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from mungchi.campaigns.domain.clearing import Clearing, clear
from mungchi.campaigns.domain.market import Commitment, Market

OWN: Final = "the cooperative itself"


@dataclass(frozen=True, slots=True)
class TopUp:
    """A quantity that, taken at any price, all or nothing, leads to a deeper tier.

    No less leads to that tier. `clearing` is the result with it, without its own verdict: what
    everybody else would get.
    """

    quantity: int
    unit_price: Decimal
    clearing: Clearing

    def firms_more(self, now: Clearing) -> int:
        """How many firms more than now would get something."""
        return self.clearing.firms() - now.firms()


def topping_up(market: Market, now: Clearing) -> TopUp | None:
    """Find a small quantity with which `market`, which clears as `now`, does better.

    What a tier lacks is known of all who accept its price; that it is enough is tried, because
    commitments with smallest quantities may fall out at the deeper tier. None when the deepest tier
    is reached already or no quantity is sure to lead further.
    """
    reached = -1 if now.tier is None else now.tier
    # A tier that lacks nothing but firms takes one unit of one buyer more.
    lacking = sorted(
        (max(1, row.missing), index)
        for index, row in enumerate(now.tiers)
        if index > reached and row.missing is not None
    )
    last = max((one.arrival for one in market.commitments), default=0)
    for quantity, _ in lacking:
        own = Commitment(OWN, last + 1, quantity, minimum=quantity)
        result = clear(replace(market, commitments=(*market.commitments, own)))
        if result.tier is not None and result.tier > reached and result.unit_price is not None:
            if result.awards()[OWN] < quantity:
                continue
            others = tuple(one for one in result.verdicts if one.commitment.key != OWN)
            return TopUp(quantity, result.unit_price, replace(result, verdicts=others))
    return None
