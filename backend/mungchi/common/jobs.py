"""Waking the pipeline: one job, in the transaction that made it necessary."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import close_old_connections, connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from mungchi.common import clock

PIPELINE_TASK = "mungchi.pipeline.run"
PIPELINE_QUEUE = "pipeline"
MAIL_TASK = "mungchi.pipeline.mail"
CHARGE_TASK = "mungchi.pipeline.charge"
PROVIDERS_TASK = "mungchi.pipeline.providers"

logger = logging.getLogger("mungchi.jobs")
T = TypeVar("T")


def manager() -> JobManager:
    """Procrastinate on Django's own connection, and so in the present transaction.

    Not `procrastinate.contrib.django.app`: within a worker that is switched to a pool of
    connections of its own, where a job would be visible before, and even without, the commit of
    the transaction that made it necessary.
    """
    return JobManager(DjangoConnector())


def defer(
    task: str,
    *,
    queue: str,
    lock: str | None = None,
    queueing_lock: str | None = None,
    at: datetime | None = None,
    **arguments: object,
) -> bool:
    """Put a job in the queue in the present transaction; it vanishes if this transaction does.

    Jobs with the same `lock` run one after the other. With a `queueing_lock`, a job that is
    already waiting is enough: returns False then.
    """
    job = Job(
        id=None,
        queue=queue,
        lock=lock,
        queueing_lock=queueing_lock,
        task_name=task,
        task_kwargs=arguments,  # type: ignore[arg-type]
        scheduled_at=at,
    )
    if queueing_lock is not None and _waits(queueing_lock):
        return False
    try:
        # A conflict on the queueing lock aborts what encloses it; hence the savepoint.
        with transaction.atomic():
            manager().defer_job(job)
    except AlreadyEnqueued:
        return False
    return True


def _waits(queueing_lock: str) -> bool:
    """Whether a job with this lock waits to be done. Asking saves an error in the server's log for
    each of the many who wake the same job; two at once are told apart by the lock itself. The job
    may begin before this transaction commits, and see nothing of it: then the sweep finds it."""
    waiting = ProcrastinateJob.objects.filter(queueing_lock=queueing_lock, status="todo")
    return waiting.exists()


def wake_pipeline(*, at: datetime | None = None) -> None:
    """Ask for one run of all stages, now or at `at`.

    A lost one costs a delay, not the work: the sweep runs anyway. A run for later carries no lock:
    the queue keeps jobs with the same lock in the order of their making, even those that are not
    due yet, so that one deadline in two weeks would hold up everything until then.
    """
    if at is None:
        defer(PIPELINE_TASK, queue=PIPELINE_QUEUE, lock="pipeline", queueing_lock="pipeline")
    else:
        name = f"pipeline at {at:%Y-%m-%dT%H:%M:%S.%f}"
        defer(PIPELINE_TASK, queue=PIPELINE_QUEUE, queueing_lock=name, at=at)


def wake_mail() -> None:
    """Ask for one run of the stages that send; one at a time, beside the pipeline."""
    defer(MAIL_TASK, queue=PIPELINE_QUEUE, lock="mail", queueing_lock="mail")


def wake_charging() -> None:
    """Ask for one run of the stages that ask payment providers; one at a time, beside the pipeline.

    A lost one costs a delay: the sweep asks for one too.
    """
    defer(CHARGE_TASK, queue=PIPELINE_QUEUE, lock="charging", queueing_lock="charging")


def wake_providers() -> None:
    """Ask for one run of what else is asked of providers; one at a time. The sweep does."""
    defer(PROVIDERS_TASK, queue=PIPELINE_QUEUE, lock="providers", queueing_lock="providers")


def living_arguments(task: str, name: str) -> set[str]:
    """What the jobs of a task that wait or run were given as `name`: what they are about."""
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=["todo", "doing"])
    return set(jobs.values_list(f"args__{name}", flat=True))


def requeue_stalled_jobs() -> int:
    """Put back jobs whose worker has not been heard from for STALLED_JOB_SECONDS.

    A worker killed hard leaves its job marked as being done for ever, and with it the job's lock;
    jobs may run twice, so every task is written to bear it. Where an equal job is waiting already
    (same queueing lock) the stalled one is dropped. Returns how many were put back or dropped.
    """
    jobs = manager()
    stalled = async_to_sync(jobs.get_stalled_jobs)(
        seconds_since_heartbeat=settings.STALLED_JOB_SECONDS
    )
    done = 0
    for job in stalled:
        if job.id is None:
            continue
        logger.warning("putting back job %s (%s) of a lost worker", job.id, job.task_name)
        try:
            with transaction.atomic():
                jobs.retry_job_by_id(job.id, retry_at=clock.now())
        except UniqueViolation:
            async_to_sync(jobs.finish_job)(job, Status.ABORTED, delete_job=False)
        except ConnectorException:
            continue  # its worker has ended it, or another one has put it back, meanwhile
        done += 1
    return done


def forget_finished_jobs(*, hours: int = 24) -> None:
    """Delete jobs that ended more than `hours` ago: the queue stays small."""
    async_to_sync(manager().delete_old_jobs)(
        nb_hours=hours, include_failed=True, include_cancelled=True, include_aborted=True
    )


def work_through(rows: Iterable[T], work: Callable[[T], int]) -> int:
    """Do `work` on each row, each in transactions of its own; return the sum of what it did.

    One row on which it fails is logged and left for the next run, so that it cannot hold up the
    others behind it.
    """
    done = 0
    for row in rows:
        try:
            done += work(row)
        except Exception:
            logger.exception("left for the next run: %s", row)
            if not connection.in_atomic_block:
                close_old_connections()
    return done
