"""What buying together has saved, against a price that is named. Pure.

Three references, each a unit price, VAT excluded, for the same item in the same currency:
- last_price: what the firm itself paid the last time before the campaign closed.
- list_price: the first tier of the offer that was awarded, the price of the smallest purchase.
- losing_offers: the average of what the offers that were not chosen asked for the quantity that was
  ordered in all; offers that could not carry it are left out.

An order by variant is compared part by part: each reference with the part's own difference, which
is fixed and would have been asked at any price of the ladder.

What went back of an order counts as not bought: it is taken off what was bought, and off what that
is compared with in the same proportion, so that giving something back saves nothing.

What has no reference saves nothing and is counted apart. A negative saving is shown as it is.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar
from uuid import UUID

from mungchi.common.money import supply_value

AGAINST = ("last_price", "list_price", "losing_offers")
K = TypeVar("K", bound=Hashable)
# As many places as a unit price has: an average is cut there, and the calculation shows it so.
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Reference:
    """A price to compare with, and where it comes from.

    source: a word of AGAINST, "order" for a last price that was an order here. on_date (ISO) and
    document: of the purchase or order. offers: how many were averaged.
    """

    unit_price: Decimal
    source: str
    on_date: str = ""
    document: str = ""
    offers: int = 0


def value_at(
    price: Decimal, quantity: int, currency: str, parts: Sequence[tuple[int, Decimal]] = ()
) -> int:
    """What a quantity comes to at a price, in minor units; by variant with its difference, of which
    none makes a unit cost less than nothing."""
    lines = [(many, max(price + one, Decimal())) for many, one in parts] or [(quantity, price)]
    return sum(supply_value(many, one, currency) for many, one in lines)


def kept(value: int, of: int, left: int) -> int:
    """So much of `value` as `left` is of `of`, rounded half up; all where nothing went back."""
    return value if left == of or not of else (2 * value * left + of) // (2 * of)


def differences(
    parts: Iterable[Mapping[str, object]], unit_price: Decimal
) -> tuple[tuple[int, Decimal], ...]:
    """(quantity, difference) of an order's parts; `unit_price`: the order's, before differences."""
    return tuple(
        (int(str(part["quantity"])), Decimal(str(part["unit_price"])) - unit_price)
        for part in parts
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """One order beside its reference. Amounts in minor units, without VAT, delivery and fees.

    supply_value: as ordered; `returned`: how much of it went back.
    """

    order_id: UUID
    firm_id: UUID
    quantity: int
    supply_value: int
    currency: str
    reference: Reference | None
    # By variant, where there are any: (quantity, difference).
    parts: tuple[tuple[int, Decimal], ...] = ()
    returned: int = 0

    @property
    def bought(self) -> int:
        """What of the supply value did not go back."""
        return self.supply_value - self.returned

    @property
    def reference_value(self) -> int | None:
        """What the same would have cost at the reference, rounded once a line; where something went
        back, the part of it that `bought` is of the supply value."""
        if self.reference is None:
            return None
        value = value_at(self.reference.unit_price, self.quantity, self.currency, self.parts)
        return kept(value, self.supply_value, self.bought)

    @property
    def savings(self) -> int | None:
        """The difference; None without a reference."""
        value = self.reference_value
        return None if value is None else value - self.bought


@dataclass(slots=True)
class Savings:
    """Sums over orders, without what went back (`returned`). `compared_value` is the supply value
    of those that have a reference."""

    orders: int = 0
    without_reference: int = 0
    supply_value: int = 0
    compared_value: int = 0
    reference_value: int = 0
    returned: int = 0
    firms: set[UUID] = field(default_factory=set)

    @property
    def compared(self) -> int:
        """How many orders have a reference."""
        return self.orders - self.without_reference

    @property
    def not_compared_value(self) -> int:
        """The supply value of the others; with `compared_value` it is all of it."""
        return self.supply_value - self.compared_value

    @property
    def savings(self) -> int:
        """What was saved where there is something to compare with."""
        return self.reference_value - self.compared_value

    @property
    def percent(self) -> Decimal | None:
        """The saving in per cent of the reference, one place; None when nothing is compared."""
        if not self.reference_value:
            return None
        share = Decimal(100 * self.savings) / self.reference_value
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)

    def add(self, one: Compared) -> None:
        """Count an order."""
        self.orders += 1
        self.firms.add(one.firm_id)
        self.supply_value += one.bought
        self.returned += one.returned
        value = one.reference_value
        if value is None:
            self.without_reference += 1
        else:
            self.compared_value += one.bought
            self.reference_value += value


def summed(rows: Iterable[tuple[K, Compared]]) -> tuple[Savings, dict[K, Savings]]:
    """Everything, and by key; the sums of the keys are the sum of everything."""
    total = Savings()
    groups: dict[K, Savings] = {}
    for key, one in rows:
        total.add(one)
        groups.setdefault(key, Savings()).add(one)
    return total, groups


def price_at(tiers: Sequence[tuple[int, Decimal]], quantity: int) -> Decimal:
    """What a ladder of (from quantity, unit price) asks for a quantity; below all: the first."""
    reached = [price for least, price in sorted(tiers) if least <= quantity]
    return reached[-1] if reached else min(tiers)[1]


def average_of(
    offers: Iterable[tuple[Sequence[tuple[int, Decimal]], int | None]], quantity: int
) -> Reference | None:
    """The average price of offers (ladder, capacity) for a quantity; None when none carries it."""
    prices = [
        price_at(tiers, quantity)
        for tiers, capacity in offers
        if tiers and (capacity is None or capacity >= quantity)
    ]
    if not prices:
        return None
    average = (sum(prices, Decimal()) / len(prices)).quantize(PLACES, ROUND_HALF_UP)
    return Reference(average.normalize(), "losing_offers", offers=len(prices))


def first_tier(tiers: Sequence[Mapping[str, object]]) -> Reference | None:
    """The list price, from the tiers that a clearing recorded."""
    if not tiers:
        return None
    first = min(tiers, key=lambda tier: int(str(tier["min_quantity"])))
    return Reference(Decimal(str(first["unit_price"])), "list_price")
