"""Which firms do not want their office to turn to them of its own accord.

The wish is kept by the app that turns to members, above those that ask them something too. It says
here who has it, when it is ready.
"""

from collections.abc import Callable, Collection
from typing import Final
from uuid import UUID

Source = Callable[[UUID, Collection[UUID]], set[UUID]]

SOURCES: Final[list[Source]] = []


def left_alone(cooperative_id: UUID, firm_ids: Collection[UUID]) -> set[UUID]:
    """Those of these firms that have asked the cooperative to leave them alone: one query."""
    if not firm_ids:
        return set()
    return set().union(*(source(cooperative_id, firm_ids) for source in SOURCES))
