"""The stages of the business in order: the table of contents.

A stage asks the database what is left to do and does it; running it twice changes nothing, and a
lost run is only a delay. One job runs them all, woken by the operation that made work, by the
clock (see campaigns: a run is scheduled for each deadline), and by a sweep every SWEEP seconds.

What speaks to the mail server has a job of its own, and so has what speaks to providers of
payments, so that neither ten thousand e-mails nor a server that does not answer keeps a deadline
waiting.
"""

import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from django.db import close_old_connections, connection
from procrastinate import JobContext
from procrastinate.contrib.django import app

from mungchi.accounts import stage as accounts
from mungchi.campaigns import stage as campaigns
from mungchi.catalog import stage as catalog
from mungchi.common import clock
from mungchi.common.cache_table import forget_expired_entries
from mungchi.common.jobs import (
    CHARGE_TASK,
    MAIL_TASK,
    PIPELINE_QUEUE,
    PIPELINE_TASK,
    PROVIDERS_TASK,
    forget_finished_jobs,
    requeue_stalled_jobs,
    wake_charging,
    wake_mail,
    wake_providers,
)
from mungchi.common.models import WorkerHeartbeat
from mungchi.deliveries import stage as deliveries
from mungchi.demand import stage as demand
from mungchi.notifications import stage as notifications
from mungchi.orders import stage as orders
from mungchi.outreach import stage as outreach
from mungchi.payments import stage as payments
from mungchi.pricelists import stage as pricelists

logger = logging.getLogger("mungchi.pipeline")


class Stoppable(Protocol):
    """A stage that may take minutes: it asks in between whether to stop."""

    def __call__(self, stop: Callable[[], bool] = ...) -> int: ...


# Each stage does what it can and returns how many things it did.
STAGES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("end partnerships", accounts.end_partnerships),
    ("erase people", accounts.erase_people),
    ("resume lists of members", accounts.resume_lists),
    ("expire needs", demand.expire_needs),
    ("state planned needs", demand.state_planned_needs),
    ("resume imports", demand.resume_imports),
    ("resume price lists", pricelists.resume_sheets),
    ("close due campaigns", campaigns.close_due),
    ("clear closed campaigns", campaigns.clear_closed),
    ("lapse approvals", campaigns.lapse_approvals),
    ("settle needs", campaigns.settle_needs),
    ("carry out plans", campaigns.carry_out_plans),
    ("note progress", campaigns.note_progress),
    ("remind of closing", campaigns.remind_of_closing),
    ("remind of approvals", campaigns.remind_of_approvals),
    ("remind of answers", campaigns.remind_of_answers),
    ("place orders", orders.place_orders),
    ("ask for payment", payments.ask_for_payment),
    ("sum up charging", payments.sum_up_charging),
    ("lapse payments", payments.lapse_payments),
    ("remind of payments", payments.remind_of_payments),
    ("remind of disputes", payments.remind_of_disputes),
    ("remind of accounts", payments.remind_of_accounts),
    ("issue purchase orders", orders.issue_purchase_orders),
    ("confirm less", orders.confirm_less),
    ("remind of less", orders.remind_of_less),
    ("cancel orders", orders.cancel_orders),
    ("return money", payments.return_money),
    ("return what is less", payments.return_less),
    ("book sales", payments.book_sales),
    ("make monthly statements", payments.make_statements),
    ("pass on claims", deliveries.pass_on_claims),
    ("remind of claims", deliveries.remind_of_claims),
    ("settle claims", deliveries.settle_claims),
    ("complete campaigns", deliveries.complete_campaigns),
    ("look up tax status", accounts.look_up_tax_status),
    ("expire introductions", outreach.expire_introductions),
    ("find who is left out", outreach.survey_cooperatives),
    ("compare items", catalog.wake_comparing),
    ("read purchase histories", demand.read_histories),
    ("propose bundles", campaigns.propose_bundles),
    ("tell people", notifications.tell_people),
    ("gather daily letters", notifications.gather_digests),
)
MAIL_STAGES: tuple[tuple[str, Callable[[], int]], ...] = (
    # Somebody sits before the screen and waits for the letter that lets it in.
    ("send letters", accounts.send_letters),
    ("send e-mail", notifications.send_mail),
)
# Providers may take seconds for an answer, and nothing else waits for them.
CHARGE_STAGES: tuple[tuple[str, Stoppable], ...] = (("settle charges", payments.settle_charges),)
PROVIDER_STAGES: tuple[tuple[str, Callable[[], int]], ...] = (
    ("finish saving methods", payments.finish_setups),
    ("send refunds", payments.send_refunds),
    ("send payouts", payments.send_payouts),
    ("read balances", payments.read_balances),
    # What came by itself is not waited for, and lists may be long.
    ("read events of providers", payments.read_events),
)
# Seconds come last.
SWEEP = "* * * * * */10"
HOURLY = "17 * * * *"
# One run goes round until nothing is left; a limit, so that a stage that always finds something
# cannot keep the others' heartbeat from being seen.
ROUNDS = 10
# A sweep every ten seconds leaves 8,640 ended jobs a day behind.
KEEP_ENDED_JOBS_HOURS = 24


def run_stages(
    stages: Sequence[tuple[str, Callable[[], int]]] | None = None,
    *,
    stop: Callable[[], bool] = lambda: False,
) -> dict[str, int]:
    """Run every stage (unless told which) once, in order; return what each did.

    One that fails does not stop the others. `stop` is asked between stages: a worker that is
    being shut down leaves the rest to the next sweep. Stages open transactions of their own; there
    is none around them here, nor any around a job (procrastinate runs it with autocommit).
    """
    done: dict[str, int] = {}
    every = (*STAGES, *CHARGE_STAGES, *PROVIDER_STAGES, *MAIL_STAGES)
    for name, stage in every if stages is None else stages:
        if stop():
            break
        try:
            done[name] = stage()
        except Exception:
            logger.exception("stage failed: %s", name)
            done[name] = 0
            if not connection.in_atomic_block:
                # A lost database connection would fail every stage after this one as well.
                close_old_connections()
    return done


@app.task(name=PIPELINE_TASK, queue=PIPELINE_QUEUE, pass_context=True)
def run(context: JobContext) -> None:
    """Run the stages until there is nothing left to do. Its lock is given by whoever defers it."""
    for _ in range(ROUNDS):
        if not any(run_stages(STAGES, stop=context.should_abort).values()):
            break


@app.task(name=MAIL_TASK, queue=PIPELINE_QUEUE, pass_context=True)
def mail(context: JobContext) -> None:
    """Send what waits, in batches, until there is nothing left or the server is away.

    After ROUNDS batches it makes room for other jobs and comes back.
    """
    for _ in range(ROUNDS):
        if not any(run_stages(MAIL_STAGES, stop=context.should_abort).values()):
            return
    if not context.should_abort():
        wake_mail()


@app.task(name=CHARGE_TASK, queue=PIPELINE_QUEUE, pass_context=True)
def charge(context: JobContext) -> None:
    """Ask payment providers about charges until there is nothing left; once is enough, as the stage
    goes on until it finds nothing."""
    stages = [
        (name, partial(stage, stop=context.should_abort)) for name, stage in CHARGE_STAGES
    ]  # fmt: skip
    run_stages(stages, stop=context.should_abort)


@app.task(name=PROVIDERS_TASK, queue=PIPELINE_QUEUE, pass_context=True)
def ask_providers(context: JobContext) -> None:
    """Run what else is asked of providers: one at a time, beside the pipeline and charging."""
    run_stages(PROVIDER_STAGES, stop=context.should_abort)


@app.periodic(cron=SWEEP, periodic_id="sweep")
@app.task(
    name="mungchi.pipeline.sweep", queue=PIPELINE_QUEUE, queueing_lock="sweep", pass_context=True
)
def sweep(context: JobContext, timestamp: int) -> None:
    """Show that the worker lives, put back jobs of dead workers, and run what is due."""
    beat()
    requeue_stalled_jobs()
    wake_mail()
    wake_charging()
    wake_providers()
    run_stages(STAGES, stop=context.should_abort)


def beat() -> None:
    """Write down that a worker lives, for /readyz."""
    WorkerHeartbeat.objects.update_or_create(id=1, defaults={"at": clock.now()})


@app.periodic(cron=HOURLY, periodic_id="tidy")
@app.task(name="mungchi.pipeline.tidy", queue=PIPELINE_QUEUE, queueing_lock="tidy")
def tidy(timestamp: int) -> None:
    """Forget jobs that ended long ago, and sessions and counted attempts that have run out."""
    forget_finished_jobs(hours=KEEP_ENDED_JOBS_HOURS)
    accounts.forget_expired_sessions()
    forget_expired_entries()
