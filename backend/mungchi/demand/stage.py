"""Work pulled by the pipeline, and the job that brings in a purchase history."""

from uuid import UUID

from procrastinate.contrib.django import app

from mungchi.common import clock
from mungchi.demand import operations
from mungchi.demand.operations.imports import IMPORT_QUEUE, IMPORT_TASK, resume_lost_imports


def expire_needs() -> int:
    """Close needs whose day is over."""
    return operations.expire_needs(at=clock.now())


def resume_imports() -> int:
    """Queue imports again whose job was lost."""
    return resume_lost_imports(at=clock.now())


@app.task(name=IMPORT_TASK, queue=IMPORT_QUEUE)
def bring_in_purchases(import_id: str) -> None:
    """Run one import to its end."""
    operations.run_import(import_id=UUID(import_id))
