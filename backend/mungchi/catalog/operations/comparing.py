"""Finding items that may be one: the job, and what an office says of a pair."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.domain.likeness import LEAST_SCORE, LEAST_TRIGRAMS, key_of, likeness
from mungchi.catalog.domain.states import LOOK_ALIKE
from mungchi.catalog.models import Item, LookAlike
from mungchi.common import clock
from mungchi.common.history import set_state

# So many items are compared in one transaction.
AT_ONCE: Final = 250
# So many others are looked at closely for each, the most alike by trigrams first.
LOOKED_AT: Final = 12

_KEYS = """
UPDATE catalog_item i SET likeness_key = n.key
FROM unnest(%s::uuid[], %s::text[]) AS n (id, key)
WHERE i.id = n.id AND i.likeness_key <> n.key
"""
# Items are compared within one catalogue, and with everybody's.
_NEAREST = """
SELECT a.id, a.name, a.cooperative_id, n.id, n.name, n.cooperative_id, n.trigrams
FROM catalog_item a
CROSS JOIN LATERAL (
    SELECT b.id, b.name, b.cooperative_id, similarity(b.likeness_key, a.likeness_key) AS trigrams
    FROM catalog_item b
    WHERE b.likeness_key %% a.likeness_key AND b.id <> a.id AND b.merged_into_id IS NULL
      AND (b.cooperative_id IS NULL OR a.cooperative_id IS NULL
           OR b.cooperative_id = a.cooperative_id)
    ORDER BY trigrams DESC, b.id LIMIT %s
) n
WHERE a.id = ANY (%s)
"""


def compare_items(*, at: datetime) -> int:
    """Compare some items whose names are new with all others; return how many items.

    Pairs that are alike no more go, unless an office has set them apart: that is remembered.
    """
    with transaction.atomic():
        fresh = list(
            Item.objects.filter(compared_at__isnull=True, merged_into__isnull=True)
            .order_by("id")
            .select_for_update(no_key=True, skip_locked=True)
            .values_list("pk", "name")[:AT_ONCE]
        )
        if not fresh:
            return 0
        ids = [pk for pk, _ in fresh]
        with connection.cursor() as cursor:
            cursor.execute(_KEYS, [ids, [key_of(name) for _, name in fresh]])
        found = _look_alikes(ids, at)
        keys = {(pair.first_id, pair.second_id) for pair in found}
        mine = Q(first__in=ids) | Q(second__in=ids)
        standing = LookAlike.objects.filter(mine, state="open")
        gone = [
            pk for pk, *key in standing.values_list("pk", "first_id", "second_id")
            if tuple(key) not in keys
        ]  # fmt: skip
        LookAlike.objects.filter(pk__in=gone).delete()
        LookAlike.objects.bulk_create(
            found, update_conflicts=True, unique_fields=["first", "second"],
            update_fields=["score"],
        )  # fmt: skip
        Item.objects.filter(pk__in=ids).update(compared_at=at)
    return len(fresh)


def _look_alikes(ids: Sequence[UUID], at: datetime) -> list[LookAlike]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)",
                       [str(LEAST_TRIGRAMS)])  # fmt: skip
        cursor.execute(_NEAREST, [LOOKED_AT, list(ids)])
        rows = cursor.fetchall()
    found: dict[tuple[UUID, UUID], LookAlike] = {}
    for one, name, owner, other, other_name, other_owner, trigrams in rows:
        score = likeness(name, other_name, trigrams).score
        first, second = sorted((one, other))
        if score >= LEAST_SCORE:
            found[first, second] = LookAlike(
                cooperative_id=owner or other_owner, first_id=first, second_id=second,
                score=score, found_at=at,
            )  # fmt: skip
    return list(found.values())


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
