"""Work pulled by the pipeline, and the jobs that bring in purchases and lists of needs."""

from uuid import UUID

from procrastinate.contrib.django import app

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.demand import operations, queries
from mungchi.demand.operations.imports import IMPORT_QUEUE, IMPORT_TASK, resume_lost_imports
from mungchi.demand.operations.need_lists import (
    TAKE_QUEUE,
    TAKE_TASK,
    resume_lost_need_lists,
)

# A run reads so many cooperatives, so that it does not keep orders and e-mails waiting.
READ_PER_RUN = 5
PLANNED_PER_RUN = 500


def expire_needs() -> int:
    """Close needs whose day is over."""
    return operations.expire_needs(at=clock.now())


def state_planned_needs() -> int:
    """State the needs that come back, in time before their day."""
    at = clock.now()
    due = queries.due_plans(at, PLANNED_PER_RUN)
    return work_through(due, lambda pk: operations.state_planned(plan_id=pk, at=at))


def resume_imports() -> int:
    """Queue imports and lists of needs again whose job was lost."""
    return resume_lost_imports(at=clock.now()) + resume_lost_need_lists()


def read_histories() -> int:
    """Read purchases again: after an import, and every night."""
    at = clock.now()
    due = queries.due_readings(at, READ_PER_RUN)
    return work_through(due, lambda pk: operations.read_history(cooperative_id=pk, at=at))


@app.task(name=IMPORT_TASK, queue=IMPORT_QUEUE)
def bring_in_purchases(import_id: str) -> None:
    """Run one import to its end."""
    operations.run_import(import_id=UUID(import_id))


@app.task(name=TAKE_TASK, queue=TAKE_QUEUE)
def state_list(list_id: str) -> None:
    """Take one list of needs to its end."""
    operations.take_need_list(list_id=UUID(list_id))
