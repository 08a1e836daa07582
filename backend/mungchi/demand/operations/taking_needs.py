"""The job that states a list's needs, one line at a time.

Each line is a transaction of its own that marks it as done: a worker that is killed leaves off
between two, another goes on from there, and none holds two pools at once. A line is judged again
when its turn comes, under the lock of the firm's membership, so that two lists that say the same
state it once.
"""

import logging
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import DatabaseError, transaction

from mungchi.accounts.access import SYSTEM, Actor, actor_for
from mungchi.accounts.models import Membership, Seat
from mungchi.common import clock
from mungchi.common.errors import Refused
from mungchi.common.history import set_state
from mungchi.demand.domain.states import NEED_LIST
from mungchi.demand.models import NeedList, NeedListLine
from mungchi.demand.operations.needs import NeededByPassed, state_need
from mungchi.demand.queries import need_lists as queries

logger = logging.getLogger("mungchi.demand")


def take_need_list(*, list_id: UUID) -> None:
    """Take one list to its end. May run any number of times, and at once, with one effect."""
    if not _begin(list_id):
        return
    while _take_next(list_id):
        pass


def _begin(list_id: UUID) -> bool:
    with transaction.atomic():
        row = NeedList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
        if row is None or row.state not in {"queued", "running"}:
            return False
        if row.state == "queued":
            _move(row, "running", "need_list_running")
        return True


def _move(row: NeedList, to: str, kind: str, also: tuple[str, ...] = ()) -> None:
    set_state(
        row, to, machine=NEED_LIST, kind=kind, actor=SYSTEM, at=clock.now(), also=also,
        cooperative_id=row.cooperative_id, firm_id=row.firm_id,
        data=row.counts if to == "done" else None,
    )  # fmt: skip


def _take_next(list_id: UUID) -> bool:
    """Take the next line; False when there was none, and the list is done."""
    with transaction.atomic():
        row = NeedList.objects.select_for_update(no_key=True).get(pk=list_id)
        if row.state != "running":
            return False
        line = queries.lines_of(row).filter(done=False, verdict="new").order_by("line").first()
        if line is None:
            queries.lines_of(row).filter(done=False).update(done=True)
            row.done, row.counts, row.finished_at = row.lines, queries.verdicts_of(row), clock.now()
            _move(row, "done", "need_list_done", also=("counts", "done", "finished_at"))
            return False
        _take(row, line)
        line.done = True
        line.save(update_fields=["verdict", "reason", "need", "done"])
        row.done += 1
        row.save(update_fields=["done"])
        return True


def _take(row: NeedList, line: NeedListLine) -> None:
    Membership.objects.select_for_update(no_key=True).filter(
        cooperative_id=row.cooperative_id, firm_id=row.firm_id
    ).first()
    if queries.stated_before(row, [line.fingerprint]):
        line.verdict, line.reason = "already", "already_stated"
        return
    said = line.said
    try:
        with transaction.atomic():
            line.need = state_need(
                actor=_actor_of(row),
                cooperative_id=row.cooperative_id,
                item_id=UUID(said["item"]),
                quantity=said["quantity"],
                unit=said["unit"],
                needed_by=date.fromisoformat(said["needed_by"]),
                price_limit=None if said["price_limit"] is None else Decimal(said["price_limit"]),
                note=said["note"],
            )
    except NeededByPassed:
        line.verdict, line.reason = "rejected", "date_passed"
    except Refused:
        line.verdict, line.reason = "rejected", "changed"
    except DatabaseError:
        raise
    except Exception:
        logger.exception("line %s of list %s", line.line, row.pk)
        line.verdict, line.reason = "rejected", "changed"


def _actor_of(row: NeedList) -> Actor:
    """Whoever brought the list in, as long as that person may still state needs."""
    seat = (
        Seat.objects.select_related("user")
        .filter(user_id=row.created_by_id, firm_id=row.firm_id, role__in=["owner", "buyer"])
        .first()
    )
    return actor_for(seat) if seat else replace(SYSTEM, firm_id=row.firm_id)
