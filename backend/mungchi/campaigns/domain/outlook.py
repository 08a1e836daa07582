"""What closing now would give, from one aggregated row per tier.

The rows may come from the commitments (`demand_by_tier`) or from one SQL query; the clearing
uses these same functions, so the outlook and the clearing cannot differ. Prices only: amounts
of money are computed where the currency is known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from mungchi.campaigns.domain.market import Commitment, Threshold, Tier, entry_tiers


@dataclass(frozen=True, slots=True)
class TierDemand:
    """A tier with the commitments that accept its price: their sums and their number.

    `served`: how many of them would get something, where that depends on who asked for how much
    when (domain.serving); None: as many as there are units, and no more than there are firms.
    """

    min_quantity: int
    unit_price: Decimal
    demand: int
    tolerance: int
    firms: int
    served: int | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What limits an order besides the tiers: the pack, the capacity, the threshold."""

    pack: int = 1
    capacity: int | None = None
    threshold: Threshold = field(default_factory=Threshold)


@dataclass(frozen=True, slots=True)
class TierOutlook:
    """One line of the tier table, each tier counted at its own price.

    `needed` is the quantity at which it carries itself, `missing` how many more units of demand
    that takes (None: the capacity can never reach it, or goes to too few firms as it is shared),
    `reached_percent` rounded down, 0 to 100. `served`: of the firms that accept its price, those
    that would get something.
    """

    min_quantity: int
    unit_price: Decimal
    demand: int
    tolerance: int
    firms: int
    orderable: int
    carries: bool
    needed: int
    missing: int | None
    missing_firms: int
    reached_percent: int
    served: int

    @property
    def reached(self) -> bool:
        """Whether quantity and firms are there; it does not carry where too few of them would get
        something, which may change when smallest quantities drop others."""
        return self.orderable >= self.needed and self.orderable > 0 and not self.missing_firms


@dataclass(frozen=True, slots=True)
class NextTier:
    """The tier to aim for: what it takes, and what each unit would cost less than now."""

    index: int
    unit_price: Decimal
    missing: int
    missing_firms: int
    saving_per_unit: Decimal


@dataclass(frozen=True, slots=True)
class Cliff:
    """Ordering `quantity` at a deeper tier costs less in all than today's smaller order."""

    index: int
    unit_price: Decimal
    quantity: int
    extra: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What closing now would give. `current` is the tier's index, None when it would fail.

    `demand` and `firms` are those of the current tier (0 when it would fail); smallest
    acceptable quantities are not looked at, since only the whole list of commitments shows them.
    """

    tiers: tuple[TierOutlook, ...]
    list_price: Decimal
    current: int | None
    unit_price: Decimal | None
    quantity: int
    demand: int
    firms: int
    next_tier: NextTier | None
    cliff: Cliff | None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a firm sees while it types a quantity and a limit.

    `price_now` is what closing now would give with it (None: the campaign would fail),
    `kept_out` that this price is above its limit, `may_be_cut` that there is less to order than
    the demand at that price, `may_be_dropped` that a cut might take it below its smallest
    acceptable quantity, `highest_price` the most it can ever pay (None: its limit is below
    every tier, it can never be in).
    """

    price_now: Decimal | None
    kept_out: bool
    may_be_cut: bool
    may_be_dropped: bool
    next_tier: NextTier | None
    highest_price: Decimal | None
    outlook: Outlook


def demand_by_tier(
    tiers: Sequence[Tier], commitments: Sequence[Commitment]
) -> tuple[TierDemand, ...]:
    """Aggregate the commitments into one row per tier, in the order of the tiers."""
    demand, tolerance, firms = ([0] * (len(tiers) + 1) for _ in range(3))
    for entry, one in zip(entry_tiers(tiers, commitments), commitments, strict=True):
        demand[entry] += one.quantity
        tolerance[entry] += one.tolerance
        firms[entry] += 1
    rows = []
    total = extra = count = 0
    for index, tier in enumerate(tiers):
        total += demand[index]
        extra += tolerance[index]
        count += firms[index]
        rows.append(TierDemand(tier.min_quantity, tier.unit_price, total, extra, count))
    return tuple(rows)


def whole_packs(capacity: int, pack: int) -> int:
    """Return what a capacity is worth in whole packs."""
    return pack * (capacity // pack)


def orderable(demand: int, tolerance: int, terms: Terms) -> int:
    """Return the quantity that can be ordered, in whole packs and within the capacity.

    A broken pack is filled up when the tolerances can do it; a pack is never made of tolerance
    alone.
    """
    rest = demand % terms.pack
    filled = 1 if rest > 0 and rest + tolerance >= terms.pack else 0
    packs = terms.pack * (demand // terms.pack + filled)
    if terms.capacity is None:
        return packs
    return min(packs, whole_packs(terms.capacity, terms.pack))


def carries(min_quantity: int, order: int, firms: int, terms: Terms) -> bool:
    """Whether a tier carries itself: its own order reaches it and the threshold.

    The threshold of firms is about those that get something: `firms`.
    """
    return (
        order > 0
        and order >= max(min_quantity, terms.threshold.quantity)
        and firms >= terms.threshold.firms
    )


def tier_table(rows: Sequence[TierDemand], terms: Terms) -> tuple[TierOutlook, ...]:
    """Return the tier table, in the order given."""
    return tuple(_tier_outlook(row, terms) for row in rows)


def _tier_outlook(row: TierDemand, terms: Terms) -> TierOutlook:
    order = orderable(row.demand, row.tolerance, terms)
    needed = max(row.min_quantity, terms.threshold.quantity)
    served = _served(row, order)
    return TierOutlook(
        min_quantity=row.min_quantity,
        unit_price=row.unit_price,
        demand=row.demand,
        tolerance=row.tolerance,
        firms=row.firms,
        orderable=order,
        carries=carries(row.min_quantity, order, served, terms),
        needed=needed,
        missing=_missing(row, needed, terms),
        missing_firms=max(0, terms.threshold.firms - row.firms),
        reached_percent=min(100, 100 * order // needed),
        served=served,
    )


def _served(row: TierDemand, order: int) -> int:
    """How many get something of an order: all where nobody is cut; else the uniform rule gives each
    a unit before anybody gets a second one, and what another rule gives the row says."""
    if order >= row.demand:
        return row.firms
    return min(row.firms, order) if row.served is None else row.served


def _missing(row: TierDemand, needed: int, terms: Terms) -> int | None:
    least = terms.threshold.firms
    if row.firms >= least:
        # Fewer units than firms that are asked for cannot go to all of them.
        needed = max(needed, least)
        if row.served is not None and row.served < least:
            return None
    goal = -(-needed // terms.pack) * terms.pack
    if terms.capacity is not None and goal > whole_packs(terms.capacity, terms.pack):
        return None
    # The last pack needs at least one unit of real demand; tolerances may give the others.
    from_tolerance = min(row.tolerance, terms.pack - 1)
    return max(0, goal - from_tolerance - row.demand)


def deepest_carrying(table: Sequence[TierOutlook]) -> int | None:
    """Return the index of the deepest tier that carries itself: the rule of the clearing."""
    for index in reversed(range(len(table))):
        if table[index].carries:
            return index
    return None


def deepest_reached(table: Sequence[TierOutlook]) -> int | None:
    """Return the index of the deepest tier whose quantity and firms are there."""
    return next((index for index in reversed(range(len(table))) if table[index].reached), None)


def nearest_tier(table: Sequence[TierOutlook], deeper_than: int = -1) -> int | None:
    """Return the index of the tier that lacks the fewest units, then firms; ties go deeper.

    Tiers that the capacity can never reach do not count; None when no other is left.
    """
    best: tuple[int, int, int] | None = None
    for index in range(deeper_than + 1, len(table)):
        missing = table[index].missing
        if missing is None:
            continue
        candidate = (missing, table[index].missing_firms, -index)
        if best is None or candidate < best:
            best = candidate
    return None if best is None else -best[2]


def outlook(rows: Sequence[TierDemand], terms: Terms) -> Outlook:
    """Return what closing now would give. `rows`: one per tier, at least one, in their order."""
    table = tier_table(rows, terms)
    current = deepest_carrying(table)
    chosen = None if current is None else table[current]
    return Outlook(
        tiers=table,
        list_price=table[0].unit_price,
        current=current,
        unit_price=None if chosen is None else chosen.unit_price,
        quantity=0 if chosen is None else chosen.orderable,
        demand=0 if chosen is None else chosen.demand,
        firms=0 if chosen is None else chosen.firms,
        next_tier=_next_tier(table, current),
        cliff=None if current is None else _cliff(table, current, terms),
    )


def _next_tier(table: Sequence[TierOutlook], current: int | None) -> NextTier | None:
    index = nearest_tier(table, -1 if current is None else current)
    if index is None:
        return None
    row = table[index]
    price_now = table[0 if current is None else current].unit_price
    return NextTier(
        index=index,
        unit_price=row.unit_price,
        missing=row.missing or 0,
        missing_firms=row.missing_firms,
        saving_per_unit=price_now - row.unit_price,
    )


def _cliff(table: Sequence[TierOutlook], current: int, terms: Terms) -> Cliff | None:
    """Return the cheapest deeper order that costs less than the current one, if any does."""
    now = table[current]
    # Fractions, since a product may have more digits than the decimal context keeps.
    cheapest = now.orderable * Fraction(now.unit_price)
    found = None
    for index in range(current + 1, len(table)):
        row = table[index]
        quantity = -(-row.min_quantity // terms.pack) * terms.pack
        reachable = terms.capacity is None or quantity <= terms.capacity
        cost = quantity * Fraction(row.unit_price)
        if reachable and cost < cheapest:
            cheapest = cost
            found = Cliff(index, row.unit_price, quantity, quantity - now.orderable)
    return found


def quote(
    rows: Sequence[TierDemand],
    terms: Terms,
    *,
    quantity: int,
    tolerance: int = 0,
    minimum: int = 0,
    limit: Decimal | None = None,
    served: Sequence[int | None] = (),
) -> Quote:
    """Return what a firm would see with this commitment added.

    `rows` is the table without the firm's own commitment; `served` is of each tier with it, as
    TierDemand has it. What a cut would leave to one firm depends on everybody's quantities, which
    the rows do not hold: a cut is announced only.
    """
    counts = served or [None] * len(rows)
    table = [
        replace(joined(row, quantity, tolerance, limit), served=count)
        for row, count in zip(rows, counts, strict=True)
    ]
    now = outlook(table, terms)
    affordable = [row.unit_price for row in rows if limit is None or row.unit_price <= limit]
    kept_out = now.unit_price is not None and limit is not None and now.unit_price > limit
    may_be_cut = now.quantity < now.demand and not kept_out
    return Quote(
        price_now=now.unit_price,
        kept_out=kept_out,
        may_be_cut=may_be_cut,
        may_be_dropped=may_be_cut and minimum > 0,
        next_tier=now.next_tier,
        highest_price=max(affordable, default=None),
        outlook=now,
    )


def joined(row: TierDemand, quantity: int, tolerance: int, limit: Decimal | None) -> TierDemand:
    """Return a row with one commitment more."""
    if limit is not None and limit < row.unit_price:
        return row
    return TierDemand(
        min_quantity=row.min_quantity,
        unit_price=row.unit_price,
        demand=row.demand + quantity,
        tolerance=row.tolerance + tolerance,
        firms=row.firms + 1,
    )
