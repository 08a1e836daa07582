"""Charging the firms of one campaign by a provider that takes its time for every call."""

import time
from collections.abc import Iterator

from django.db import connection
from django.test.utils import override_settings
from tests.factories.charging import apply_events, charge_saved_methods, crowded
from tests.simulated import Simulated, start_simulator

from bench.figures import Figure, at_most
from mungchi.payments import stage
from mungchi.payments.models import Payment, ProviderEvent

SECONDS_A_CALL = 0.3
MOST_SECONDS = 300.0
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"


def measure(count: int) -> Iterator[Figure]:
    """Yield how long it takes until all are charged, and how often each was."""
    process = start_simulator()
    try:
        simulator = Simulated(f"http://127.0.0.1:{process.args[3]}", process.pid)
        with override_settings(STRIPE_API_BASE=simulator.base, STRIPE_TIMEOUT=20):
            deal = crowded(count, "visa", simulator=simulator)
            simulator.control("latency", seconds=SECONDS_A_CALL)
            begun, busy = time.perf_counter(), time.process_time()
            calls = charge_saved_methods()
            seconds, busy = time.perf_counter() - begun, time.process_time() - busy
            before, begun = simulator.state()["calls"], time.perf_counter()
            stage.read_events()
            apply_events()
            telling = time.perf_counter() - begun
            simulator.control("latency", seconds=0)
            money = simulator.state()
            asked = sum(money["calls"].values()) - sum(before.values())
    finally:
        process.terminate()
        process.wait(20)
    paid = Payment.objects.filter(order__campaign=deal.campaign, state="paid").count()
    assert paid == calls == count, (paid, calls)
    assert sum(each["succeeded"] for each in money["charged"].values()) == count
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
        (connections,) = cursor.fetchone()
    named = f"{count:,} saved methods charged, {SECONDS_A_CALL * 1000:.0f} ms a call"
    yield at_most(named, seconds, "s", MOST_SECONDS)
    yield Figure("charges a second", count / seconds, "/s")
    yield Figure("of which the worker computed", busy, "s")
    told = ProviderEvent.objects.count()
    assert told > count
    assert not ProviderEvent.objects.exclude(state__in=["applied", "ignored"]).exists()
    yield Figure(f"what was told of them, {told:,} events: read and applied", telling, "s")
    yield Figure("calls that this took", asked, "")
    yield at_most("firms charged more than once", len(money["twice"]), "", 0)
    yield Figure("calls under way at once", money["busiest"], "")
    yield Figure("database connections that the worker holds", connections, "")
