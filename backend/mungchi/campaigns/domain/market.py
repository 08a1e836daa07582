"""What the clearing reads: an offer's tiers, the campaign's conditions, the commitments.

Everything is checked when a `Market` is made, so the functions that compute on one need no
checks of their own. Quantities are integers in the item's unit; prices are per unit, VAT
excluded, in major units of the campaign's currency.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LARGEST = 2**53
"""The largest quantity or price: the largest integer that every JSON reader keeps exact."""

DECIMAL_PLACES = 12
"""The most decimal places of a price. With 16 digits before the point this is 28 digits, the
precision of the default decimal context: differences of prices stay exact."""


class MarketError(ValueError):
    """A market that cannot be cleared; `field` names what is wrong, `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason


class Rule(StrEnum):
    """How a real shortage is shared out; the campaign chooses before it opens."""

    UNIFORM = "uniform"
    PROPORTIONAL = "proportional"
    FIRST_COME = "first_come"


@dataclass(frozen=True, slots=True)
class Tier:
    """From `min_quantity` in total on, everybody pays `unit_price`."""

    min_quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least total quantity and the least number of firms for the campaign to happen."""

    quantity: int = 1
    firms: int = 1


@dataclass(frozen=True, slots=True)
class Commitment:
    """One firm's order under conditions.

    `arrival` orders the commitments (smaller is earlier) and decides every tie and remainder;
    `tolerance` is extra quantity taken to fill a pack, `minimum` the smallest acceptable
    quantity (0 takes what there is, `quantity` is all or nothing), `limit` the highest unit
    price at which the firm still wants in (None: any price). `silent`: the offer changed for it and
    it has not answered, so that it gets nothing and counts nowhere.
    """

    key: str
    arrival: int
    quantity: int
    tolerance: int = 0
    minimum: int = 0
    limit: Decimal | None = None
    silent: bool = False

    def accepts(self, price: Decimal) -> bool:
        """Whether the firm still wants in at this unit price."""
        return self.limit is None or self.limit >= price


@dataclass(frozen=True, slots=True)
class Market:
    """One campaign at its deadline. Raises `MarketError` when made of impossible values.

    `tiers` rise strictly in quantity and fall strictly in price; `capacity` None is unlimited.
    The order of `commitments` means nothing: their `arrival` does.
    """

    tiers: tuple[Tier, ...]
    commitments: tuple[Commitment, ...]
    pack: int = 1
    capacity: int | None = None
    threshold: Threshold = Threshold()
    rule: Rule = Rule.UNIFORM

    def __post_init__(self) -> None:
        check_tiers(self.tiers)
        _whole("pack", self.pack, 1)
        if self.capacity is not None:
            _whole("capacity", self.capacity, 0)
        _whole("threshold.quantity", self.threshold.quantity, 0)
        _whole("threshold.firms", self.threshold.firms, 0)
        if not isinstance(self.rule, Rule):
            raise MarketError("rule", f"must be one of {', '.join(Rule)}")
        _check_commitments(self.commitments)

    def in_order(self) -> list[Commitment]:
        """Return the commitments, earliest first, the silent ones too."""
        return sorted(self.commitments, key=lambda one: one.arrival)


def check_tiers(tiers: Sequence[Tier]) -> None:
    """Raise `MarketError` unless quantities rise strictly and prices fall strictly."""
    if not tiers:
        raise MarketError("tiers", "must hold at least one tier")
    for index, tier in enumerate(tiers):
        _whole(f"tiers[{index}].min_quantity", tier.min_quantity, 1)
        check_price(f"tiers[{index}].unit_price", tier.unit_price)
        if index == 0:
            continue
        before = tiers[index - 1]
        if tier.min_quantity <= before.min_quantity:
            raise MarketError(
                f"tiers[{index}].min_quantity",
                f"must be above the tier before it ({before.min_quantity})",
            )
        if tier.unit_price >= before.unit_price:
            raise MarketError(
                f"tiers[{index}].unit_price",
                f"must be below the tier before it ({before.unit_price:f})",
            )


def check_price(field: str, price: object) -> None:
    """Raise `MarketError` naming `field` unless `price` is a positive, finite Decimal in range."""
    if not isinstance(price, Decimal):
        raise MarketError(field, "must be a decimal number")
    if not price.is_finite():
        raise MarketError(field, "must be a finite number")
    if price <= 0:
        raise MarketError(field, "must be above zero")
    if price > LARGEST:
        raise MarketError(field, f"must be at most {LARGEST}")
    exponent = price.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -DECIMAL_PLACES:
        raise MarketError(field, f"must have at most {DECIMAL_PLACES} decimal places")


def entry_tiers(tiers: Sequence[Tier], commitments: Sequence[Commitment]) -> list[int]:
    """For each commitment, the index of the shallowest tier whose price it accepts.

    It accepts every deeper tier too, since prices fall; `len(tiers)` means it accepts none.
    """
    # Negating copies the sign only, so no digit is lost; bisect needs a rising list.
    falling = [tier.unit_price.copy_negate() for tier in tiers]
    return [
        0 if one.limit is None else bisect_left(falling, one.limit.copy_negate())
        for one in commitments
    ]


def _check_commitments(commitments: Sequence[Commitment]) -> None:
    keys: set[str] = set()
    arrivals: set[int] = set()
    for index, one in enumerate(commitments):
        # One quick test for the usual, valid row: 70,000 rows must not cost a second.
        if not _plainly_valid(one):
            _explain(f"commitments[{index}]", one)
        if one.limit is not None:
            check_price(f"commitments[{index}].limit", one.limit)
        if one.key in keys:
            raise MarketError(f"commitments[{index}].id", f"is used twice ({one.key})")
        if one.arrival in arrivals:
            raise MarketError(f"commitments[{index}].arrival", f"is used twice ({one.arrival})")
        keys.add(one.key)
        arrivals.add(one.arrival)


def _plainly_valid(one: Commitment) -> bool:
    return (
        type(one.key) is str
        and type(one.arrival) is int
        and type(one.quantity) is int
        and type(one.tolerance) is int
        and type(one.minimum) is int
        and 0 < one.quantity <= LARGEST
        and 0 <= one.tolerance <= LARGEST
        and 0 <= one.minimum <= one.quantity
        and (one.limit is None or isinstance(one.limit, Decimal))
    )


def _explain(field: str, one: Commitment) -> None:
    if not isinstance(one.key, str):
        raise MarketError(f"{field}.id", "must be text")
    if type(one.arrival) is not int:
        raise MarketError(f"{field}.arrival", "must be a whole number")
    _whole(f"{field}.quantity", one.quantity, 1)
    _whole(f"{field}.tolerance", one.tolerance, 0)
    _whole(f"{field}.minimum", one.minimum, 0)
    if one.minimum > one.quantity:
        raise MarketError(f"{field}.minimum", f"must be at most the quantity ({one.quantity})")
    if one.limit is not None:
        check_price(f"{field}.limit", one.limit)


def _whole(field: str, value: object, least: int) -> None:
    # bool is a subclass of int in Python; a quantity of True is a mistake, not a 1.
    if not isinstance(value, int) or isinstance(value, bool):
        raise MarketError(field, "must be a whole number")
    if value < least:
        raise MarketError(field, f"must be at least {least}")
    if value > LARGEST:
        raise MarketError(field, f"must be at most {LARGEST}")
