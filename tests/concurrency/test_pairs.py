"""Every pair of operations at once ends as one after the other would, in one order or the other.

The first of a pair is stopped as soon as it has its lock, and the second started; once the second
waits for the first, or is done, the first goes on. What each answered counts as much as the rows.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from tests.concurrency.harness import in_threads
from tests.factories.accounts import CooperativeFactory, member, supplier
from tests.factories.catalog import ItemFactory
from tests.factories.orders import Deal, today

from mungchi.campaigns import operations as campaigns
from mungchi.campaigns import queries
from mungchi.campaigns.models import Campaign, ClearingRun, Offer
from mungchi.campaigns.operations import commitments as joining
from mungchi.campaigns.queries import visibility
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.orders import operations as orders
from mungchi.orders.models import Order, PurchaseOrder
from mungchi.payments import operations as payments
from mungchi.payments.models import Payment
from mungchi.reports.invariants import breaches


@dataclass
class World:
    """A campaign in one state, with the people who may do something to it at the same time."""

    deal: Deal
    firms: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Any:
        return self.deal.campaign.pk

    def end_state(self) -> tuple[Any, ...]:
        """What the rows say in the end, without ids and times."""
        k = Campaign.objects.get(pk=self.key)
        names = {actor.firm_id: name for name, actor in self.firms.items()}
        commitments = sorted(
            (names.get(row.firm_id, "other"), row.state, row.quantity)
            for row in k.commitments.all()
        )
        runs = [
            (run.outcome, run.quantity, run.unit_price)
            for run in ClearingRun.objects.filter(campaign=k).order_by("number")
        ]
        held = sorted(k.holds.values_list("kind", "state", "difference"))
        made = sorted(Order.objects.filter(campaign=k).values_list("state", "total"))
        money = sorted(
            Payment.objects.filter(order__campaign=k).values_list("state", "amount", "due_at__date")
        )
        bought = list(PurchaseOrder.objects.filter(campaign=k).values_list("state", "total"))
        offers = sorted(Offer.objects.filter(campaign=k).values_list("state", "lead_time_days"))
        later = k.closes_at - self.deal.campaign.closes_at
        return (k.state, later, commitments, runs, held, made, money, bought, offers)


Operation = Callable[[World], object]


def open_world(shared: dict[str, Any]) -> World:
    world = World(Deal(**shared).opened())
    for name in ("stays", "changes", "withdraws"):
        world.firms[name] = member(world.deal.host)
        world.deal.join(30, firm=world.firms[name])
    world.firms["joins"] = member(world.deal.host)
    return world


def closing_world(shared: dict[str, Any]) -> World:
    world = open_world(shared)
    campaigns.close_campaign(actor=world.deal.office, campaign_id=world.key)
    return world


def sourcing_world(shared: dict[str, Any]) -> World:
    world = World(Deal(**shared).offered())
    second = Deal.__new__(Deal)
    second.__dict__ = {**world.deal.__dict__, "supplier": supplier()}
    world.firms["second"] = second.supplier
    world.second = campaigns.post_offer(
        actor=second.supplier, campaign_id=world.key, tiers=[(1, 99)], pack_size=1, capacity=None,
        lead_time_days=9, delivery_cost=0, valid_until=clock.now() + timedelta(days=60),
    )  # fmt: skip
    campaigns.award_offer(
        actor=world.deal.office, campaign_id=world.key, offer_id=world.deal.offer.pk, reason="단가"
    )
    return world


def cleared_world(shared: dict[str, Any]) -> World:
    return World(Deal(**shared).settling(30, 40))


def asked_world(shared: dict[str, Any]) -> World:
    world = World(Deal(**shared).placed(30, 40))
    first, world.last = world.deal.payments()
    world.deal.pay(first)
    world.first = first
    return world


def late_world(shared: dict[str, Any]) -> World:
    """The grace of one payment is over, and what is left then does not carry the price."""
    world = asked_world(shared)
    Payment.objects.filter(pk=world.last.pk).update(
        due_at=clock.now() - timedelta(days=3), lapses_at=clock.now() - timedelta(days=1)
    )
    return world


def short_world(shared: dict[str, Any]) -> World:
    """One payment has lapsed, one may still come, and the office has to decide."""
    world = World(Deal(**shared).placed(30, 40, 50))
    first, world.last, lapsed = world.deal.payments()
    world.deal.pay(first)
    world.first = first
    for row, days in ((lapsed, 1), (world.last, 0)):
        Payment.objects.filter(pk=row.pk).update(
            due_at=clock.now() - timedelta(days=3), lapses_at=clock.now() - timedelta(days=days)
        )
        if days:
            payments.lapse_payments(campaign_id=world.key)
    world.run = queries.latest_run(world.deal.campaign).pk
    return world


def decide(choice: str) -> Operation:
    return lambda w: (
        campaigns.decide_rest(
            actor=w.deal.office, campaign_id=w.key, run_id=w.run, choice=choice, reason="x"
        ).state
    )


def commit(name: str, quantity: int) -> Operation:
    return lambda w: (
        campaigns.commit(actor=w.firms[name], campaign_id=w.key, quantity=quantity).state
    )


def office(operation: Callable[..., Any], **given: Any) -> Operation:
    return lambda w: operation(actor=w.deal.office, campaign_id=w.key, **given).state


OPEN: dict[str, Operation] = {
    "join": commit("joins", 25),
    "change": commit("changes", 77),
    "withdraw": lambda w: campaigns.withdraw_commitment(
        actor=w.firms["withdraws"], campaign_id=w.key
    ),
    "extend": lambda w: campaigns.extend_campaign(
        actor=w.deal.office, campaign_id=w.key, why="요청",
        closes_at=w.deal.campaign.closes_at + timedelta(days=1),
    ).state,
    "close": office(campaigns.close_campaign),
    "cancel": office(campaigns.cancel_campaign, why="취소"),
    "clear": lambda w: (campaigns.clear_campaign(campaign_id=w.key) or w).__class__.__name__,
}  # fmt: skip
CLOSING: dict[str, Operation] = {
    "clear": OPEN["clear"],
    "close": office(campaigns.close_campaign),
    "cancel": OPEN["cancel"],
    "join": OPEN["join"],
}
SOURCING: dict[str, Operation] = {
    "award": lambda w: (
        campaigns.award_offer(
            actor=w.deal.office, campaign_id=w.key, offer_id=w.second.pk, reason="납기"
        ).state
    ),
    "open": office(campaigns.open_campaign),
    "cancel": OPEN["cancel"],
    "withdraw offer": lambda w: (
        campaigns.withdraw_offer(actor=w.firms["second"], offer_id=w.second.pk).state
    ),
}
CLEARED: dict[str, Operation] = {
    "place": lambda w: orders.place_orders(campaign_id=w.key),
    "ask": lambda w: payments.ask_for_payment(campaign_id=w.key),
    "fail": lambda w: (
        campaigns.fail_campaign(actor=w.deal.office, campaign_id=w.key, why="x").state
    ),
}
ASKED: dict[str, Operation] = {
    "confirm": lambda w: payments.confirm_transfer(
        actor=w.deal.office, payment_id=w.last.pk, amount=w.last.amount, depositor="홍길동",
        received_date=today(),
    ).state,
    "undo": lambda w: payments.undo_confirmation(
        actor=w.deal.office, payment_id=w.first.pk, why="착오"
    ).state,
    "order": lambda w: orders.issue_purchase_order(campaign_id=w.key),
    "fail": CLEARED["fail"],
    "cancel orders": lambda w: orders.cancel_orders(campaign_id=w.key),
    "return money": lambda w: payments.return_money(campaign_id=w.key),
}  # fmt: skip
LATE: dict[str, Operation] = {
    "lapse": lambda w: payments.lapse_payments(campaign_id=w.key),
    "confirm": ASKED["confirm"],
    "undo": ASKED["undo"],
    "extend": lambda w: payments.extend_payment(
        actor=w.deal.office, payment_id=w.last.pk, last_day=today() + timedelta(days=9), why="x"
    ).state,
    "extend all": lambda w: payments.extend_payments(
        actor=w.deal.office, campaign_id=w.key, last_day=today() + timedelta(days=9), why="x"
    ),
    "order": ASKED["order"],
    "fail": ASKED["fail"],
}  # fmt: skip
SHORT: dict[str, Operation] = {
    "pay": decide("pay"),
    "word": decide("word"),
    "let fail": decide("fail"),
    "lapse": LATE["lapse"],
    "confirm": ASKED["confirm"],
    "order": ASKED["order"],
}
WORLDS: dict[str, tuple[Callable[[dict[str, Any]], World], dict[str, Operation]]] = {
    "open": (open_world, OPEN),
    "closing": (closing_world, CLOSING),
    "sourcing": (sourcing_world, SOURCING),
    "cleared": (cleared_world, CLEARED),
    "asked": (asked_world, ASKED),
    "late": (late_world, LATE),
    "short": (short_world, SHORT),
}


def answer(operation: Operation, world: World) -> object:
    """What an operation says: its result, or the code of its refusal, or that it broke."""
    try:
        return operation(world)
    except Refused as refusal:
        return f"refused: {refusal.code}"
    except Exception as failure:  # noqa: BLE001 - a failure is an answer that no serial run gives
        return f"broke: {type(failure).__name__}"


def at_once(
    world: World, first: Operation, second: Operation, monkeypatch: pytest.MonkeyPatch
) -> tuple[tuple[Any, ...], str]:
    """Run both, the first stopped at its lock; return answers and end state, and what the second
    did meanwhile: "waited" or "finished"."""
    at_lock, go_on, done = threading.Event(), threading.Event(), threading.Event()
    really, stopped = clock.now, threading.local()
    answers: dict[str, object] = {}
    second_pid: list[int] = []

    def now() -> Any:
        # Every operation reads the clock right after it has its lock.
        if getattr(stopped, "wanted", False):
            stopped.wanted = False
            at_lock.set()
            assert go_on.wait(20)
        return really()

    def run_first() -> None:
        stopped.wanted = True
        answers["first"] = answer(first, world)
        at_lock.set()

    def run_second() -> None:
        assert at_lock.wait(20)
        connection.ensure_connection()
        second_pid.append(connection.connection.info.backend_pid)
        answers["second"] = answer(second, world)
        done.set()

    def watch() -> None:
        assert at_lock.wait(20)
        while not done.is_set() and not (second_pid and waits_for_a_lock(second_pid[0])):
            time.sleep(0.002)
        answers["meanwhile"] = "finished" if done.is_set() else "waited"
        go_on.set()

    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", now)
        in_threads([run_first, run_second, watch])
    result = (answers["first"], answers["second"], world.end_state())
    return result, str(answers["meanwhile"])


def waits_for_a_lock(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = %s", [pid])
        row = cursor.fetchone()
    return row == ("Lock",)


@contextmanager
def undone(world: World) -> Iterator[None]:
    """What is done in a world is undone, when the database has agreed to all of it."""
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def differing(
    kind: str, names: Sequence[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], list[str]]:
    """Play the named pairs of a world; return those that end like no serial run, and what the
    second of each did while the first was stopped."""
    build, operations = WORLDS[kind]
    shared = {"host": CooperativeFactory(), "item": ItemFactory()}
    alone = build(shared)
    wrong, meanwhile = [], []

    @cache
    def in_turn(one: str, other: str) -> tuple[Any, ...]:
        # Always in the same world, which is as it was again afterwards: making one takes longer
        # than all that is done in it.
        with undone(alone):
            answers = [answer(operations[name], alone) for name in (one, other)]
            return (*answers, alone.end_state())

    for one, other in names:
        serial, (theirs, ours, end) = in_turn(one, other), in_turn(other, one)
        reverse = (ours, theirs, end)
        result, did = at_once(build(shared), operations[one], operations[other], monkeypatch)
        meanwhile.append(did)
        if result not in (serial, reverse):
            wrong.append(f"{one} and {other}: {result}; serial: {serial} or {reverse}")
    return wrong, meanwhile


@pytest.mark.parametrize("kind", WORLDS)
def test_any_two_at_once_end_as_one_after_the_other(db, kind: str, monkeypatch) -> None:
    pairs = list(product(WORLDS[kind][1], repeat=2))

    wrong, meanwhile = differing(kind, pairs, monkeypatch)

    assert wrong == []
    assert len(meanwhile) == len(pairs)
    # Somebody did wait for somebody, and where locks are shared nobody did.
    assert "waited" in meanwhile
    assert [str(breach) for breach in breaches()] == []


def test_joins_changes_and_withdrawals_of_different_firms_do_not_wait(db, monkeypatch) -> None:
    names = [("join", "change"), ("change", "withdraw"), ("withdraw", "join")]
    assert differing("open", names, monkeypatch) == ([], ["finished"] * 3)


@contextmanager
def no_locks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rows are read as ever, and nobody holds anything."""
    with monkeypatch.context() as patch:
        patch.setattr(joining, "lock_shared", lambda model, pk: model.objects.get(pk=pk))

        def locked(pk: Any) -> Campaign:
            return Campaign.objects.select_related("host", "item").get(pk=pk)

        patch.setattr(visibility, "locked", locked)
        patch.setattr(queries, "locked", locked)
        yield


def test_without_locks_pairs_end_like_no_serial_run(db, monkeypatch) -> None:
    with no_locks(monkeypatch):
        wrong, meanwhile = differing(
            "open", [("join", "close"), ("cancel", "close"), ("extend", "cancel")], monkeypatch
        )
        more, _ = differing("closing", [("clear", "clear")], monkeypatch)
    assert meanwhile == ["finished"] * 3
    assert len(wrong) + len(more) >= 2, "the control is green: the test cannot see a missing lock"
