"""The pipeline: its stages, its jobs, and a worker that is killed in the middle."""

import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.committing import committing, environment
from tests.factories.orders import Deal

from mungchi import pipeline
from mungchi.common import clock, jobs
from mungchi.common.models import WorkerHeartbeat
from mungchi.orders.models import Order

__all__ = ["committing"]
MANAGE = Path(__file__).resolve().parent.parent / "backend" / "manage.py"


@pytest.mark.django_db
def test_one_failing_stage_does_not_stop_the_others(monkeypatch):
    deal = Deal().settling()
    stages = dict(pipeline.STAGES)

    def broken():
        raise RuntimeError("planted")

    planted = [(name, broken if name == "close due campaigns" else stage)
               for name, stage in stages.items()]  # fmt: skip
    monkeypatch.setattr(pipeline, "STAGES", tuple(planted))
    done = pipeline.run_stages()
    assert done["close due campaigns"] == 0
    assert done["place orders"] == 3
    assert len(deal.payments()) == 3


@pytest.mark.django_db
def test_one_broken_campaign_does_not_hold_up_the_others(monkeypatch):
    first, second = Deal().settling(), Deal().settling()
    from mungchi.orders import operations, stage

    real = operations.place_orders

    def broken_for_one(*, campaign_id):
        if campaign_id == first.campaign.pk:
            raise RuntimeError("planted")
        return real(campaign_id=campaign_id)

    monkeypatch.setattr(operations, "place_orders", broken_for_one)
    assert stage.place_orders() == 3
    assert (len(first.orders()), len(second.orders())) == (0, 3)


@pytest.mark.django_db
def test_a_worker_being_stopped_leaves_the_rest_to_the_next_run():
    deal = Deal().settling()
    asked = iter([False] * 5)
    done = pipeline.run_stages(stop=lambda: next(asked, True))
    assert len(done) == 5
    assert deal.orders() == []


@pytest.mark.django_db
def test_from_settling_to_asked_in_one_run_of_the_stages():
    deal = Deal().settling()
    pipeline.run_stages()
    assert len(deal.payments()) == 3


@pytest.mark.django_db
def test_waking_twice_is_one_job_and_rolls_back_with_its_transaction():
    with transaction.atomic():
        jobs.wake_pipeline()
        transaction.set_rollback(True)
    assert not _waiting("pipeline")
    jobs.wake_pipeline()
    jobs.wake_pipeline()
    assert len(_waiting("pipeline")) == 1


@pytest.mark.django_db
def test_a_run_for_a_later_deadline_does_not_hold_up_one_for_now():
    """The queue keeps jobs of one lock in order, also those that are not due; so it has none."""
    jobs.wake_pipeline(at=clock.now() + timedelta(days=14))
    jobs.wake_pipeline()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        (fetched,) = cursor.fetchone()
    assert ProcrastinateJob.objects.get(pk=fetched).queueing_lock == "pipeline"


@pytest.mark.django_db
def test_the_job_names_in_use_are_those_the_worker_knows():
    app.perform_import_paths()
    assert {jobs.PIPELINE_TASK, "mungchi.pipeline.sweep", "mungchi.pipeline.tidy"} <= set(app.tasks)


@pytest.mark.django_db
def test_a_job_of_a_lost_worker_is_put_back_or_dropped_where_an_equal_one_waits():
    jobs.wake_pipeline()
    _give_to_lost_worker()
    assert jobs.requeue_stalled_jobs() == 1
    assert len(_waiting("pipeline")) == 1
    _give_to_lost_worker()
    jobs.wake_pipeline()
    assert jobs.requeue_stalled_jobs() == 1
    assert len(_waiting("pipeline")) == 1
    assert jobs.requeue_stalled_jobs() == 0
    assert not ProcrastinateJob.objects.filter(status="doing").exists()


@pytest.mark.django_db
def test_a_job_of_a_living_worker_is_left_alone():
    jobs.wake_pipeline()
    _give_to_lost_worker(silent_for=5)
    assert jobs.requeue_stalled_jobs() == 0


@pytest.mark.django_db
def test_jobs_that_ended_long_ago_are_forgotten():
    jobs.wake_pipeline()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '2 days'")
    jobs.wake_pipeline()
    pipeline.tidy(timestamp=0)
    assert [job.status for job in ProcrastinateJob.objects.all()] == ["todo"]


@pytest.mark.processes
def test_a_worker_killed_in_the_middle_loses_nothing(committing):
    """Kill -9 while it waits for a campaign's lock inside a stage; the next worker does the job."""
    deal = Deal().settling(30, 40, 50)
    jobs.wake_pipeline()
    given = environment()
    with psycopg.connect(given["DATABASE_URL"]) as holder:
        holder.execute(
            "SELECT 1 FROM campaigns_campaign WHERE id = %s FOR UPDATE", [deal.campaign.pk]
        )
        with _worker(given) as victim:
            _until(lambda: _blocked_by(holder), "the worker reaches the campaign")
            _until(lambda: WorkerHeartbeat.objects.exists(), "its heart beats")
            victim.send_signal(signal.SIGKILL)
            victim.wait(10)
        assert ProcrastinateJob.objects.filter(status="doing").exists()
    assert not Order.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '60 s'")
    before = ProcrastinateJob.objects.filter(status="doing").values_list("pk", flat=True)
    stuck = list(before)
    with _worker(given) as second:
        _until(lambda: len(deal.payments()) == 3, "orders are made and money is asked for")
        _until(
            lambda: not ProcrastinateJob.objects.filter(pk__in=stuck, status="doing").exists(),
            "no job is left behind",
        )
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0
    assert len(deal.orders()) == 3
    assert deal.trail().count("orders_placed") == 1
    assert not ProcrastinateJob.objects.filter(status="doing").exists()


@pytest.mark.processes
def test_a_worker_makes_orders_that_others_see_stage_by_stage(committing):
    """No transaction encloses the stages: orders are there while a later stage still waits."""
    deal = Deal().settling(30, 40, 50)
    later = Deal().paid(60, 60)
    given = environment()
    with psycopg.connect(given["DATABASE_URL"]) as holder:
        holder.execute(
            "SELECT 1 FROM campaigns_campaign WHERE id = %s FOR UPDATE", [later.campaign.pk]
        )
        jobs.wake_pipeline()
        with _worker(given) as worker:
            _until(lambda: _blocked_by(holder), "the worker reaches the purchase order")
            assert len(deal.payments()) == 3
            holder.rollback()
            _until(lambda: later.state() == "ordered", "the purchase order is issued")
            worker.send_signal(signal.SIGTERM)
            worker.wait(30)


def _worker(given):
    command = [sys.executable, str(MANAGE), "procrastinate", "worker"]
    return subprocess.Popen(command, env=given, stderr=subprocess.DEVNULL)


def _until(true, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        threading.Event().wait(0.1)
    raise AssertionError(f"not within {seconds} s: {what}")


def _blocked_by(holder):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND %s = ANY(pg_blocking_pids(pid))",
            [holder.info.backend_pid],
        )
        return cursor.fetchone()[0]


def _waiting(queueing_lock):
    return list(ProcrastinateJob.objects.filter(status="todo", queueing_lock=queueing_lock))


def _give_to_lost_worker(silent_for=60):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent_for],
        )
        (worker,) = cursor.fetchone()
        # Within one transaction the queue's now() stands still, before the time of putting back.
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        cursor.execute("SELECT id FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
        assert cursor.fetchone()[0] is not None
