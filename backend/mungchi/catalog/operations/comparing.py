"""Finding items that may be one: the job, and what an office says of a pair."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.domain.likeness import LEAST_SCORE, key_of, likeness, taken_apart
from mungchi.catalog.domain.shelf import Shelf
from mungchi.catalog.domain.states import LOOK_ALIKE
from mungchi.catalog.models import Item, LookAlike
from mungchi.common import clock
from mungchi.common.history import set_state

# So many items are compared in one transaction.
AT_ONCE: Final = 1_000
# So many others are looked at closely for each.
LOOKED_AT: Final = 20

_TRIGRAMS = """
SELECT similarity(one, other) FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY
  AS asked (one, other, place) ORDER BY place
"""


@dataclass(frozen=True, slots=True)
class _Known:
    """An item as comparing knows it."""

    pk: UUID
    name: str
    cooperative_id: UUID | None


def compare_items(*, at: datetime, stop: Callable[[], bool] = lambda: False) -> int:
    """Compare items whose names are new with all others of their catalogues; return how many.

    Pairs that are alike no more go, unless an office has set them apart: that is remembered. May
    run any number of times; `stop` is asked between transactions.
    """
    fresh = Item.objects.filter(compared_at__isnull=True, merged_into__isnull=True)
    wanted = set(fresh.values_list("pk", flat=True))
    if not wanted:
        return 0
    items = _catalogues_of(fresh)
    shelf = Shelf([taken_apart(item.name) for item in items])
    places = [place for place, item in enumerate(items) if item.pk in wanted]
    done = 0
    for start in range(0, len(places), AT_ONCE):
        if stop():
            break
        done += _compare(items, shelf, places[start : start + AT_ONCE], at)
    return done


def _catalogues_of(fresh: QuerySet[Item]) -> list[_Known]:
    """All items with which the new ones may be one: everybody's, and those of their cooperatives.

    What is new in everybody's catalogue is compared with all there are.
    """
    owners = set(fresh.values_list("cooperative_id", flat=True).distinct())
    rows = Item.objects.filter(merged_into__isnull=True)
    if None not in owners:
        rows = rows.filter(Q(cooperative__isnull=True) | Q(cooperative__in=owners))
    return [_Known(*row) for row in rows.order_by("id").values_list("pk", "name", "cooperative_id")]


def _compare(items: Sequence[_Known], shelf: Shelf, places: Sequence[int], at: datetime) -> int:
    asked = [
        (items[place], items[other])
        for place in places
        for other in shelf.near(place, LOOKED_AT)
        if _of_one_catalogue(items[place], items[other])
    ]
    with transaction.atomic():
        # A name that was changed or merged meanwhile is compared by the next run.
        names = {items[place].pk: items[place].name for place in places}
        locked = Item.objects.select_for_update(no_key=True, skip_locked=True)
        still = [
            pk for pk, name in locked.filter(
                pk__in=names, compared_at__isnull=True, merged_into__isnull=True
            ).values_list("pk", "name")
            if names[pk] == name
        ]  # fmt: skip
        found = _look_alikes(asked, set(still), at)
        standing = LookAlike.objects.filter(
            Q(first__in=still) | Q(second__in=still), state="open"
        ).values_list("pk", "first_id", "second_id")
        gone = [pk for pk, *both in standing if tuple(both) not in found]
        LookAlike.objects.filter(pk__in=gone).delete()
        LookAlike.objects.bulk_create(
            found.values(), update_conflicts=True, unique_fields=["first", "second"],
            update_fields=["score"],
        )  # fmt: skip
        Item.objects.filter(pk__in=still).update(compared_at=at)
    return len(still)


def _of_one_catalogue(one: _Known, other: _Known) -> bool:
    owners = {one.cooperative_id, other.cooperative_id}
    return len(owners) == 1 or None in owners


def _look_alikes(
    asked: Sequence[tuple[_Known, _Known]], still: set[UUID], at: datetime
) -> dict[tuple[UUID, UUID], LookAlike]:
    asked = [pair for pair in asked if pair[0].pk in still]
    with connection.cursor() as cursor:
        cursor.execute(_TRIGRAMS, [[key_of(one.name) for one, _ in asked],
                                   [key_of(other.name) for _, other in asked]])  # fmt: skip
        trigrams = [row[0] for row in cursor.fetchall()]
    found: dict[tuple[UUID, UUID], LookAlike] = {}
    for (one, other), alike in zip(asked, trigrams, strict=True):
        score = likeness(one.name, other.name, alike).score
        first, second = sorted((one.pk, other.pk))
        if score >= LEAST_SCORE:
            found[first, second] = LookAlike(
                cooperative_id=one.cooperative_id or other.cooperative_id, first_id=first,
                second_id=second, score=score, found_at=at,
            )  # fmt: skip
    return found


def set_apart(*, actor: Actor, pair_id: UUID) -> LookAlike:
    """The office says that the two are not the same; twice changes nothing. Raises NotFound."""
    return _decide(actor, pair_id, "apart", "items_set_apart")


def take_back(*, actor: Actor, pair_id: UUID) -> LookAlike:
    """The office takes back that the two are not the same. Raises NotFound."""
    return _decide(actor, pair_id, "open", "items_alike_again")


def _decide(actor: Actor, pair_id: UUID, to: str, kind: str) -> LookAlike:
    with transaction.atomic():
        pair = queries.locked_pair(actor, pair_id)
        if pair.state != to:
            at = clock.now()
            pair.decided_at = at if to == "apart" else None
            set_state(
                pair, to, machine=LOOK_ALIKE, kind=kind, actor=actor, at=at, also=("decided_at",),
                cooperative_id=pair.cooperative_id,
                data={"first": pair.first.name, "second": pair.second.name},
            )  # fmt: skip
        return pair
