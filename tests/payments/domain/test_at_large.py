"""A great many random awards, from prices to refunds, in currencies of every kind: nothing is left.

Each award is shared out among firms as orders are, paid, booked, given back in random parts and
booked again. What is asked of each: parts sum to what they are parts of, no unit more or less; the
books end at zero; and what a provider is told is the same amount. A failing seed is printed.
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from mungchi.common.money import EXPONENTS, fees_on, split, supply_value, vat_on
from mungchi.payments.domain import ledger
from mungchi.payments.domain.ledger import Sale
from mungchi.payments.domain.refunding import NOTHING, Shares, shares_of
from mungchi.payments.providers.stripe.amounts import CAPABILITIES, from_stripe, to_stripe

AWARDS = 100_000 if os.environ.get("MUNGCHI_NIGHT") else 2_000
CURRENCIES = ("KRW", "JPY", "USD", "KWD")
FIRM, SUPPLIER, PARTNER = UUID(int=1), UUID(int=2), UUID(int=3)
Splitter = Callable[[int, list[int]], list[int]]


@dataclass(frozen=True, slots=True)
class Award:
    """A campaign's outcome: a price, what delivery costs in all, and each firm's quantity."""

    currency: str
    price: Decimal
    delivery: int
    quantities: list[int]
    vat_bp: int
    host_bp: int
    partner_bp: int


def drawn(chance: random.Random) -> Award:
    digits = chance.randint(0, 6)
    return Award(
        currency=chance.choice(CURRENCIES),
        price=Decimal(chance.randint(1, 10 ** chance.randint(1, 12))).scaleb(-digits),
        delivery=chance.choice([0, chance.randint(1, 10**7)]),
        quantities=[chance.randint(1, 10 ** chance.randint(1, 5))
                    for _ in range(chance.randint(1, 6))],
        vat_bp=chance.choice([0, 1000, chance.randint(1, 2700)]),
        host_bp=chance.choice([0, chance.randint(1, 1000)]),
        partner_bp=chance.choice([0, chance.randint(1, 1000)]),
    )  # fmt: skip


def orders(award: Award, share: Splitter) -> Iterator[Shares]:
    """What each firm pays, as its order has it."""
    for quantity, delivery in zip(
        award.quantities, share(award.delivery, award.quantities), strict=True
    ):
        value = supply_value(quantity, award.price, award.currency)
        fees = fees_on(
            value, host_bp=award.host_bp, partner_bp=award.partner_bp, vat_rate_bp=award.vat_bp
        )
        vat = vat_on(value, award.vat_bp) + vat_on(delivery, award.vat_bp)
        yield Shares(value, delivery, vat, fees.host, fees.partner, fees.host_vat, fees.partner_vat)


def in_parts(whole: Shares, chance: random.Random) -> Iterator[Shares]:
    """What a firm paid, given back in up to four refunds."""
    left = whole
    for last in (False, False, False, True):
        if not left.amount:
            return
        amount = left.amount if last else chance.randint(1, left.amount)
        part = shares_of(amount, left)
        yield part
        left = left.less(part)


def sale_of(shares: Shares) -> Sale:
    return Sale(
        supplier=shares.supply_value + shares.delivery + shares.vat,
        fee=shares.host_fee,
        fee_vat=shares.host_fee_vat,
        partner_fee=shares.partner_fee + shares.partner_fee_vat,
    )


def residue(award: Award, chance: random.Random, share: Splitter = split) -> list[str]:
    """What does not add up, in words; nothing where all does."""
    wrong: list[str] = []
    made = list(orders(award, share))
    if sum(order.delivery for order in made) != award.delivery:
        wrong.append("shares of the delivery are not the delivery")
    for order, quantity in zip(made, award.quantities, strict=True):
        exact = Fraction(award.price) * quantity * 10 ** EXPONENTS[award.currency]
        if not Fraction(-1, 2) < order.supply_value - exact <= Fraction(1, 2):
            wrong.append("a supply value is not the price times the quantity")
        if order.amount:
            wrong += _money_of(order, award.currency, chance)
    return wrong


def _money_of(order: Shares, currency: str, chance: random.Random) -> Iterator[str]:
    parts = list(in_parts(order, chance))
    back = NOTHING
    for part in parts:
        back = back.plus(part)
        if min(astuple(part)) < 0:
            yield "a part of a refund is below zero"
    if back != order:
        yield "refunds up to the whole are not what was paid"
    entries = [
        ledger.asked(order.amount, FIRM),
        ledger.received(order.amount, FIRM),
        ledger.ordered(sale_of(order), FIRM, SUPPLIER, PARTNER),
    ]
    for part in parts:
        entries.append(ledger.refund_due_of_sale(sale_of(part), FIRM, SUPPLIER, PARTNER))
        entries.append(ledger.refunded(part.amount, FIRM))
    left: dict[str, int] = {}
    for line in (line for entry in entries for line in entry):
        left[line.account] = left.get(line.account, 0) + line.amount
    if any(left.values()):
        yield f"the books do not end at zero: {left}"
    if CAPABILITIES.carries(order.amount, currency):
        told = to_stripe(order.amount, currency)
        if from_stripe(told, currency) != order.amount or told != order.amount:
            yield "a provider is told another amount"


def test_nothing_is_left_over() -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)
    seen: set[str] = set()
    for number in range(AWARDS):
        award = drawn(chance)
        seen.add(award.currency)
        assert residue(award, chance) == [], (seed, number, award)
    assert seen == set(CURRENCIES)


def careless(amount: int, weights: list[int]) -> list[int]:
    """Each share rounded by itself: the control."""
    return [round(amount * weight / sum(weights)) for weight in weights]


def test_control_shares_that_are_rounded_each_leave_something() -> None:
    chance = random.Random(7)
    wrong = [found for _ in range(500) for found in residue(drawn(chance), chance, careless)]
    assert "shares of the delivery are not the delivery" in wrong


@pytest.mark.parametrize(("amount", "currency"), [(1_250_000, "KRW"), (1_250_000, "JPY")])
def test_won_and_yen_are_never_a_hundredfold(amount: int, currency: str) -> None:
    assert to_stripe(amount, currency) == amount
    assert supply_value(1000, Decimal(1250), currency) == amount
