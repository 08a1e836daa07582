"""The control's worker: it makes a new key for every time it asks a provider for a charge.

So does code that takes a key for something that a call has, and not for something that is owed.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.crash import hurried_worker

from mungchi.payments.models import Attempt
from mungchi.payments.operations import charging

really = charging.call_of


def carelessly(attempt: Attempt, *more: object) -> object:
    """What a try asks, under a key of this time."""
    attempt.key = f"{attempt.key}:{attempt.asked}"
    return really(attempt, *more)


charging.call_of = carelessly

main = hurried_worker.main
