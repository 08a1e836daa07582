"""Random campaigns of which the supplier confirms a random part: sums, smallest quantities, VAT and
refunds hold to the minor unit, in currencies with no, two and three digits. Prints its seed."""

import os
import random
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.db.models import Sum
from tests.factories.accounts import CooperativeFactory
from tests.factories.less import asked, followed, pay_and_order
from tests.factories.orders import Deal
from tests.factories.variants import Coloured

from mungchi.campaigns.models import ClearingRun
from mungchi.common.money import vat_on
from mungchi.orders import operations
from mungchi.orders.domain.less import Rates, amounts_for, parts_at
from mungchi.orders.operations.less import NobodyCouldTakeIt
from mungchi.payments.models import LedgerLine, Owed, Refund
from mungchi.reports.invariants import breaches

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("LESS_SEED", "0")) or random.SystemRandom().randrange(10**6)
CURRENCIES = {"KRW": ("1", 7), "JPY": ("1", 3), "USD": ("0.01", 133), "KWD": ("0.001", 1999)}


def played(currency: str, dice: random.Random, *, coloured: bool) -> Deal:
    """A campaign with random firms, tiers, pack, rule and fees, ordered from the supplier."""
    unit, base = CURRENCIES[currency]
    first = (Decimal(unit) * base * dice.randint(3, 40)).quantize(Decimal(unit))
    last = first - Decimal(unit) * dice.randint(1, base)
    made = (Coloured if coloured else Deal)(
        host=CooperativeFactory(currency=currency),
        pack_size=1 if coloured else dice.choice([1, 1, 5]),
        tiers=[(1, str(first)), (40, str(last))],
        delivery_cost=dice.choice([0, 1, 33_333]),
        given={"host_fee_bp": dice.choice([0, 250]), "rationing": dice.choice(
            ["uniform", "proportional", "first_come"])},
    )  # fmt: skip
    made.differences = ("0", unit, unit)
    made.opened()
    for _ in range(dice.randint(3, 6)):
        quantity = dice.randint(3, 60)
        if coloured:
            each = [dice.randint(0, 20) for _ in range(3)]
            each[0] += 1
            made.take(*each)
        else:
            made.join(quantity, minimum=dice.choice([0, 0, quantity // 2, quantity]))
    made.cleared()
    pay_and_order(made)
    return made


@pytest.mark.parametrize(("currency", "coloured"), list(product(CURRENCIES, [False, True])))
def test_whatever_is_confirmed_everything_adds_up(currency: str, coloured: bool) -> None:
    print(f"LESS_SEED={SEED}")  # noqa: T201 - to play it again
    dice = random.Random(f"{SEED}:{currency}:{coloured}")
    for _ in range(2):
        deal = played(currency, dice, coloured=coloured)
        row = deal.purchase_order
        pack = deal.pack_size
        most = (row.quantity - 1) // pack
        if most < 1:
            continue
        quantity = pack * dice.randint(1, most)
        was = {order.pk: order for order in deal.orders()}
        less = asked(deal, quantity, parts=_parts(row, quantity, dice) if coloured else None)
        try:
            operations.decide_less(
                actor=deal.office, less_id=less.pk, accept=True, reason="그대로 진행"
            )
        except NobodyCouldTakeIt:
            continue
        followed()
        _check(deal, was, quantity)
    assert [str(breach) for breach in breaches(grace=timedelta())] == []


def _parts(row, quantity: int, dice: random.Random) -> dict:
    """So many of the variants that were ordered, at random."""
    left = {part["id"]: part["quantity"] for part in row.parts}
    taken = dict.fromkeys(left, 0)
    for _ in range(quantity):
        one = dice.choice([pk for pk, n in left.items() if n])
        left[one] -= 1
        taken[one] += 1
    return taken


def _check(deal: Deal, was: dict, said: int) -> None:
    row = deal.purchase_order
    run = ClearingRun.objects.get(campaign=deal.campaign, reason="less")
    orders = deal.orders()
    standing = [order for order in orders if order.state != "cancelled"]
    assert sum(line.awarded for line in run.lines.all()) == row.quantity == run.quantity <= said
    assert sum(order.quantity for order in standing) == row.quantity
    for line in run.lines.all():
        assert line.awarded == 0 or line.awarded >= line.minimum
    for order in orders:
        before = was[order.pk]
        assert order.unit_price == before.unit_price
        paid = before.total
        refunds = Refund.objects.filter(payment__order=order)
        back = refunds.aggregate(sum=Sum("amount"), vat=Sum("vat"), value=Sum("supply_value"))
        now = 0 if order.state == "cancelled" else order.total
        assert (back["sum"] or 0) == paid - now
        if order.state != "cancelled":
            assert (back["vat"] or 0) == before.vat - order.vat
            assert order.vat == vat_on(order.supply_value, order.vat_rate_bp) + vat_on(
                order.delivery_share, order.vat_rate_bp
            )
    assert Owed.objects.get(campaign=deal.campaign).ordered == row.total
    held = LedgerLine.objects.filter(entry__campaign=deal.campaign, account="member_funds")
    assert held.aggregate(sum=Sum("amount"))["sum"] in (0, None)


def test_no_amount_rises_whatever_the_rates() -> None:
    dice = random.Random(SEED)
    for _ in range(2000):
        currency = dice.choice(list(CURRENCIES))
        rates = Rates(
            Decimal(dice.randint(1, 10**7)).scaleb(-dice.randint(0, 6)), currency,
            dice.choice([0, 1000, 1999]), dice.randint(0, 1000), dice.randint(0, 1000), 1000,
        )  # fmt: skip
        quantity = dice.randint(1, 10**5)
        share = dice.randint(0, 10**6)
        before = amounts_for(rates, quantity, [], (share, quantity))
        assert before.delivery_share == share
        less = amounts_for(rates, dice.randint(1, quantity), [], (share, quantity))
        for name in ("supply_value", "delivery_share", "vat", "host_fee", "partner_fee", "fee_vat",
                     "partner_fee_vat", "total"):  # fmt: skip
            assert 0 <= getattr(less, name) <= getattr(before, name), (rates, quantity, name)


def test_parts_of_which_nothing_is_left_are_left_out() -> None:
    parts = [
        {"id": "a", "name": "빨강", "quantity": 10, "unit_price": "1.005", "supply_value": 1005},
        {"id": "b", "name": "파랑", "quantity": 5, "unit_price": "2", "supply_value": 1000},
    ]
    assert parts_at(parts, {"a": 3}, "USD") == [{**parts[0], "quantity": 3, "supply_value": 302}]
