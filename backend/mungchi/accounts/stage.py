"""Work pulled by the pipeline: partnerships whose notice has run out."""

from mungchi.accounts import operations, queries
from mungchi.common import clock
from mungchi.common.jobs import work_through


def end_partnerships() -> int:
    """End the partnerships whose last day is over; return how many."""
    return work_through(
        queries.partnerships_over(clock.now()),
        lambda pk: operations.close_partnership(partnership_id=pk),
    )
