"""Work pulled by the pipeline, and the job that brings in a purchase history."""

from uuid import UUID

from procrastinate.contrib.django import app

from mungchi.common import clock
from mungchi.common.jobs import work_through
from mungchi.demand import operations, queries
from mungchi.demand.operations.imports import IMPORT_QUEUE, IMPORT_TASK, resume_lost_imports

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
    """Queue imports again whose job was lost."""
    return resume_lost_imports(at=clock.now())


def read_histories() -> int:
    """Read purchases again: after an import, and every night."""
    at = clock.now()
    due = queries.due_readings(at, READ_PER_RUN)
    return work_through(due, lambda pk: operations.read_history(cooperative_id=pk, at=at))


@app.task(name=IMPORT_TASK, queue=IMPORT_QUEUE)
def bring_in_purchases(import_id: str) -> None:
    """Run one import to its end."""
    operations.run_import(import_id=UUID(import_id))
