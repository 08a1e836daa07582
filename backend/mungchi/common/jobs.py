"""Waking the pipeline: one job, in the transaction that made it necessary."""

from datetime import datetime

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

PIPELINE_TASK = "mungchi.pipeline.run"
PIPELINE_QUEUE = "pipeline"


def wake_pipeline(*, at: datetime | None = None) -> None:
    """Ask for one run of all stages, now or at `at`; it vanishes if this transaction does.

    A run that is already waiting is enough. A lost one costs a delay: the sweep runs anyway.
    """
    lock = "pipeline" if at is None else f"pipeline at {at:%Y-%m-%dT%H:%M:%S}"
    deferrer = app.configure_task(
        PIPELINE_TASK, queue=PIPELINE_QUEUE, queueing_lock=lock, schedule_at=at
    )
    try:
        # A conflict on the queueing lock aborts what encloses it; hence the savepoint.
        with transaction.atomic():
            deferrer.defer()
    except AlreadyEnqueued:
        return


def requeue_stalled_jobs() -> int:
    """Put back jobs whose worker has not been heard from for STALLED_JOB_SECONDS.

    A worker killed hard leaves its job marked as being done for ever; jobs may run twice, so every
    task is written to bear it. Returns how many were put back.
    """
    manager = app.job_manager
    stalled = list(
        async_to_sync(manager.get_stalled_jobs)(
            seconds_since_heartbeat=settings.STALLED_JOB_SECONDS
        )
    )
    for job in stalled:
        async_to_sync(manager.retry_job)(job)
    return len(stalled)
