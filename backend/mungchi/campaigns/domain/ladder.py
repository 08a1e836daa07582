"""From sums by affordable tiers to one row per tier, and what of it may be shown to whom. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mungchi.campaigns.domain.market import Tier
from mungchi.campaigns.domain.outlook import TierDemand


@dataclass(frozen=True, slots=True)
class Bucket:
    """Commitments that can afford exactly the `affordable` cheapest tiers, summed."""

    affordable: int
    quantity: int
    tolerance: int
    firms: int


def tier_rows(tiers: Sequence[Tier], buckets: Iterable[Bucket]) -> tuple[TierDemand, ...]:
    """Return one row per tier: everything that affords that tier's price.

    The tier at index i of n is the (n - i)-th cheapest, so it counts the buckets that afford at
    least n - i tiers. Equals outlook.demand_by_tier over the commitments themselves.
    """
    held = list(buckets)
    rows = []
    for index, tier in enumerate(tiers):
        needed = len(tiers) - index
        inside = [bucket for bucket in held if bucket.affordable >= needed]
        rows.append(
            TierDemand(
                min_quantity=tier.min_quantity,
                unit_price=tier.unit_price,
                demand=sum(bucket.quantity for bucket in inside),
                tolerance=sum(bucket.tolerance for bucket in inside),
                firms=sum(bucket.firms for bucket in inside),
            )
        )
    return tuple(rows)


def without(
    rows: Sequence[TierDemand], *, quantity: int, tolerance: int, limit: Decimal | None
) -> tuple[TierDemand, ...]:
    """Return the rows less one commitment that was counted in them."""
    return tuple(
        row
        if limit is not None and limit < row.unit_price
        else TierDemand(
            row.min_quantity,
            row.unit_price,
            row.demand - quantity,
            row.tolerance - tolerance,
            row.firms - 1,
        )
        for row in rows
    )


def gives_away(firms: int, mine: int) -> bool:
    """Whether a total over `firms` firms, `mine` of them known to the reader, tells one other's
    share.

    With exactly one other firm in it, subtracting one's own part leaves that firm's quantity.
    """
    return firms - mine == 1


def withheld(firms: Sequence[int], mine: Sequence[int]) -> list[bool]:
    """Which of several totals, each over the firms of the one before and more, give one firm away.

    A reader who knows `mine` of the firms of each total can subtract those, and one total from
    another: what is shown never differs by exactly one other firm from what was shown before it.
    """
    hidden, shown = [], 0
    for count, known in zip(firms, mine, strict=True):
        others = count - known
        hidden.append(others - shown == 1)
        if not hidden[-1]:
            shown = others
    return hidden
