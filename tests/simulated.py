"""The payment simulator in tests: one process for each worker of pytest, empty for every test.

    def test_...(simulator): simulator.control("faults", fault="timeout", times=3)

`conftest.py` brings the fixture to every test. While it is used, settings.STRIPE_API_BASE and the
environment (for processes that a test starts) name the simulator, and answers are waited for
`SECONDS` at most.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings

from devtools.places import BACKEND
from mungchi.payments.providers.facts import Credentials

SECONDS = 2
START_SECONDS = 30.0


class ControlRefused(Exception):
    """The simulator did not do what a test asked; the message says why."""


class Simulated:
    """A simulator that runs, and what a test may ask of it (see devtools.simulator.control)."""

    def __init__(self, base: str, process: int) -> None:
        self.base = base
        self.process = process

    def control(self, verb: str, **asked: Any) -> Any:
        """Ask something of the simulator; return its answer. Raises ControlRefused."""
        request = urllib.request.Request(
            f"{self.base}/_control/{verb}", json.dumps(asked).encode(), method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise ControlRefused(error.read().decode()) from error

    def credentials(self, name: str = "office") -> Credentials:
        """The credentials of an account of its own for each name."""
        return Credentials(f"sk_test_{name}", f"whsec_{name}", live=False)

    def card(self, card: str = "visa", name: str = "office", **asked: Any) -> tuple[str, str]:
        """A customer with this saved card, as Checkout leaves them: their ids."""
        made = self.control("card", key=f"sk_test_{name}", card=card, **asked)
        return made["customer_id"], made["method_id"]

    def fault(self, fault: str, operation: str = "*", **asked: Any) -> None:
        """The next `times` calls go wrong; three are felt by the caller, fewer are tried again."""
        self.control("faults", fault=fault, operation=operation, **{"times": 3, **asked})

    def state(self, by: str = "payment") -> dict[str, Any]:
        """What there is, counted."""
        state: dict[str, Any] = self.control("state", by=by)
        return state

    def wait_for_webhooks(self, seconds: float = 20.0) -> None:
        """Return when no event is under way any more."""
        end = time.monotonic() + seconds
        while self.state()["webhooks"]["under_way"]:
            assert time.monotonic() < end, "events are still under way"
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def start_simulator(*arguments: str, port: int | None = None) -> subprocess.Popen[bytes]:
    """Start a simulator on a free port, or this; whoever asks ends it. Its port is `.args[3]`."""
    command = [sys.executable, "-m", "devtools.simulator", str(port or _free_port()), *arguments]
    process = subprocess.Popen(command, cwd=BACKEND, env={**os.environ, "PYTHONPATH": "."})
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{command[3]}/", timeout=5):
                return process
        except OSError:
            assert process.poll() is None, "the simulator ended"
            assert time.monotonic() < end, "the simulator does not answer"
            time.sleep(0.05)


@pytest.fixture(scope="session")
def simulator_process() -> Iterator[Simulated]:
    """One simulator for all tests of this process."""
    process = start_simulator()
    arguments: Any = process.args
    yield Simulated(f"http://127.0.0.1:{arguments[3]}", process.pid)
    process.terminate()
    process.wait(20)


@pytest.fixture
def simulator(
    simulator_process: Simulated, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Simulated:
    """The simulator, emptied; everything that asks Stripe asks it."""
    simulator_process.control("reset")
    settings.STRIPE_API_BASE = simulator_process.base
    settings.STRIPE_TIMEOUT = SECONDS
    monkeypatch.setenv("STRIPE_API_BASE", simulator_process.base)
    monkeypatch.setenv("STRIPE_TIMEOUT", str(SECONDS))
    return simulator_process


def new_key(purpose: str = "test") -> str:
    """An idempotency key that nothing else uses."""
    return f"{purpose}:{secrets.token_hex(8)}"
