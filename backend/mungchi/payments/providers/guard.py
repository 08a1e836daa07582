"""No provider is called inside a transaction: a call may take seconds, and locks would wait for it.

Whoever asks a provider gets it by `online`, and so with this guard around every call.
"""

from typing import Any

from django.db import connection

# What asks nothing over the network and may be called anywhere.
_HERE = frozenset({"charge_parameters", "verify_webhook", "name", "capabilities"})


class CalledInTransaction(RuntimeError):
    """A provider was about to be called while a transaction is open; a mistake of ours."""


def refuse_in_transaction() -> None:
    """Raise CalledInTransaction while this thread's connection has a transaction open.

    The one that a test wraps around itself does not count: it stands for none of ours.
    """
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise CalledInTransaction


class Guarded:
    """A provider whose calls are refused inside transactions; otherwise it is the provider."""

    def __init__(self, provider: Any) -> None:
        self._provider = provider

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._provider, name)
        if name in _HERE or not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            refuse_in_transaction()
            return found(*args, **kwargs)

        return call
