"""An award split over two offers, where the capacity of the first one forces it. Pure.

The first offer supplies up to its capacity, by the clearing as always; what firms then go without
is cleared against the second. Each part is a campaign of its own with one price, so that the rule
"one campaign, one price" holds in both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mungchi.campaigns.domain.comparing import Conditions, Trial, tried
from mungchi.campaigns.domain.curves import Bid
from mungchi.campaigns.domain.market import Commitment, Threshold
from mungchi.campaigns.domain.outlook import whole_packs
from mungchi.campaigns.domain.settlement import Rationing

# What is left over is bought whatever it is: the first part has met what the campaign asks for.
ANY = Threshold(1, 1)


@dataclass(frozen=True, slots=True)
class Split:
    """What a split award would give as demand stands.

    `wanted`: what is left for the second offer to supply. `quantity` and `firms` of both parts (a
    firm that both serve counts once), `whole`: firms that get all they ask for. `each`: the cost of
    one unit over both, delivery and fee included, None where neither would succeed.
    """

    first: Trial
    second: Trial
    wanted: int
    quantity: int
    firms: int
    whole: int
    each: Fraction | None


def least_of_first(threshold: int, pack: int, capacity: int | None) -> int:
    """The least quantity of the first part: what the campaign asks for, but no more than the first
    offer can supply. What the second supplies counts towards the rest."""
    if capacity is None:
        return threshold
    return min(threshold, whole_packs(capacity, pack))


def first_part(bid: Bid, demand: Sequence[Commitment], conditions: Conditions) -> Trial:
    """What the first part of a split would give on an offer as demand stands."""
    least = least_of_first(conditions.threshold.quantity, bid.pack, bid.capacity)
    threshold = replace(conditions.threshold, quantity=least)
    return tried(bid, tuple(demand), replace(conditions, threshold=threshold))


def forced(bid: Bid, trial: Trial) -> bool:
    """Whether the capacity of an offer leaves firms that accept its price without goods; `trial`:
    as first_part gives it."""
    short = trial.clearing.rationing is Rationing.CAPACITY
    return bid.capacity is not None and trial.cost is not None and short


def left_over(trial: Trial) -> tuple[Commitment, ...]:
    """What firms still want after a clearing, by the conditions that they gave; a part that is left
    of an order that was filled in part is taken as it comes."""
    rest = []
    for verdict in trial.clearing.verdicts:
        one = verdict.commitment
        left = one.quantity - verdict.awarded
        if left > 0:
            rest.append(replace(one, quantity=left, minimum=min(one.minimum, left)))
    return tuple(rest)


def split(first: Bid, second: Bid, demand: Sequence[Commitment], conditions: Conditions) -> Split:
    """Clear the demand against the first offer, and what it leaves against the second."""
    one = first_part(first, demand, conditions)
    rest = left_over(one)
    other = tried(second, rest, replace(conditions, threshold=ANY))
    got = [one.clearing.awards(), other.clearing.awards()]
    sums = {c.key: sum(awards.get(c.key, 0) for awards in got) for c in demand}
    bought = [part for part in (one, other) if part.cost is not None]
    quantity = sum(part.quantity for part in bought)
    cost = sum((part.cost.each * part.quantity for part in bought if part.cost), Fraction(0))
    return Split(
        first=one,
        second=other,
        wanted=sum(c.quantity for c in rest),
        quantity=quantity,
        firms=sum(1 for total in sums.values() if total),
        whole=sum(1 for c in demand if sums[c.key] >= c.quantity),
        each=cost / quantity if quantity else None,
    )
