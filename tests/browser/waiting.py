"""Waiting for what the worker does by itself."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 60.0


def until(found: Callable[[], bool], what: str) -> None:
    """Wait until the worker has done something; fail with `what` is missing after a minute."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not found():
        assert time.monotonic() < end, what
        time.sleep(0.2)
