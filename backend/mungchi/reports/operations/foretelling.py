"""How well next month would have been foretold, all along a purchase history.

The file is imported as an office would import it; what is foretold and how is the product's own
function (demand.domain.foretelling).
"""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from mungchi.demand.domain.measuring import Walked, walk
from mungchi.demand.queries import lines_of_import
from mungchi.reports.operations.replaying import bring_in, set_up


def foretell_history(
    *,
    stream: BinaryIO,
    filename: str,
    currency: str,
    mapping: Mapping[str, str],
    report: Callable[[str, int, int], None],
) -> list[Walked]:
    """Import a purchase history; return each month from the fifth on, told from those before it.

    Arguments, needs and errors as those of replay_history.
    """
    report("import", 0, 1)
    history = bring_in(set_up(currency), stream, filename, mapping)
    report("import", 1, 1)
    lines = lines_of_import(history)
    walked: list[Walked] = []
    for month in walk(lines):
        walked.append(month)
        report("months", len(walked), len(walked))
    return walked
