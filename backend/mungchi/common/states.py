"""State machines as data. Pure; the database holds the same table and refuses all else."""

from collections.abc import Mapping
from dataclasses import dataclass

from mungchi.common.text import Text


@dataclass(frozen=True)
class Machine:
    """A named table of transitions: state -> the states it may go to. The first is where it starts.

    `name` is what the trigger on the table is given (see common.triggers.declare_machine).
    `labels`: what people read for each state.
    """

    name: str
    start: tuple[str, ...]
    moves: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, Text]

    def allows(self, before: str, after: str) -> bool:
        """Whether a row may go from `before` to `after`."""
        return after in self.moves.get(before, ())

    def states(self) -> set[str]:
        """All states that it has."""
        return {after for _, after in self.pairs()}

    def pairs(self) -> set[tuple[str, str]]:
        """All declared (from, to); from is "" for the states in which a row may be born."""
        return {("", state) for state in self.start} | {
            (before, after) for before, afters in self.moves.items() for after in afters
        }
