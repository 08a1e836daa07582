"""Offers side by side, each cleared against the demand there is, and the one to be recommended.

Every offer is asked what closing with it would give, by the clearing itself: as things stand, and
if every firm wanted 10, 25 and 50 % more. Which is recommended follows one rule, told in `THE_RULE`
and never against what is plain: an offer that another beats or equals on every count is not
recommended (tests/campaigns/domain/test_comparing.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mungchi.campaigns.domain.clearing import Clearing, Outcome, clear
from mungchi.campaigns.domain.curves import Bid, Landed, landed
from mungchi.campaigns.domain.market import Commitment, Market, Rule, Threshold
from mungchi.common.text import Text

# By how many per cent demand may turn out larger.
GROWTHS = (0, 10, 25, 50)
# An offer serves the demand when it serves at least nine tenths of the most that any does.
SERVING = Fraction(9, 10)

THE_RULE = Text(
    ko="먼저 가장 많이 공급하는 제안의 9할 이상을 공급하는 제안만 남깁니다. 그 가운데 배송비와 "
    "수수료를 넣은 개당 값이 가장 낮은 제안을 권합니다. 값이 같으면 더 많이, 더 많은 기업에, 더 "
    "빨리 공급하는 순서입니다.",
    en="Of the offers that serve at least nine tenths of what the best-serving one would, the one "
    "with the lowest cost of each, delivery and fee included. Of equal cost, the one that serves "
    "more, then more firms, then sooner.",
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the campaign asks whoever supplies: threshold, rationing rule, the host's fee."""

    threshold: Threshold
    rule: Rule
    fee_bp: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What closing with one offer would give at one size of demand.

    `cost` is None when it would fail. `short`: what firms that accept the price want beyond what
    can be had. `refused`: firms whose limit lies below the price, or that got nothing.
    """

    growth: int
    clearing: Clearing
    quantity: int
    firms: int
    short: int
    refused: int
    cost: Landed | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One offer with its trials, the first as demand stands. `choosable`: it may be awarded."""

    bid: Bid
    trials: tuple[Trial, ...]
    choosable: bool

    def at(self, growth: int) -> Trial:
        """If demand turned out so many per cent larger; 0: as it stands."""
        return self.trials[GROWTHS.index(growth)]


@dataclass(frozen=True, slots=True)
class Recommendation:
    """`key`: the offer to take. Where several are the same on every count none is, and `same` names
    them; where no offer would do, both are empty."""

    key: str | None
    same: tuple[str, ...] = ()


def grown(demand: Sequence[Commitment], percent: int) -> tuple[Commitment, ...]:
    """Every firm wants so many per cent more, rounded up to a whole unit."""
    return tuple(replace(one, quantity=-(-one.quantity * (100 + percent) // 100)) for one in demand)


def compare(
    bids: Sequence[tuple[Bid, bool]], demand: Sequence[Commitment], conditions: Conditions
) -> list[Compared]:
    """Clear every offer against the demand and its growths. `bids`: with whether it may be chosen.

    Demand of no firm gives trials that failed.
    """
    sizes = [(percent, grown(demand, percent)) for percent in GROWTHS]
    return [
        Compared(bid, tuple(_trial(bid, percent, wanted, conditions) for percent, wanted in sizes),
                 choosable)
        for bid, choosable in bids
    ]  # fmt: skip


def tried(bid: Bid, demand: tuple[Commitment, ...], conditions: Conditions) -> Trial:
    """What closing with one offer would give as demand stands."""
    return _trial(bid, 0, demand, conditions)


def _trial(bid: Bid, growth: int, demand: tuple[Commitment, ...], conditions: Conditions) -> Trial:
    result = clear(
        Market(
            tiers=bid.tiers,
            commitments=demand,
            pack=bid.pack,
            capacity=bid.capacity,
            threshold=conditions.threshold,
            rule=conditions.rule,
        )
    )
    price = result.unit_price
    if result.outcome is Outcome.FAILED or price is None or result.tier is None:
        return Trial(growth, result, 0, 0, 0, len(demand), None)
    served = result.firms()
    return Trial(
        growth=growth,
        clearing=result,
        quantity=result.quantity,
        firms=served,
        short=max(0, result.tiers[result.tier].demand - result.quantity),
        refused=len(demand) - served,
        cost=landed(bid, price, result.quantity, conditions.fee_bp),
    )


def counts(one: Compared, growth: int = 0) -> tuple[Fraction, ...]:
    """What an offer that would succeed is judged by, each better the smaller: cost of each, then
    quantity and firms served (negative), then lead time."""
    trial = one.at(growth)
    assert trial.cost is not None  # noqa: S101 - asked only of those that would succeed
    served = Fraction(-trial.quantity), Fraction(-trial.firms)
    return (trial.cost.each, *served, Fraction(one.bid.lead_time_days))


def beats_or_equals(one: Compared, other: Compared, growth: int = 0) -> bool:
    """Whether `one` is at least as good as `other` on every count."""
    pairs = zip(counts(one, growth), counts(other, growth), strict=True)
    return all(mine <= theirs for mine, theirs in pairs)


def able(offers: Sequence[Compared], growth: int = 0) -> list[Compared]:
    """Those that may be awarded and with which the campaign would succeed."""
    return [one for one in offers if one.choosable and one.at(growth).cost is not None]


def serving(offers: Sequence[Compared], growth: int = 0) -> list[Compared]:
    """Of those, the ones that serve the demand about as well as the best-serving one."""
    found = able(offers, growth)
    most = max((one.at(growth).quantity for one in found), default=0)
    return [one for one in found if one.at(growth).quantity >= SERVING * most]


def recommend(offers: Sequence[Compared], growth: int = 0) -> Recommendation:
    """The offer to take, by THE_RULE; the order of the offers means nothing.

    Whatever beats or equals another on every count serves as much and ranks no lower, so the first
    in rank is beaten by none; one that is equalled is not recommended alone.
    """
    found = serving(offers, growth)
    if not found:
        return Recommendation(None)
    first = min(counts(one, growth) for one in found)
    same = sorted(one.bid.key for one in found if counts(one, growth) == first)
    return Recommendation(None, tuple(same)) if len(same) > 1 else Recommendation(same[0])
