"""Confirming less, refusing, deciding, carrying it out and its money: any two at one moment."""

from itertools import product
from typing import Any

import pytest
from tests.concurrency.test_pairs import WORLDS, Operation, World, differing
from tests.factories.less import accept, asked
from tests.factories.orders import Deal, today

from mungchi.campaigns import operations as campaigns
from mungchi.orders import operations as orders
from mungchi.orders.models import ConfirmedLess
from mungchi.payments import operations as payments
from mungchi.payments.models import Refund
from mungchi.reports.invariants import breaches


def asked_world(shared: dict[str, Any]) -> World:
    """The supplier has confirmed less, and the office has not answered."""
    world = World(Deal(**shared).ordered(30, 40, 50))
    world.less = asked(world.deal, 90)
    world.first = world.deal.payments()[0]
    return world


def accepted_world(shared: dict[str, Any]) -> World:
    """The office has accepted it."""
    world = asked_world(shared)
    accept(world.deal, world.less)
    return world


def followed_world(shared: dict[str, Any]) -> World:
    """Orders follow it, and money does not yet."""
    world = accepted_world(shared)
    orders.carry_out_less(less_id=world.less.pk)
    world.last = world.deal.payments()[2]
    return world


def decide(accepts: bool) -> Operation:
    return lambda w: (
        orders.decide_less(actor=w.deal.office, less_id=w.less.pk, accept=accepts, reason="x").state
    )


def end_state(world: World) -> tuple[Any, ...]:
    """What becomes of what was asked, and what goes back, beside what every world says."""
    rows = ConfirmedLess.objects.filter(campaign=world.key)
    back = Refund.objects.filter(payment__order__campaign=world.key)
    return (
        sorted(rows.values_list("state", "quantity")),
        sorted(back.values_list("cause", "amount", "state")),
    )


class Less(World):
    """A world that also says these."""

    def end_state(self) -> tuple[Any, ...]:
        return (*super().end_state(), *end_state(self))


def telling(build: Any) -> Any:
    def built(shared: dict[str, Any]) -> World:
        world = build(shared)
        world.__class__ = Less
        return world

    return built


ASKED: dict[str, Operation] = {
    "less": lambda w: asked(w.deal, 80).state,
    "all": lambda w: (
        orders.confirm_purchase_order(
            actor=w.deal.supplier, purchase_order_id=w.deal.purchase_order.pk
        ).state
    ),
    "refuse": lambda w: (
        orders.refuse_purchase_order(
            actor=w.deal.supplier, purchase_order_id=w.deal.purchase_order.pk, why="x"
        ).state
    ),
    "accept": decide(accepts=True),
    "end": decide(accepts=False),
    "fail": lambda w: (
        campaigns.fail_campaign(actor=w.deal.office, campaign_id=w.key, why="x").state
    ),
    "undo payment": lambda w: (
        payments.undo_confirmation(actor=w.deal.office, payment_id=w.first.pk, why="x").state
    ),
}
ACCEPTED: dict[str, Operation] = {
    "carry out": lambda w: orders.carry_out_less(less_id=w.less.pk),
    "refuse": ASKED["refuse"],
    "less": ASKED["less"],
    "fail": ASKED["fail"],
    "refund": lambda w: (
        payments.refund_part(actor=w.deal.office, payment_id=w.first.pk, amount=10, why="x").state
    ),
    "return": lambda w: payments.return_less(campaign_id=w.key),
    "sell": lambda w: payments.book_sale(campaign_id=w.key),
}
FOLLOWED: dict[str, Operation] = {
    "return": ACCEPTED["return"],
    "sell": ACCEPTED["sell"],
    "refund": lambda w: (
        payments.refund_part(
            actor=w.deal.office, payment_id=w.last.pk, amount=10, why="x"
        ).state
    ),
    "pay": lambda w: (
        payments.confirm_transfer(
            actor=w.deal.office, payment_id=w.last.pk, amount=w.last.amount, depositor="홍길동",
            received_date=today(),
        ).state
    ),
    "carry out": ACCEPTED["carry out"],
}  # fmt: skip
KINDS = {
    "asked": (asked_world, ASKED),
    "accepted": (accepted_world, ACCEPTED),
    "followed": (followed_world, FOLLOWED),
}


@pytest.mark.parametrize("kind", KINDS)
def test_any_two_at_once_end_as_one_after_the_other(db, kind: str, monkeypatch) -> None:
    build, operations = KINDS[kind]
    monkeypatch.setitem(WORLDS, kind, (telling(build), operations))
    wrong, meanwhile = differing(kind, list(product(operations, repeat=2)), monkeypatch)
    assert wrong == []
    assert "waited" in meanwhile
    assert [str(breach) for breach in breaches()] == []
