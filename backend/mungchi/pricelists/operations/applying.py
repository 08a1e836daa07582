"""The job that lets a file of prices become the supplier's list: all of it, or nothing.

Its lines are judged again: what stood when they were looked at may have changed since.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from mungchi.accounts.access import SYSTEM, Actor, actor_for
from mungchi.accounts.models import Firm, Seat
from mungchi.common import clock
from mungchi.common.history import event, record_all, set_state
from mungchi.common.models import History
from mungchi.pricelists.domain.lines import Judged, Wanted
from mungchi.pricelists.domain.states import PRICE_SHEET
from mungchi.pricelists.domain.terms import Terms
from mungchi.pricelists.models import (
    Audience,
    PriceSheet,
    PriceSheetLine,
    StandingOffer,
    StandingTier,
    StandingVersion,
)
from mungchi.pricelists.operations.sheets import counts_of, judged
from mungchi.pricelists.operations.standing import (
    PLAIN,
    audience_for,
    figures,
    free_among,
    tiers_for,
)
from mungchi.pricelists.queries import sheets as queries

BATCH = 2_000

logger = logging.getLogger("mungchi.pricelists")


def apply_prices(*, sheet_id: UUID) -> None:
    """Apply one file. May run any number of times with one effect."""
    try:
        with transaction.atomic():
            _apply(sheet_id)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("price sheet %s", sheet_id)
        with transaction.atomic():
            _give_up(sheet_id)


def _apply(sheet_id: UUID) -> None:
    row = _locked(sheet_id)
    if row is None:
        return
    actor = _actor_of(row)
    if actor is None:
        _give_up(sheet_id)
        return
    at = clock.now()
    # The firm's row is the lock of its list, as when one is made by hand.
    Firm.objects.select_for_update(no_key=True).get(pk=row.supplier_id)
    standing = queries.standing_of(actor)
    lines = list(queries.lines_of(row).order_by("line").values_list("line", "cells"))
    result = judged(row, lines, actor, standing, at)
    events = _write(result.wanted, standing, actor, at)
    if row.ends_missing:
        events += _end([standing[one.pk] for one in result.missing], actor, at)
    record_all(events)
    _note(row, result)
    row.counts = counts_of(result)
    row.missing = [one.pk for one in result.missing]
    row.finished_at = at
    set_state(row, "done", machine=PRICE_SHEET, kind="price_sheet_applied", actor=actor, at=at,
              also=("counts", "missing", "finished_at"), firm_id=row.supplier_id,
              data=row.counts)  # fmt: skip


def _give_up(sheet_id: UUID) -> None:
    row = _locked(sheet_id)
    if row is None:
        return
    at = clock.now()
    row.finished_at = at
    set_state(row, "failed", machine=PRICE_SHEET, kind="price_sheet_failed", actor=SYSTEM, at=at,
              also=("finished_at",), firm_id=row.supplier_id)  # fmt: skip


def _locked(sheet_id: UUID) -> PriceSheet | None:
    rows = PriceSheet.objects.select_for_update(no_key=True)
    return rows.filter(pk=sheet_id, state="queued").first()


def _actor_of(row: PriceSheet) -> Actor | None:
    """Whoever brought the file in, as long as that person may still keep the firm's list."""
    seat = (
        Seat.objects.select_related("user")
        .filter(user_id=row.created_by_id, firm_id=row.supplier_id, role__in=["owner", "buyer"])
        .first()
    )
    return actor_for(seat) if seat else None


def _write(
    wanted: Sequence[Wanted], standing: dict[str, StandingOffer], actor: Actor, at: datetime
) -> list[History]:
    """Make and change standing offers, many at a time; return their events."""
    used = {row.code for row in standing.values()} | {one.terms.code for one in wanted}
    made: list[tuple[StandingOffer, Terms]] = []
    changed: list[tuple[StandingOffer, Terms]] = []
    for one in wanted:
        if one.present is None:
            terms = one.terms
            if not terms.code:
                terms = _with_code(one, used)
            new = StandingOffer(supplier_id=actor.firm_id, item_id=UUID(one.item.pk), created_at=at)
            made.append((new, terms))
        else:
            there = standing[one.present.pk]
            there.number += 1
            changed.append((there, one.terms))
    for row, terms in (*made, *changed):
        row.changed_at = at
        for name in PLAIN:
            setattr(row, name, getattr(terms, name))
    StandingOffer.objects.bulk_create([row for row, _ in made], batch_size=BATCH)
    if changed:
        rows = [row for row, _ in changed]
        StandingOffer.objects.bulk_update(
            rows, [*PLAIN, "number", "changed_at"], batch_size=BATCH // 4
        )
        StandingTier.objects.filter(standing_offer__in=rows).delete()
        Audience.objects.filter(standing_offer__in=rows).delete()
    both = [*made, *changed]
    StandingTier.objects.bulk_create(
        [tier for row, terms in both for tier in tiers_for(row, terms)], batch_size=BATCH
    )
    Audience.objects.bulk_create(
        [one for row, terms in both for one in audience_for(row, terms)], batch_size=BATCH
    )
    StandingVersion.objects.bulk_create(
        [StandingVersion(standing_offer=row, number=row.number, terms=terms.as_json(), at=at)
         for row, terms in both],
        batch_size=BATCH,
    )  # fmt: skip
    fresh = len(made)
    return [
        event(row, kind="standing_offer_made" if place < fresh else "standing_offer_changed",
              actor=actor, at=at, firm_id=row.supplier_id,
              moved=("", "active") if place < fresh else ("", ""), data=figures(row, terms))
        for place, (row, terms) in enumerate(both)
    ]  # fmt: skip


def _with_code(one: Wanted, used: set[str]) -> Terms:
    code = free_among((one.item.code or one.item.pk[-8:])[:50], used)
    used.add(code)
    return replace(one.terms, code=code)


def _end(rows: Sequence[StandingOffer], actor: Actor, at: datetime) -> list[History]:
    """End what the file leaves out; all at once."""
    StandingOffer.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="ended", ended_at=at, changed_at=at
    )
    return [
        event(row, kind="standing_offer_ended", actor=actor, at=at, firm_id=row.supplier_id,
              moved=("active", "ended"), data={"code": row.code})
        for row in rows
    ]  # fmt: skip


def _note(row: PriceSheet, result: Judged) -> None:
    """Write down of each line what became of it, where that is something else than was seen."""
    differing = []
    for line in queries.lines_of(row):
        verdict, reason, found = result.lines[line.line]
        if (line.verdict, line.reason, line.found) != (verdict, reason, found):
            line.verdict, line.reason, line.found = verdict, reason, found
            differing.append(line)
    PriceSheetLine.objects.bulk_update(differing, ["verdict", "reason", "found"], batch_size=500)
