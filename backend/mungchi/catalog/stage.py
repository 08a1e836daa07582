"""The job that looks for items that may be one."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from mungchi.catalog import operations, queries
from mungchi.common import clock
from mungchi.common.jobs import PIPELINE_QUEUE, defer

COMPARE_TASK = "mungchi.catalog.compare"


def wake_comparing() -> int:
    """Ask for the job when there are names that are new; it counts as nothing done."""
    if queries.is_something_uncompared():
        defer(COMPARE_TASK, queue=PIPELINE_QUEUE, lock="compare items",
              queueing_lock="compare items")  # fmt: skip
    return 0


@app.task(name=COMPARE_TASK, queue=PIPELINE_QUEUE, pass_context=True)
def compare(context: JobContext) -> None:
    """Compare all names that are new, unless the worker is to stop: then the next run goes on."""
    operations.compare_items(at=clock.now(), stop=context.should_abort)
