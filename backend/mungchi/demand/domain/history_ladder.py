"""The price ladder that a purchase history shows: what was paid, from which quantity on. Pure."""

from collections.abc import Iterable
from decimal import Decimal

Tiers = list[tuple[int, Decimal]]


def ladder(lines: Iterable[tuple[int, Decimal]]) -> Tiers:
    """Return [(min_quantity, unit_price)] of one item from all its lines (quantity, unit price).

    For each price paid the smallest line quantity bought at it; in order of quantity, then price,
    a pair is kept when its price is lower than every price kept before; the first tier begins at
    one unit. Quantities rise strictly and prices fall strictly. No lines, no tiers.
    """
    smallest: dict[Decimal, int] = {}
    for quantity, price in lines:
        smallest[price] = min(quantity, smallest.get(price, quantity))
    tiers: Tiers = []
    for quantity, price in sorted((quantity, price) for price, quantity in smallest.items()):
        if not tiers or price < tiers[-1][1]:
            tiers.append((quantity, price))
    if tiers:
        tiers[0] = (1, tiers[0][1])
    return tiers
