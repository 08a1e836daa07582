"""Asking again for what may have happened already."""

from collections.abc import Callable
from typing import TypeVar

from mungchi.payments.providers.facts import ProviderFailed

Fact = TypeVar("Fact")


def find_or_ask(find: Callable[[], Fact | None], ask: Callable[[], Fact]) -> Fact:
    """Return what is there already, by a provider's lists; else ask again, under the same key.

    A provider may keep a failure of its own with the key and answer it again for a day, although it
    had acted: so its lists come first, and are read once more after such an answer. Raises what
    `ask` does; ProviderFailed: the call is over, and nothing of it is in the lists.
    """
    found = find()
    if found is not None:
        return found
    try:
        return ask()
    except ProviderFailed:
        found = find()
        if found is None:
            raise
        return found
