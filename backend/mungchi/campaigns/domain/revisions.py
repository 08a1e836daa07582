"""What changed between two versions of an offer's terms. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# In the order in which they are told.
TERMS: Final = (
    "tiers", "differences", "pack_size", "capacity", "lead_time_days", "delivery_cost",
    "valid_until", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One term, as it was and as it is in this version. Of a ladder, only tiers that differ."""

    term: str
    before: Any
    after: Any


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], terms: Sequence[str] = TERMS
) -> list[Change]:
    """What differs, in the order of the terms. `tiers` are lists of [from quantity, unit price]."""
    found = []
    for term in terms:
        was, now = before[term], after[term]
        if was == now:
            continue
        if term == "tiers":
            was, now = _only_in(was, now), _only_in(now, was)
        found.append(Change(term, was, now))
    return found


def _only_in(tiers: Sequence[Sequence[Any]], other: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    there = {tuple(tier) for tier in other}
    return [tier for tier in tiers if tuple(tier) not in there]
