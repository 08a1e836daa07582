"""Keeping bundles current: whose are to be made anew, and making them.

Changes become offices that are due, and due offices are made anew, a number of them in one
transaction. What is killed in the middle is as if it had not begun; running twice changes nothing:
what stands is compared with what should, and only the difference is written.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from mungchi.campaigns import queries
from mungchi.campaigns.domain.bundles import Bundle as Found
from mungchi.campaigns.domain.bundles import counts_of, ranked
from mungchi.campaigns.domain.expecting import as_json
from mungchi.campaigns.models import Bundle, BundleChange, BundleReading
from mungchi.common.bulk import copy_rows
from mungchi.common.collecting import uncollected
from mungchi.common.ids import uuid7

OFFICES_AT_ONCE: Final = 1000
# Prices get old and new, and days come nearer: once a night, when nobody works.
AT: Final = time(4)
FIELDS: Final = (
    "item_id", "first_day", "last_day", "parts", "partner_ids", "firms", "quantity", "known",
    "saving", "saving_from", "place", "recommended",
)  # fmt: skip
STANDING: Final = ("id", "cooperative_id", "state", *FIELDS, "found_at", "decided_at")

# Of a cooperative that changed, its own bundles and its partners' are made of what changed.
_TAKE_UP = """
WITH taken AS (
  DELETE FROM campaigns_bundlechange WHERE id IN (
    SELECT id FROM campaigns_bundlechange ORDER BY id LIMIT 20000 FOR UPDATE SKIP LOCKED)
  RETURNING cooperative_id
), touched AS (
  SELECT cooperative_id FROM taken
  UNION SELECT p.asked_id FROM taken t JOIN accounts_partnership p
        ON p.asking_id = t.cooperative_id AND p.state IN ('active', 'ended')
  UNION SELECT p.asking_id FROM taken t JOIN accounts_partnership p
        ON p.asked_id = t.cooperative_id AND p.state IN ('active', 'ended')
)
INSERT INTO campaigns_bundlereading (cooperative_id, due_at)
SELECT cooperative_id, %s FROM touched ORDER BY cooperative_id
ON CONFLICT (cooperative_id)
DO UPDATE SET due_at = least(campaigns_bundlereading.due_at, EXCLUDED.due_at)
"""


def take_up_changes(*, at: datetime) -> int:
    """Offices whose bundles are made of something that changed become due; return how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_UP, [at])
        return max(0, int(cursor.rowcount))


def want_bundles(*, cooperative_id: UUID) -> None:
    """An office's bundles are made anew by the next run; waits for no run that is going on."""
    BundleChange.objects.create(cooperative_id=cooperative_id)


def make_bundles(*, at: datetime) -> int:
    """Make anew the bundles of some of the offices that are due; return of how many offices."""
    with transaction.atomic(), uncollected():
        due = queries.offices_due(at, OFFICES_AT_ONCE)
        if not due:
            return 0
        ids = [reading.cooperative_id for reading in due]
        standing: dict[str, list[Row]] = {str(pk): [] for pk in ids}
        for row in queries.locked_bundles(ids, STANDING):
            standing[row["cooperative_id"]].append(row)
        land = queries.Land(ids, at)
        wanted: dict[str, list[Found]] = {pk: [] for pk in standing}
        for office in land.offices:
            wanted[office.pk] = list(land.bundles(office))
        _write([_compared(pk, standing[pk], wanted[pk], at) for pk in standing])
        for reading in due:
            zone = reading.cooperative.timezone
            tomorrow = at.astimezone(zone).date() + timedelta(days=1)
            reading.made_at = at
            reading.due_at = datetime.combine(tomorrow, AT, tzinfo=zone)
        BundleReading.objects.bulk_update(due, ["made_at", "due_at"], batch_size=500)
    return len(due)


# A bundle by its columns, keys as text: all offices' are fifty thousand, and more as models.
Row = dict[str, Any]
Compared = tuple[list[UUID], list[Row], list[Row]]


def _compared(
    office: str, standing: Sequence[Row], wanted: Sequence[Found], at: datetime
) -> Compared:
    """(keys of rows that go, rows to be written whole, rows that are set aside and changed)."""
    kept = _matched(standing, wanted)
    aside = {number for number, row in kept.items() if row["state"] == "dismissed"}
    shown = [each for each in range(len(wanted)) if each not in aside]
    ranks = dict(zip(shown, ranked([counts_of(wanted[each]) for each in shown]), strict=True))
    fresh: list[Row] = []
    changed: list[Row] = []
    used = {row["id"] for row in kept.values()}
    gone = [row["id"] for row in standing if row["id"] not in used]
    new = {"cooperative_id": office, "state": "open", "found_at": at, "decided_at": None}
    for number, found in enumerate(wanted):
        rank = ranks.get(number)
        values = _values(found)
        values["place"] = rank.place if rank else len(wanted)
        values["recommended"] = bool(rank and rank.recommended)
        row = kept.get(number)
        if row is None:
            fresh.append({"id": uuid7(), **new, **values})
        elif any(row[name] != value for name, value in values.items()):
            changed.append({**row, **values})
    again = [row for row in changed if row["state"] == "open"]
    return (
        [*gone, *(row["id"] for row in again)],
        [*again, *fresh],
        [row for row in changed if row["state"] == "dismissed"],
    )


def _matched(standing: Sequence[Row], wanted: Sequence[Found]) -> dict[int, Row]:
    """Which row stands for which bundle: of the same item, the one whose days it shares most."""
    by_item: dict[str, list[Row]] = {}
    for row in standing:
        by_item.setdefault(row["item_id"], []).append(row)
    kept: dict[int, Row] = {}
    for number, found in enumerate(wanted):
        shared = [
            (min(row["last_day"], found.last_day) - max(row["first_day"], found.first_day), row)
            for row in by_item.get(found.item, ())
        ]
        shared = [each for each in shared if each[0] >= timedelta(0)]
        if shared:
            _, row = max(shared, key=lambda each: (each[0], each[1]["id"]))
            by_item[found.item].remove(row)
            kept[number] = row
    return kept


def _values(found: Found) -> Row:
    own = found.parts[0].cooperative
    partners = {part.cooperative for part in found.parts}
    partners.remove(own)
    return {
        "item_id": found.item, "first_day": found.first_day, "last_day": found.last_day,
        "parts": [
            {"cooperative": part.cooperative, "item": part.item, "firms": part.firms,
             "quantity": part.quantity}
            for part in found.parts
        ],
        "partner_ids": sorted(partners), "firms": found.firms,
        "quantity": found.quantity,
        "known": found.known, "saving": None if found.saving is None else found.saving.amount,
        "saving_from": as_json(found.saving),
    }  # fmt: skip


def _write(compared: Iterable[Compared]) -> None:
    gone: list[UUID] = []
    whole: list[Row] = []
    aside: list[Row] = []
    for less, more, changed in compared:
        gone += less
        whole += more
        aside += changed
    if gone:
        Bundle.objects.filter(pk__in=gone).delete()
    if whole:
        copy_rows(Bundle, STANDING, map(_copied, whole))
    if aside:
        models = [Bundle(**row) for row in aside]
        Bundle.objects.bulk_update(models, FIELDS, batch_size=500)


def _copied(row: Row) -> list[Any]:
    """As COPY takes it. Lists are text already: the driver would take each value's kind anew."""
    source = row["saving_from"]
    written = {
        "parts": json.dumps(row["parts"]),
        "saving_from": None if source is None else json.dumps(source),
        "partner_ids": "{" + ",".join(row["partner_ids"]) + "}",
    }
    return [written[name] if name in written else row[name] for name in STANDING]
