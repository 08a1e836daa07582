"""The job that brings in a purchase history.

The whole file is one transaction: either all of its lines are taken or none, and a worker that is
killed leaves nothing behind. Only the progress is written apart, on a connection of its own.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction

from mungchi.accounts.access import SYSTEM
from mungchi.accounts.models import Cooperative
from mungchi.common import clock
from mungchi.common.history import set_state
from mungchi.common.sheets.files import Reading, rows
from mungchi.common.sheets.problems import FileUnreadable
from mungchi.demand.domain.lines import PurchaseLine, judge
from mungchi.demand.domain.states import IMPORT
from mungchi.demand.models import PurchaseImport
from mungchi.demand.operations import gathering
from mungchi.demand.operations.imports import layout_of, stored_file
from mungchi.demand.operations.reading_history import want_reading
from mungchi.demand.operations.units import refuse_units

BATCH = 2_000
SECONDS_BETWEEN_REPORTS = 1.0

logger = logging.getLogger("mungchi.demand")


def run_import(*, import_id: UUID) -> None:
    """Bring in one file. May run any number of times, and at the same time, with one effect.

    A file that breaks is left out as a whole; the import then says why.
    """
    if not _begin(import_id):
        return
    try:
        with transaction.atomic():
            if _alone_at(import_id):
                _bring_in(import_id)
    except FileUnreadable as error:
        _fail(import_id, error.code)
    except DatabaseError:
        # The database went away or refused: the import stays as it is and is queued again.
        raise
    except Exception:
        logger.exception("import %s", import_id)
        _fail(import_id, "interrupted")


def _begin(import_id: UUID) -> bool:
    """Mark the import as running; False when there is nothing left to do."""
    with transaction.atomic():
        found = PurchaseImport.objects.select_for_update(no_key=True).filter(pk=import_id).first()
        if found is None or found.state not in {"queued", "running"}:
            return False
        if found.state == "queued":
            found.started_at = clock.now()
            _move(found, "running", "import_running", also=("started_at",))
        return True


def _alone_at(import_id: UUID) -> bool:
    """Whether no other worker is bringing in this file; the claim ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))",
                       [f"import {import_id}"])  # fmt: skip
        return bool(cursor.fetchone()[0])


def _bring_in(import_id: UUID) -> None:
    purchase_import = PurchaseImport.objects.get(pk=import_id)
    if purchase_import.state != "running":
        return
    with _progress(import_id) as report:
        lines = _read(purchase_import, report)
    # Two files of one cooperative are taken one after the other: they may name the same new firm.
    cooperative = Cooperative.objects.select_for_update(no_key=True).get(
        pk=purchase_import.cooperative_id
    )
    at = clock.now()
    purchase_import.items_new = gathering.take_items(cooperative)
    refused = refuse_units(purchase_import)
    purchase_import.kept -= refused
    purchase_import.rejected += refused
    purchase_import.firms_new = gathering.take_firms(cooperative, at=at)
    new = gathering.take_purchases(purchase_import)
    want_reading(cooperative_id=cooperative.pk, at=clock.now())
    locked = PurchaseImport.objects.select_for_update(no_key=True).get(pk=import_id)
    for name, value in {
        "lines": lines,
        "done": lines,
        "kept": purchase_import.kept,
        "rejected": purchase_import.rejected,
        "already_there": purchase_import.kept - new,
        "firms_new": purchase_import.firms_new,
        "items_new": purchase_import.items_new,
        "finished_at": clock.now(),
    }.items():
        setattr(locked, name, value)
    _move(
        locked,
        "done",
        "import_done",
        also=(
            *("lines", "done", "kept", "rejected", "already_there", "firms_new", "items_new"),
            "finished_at",
        ),
    )


def _read(purchase_import: PurchaseImport, report: Callable[[int], None]) -> int:
    """Judge every line, gather the good ones and store the others; return how many there were."""
    reading = Reading(**purchase_import.reading)
    layout = layout_of(purchase_import, purchase_import.cooperative.currency)
    gathering.prepare()
    kept: list[tuple[int, PurchaseLine, list[str]]] = []
    rejected: list[tuple[int, str, list[str]]] = []
    lines = 0
    for line, values in rows(stored_file(purchase_import.pk), reading):
        if line <= reading.header_line:
            continue
        lines += 1
        verdict = judge(values, layout)
        if isinstance(verdict, str):
            rejected.append((line, verdict, values))
        else:
            kept.append((line, verdict, values))
        if lines % BATCH == 0:
            _hand_over(purchase_import, kept, rejected)
            report(lines)
    _hand_over(purchase_import, kept, rejected)
    return lines


def _hand_over(
    purchase_import: PurchaseImport,
    kept: list[tuple[int, PurchaseLine, list[str]]],
    rejected: list[tuple[int, str, list[str]]],
) -> None:
    gathering.add_lines(kept)
    gathering.add_rejections(purchase_import, rejected)
    purchase_import.kept += len(kept)
    purchase_import.rejected += len(rejected)
    kept.clear()
    rejected.clear()


@contextmanager
def _progress(import_id: UUID) -> Iterator[Callable[[int], None]]:
    """Yield a function that writes how many lines are done, about once a second.

    On a connection of its own: what the import's transaction writes nobody sees before its end.
    It never waits for a lock, and a row that is being changed just then goes without.
    """
    apart = connections.create_connection(DEFAULT_DB_ALIAS)
    last = time.monotonic()

    def report(done: int) -> None:
        nonlocal last
        if time.monotonic() - last < SECONDS_BETWEEN_REPORTS:
            return
        last = time.monotonic()
        with apart.cursor() as cursor:
            cursor.execute(
                "UPDATE demand_purchaseimport SET done = %s WHERE id = (SELECT id"
                " FROM demand_purchaseimport WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)",
                [done, import_id],
            )

    try:
        yield report
    finally:
        apart.close()


def _fail(import_id: UUID, problem: str) -> None:
    with transaction.atomic():
        found = PurchaseImport.objects.select_for_update(no_key=True).get(pk=import_id)
        if found.state != "running":
            return
        found.problem = problem
        found.finished_at = clock.now()
        _move(found, "failed", "import_failed", also=("problem", "finished_at"))


def _move(purchase_import: PurchaseImport, to: str, kind: str, *, also: tuple[str, ...]) -> None:
    counts = ("kept", "rejected", "already_there", "firms_new", "items_new")
    set_state(
        purchase_import,
        to,
        machine=IMPORT,
        kind=kind,
        actor=SYSTEM,
        at=clock.now(),
        also=also,
        why=purchase_import.problem,
        cooperative_id=purchase_import.cooperative_id,
        data={name: getattr(purchase_import, name) for name in counts} if to == "done" else None,
    )
