"""The names behind the ids in rows of a trail: a handful of queries, however many rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from mungchi.accounts.models import Cooperative, Division, Firm, User
from mungchi.campaigns.models import Campaign, Offer
from mungchi.catalog.models import Category, Item
from mungchi.common.models import Trail
from mungchi.common.text import Text
from mungchi.deliveries.models import PickupPoint
from mungchi.reports.domain.told import KEPT


@dataclass(frozen=True, slots=True)
class Thread:
    """What a row that belongs to a campaign is read in."""

    title: str
    currency: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Doer:
    """Who an operation recorded as having done it."""

    name: str
    role: str


@dataclass
class Names:
    """What ids are called, by the kind of thing (see common.kept.Figure)."""

    of: dict[str, dict[UUID, Text]] = field(default_factory=dict)
    threads: dict[UUID, Thread] = field(default_factory=dict)
    # By the change's id.
    doers: dict[int, Doer] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)

    def call(self, what: str, pk: object) -> Text | None:
        """What an id (a UUID, or one as text) is called; None where it is not to be seen."""
        return self.of.get(what, {}).get(pk if isinstance(pk, UUID) else UUID(str(pk)))


def _named(row: Any) -> Text:
    return Text(ko=row.name, en=getattr(row, "name_en", "") or row.name)


SOURCES: Final[dict[str, Callable[[set[UUID]], dict[UUID, Text]]]] = {
    "firm": lambda ids: _by(Firm.objects.filter(pk__in=ids).only("name")),
    "cooperative": lambda ids: _by(Cooperative.objects.filter(pk__in=ids)),
    "division": lambda ids: _by(Division.objects.filter(pk__in=ids)),
    "category": lambda ids: _by(Category.objects.filter(pk__in=ids)),
    "item": lambda ids: _by(Item.objects.filter(pk__in=ids)),
    "point": lambda ids: _by(PickupPoint.objects.filter(pk__in=ids)),
    "campaign": lambda ids: {
        pk: Text(ko=title, en=title)
        for pk, title in Campaign.objects.filter(pk__in=ids).values_list("pk", "title")
    },
    "person": lambda ids: {
        user.pk: Text(ko=user.called, en=user.called) for user in User.objects.filter(pk__in=ids)
    },
    "offer": lambda ids: {
        offer.pk: _named(offer.supplier)
        for offer in Offer.objects.filter(pk__in=ids).select_related("supplier")
    },
}


def _by(rows: Iterable[Any]) -> dict[UUID, Text]:
    return {row.pk: _named(row) for row in rows}


def names_for(rows: Sequence[Trail]) -> Names:
    """Everything that telling these rows takes."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.firm_id:
            wanted["firm"].add(row.firm_id)
        if row.user_id:
            wanted["person"].add(row.user_id)
        for what, pk in _ids_in(row):
            wanted[what].add(pk)
    changes = [row for row in rows if row.op != "event" and row.act is not None]
    return Names(
        of={what: SOURCES[what](ids) for what, ids in wanted.items()},
        threads=_threads({row.thread for row in rows if row.thread}),
        doers=_doers(changes),
        named=_named_acts({row.act for row in changes if row.act is not None}),
    )


def _ids_in(row: Trail) -> Iterable[tuple[str, UUID]]:
    kept = KEPT.get(row.subject_type)
    for figures in (row.before, row.after) if kept else ():
        for name, value in (figures or {}).items():
            figure = kept.figures.get(name) if kept else None
            if value and figure and figure.how in SOURCES:
                yield figure.how, UUID(str(value))


def _threads(ids: set[UUID]) -> dict[UUID, Thread]:
    if not ids:
        return {}
    rows = Campaign.objects.filter(pk__in=ids).values_list("pk", "title", "currency", "host__zone")
    return {pk: Thread(title, currency, ZoneInfo(zone)) for pk, title, currency, zone in rows}


# The event that tells of a change is the first one behind it in the same transaction that is of the
# same office, firm or thing.
DOERS = """
SELECT c.id, h.user_name, h.role
FROM unnest(%s::bigint[], %s::bigint[], %s::uuid[], %s::uuid[], %s::uuid[])
  c (id, act, subject, place, firm)
CROSS JOIN LATERAL (
  SELECT user_name, role FROM common_history
  WHERE act = c.act AND id > c.id
    AND (subject_id = c.subject OR cooperative_id = c.place OR firm_id = c.firm)
  ORDER BY id LIMIT 1) h
"""


def _doers(changes: Sequence[Trail]) -> dict[int, Doer]:
    """Who did these changes, where the reader may see an event that says so."""
    if not changes:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            DOERS,
            [
                [row.id for row in changes], [row.act for row in changes],
                [row.subject_id for row in changes], [row.place_id for row in changes],
                [row.firm_id for row in changes],
            ],
        )  # fmt: skip
        return {pk: Doer(name, role) for pk, name, role in cursor.fetchall()}


def _named_acts(acts: set[int]) -> set[int]:
    """Those in which an operation wrote down what it did, whether or not the reader may read it."""
    if not acts:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT common_named_acts(%s)", [sorted(acts)])
        return {act for (act,) in cursor.fetchall()}
