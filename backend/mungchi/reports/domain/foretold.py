"""What to say about foretelling a history: one line a month, and the figures of all. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from mungchi.demand.domain.measuring import Measures, Walked, measure

HEADING = (
    "month     items foretold (before) bought  precision       recall          f1              wape"
)


def table_of(walked: Sequence[Walked]) -> Iterable[str]:
    """A heading and a line for each month: foretold, and in brackets "same as last month"."""
    yield HEADING
    for each in walked:
        told = measure([(each.foretold, each.bought)])
        before = measure([(each.as_before, each.bought)])
        year, number = each.month
        yield (
            f"{year}-{number:02d} {len(each.foretold):16,d} {f'({len(each.as_before):,d})':>8}"
            f" {len(each.bought):6,d}  {_beside(told, before)}"
        )


def _beside(told: Measures, before: Measures) -> str:
    pairs = (
        (told.precision, before.precision), (told.recall, before.recall), (told.f1, before.f1),
        (told.wape, before.wape),
    )  # fmt: skip
    return "  ".join(f"{one:.4f} ({other:.4f})"[:15].ljust(14) for one, other in pairs).rstrip()


def figures_of(walked: Sequence[Walked]) -> dict[str, Any]:
    """The measures of all months, and beside them those of "same as last month"."""
    told = measure((each.foretold, each.bought) for each in walked)
    before = measure((each.as_before, each.bought) for each in walked)
    return {**told.as_json(), "baseline": before.as_json()}
