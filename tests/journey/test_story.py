"""The whole story over HTTP: with the worker's work done in between, and with real processes."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.concurrency.harness import own_database
from tests.journey import story
from tests.journey.cast import assemble, place
from tests.journey.people import InProcess, OverTheWire
from tests.journey.stack import running

from mungchi import pipeline
from mungchi.common.models import History
from mungchi.demand import operations as demand
from mungchi.demand.models import PurchaseImport
from mungchi.payments.models import Payment

STORIES = [story.buy_together, story.fall_short]


def work() -> None:
    """What the worker does: imports that wait, and all stages until nothing is left."""
    for pk in PurchaseImport.objects.filter(state="queued").values_list("pk", flat=True):
        demand.run_import(import_id=pk)
    for _ in range(10):
        if not any(pipeline.run_stages().values()):
            return
    raise AssertionError("the stages find no end")


def after_work(there: Callable[[], Any], what: str) -> Any:
    """Let the worker work, then look."""
    work()
    found = there()
    assert found, f"{what} has not come"
    return found


def in_time(there: Callable[[], Any], what: str) -> Any:
    """Look until a worker elsewhere has done it."""
    end = time.monotonic() + 30
    while not (found := there()):
        assert time.monotonic() < end, f"{what} has not come in 30 s"
        time.sleep(0.1)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("told", STORIES)
def test_told_with_the_worker_in_between(told: Callable[[story.Cast], str]) -> None:
    cast = assemble(InProcess, place(), after_work)
    pk = told(cast)
    charged = Payment.objects.filter(order__campaign_id=pk, state="paid").count()
    assert charged == (3 if told is story.buy_together else 0)
    assert History.objects.filter(thread=pk).count() >= 9
    work()
    before = History.objects.count()
    work()
    assert History.objects.count() == before, "nothing happens twice"


@pytest.mark.processes
@pytest.mark.parametrize("told", STORIES)
def test_told_with_real_processes(
    told: Callable[[story.Cast], str], django_db_setup: None, django_db_blocker: Any, tmp_path: Path
) -> None:
    with (
        django_db_blocker.unblock(),
        own_database("journey") as url,
    ):
        cooperative = place()
        with running(url, tmp_path) as port:
            pk = told(assemble(lambda: OverTheWire(port), cooperative, in_time))
            assert History.objects.filter(thread=pk).count() >= 9


def test_control_a_lost_stage_is_noticed(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The story does not come to its end by itself."""
    kept = [(name, run) for name, run in pipeline.STAGES if name != "ask for payment"]
    monkeypatch.setattr(pipeline, "STAGES", tuple(kept))
    with pytest.raises(AssertionError, match="transfer letter"):
        story.buy_together(assemble(InProcess, place(), after_work))
