"""What of a refund is goods, delivery, VAT and fees. Pure; amounts in minor units.

A payment is the sum of its order's parts. A refund of so much takes of each part that is left in
proportion, to the last unit, so that all refunds of a payment up to the whole give back exactly the
order's VAT and fees.
"""

from dataclasses import astuple, dataclass
from fractions import Fraction
from math import floor
from operator import add, sub
from typing import Final

from mungchi.common.money import split
from mungchi.common.text import Text

CAUSES: Final[dict[str, Text]] = {
    "campaign_failed": Text(ko="공동구매 무산", en="the campaign came to nothing"),
    "confirmed_less": Text(ko="공급사가 적게 확인", en="the supplier confirmed less"),
    "agreed": Text(ko="합의한 환불", en="agreed with the firm"),
    "claim": Text(ko="클레임", en="a claim"),
}


@dataclass(frozen=True, slots=True)
class Shares:
    """The parts of what was paid, or of a refund of it; VAT and fees as in an order, with the VAT
    on the host's and on a partner's fee apart."""

    supply_value: int
    delivery: int
    vat: int
    host_fee: int
    partner_fee: int
    host_fee_vat: int
    partner_fee_vat: int

    @property
    def amount(self) -> int:
        """What they come to."""
        return sum(astuple(self))

    def less(self, other: "Shares") -> "Shares":
        """What is left of these parts without the others."""
        return Shares(*map(sub, astuple(self), astuple(other)))

    def plus(self, other: "Shares") -> "Shares":
        """These parts and the others."""
        return Shares(*map(add, astuple(self), astuple(other)))


NOTHING: Final = Shares(0, 0, 0, 0, 0, 0, 0)


def shares_of(amount: int, left: Shares) -> Shares:
    """The parts of a refund over `amount`, of what is left of a payment's.

    0 < amount <= what is left, else ValueError. No part is below zero or above what is left of it;
    they sum to the amount, and for all that is left they are what is left.
    """
    if not 0 < amount <= left.amount:
        raise ValueError("a refund is above zero and at most what is left")
    return Shares(*split(amount, list(astuple(left))))


def share_of_units(whole: Shares, before: Fraction, units: Fraction) -> Shares:
    """What some units of an order are of everything that was paid for it, fees included.

    `units`: which share of the order they are; `before`: which share others are of which the same
    was asked before. Each part is rounded down over both together, so that all units of an order,
    in whatever portions, come to exactly the order.
    """
    after = min(before + units, Fraction(1))
    return Shares(*(floor(part * after) - floor(part * before) for part in astuple(whole)))


def supplier_part(shares: Shares) -> int:
    """What of these parts is the supplier's: goods and delivery with VAT."""
    return shares.supply_value + shares.delivery + shares.vat


def reduced(shares: Shares, amount: int, left: Shares) -> Shares:
    """A refund over `amount` of the supplier's part of some shares, fees in proportion, and no part
    above what is `left` of it.

    0 < amount <= supplier_part(shares), else ValueError.
    """
    whole = supplier_part(shares)
    if not 0 < amount <= whole:
        raise ValueError("an agreed amount is above zero and at most what the units are worth")
    goods = split(amount, [shares.supply_value, shares.delivery, shares.vat])
    fees = [part * amount // whole for part in astuple(shares)[3:]]
    pairs = zip((*goods, *fees), astuple(left), strict=True)
    return Shares(*(min(mine, most) for mine, most in pairs))


def payment_state(amount: int, *, open_: int, returned: int) -> str:
    """The state of a paid payment of which so much is owed back and so much went back."""
    if open_ + returned == 0:
        return "paid"
    if open_ + returned < amount:
        return "partially_refunded"
    return "refund_due" if open_ else "refunded"
