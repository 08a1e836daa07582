"""From the close to the supplier's money while workers, the server and PostgreSQL are killed.

Firms are charged by a provider that is a process of its own and drops connections, tells of charges
late, or is not paid at all; what is not paid lapses, the clearing runs again, offices decide, agree
on refunds and pay suppliers, by their bank or by a transfer of the provider. In the end everybody
was charged once, everything that is owed went once, and the provider's lists are ours. The control
is a worker with a new key for every call.
"""

import os
import threading
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Sum
from tests.concurrency.harness import free_port, say, serving_command
from tests.crash.buying import Buy, campaigns
from tests.crash.chaos import Chaos, nothing_is_broken, patiently
from tests.crash.people import Everybody, back_of
from tests.simulated import Simulated

from mungchi.campaigns.models import Campaign, ClearingRun
from mungchi.orders.models import PurchaseOrder
from mungchi.payments.models import Attempt, LedgerLine, OpenItem, Payment, Payout, Refund
from mungchi.payments.providers.stripe.webhooks import EVENTS

pytestmark = [pytest.mark.processes]

NIGHT = bool(os.environ.get("MUNGCHI_NIGHT"))
CAMPAIGNS, FIRMS = (20, 250) if NIGHT else (4, 12)
SEEDS = range(int(os.environ.get("MUNGCHI_SEEDS", "20"))) if NIGHT else range(1)
RAGE_SECONDS = 300.0 if NIGHT else 14.0
# A person waits for a provider as well: of thousands one after the other nobody comes to an end.
# But whoever looks at twenty campaigns all the time takes the processors from those who charge.
PEOPLE, PAUSE_SECONDS = (5, 3.0) if NIGHT else (1, 0.2)
# Thousands of charges take workers that live some time (as a multiple of what they take to start),
# and a database that does (seconds): what is killed all the time does nothing.
LIVES = (4.0, 10.0) if NIGHT else (0.7, 3.0)
# Whose turn is drawn: of more workers each lives longer, and another goes on meanwhile.
WORKERS = 4 if NIGHT else 2
DATABASE_LIVES = (20.0, 36.0) if NIGHT else (3.0, 7.0)
LEAST_PROCESS_KILLS, LEAST_DATABASE_KILLS = (50, 9) if NIGHT else (5, 2)
CONVERGES_SECONDS = 120.0 if NIGHT else 60.0
# Which part of the campaigns may be on its way yet when the killing ends.
MOST_LEFT = 0.25 if NIGHT else 1.0
# What a call takes, so that some are under way when their worker dies.
CALL_SECONDS = 0.2
# One is felt by whoever calls when it comes three times, as the client tries thrice.
FAULTS = ("drop", "cut", "error_500", "error_503", "busy_429", "half")
CALLS = ("payment_intent_create", "payment_intent_confirm", "payment_intent_retrieve",
         "refund_create", "transfer_create", "*")  # fmt: skip


@dataclass
class Troubled(threading.Thread):
    """The provider has trouble now and then: it drops connections, or has acted and says 500."""

    simulator: Simulated
    random: Random
    faults: tuple[str, ...] = FAULTS
    calls: tuple[str, ...] = CALLS

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.enough = threading.Event()
        self.times = 0

    __hash__ = threading.Thread.__hash__

    def __enter__(self) -> "Troubled":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.enough.set()
        self.join(30)
        self.simulator.control("faults", clear=True)

    def run(self) -> None:
        """Trouble, and a while without."""
        while not self.enough.wait(self.random.uniform(0.3, 2)):
            self.simulator.fault(self.random.choice(self.faults), self.random.choice(self.calls),
                                 times=self.random.choice([1, 3, 6]))  # fmt: skip
            self.times += 1


def progress() -> str:
    """How far everything is, in words that change when something happens."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT concat_ws('; ', "
            "(SELECT string_agg(state, ' ' ORDER BY id) FROM campaigns_campaign), "
            "(SELECT 'payments ' || string_agg(DISTINCT state, ' ') FROM payments_payment), "
            "(SELECT 'refunds ' || string_agg(DISTINCT state, ' ') FROM payments_refund), "
            "(SELECT 'payouts ' || string_agg(DISTINCT state, ' ') FROM payments_payout))"
        )
        return str(cursor.fetchone()[0])


def killed_enough(chaos: Chaos) -> bool:
    """Often enough, the server too, and while money was on its way."""
    on_its_way = any("processing" in when for when in chaos.killed_at)
    often = chaos.process_kills >= LEAST_PROCESS_KILLS and chaos.server_kills > 0
    return on_its_way and often and chaos.database_kills >= LEAST_DATABASE_KILLS


def mostly_there(buys: list[Buy]) -> bool:
    """Whether so many of the campaigns have come to their end, and what is left to be charged is
    work for less than the time in which all is to be there."""
    on_their_way = sum(words.startswith("campaign ") for words in missing(buys))
    scheduled = Payment.objects.filter(state="scheduled").count()
    few = on_their_way <= MOST_LEFT * len(buys)
    return few and scheduled * 5 <= Payment.objects.count()


def missing(buys: list[Buy]) -> list[str]:
    """What has not come to its end yet, in words; nothing when all has."""
    states = dict(Campaign.objects.values_list("pk", "state"))
    ends = {buy.campaign: "failed" if buy.end == "fail" else "delivering" for buy in buys}
    wanted = [pk for pk, end in ends.items() if end != "failed"]
    paid_out = set(Payout.objects.filter(state="succeeded").values_list("campaign_id", flat=True))
    open_rows = {
        "payments": Payment.objects.exclude(
            state__in=["paid", "lapsed", "partially_refunded", "refunded"]
        ),
        "refunds": Refund.objects.exclude(state="succeeded"),
        "tries": Attempt.objects.exclude(state__in=["succeeded", "failed", "cancelled"]),
    }
    told = [f"campaign {states[pk]} in place of {end}" for pk, end in ends.items()
            if states[pk] != end]  # fmt: skip
    told += [f"{len(wanted) - len(paid_out)} payouts"] if paid_out != set(wanted) else []
    told += [f"{name} {Counter(rows.values_list('state', flat=True))}"
             for name, rows in open_rows.items() if rows.exists()]  # fmt: skip
    asked, firms = Payment.objects.count(), sum(len(buy.buyers) for buy in buys)
    return told + ([f"{asked} payments of {firms}"] if asked != firms else [])


def states_to_be(buy: Buy) -> dict[UUID, str]:
    """In which state each firm's payment is to end."""

    def of(firm: UUID) -> str:
        buyer = buy.buyers[firm]
        if not buyer.pays:
            return "lapsed"
        if buy.end == "fail" or buyer.back == 1000:
            return "refunded"
        return "partially_refunded" if buyer.back else "paid"

    return {firm: of(firm) for firm in buy.buyers}


def everybody_paid_once(buy: Buy, theirs: list[dict]) -> None:
    """Our payments and refunds of a campaign are as they were to be, and so are the provider's."""
    payments = list(Payment.objects.filter(order__campaign_id=buy.campaign))
    assert {one.firm_id: one.state for one in payments} == states_to_be(buy)
    for payment in payments:
        buyer = buy.buyers[payment.firm_id]
        assert payment.order.quantity == buyer.quantity
        back = Refund.objects.filter(payment=payment).aggregate(sum=Sum("amount"))["sum"] or 0
        agreed = back_of(payment, buyer.back) if buyer.back and buyer.pays else 0
        assert back == (payment.amount if buyer.pays and buy.end == "fail" else agreed)
        got = [one for one in theirs if one["metadata"]["payment"] == str(payment.pk)
               and one["status"] == "succeeded"]  # fmt: skip
        by_card = buyer.pays and payment.provider == "stripe"
        assert [one["amount"] for one in got] == ([payment.amount] if by_card else [])


def lists_are_alike(simulator: Simulated) -> None:
    """What the provider has, charges and refunds, is what we have: neither more nor less."""
    theirs = simulator.control("objects", kind="payment_intent")
    charges = {one["id"]: one["amount"] for one in theirs if one["status"] == "succeeded"}
    ours = Attempt.objects.filter(state="succeeded").values_list("external_id", "amount")
    assert charges == dict(ours)
    assert len(charges) == len(ours)
    refunds = [(one["id"], one["amount"], one["payment_intent"], one["status"])
               for one in simulator.control("objects", kind="refund")]  # fmt: skip
    sent = [
        (one.external_id, one.amount, Attempt.objects.get(payment=one.payment_id,
                                                          state="succeeded").external_id,
         one.state)
        for one in Refund.objects.filter(way="stripe")
    ]  # fmt: skip
    assert sorted(refunds) == sorted(sent)
    transfers = [(one["id"], one["amount"], one["destination"])
                 for one in simulator.control("objects", kind="transfer")]  # fmt: skip
    by_provider = Payout.objects.filter(way="stripe", state="succeeded")
    assert sorted(transfers) == sorted(
        by_provider.values_list("external_id", "amount", "payee__external_id")
    )


def the_books_are_even(simulator: Simulated) -> None:
    """Nobody is owed anything; what is at the provider and at the bank is what came and went."""
    rows = LedgerLine.objects.values_list("account").annotate(Sum("amount"))
    left = {account: amount for account, amount in rows if amount}
    assert sum(left.values()) == 0
    for nobody_is_owed in ("receivable", "refund_payable", "member_funds", "supplier_payable"):
        assert left.get(nobody_is_owed, 0) == 0, left
    balance = simulator.control("objects", kind="balance_transaction")
    assert left.get("provider_clearing", 0) == sum(one["net"] for one in balance)


@pytest.fixture
def hurried(simulator: Simulated, monkeypatch: pytest.MonkeyPatch) -> Simulated:
    """The simulator, for processes that read the list of events so often."""
    monkeypatch.setenv("POLL_SECONDS", "60" if NIGHT else "10")
    return simulator


def heard_by(simulator: Simulated, buys: list[Buy], port: int) -> None:
    """Let the provider tell each cooperative's address of what happens."""
    for host in {buy.story.host.pk for buy in buys}:
        known = simulator.credentials(str(host))
        simulator.control(
            "listen", url=f"http://127.0.0.1:{port}/api/v1/webhooks/stripe/{host}",
            secret=known.webhook_secret, key=known.secret_key, enabled_events=EVENTS,
        )  # fmt: skip


def begun(
    url: str, simulator: Simulated, seed: int, log: Path, worker: str, *, heard: bool = True
) -> tuple[list[Buy], Chaos]:
    """Campaigns that are about to close, and what will kill whatever works on them. `heard`: the
    provider tells of what happens by itself."""
    random, port = Random(seed), free_port()
    say(f"seed {seed}")
    buys = campaigns(simulator, random, CAMPAIGNS, FIRMS)
    simulator.control("latency", seconds=CALL_SECONDS)
    if heard:
        heard_by(simulator, buys, port)
    chaos = Chaos(url, random, worker, log, count=WORKERS, server=serving_command(port),
                  eager=0.15, process_lives=LIVES, database_lives=DATABASE_LIVES)  # fmt: skip
    return buys, chaos


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_any_moment_everybody_pays_once_and_is_paid_once(
    url: str, hurried: Simulated, seed: int, tmp_path: Path
) -> None:
    buys, chaos = begun(url, hurried, seed, tmp_path / "processes.log", "hurried_worker")
    apart = RAGE_SECONDS * 0.5 / CAMPAIGNS
    with chaos.running(), Everybody(buys, hurried, apart, PEOPLE, PAUSE_SECONDS) as people:
        raging = time.monotonic()
        with Troubled(hurried, Random(seed)) as trouble:
            enough = partial(mostly_there, buys)
            chaos.rage(RAGE_SECONDS, progress, lambda: killed_enough(chaos) and enough())
        raged = time.monotonic() - raging

        def how() -> str:
            return f"{progress()}: {missing(buys)}; {people.told} {people.errors}"

        took = chaos.converge(lambda: not missing(buys), CONVERGES_SECONDS, how)
        hurried.wait_for_webhooks(60)
    kills = f"{chaos.worker_kills} worker, {chaos.server_kills} server, {chaos.database_kills}"
    say(
        f"converged {took:.1f} s after {kills} database kills in {raged:.0f} s, {trouble.times} "
        f"troubles of the provider; people did {people.done} things and tried "
        f"{people.tried_again} again; {Counter(when.partition(';')[2] for when in chaos.killed_at)}"
    )
    assert killed_enough(chaos)
    assert trouble.times > 0
    theirs = hurried.control("objects", kind="payment_intent")
    for buy in buys:
        everybody_paid_once(buy, theirs)
    assert hurried.state()["twice"] == []
    lists_are_alike(hurried)
    the_books_are_even(hurried)
    assert list(OpenItem.objects.values_list("kind", flat=True)) == []
    assert ClearingRun.objects.filter(reason="lapse").count() > 0
    ways = Counter(Payout.objects.filter(state="succeeded").values_list("way", flat=True))
    say(f"payouts {ways}, {Payout.objects.filter(state='failed').count()} failed before")
    assert min(ways["stripe"], ways["bank_transfer"]) > 0
    orders = PurchaseOrder.objects.values_list("campaign_id", "total")
    assert {pk for pk, _ in orders} == {buy.campaign for buy in buys if buy.end != "fail"}
    nothing_is_broken(url, grace=60)


def test_a_worker_with_a_key_for_every_call_charges_firms_twice(
    url: str, hurried: Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever hears of a charge otherwise does not ask for it a second time.
    monkeypatch.setenv("POLL_SECONDS", "3600")
    buys, chaos = begun(url, hurried, 0, tmp_path / "processes.log", "careless_charger",
                        heard=False)  # fmt: skip

    def twice() -> int:
        return len(hurried.state()["twice"])

    trouble = Troubled(hurried, Random(0), ("drop", "cut"), ("payment_intent_create",))
    with chaos.running(), Everybody(buys, hurried, 0.5), trouble:
        chaos.rage(RAGE_SECONDS, progress, lambda: twice() > 0)
    assert chaos.process_kills > 0
    say(f"{twice()} firms charged twice")
    assert twice() > 0, chaos.log.read_text()[-3000:]
    with pytest.raises(AssertionError):
        patiently(lambda: lists_are_alike(hurried))
