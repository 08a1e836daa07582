"""The stages of the business in order: the table of contents.

A stage asks the database what is left to do and does it; running it twice changes nothing, and a
lost run is only a delay. One job runs them all, woken by the operation that made work, by the
clock (see campaigns: a run is scheduled for each deadline), and by a sweep every SWEEP seconds.
"""

import logging
from collections.abc import Callable

from procrastinate import JobContext
from procrastinate.contrib.django import app

from mungchi.campaigns import stage as campaigns
from mungchi.common import clock
from mungchi.common.jobs import PIPELINE_QUEUE, PIPELINE_TASK, requeue_stalled_jobs
from mungchi.common.models import WorkerHeartbeat
from mungchi.deliveries import stage as deliveries
from mungchi.demand import stage as demand
from mungchi.notifications import stage as notifications
from mungchi.orders import stage as orders
from mungchi.payments import stage as payments

logger = logging.getLogger("mungchi.pipeline")

# Each stage does what it can and returns how many things it did.
STAGES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("expire needs", demand.expire_needs),
    ("resume imports", demand.resume_imports),
    ("close due campaigns", campaigns.close_due),
    ("clear closed campaigns", campaigns.clear_closed),
    ("settle needs", campaigns.settle_needs),
    ("place orders", orders.place_orders),
    ("ask for payment", payments.ask_for_payment),
    ("issue purchase orders", orders.issue_purchase_orders),
    ("cancel orders", orders.cancel_orders),
    ("return money", payments.return_money),
    ("complete campaigns", deliveries.complete_campaigns),
    ("tell people", notifications.tell_people),
    ("send e-mail", notifications.send_mail),
)
# Seconds come last.
SWEEP = "* * * * * */10"


def run_stages() -> dict[str, int]:
    """Run every stage once, in order; return what each did. One that fails does not stop others."""
    done: dict[str, int] = {}
    for name, stage in STAGES:
        try:
            done[name] = stage()
        except Exception:
            logger.exception("stage failed: %s", name)
            done[name] = 0
    return done


@app.task(name=PIPELINE_TASK, queue=PIPELINE_QUEUE, lock="pipeline")
def run() -> None:
    """Run the stages until there is nothing left to do, at most ten times over."""
    for _ in range(10):
        if not any(run_stages().values()):
            break


@app.periodic(cron=SWEEP, periodic_id="sweep")
@app.task(
    name="mungchi.pipeline.sweep", queue=PIPELINE_QUEUE, queueing_lock="sweep", pass_context=True
)
def sweep(context: JobContext, timestamp: int) -> None:
    """Show that the worker lives, put back jobs of dead workers, and run what is due."""
    WorkerHeartbeat.objects.update_or_create(id=1, defaults={"at": clock.now()})
    requeue_stalled_jobs()
    run_stages()
