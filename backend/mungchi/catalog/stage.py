"""The job that looks for items that may be one."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from mungchi.catalog import operations, queries
from mungchi.common import clock
from mungchi.common.jobs import PIPELINE_QUEUE, defer

COMPARE_TASK = "mungchi.catalog.compare"
# After so many batches the job makes room for others and comes back.
BATCHES = 10


def wake_comparing() -> int:
    """Ask for the job when there are names that are new; it counts as nothing done."""
    if queries.is_something_uncompared():
        _ask()
    return 0


def _ask() -> None:
    defer(COMPARE_TASK, queue=PIPELINE_QUEUE, lock="compare items", queueing_lock="compare items")


@app.task(name=COMPARE_TASK, queue=PIPELINE_QUEUE, pass_context=True)
def compare(context: JobContext) -> None:
    """Compare in batches until nothing is left, or the worker is to stop."""
    for _ in range(BATCHES):
        if not operations.compare_items(at=clock.now()):
            return
        if context.should_abort():
            return
    _ask()
