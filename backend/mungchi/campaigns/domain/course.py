"""How commitments came together over time, and how much of that may be told to whom. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mungchi.campaigns.domain.ladder import gives_away


@dataclass(frozen=True, slots=True)
class Slot:
    """What changed in one stretch of time.

    `quantity` and `firms`: by how much the total and the number of firms grew or shrank; `known`:
    the same of the firms whose lines the reader knows. `others`: which of the rest changed, two of
    them at most (by any key).
    """

    until: datetime
    quantity: int
    firms: int
    known: int
    others: frozenset[str]


@dataclass(frozen=True, slots=True)
class Point:
    """The total of the active commitments at a time, and of how many firms it is."""

    at: datetime
    quantity: int
    firms: int


def course(
    slots: Sequence[Slot], *, whole: bool, apart: frozenset[str] = frozenset()
) -> list[Point]:
    """Return the points in time that the reader may be told, in order.

    `whole`: the host's office, which is told all. To others no total that would give one other firm
    away, and no two totals between which just one other firm changed: subtracting one from the
    other would tell its quantity. The last total is told on the page as well, so what is left out
    is what comes before it. `apart`: who is in the last total here and not in that of the page,
    because it has to answer a changed offer (others than the reader knows, two of them at most).
    """
    points: list[tuple[Point, int]] = []
    quantity = firms = known = 0
    for slot in slots:
        quantity, firms, known = (
            quantity + slot.quantity, firms + slot.firms, known + slot.known
        )  # fmt: skip
        points.append((Point(slot.until, quantity, firms), known))
    if whole:
        return [point for point, _ in points]
    told: list[Point] = []
    # Who changed between this point and the next one that is told.
    between: set[str] = set(apart)
    for (point, inside), slot in zip(reversed(points), reversed(slots), strict=True):
        if ((not told and not apart) or len(between) != 1) and not gives_away(point.firms, inside):
            told.append(point)
            between = set()
        between |= slot.others
    return told[::-1]
