"""How fast the adapter charges at a provider that takes its time: the floor of every charging.

.venv/bin/python tests/simulator/load.py [CHARGES] [AT_ONCE] [SECONDS_EACH]
"""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT)]


def say(line: str) -> None:
    """Print a line."""
    print(line, flush=True)  # noqa: T201


def main(charges: int = 5_000, at_once: int = 50, seconds: float = 0.3) -> int:
    """Charge, and say how long it took; 1 when anything was charged twice or not at all."""
    # Nothing is asked of it: the adapter knows no database.
    os.environ.setdefault("DATABASE_URL", "postgresql://nowhere/none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    import psutil
    from django.conf import settings
    from tests.simulated import Simulated, start_simulator

    from mungchi.payments.providers import STRIPE

    process = start_simulator()
    simulator = Simulated(f"http://127.0.0.1:{process.args[3]}", process.pid)  # type: ignore[index]
    settings.STRIPE_API_BASE = simulator.base
    try:
        office, (customer, method) = simulator.credentials(), simulator.card()
        simulator.control("latency", seconds=seconds)

        def charge(number: int) -> str:
            sent = STRIPE.charge_parameters(
                amount=10_000,
                currency="KRW",
                customer_id=customer,
                method_id=method,
                description="order",
                metadata={"payment": str(number)},
            )
            return STRIPE.charge(office, key=f"pay:{number}", parameters=sent).state

        begun, spent = time.monotonic(), time.process_time()
        with ThreadPoolExecutor(at_once) as pool:
            states = set(pool.map(charge, range(charges)))
        took, spent = time.monotonic() - begun, time.process_time() - spent
        state = simulator.state()
        memory = psutil.Process(process.pid).memory_info().rss // 2**20
        say(f"{charges} charges, {at_once} at once, {seconds} s each: {took:.1f} s")
        say(f"CPU of the client {spent:.1f} s; memory of the simulator {memory} MB")
        say(f"{states}, {len(state['charged'])} obligations, twice: {state['twice']}")
        return int(states != {"succeeded"} or len(state["charged"]) != charges)
    finally:
        process.terminate()
        process.wait(20)


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(*(float(each) if "." in each else int(each) for each in given)))  # type: ignore[arg-type]
