"""What an offer costs a unit at a quantity, and which offer is cheapest from which quantity on.

Landed: the price of the tier that is reached, the share of the delivery, and the host's fee; VAT
excluded. Exact: fractions of the currency's major unit. An order is of whole packs, as at the
clearing: what breaks a pack is not ordered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mungchi.campaigns.domain.market import Tier
from mungchi.campaigns.domain.outlook import whole_packs

BASIS_POINTS = 10_000
# Quantities between which the curves are drawn, besides both sides of every jump.
SAMPLES = 48
# The cheapest offer may change as often as there are tiers; more is not worth naming.
MOST_CHANGES = 60


@dataclass(frozen=True, slots=True)
class Bid:
    """What of an offer is compared. `delivery` in major units for the whole order."""

    key: str
    tiers: tuple[Tier, ...]
    pack: int
    capacity: int | None
    delivery: Decimal
    lead_time_days: int


@dataclass(frozen=True, slots=True)
class Landed:
    """What one unit comes to, and of what it is made."""

    price: Decimal
    delivery: Fraction
    fee: Fraction

    @property
    def each(self) -> Fraction:
        """All of it."""
        return Fraction(self.price) + self.delivery + self.fee


@dataclass(frozen=True, slots=True)
class Cheapest:
    """From this quantity on the offer `key` is the cheapest; None: no offer delivers so much.
    `ends`: because the one that was cheaper does not deliver so much."""

    quantity: int
    key: str | None
    ends: bool = False


def landed(bid: Bid, price: Decimal, ordered: int, fee_bp: int) -> Landed:
    """What a unit comes to when `ordered` (at least one) are bought at `price`."""
    return Landed(
        price=price,
        delivery=Fraction(bid.delivery) / ordered,
        fee=Fraction(price) * fee_bp / BASIS_POINTS,
    )


def landed_at(bid: Bid, quantity: int, fee_bp: int) -> Landed | None:
    """What a unit comes to when this much is wanted, at any price; None: it is not delivered, being
    too little for the first tier or a pack, or more than the capacity."""
    ordered = whole_packs(quantity, bid.pack)
    if bid.capacity is not None and ordered > bid.capacity:
        return None
    price = _price_at(bid.tiers, ordered)
    return None if price is None else landed(bid, price, ordered, fee_bp)


def drawn(bids: Sequence[Bid], present: int) -> list[int]:
    """The quantities to draw curves through: evenly spread up to twice today's and past every jump,
    both sides of each jump, and today's."""
    jumps = _jumps(bids)
    last = max(2 * present, -(-max([1, *jumps]) * 5 // 4))
    spread = {-(-last * step // SAMPLES) for step in range(1, SAMPLES + 1)}
    return sorted(one for one in {*jumps, *spread, present, 1, last} if 1 <= one <= last)


def cheapest_by_quantity(bids: Sequence[Bid], present: int, fee_bp: int) -> list[Cheapest]:
    """Which offer is cheapest from which quantity on, rising from 1. Where two cost the same the
    one that was cheapest before stays; the first of all is the earlier in `bids`.

    Between two quantities of `drawn` prices stay, and only delivery is shared by more: there the
    order of two offers with the same pack turns at most once, and that place is found exactly.
    """
    found: list[Cheapest] = []
    by_key = {bid.key: bid for bid in bids}

    def best(quantity: int, before: str | None) -> str | None:
        return _best(bids, quantity, fee_bp, before)

    at: int | None = None
    for upper in drawn(bids, present):
        if at is None:
            at = upper
            found.append(Cheapest(upper, best(upper, None)))
            continue
        while len(found) < MOST_CHANGES:
            before = found[-1].key
            if best(upper, before) == before:
                break
            at = _first_change(best, before, at, upper)
            ended = before is not None and landed_at(by_key[before], at, fee_bp) is None
            found.append(Cheapest(at, best(at, before), ended))
        at = upper
    return found


def _first_change(
    best: Callable[[int, str | None], str | None], before: str | None, low: int, high: int
) -> int:
    """The first quantity above `low`, where `before` is the cheapest, at which it is no more."""
    while high - low > 1:
        middle = (low + high) // 2
        if best(middle, before) == before:
            low = middle
        else:
            high = middle
    return high


def _best(bids: Sequence[Bid], quantity: int, fee_bp: int, before: str | None) -> str | None:
    """The cheapest at a quantity; of equals `before`, else the earlier."""
    able = [
        (cost.each, bid.key != before, index, bid.key)
        for index, bid in enumerate(bids)
        if (cost := landed_at(bid, quantity, fee_bp)) is not None
    ]
    return min(able)[3] if able else None


def _price_at(tiers: Sequence[Tier], ordered: int) -> Decimal | None:
    reached = [tier for tier in tiers if tier.min_quantity <= ordered]
    return reached[-1].unit_price if ordered > 0 and reached else None


def _jumps(bids: Sequence[Bid]) -> set[int]:
    """Both sides of each quantity at which some offer's price begins or its capacity ends."""
    edges: set[int] = set()
    for bid in bids:
        starts = [-(-tier.min_quantity // bid.pack) * bid.pack for tier in bid.tiers]
        ends = [] if bid.capacity is None else [whole_packs(bid.capacity, bid.pack) + bid.pack]
        for edge in (*starts, *ends):
            edges |= {edge - 1, edge}
    return {edge for edge in edges if edge >= 1}
