"""Two items become one, with all that refers to the one that goes away; and back, for a day.

What refers to items is found through the models, so that no foreign key can be forgotten; the few
that do not simply go over are in domain.merging. Each row that changes is noted with what stood in
it, which is what undoing puts back.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Exists, F, OuterRef, UniqueConstraint
from psycopg.errors import LockNotAvailable

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.domain.merging import FOLLOWING, STAYING, TWINS, WORDS
from mungchi.catalog.domain.states import MERGE
from mungchi.catalog.models import Item, ItemAlias, ItemMerge
from mungchi.catalog.operations import merge_refusals as no
from mungchi.catalog.operations.item_files import choose_cover
from mungchi.catalog.queries.merging import references
from mungchi.common import clock, wall
from mungchi.common.errors import Conflict, NotFound
from mungchi.common.history import record, set_state
from mungchi.common.text import Text

# Whoever states a need at this moment goes first: shorter than the database waits before it looks
# for deadlocks.
WAIT = "800ms"


def merge_items(*, actor: Actor, keep_id: UUID, away_id: UUID) -> ItemMerge:
    """An office lets one item of its catalogue go over into another, or into everybody's.

    Operators do so within everybody's catalogue. Merging the same two again changes nothing.
    Raises NotFound, and what merge_refusals says.
    """
    with _all_or_nothing():
        kept, away = _locked(actor, keep_id, away_id)
        there = ItemMerge.objects.filter(kept=kept, away=away, state="done").first()
        if there is not None:
            return there
        if (error := refusal_of(kept, away)) is not None:
            raise error
        at = clock.now()
        merge = ItemMerge.objects.create(
            cooperative_id=away.cooperative_id, kept=kept, away=away, merged_by_id=actor.user_id,
            merged_at=at,
        )  # fmt: skip
        for field in references():
            label = field.model._meta.label_lower
            if label not in STAYING and (count := _move(merge, field)):
                merge.figures[label] = merge.figures.get(label, 0) + count
        away.merged_into = kept
        away.save(update_fields=["merged_into"])
        merge.save(update_fields=["figures"])
        choose_cover(kept)
        _leave_names(merge)
        _check_parts(merge, no.MergeParts)
        record(away, kind="item_merged", actor=actor, at=at, cooperative_id=merge.cooperative_id,
               data={"kept": kept.name, "away": away.name})  # fmt: skip
    return merge


def refusal_of(kept: Item, away: Item) -> Conflict | None:
    """What keeps one item from going over into another; nothing when it may."""
    if kept.pk == away.pk:
        return no.ItemsAreOne()
    if kept.merged_into_id or away.merged_into_id:
        return no.ItemMergedAway()
    if away.cooperative_id != kept.cooperative_id and kept.cooperative_id is not None:
        return no.CommonItemStays()
    if kept.unit != away.unit:
        return no.UnitsDiffer()
    if kept.vat_class != away.vat_class:
        return no.VatClassesDiffer()
    return None


def undo_merge(*, actor: Actor, merge_id: UUID) -> ItemMerge:
    """Within a day the two are two again, every row as it was; twice changes nothing.

    Raises NotFound, MergeTooOld, MergeBuiltUpon when what happened since would be parted by it.
    """
    with _all_or_nothing():
        merge = queries.merges_visible_to(actor).filter(pk=merge_id).first()
        if merge is None:
            raise NotFound
        items = Item.objects.select_for_update().order_by("pk")
        found = {item.pk: item for item in items.filter(pk__in=[merge.kept_id, merge.away_id])}
        merge.refresh_from_db(fields=["state"])
        if merge.state == "undone":
            return merge
        at = clock.now()
        if not merge.can_be_undone(at):
            raise no.MergeTooOld
        away = found[merge.away_id]
        if found[merge.kept_id].merged_into_id is not None:
            raise no.MergeBuiltUpon(what=WORDS["catalog.item"])
        away.merged_into = None
        away.save(update_fields=["merged_into"])
        merge.aliases.all().delete()
        _put_back(merge)
        for item in found.values():
            choose_cover(item)
        _check_parts(merge, no.MergeBuiltUpon)
        merge.undone_at = at
        set_state(
            merge, "undone", machine=MERGE, kind="item_merge_undone", actor=actor, at=at,
            also=("undone_at",), cooperative_id=merge.cooperative_id,
            data={"kept": merge.kept.name, "away": away.name},
        )  # fmt: skip
    return merge


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction that reaches all rows, and gives way to whoever holds one of them."""
    try:
        with transaction.atomic(), wall.in_front():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise no.ItemsBusy from None
        raise
    except IntegrityError:
        raise no.MergeBuiltUpon(what=Text(ko="품목", en="the items")) from None


def _locked(actor: Actor, keep_id: UUID, away_id: UUID) -> tuple[Item, Item]:
    """Lock both against new references; raise NotFound unless this seat looks after them."""
    rows = Item.objects.filter(pk__in=[keep_id, away_id]).order_by("pk").select_for_update()
    found = {item.pk: item for item in rows}
    kept, away = found.get(keep_id), found.get(away_id)
    if kept is None or away is None:
        raise NotFound
    if actor.role == "operator":
        mine = kept.cooperative_id is None and away.cooperative_id is None
    else:
        own = actor.cooperative_id if actor.is_office else None
        # Everybody's item may be kept by an office, and be seen not to go away.
        both = {kept.cooperative_id, away.cooperative_id}
        mine = own is not None and own in both and both <= {own, None}
    if not mine:
        raise NotFound
    return kept, away


def _move(merge: ItemMerge, field: Any) -> int:
    """Let the rows of one foreign key go over; return how many did."""
    model, label = field.model, field.model._meta.label_lower
    twins = _twins(model, field.name, merge)
    if twins and label not in TWINS:
        raise no.ItemsClash(what=WORDS.get(label, Text(ko=label, en=label)))
    child = TWINS.get(label)
    if child is not None:
        hanging = apps.get_model(child[0])._meta.get_field(child[1])
        for twin, counterpart in twins.items():
            _note_and_set(merge, hanging, twin, counterpart, but=())
    return _note_and_set(merge, field, merge.away_id, merge.kept_id, but=list(twins))


def _twins(model: Any, name: str, merge: ItemMerge) -> dict[Any, Any]:
    """Rows of the item that goes away for which the kept one has its own: key -> that one's key.

    Both are locked.
    """
    found: dict[Any, Any] = {}
    for constraint in model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or name not in constraint.fields:
            continue
        rows = model._base_manager.all()
        if constraint.condition is not None:
            rows = rows.filter(constraint.condition)
        others = [other for other in constraint.fields if other != name]
        equal = {other: OuterRef(other) for other in others}
        pairs = rows.filter(**{name: merge.away_id}).filter(
            Exists(rows.filter(**{name: merge.kept_id}, **equal))
        )
        for row in pairs.select_for_update(no_key=True, of=("self",)):
            same = {other: getattr(row, other) for other in others}
            own = rows.filter(**{name: merge.kept_id}, **same).select_for_update(no_key=True)
            found[row.pk] = own.values_list("pk", flat=True).get()
    return found


def _note_and_set(merge: ItemMerge, field: Any, was: UUID, now: UUID, *, but: Sequence[Any]) -> int:
    """Set a column of all rows that have `was` in it, and note what it was; one statement."""
    quote, meta = connection.ops.quote_name, field.model._meta
    table, key, column = quote(meta.db_table), quote(meta.pk.column), quote(field.column)
    # Names of our own tables and columns, quoted.
    statement = (
        f"WITH moved AS (UPDATE {table} SET {column} = %s WHERE {column} = %s"  # noqa: S608
        f" AND NOT ({key} = ANY (%s)) RETURNING {key} AS pk)"
        f" INSERT INTO catalog_mergedrow (merge_id, label, {quote('column')}, {quote('row')}, was)"
        " SELECT %s, %s, %s, pk::text, %s FROM moved"
    )
    kind = meta.pk.db_type(connection).replace("serial", "int")
    statement = statement.replace("ANY (%s)", f"ANY (%s::{kind}[])")
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [now, was, list(but), merge.pk, meta.label_lower, field.column, was]
        )
        return int(cursor.rowcount)


def _leave_names(merge: ItemMerge) -> None:
    """What the item that went away was called is another name of the kept one."""
    away, kept = merge.away, merge.kept
    names = {("name", away.name), ("name", away.name_en), ("code", away.code)}
    names -= {("name", ""), ("code", ""), ("name", kept.name)}
    ItemAlias.objects.bulk_create(
        [
            ItemAlias(cooperative_id=away.cooperative_id, item=kept, kind=kind, name=name,
                      merge=merge)
            for kind, name in sorted(names)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _put_back(merge: ItemMerge) -> None:
    """Set every noted column to what it was, unless it is not any more what the merge made it."""
    noted = merge.rows.values_list("label", "column").distinct().order_by("label", "column")
    quote = connection.ops.quote_name
    for label, column in noted:
        meta = apps.get_model(label)._meta
        kind = meta.pk.db_type(connection).replace("serial", "int")
        joined = (
            f"catalog_mergedrow r WHERE r.merge_id = %s AND r.label = %s AND r.{quote('column')}"
            f" = %s AND t.{quote(meta.pk.column)} = r.{quote('row')}::{kind}"
        )
        table, name = quote(meta.db_table), quote(column)
        with connection.cursor() as cursor:
            if column == _column_of_item(meta):
                cursor.execute(
                    f"SELECT 1 FROM {table} t, {joined} AND t.{name} <> %s LIMIT 1",  # noqa: S608
                    [merge.pk, label, column, merge.kept_id],
                )
                if cursor.fetchone():
                    raise no.MergeBuiltUpon(what=WORDS.get(label, Text(ko=label, en=label)))
            else:
                _check_parents(cursor, meta, column, joined, [merge.pk, label, column])
            cursor.execute(
                f"UPDATE {table} t SET {name} = r.was FROM {joined}",  # noqa: S608
                [merge.pk, label, column],
            )


def _column_of_item(meta: Any) -> str:
    return next(f.column for f in meta.concrete_fields if f.related_model is Item)


def _check_parents(
    cursor: Any, meta: Any, column: str, joined: str, about: Sequence[object]
) -> None:
    """What a row hangs on now must stand as what it goes back to stands: not yet taken further."""
    field = next(f for f in meta.concrete_fields if f.column == column)
    quote, parent = connection.ops.quote_name, field.related_model._meta
    table = quote(parent.db_table)
    cursor.execute(
        f"SELECT 1 FROM {quote(meta.db_table)} t"  # noqa: S608
        f" JOIN {table} p ON p.id = t.{quote(column)}, {joined}"
        f" AND p.state <> (SELECT state FROM {table} WHERE id = r.was) LIMIT 1",
        list(about),
    )
    if cursor.fetchone():
        raise no.MergeBuiltUpon(what=WORDS[meta.label_lower])


def _check_parts(merge: ItemMerge, error: Any) -> None:
    """Rows that are of the same item as what they hang on still are."""
    both = [merge.kept_id, merge.away_id]
    for label, name in FOLLOWING:
        rows = apps.get_model(label)._base_manager.filter(item__in=both)
        if rows.filter(**{f"{name}__isnull": False}).exclude(item=F(f"{name}__item")).exists():
            raise error(what=WORDS[label])
