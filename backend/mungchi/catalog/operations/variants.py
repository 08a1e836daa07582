"""Sizes, colours, grades of an item: written down by whoever looks after the item."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from mungchi.accounts.access import Actor
from mungchi.catalog import queries
from mungchi.catalog.models import Item, Variant
from mungchi.common import clock
from mungchi.common.errors import Invalid
from mungchi.common.history import record
from mungchi.common.text import Text

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One variant as it is to be; `id` None: it is new."""

    id: UUID | None
    name: str
    name_en: str = ""
    code: str = ""


class VariantTaken(Invalid):
    """Names and codes tell the variants of an item apart, archived ones as well."""

    code = "variant_taken"
    field = "variants"
    message = Text(
        ko="이 품목에 이미 있는 이름이나 코드입니다: {name}. 보관된 규격이면 다시 꺼내 쓰십시오.",
        en="The item has a variant of that name or code already: {name}. If it is archived, please "
        "bring it back.",
    )


class VariantElsewhere(Invalid):
    """It is none of the item's variants, or stands twice."""

    code = "variant_elsewhere"
    field = "variants"
    message = Text(
        ko="이 품목의 규격이 아니거나 두 번 적혀 있습니다.",
        en="That is none of this item's variants, or stands twice.",
    )


class VariantsTooMany(Invalid):
    """An item has MOST variants at most, archived ones among them."""

    code = "variants_too_many"
    field = "variants"
    message = Text(
        ko="한 품목의 규격은 보관된 것을 합해 100개까지 둘 수 있습니다.",
        en="An item can have a hundred variants, archived ones among them.",
    )


def set_variants(*, actor: Actor, item_id: UUID, variants: Sequence[Listed]) -> Item:
    """An office says which variants an item of its own has, an operator of everybody's.

    In their order; those that are not named are archived, one that is named again is brought back.
    Campaigns keep what they took, as it was called. The same again changes nothing. Raises
    NotFound, VariantTaken, VariantElsewhere, VariantsTooMany.
    """
    with transaction.atomic():
        item = queries.locked_item_looked_after(actor, item_id)
        there = {row.pk: row for row in item.variants.all()}
        before = _current(there.values())
        _check(variants, there)
        at = clock.now()
        _make_way(variants, there)
        kept = {one.id for one in variants}
        for place, one in enumerate(variants):
            row = there[one.id] if one.id else Variant(item=item)
            wanted = (one.name, one.name_en, one.code, place, None)
            if one.id and wanted == _as_it_is(row):
                continue
            row.name, row.name_en, row.code, row.position, row.archived_at = wanted
            row.save()
        for pk, row in there.items():
            if pk not in kept and row.archived_at is None:
                row.archived_at = at
                row.save(update_fields=["archived_at"])
        after = _current(item.variants.all())
        if before != after:
            record(item, kind="item_variants_set", actor=actor, at=at,
                   cooperative_id=item.cooperative_id,
                   data={"item": item.name, "before": before, "after": after})  # fmt: skip
    return item


def _check(variants: Sequence[Listed], there: dict[UUID, Variant]) -> None:
    named = [one.id for one in variants if one.id]
    if set(named) - set(there) or len(set(named)) != len(named):
        raise VariantElsewhere
    if len(there) + len(variants) - len(named) > MOST:
        raise VariantsTooMany
    archived = [row for pk, row in there.items() if pk not in set(named)]
    names, codes = {row.name for row in archived}, {row.code for row in archived}
    for one in variants:
        if one.name in names or (one.code and one.code in codes):
            raise VariantTaken(name=one.name)
        names.add(one.name)
        codes.add(one.code)


def _make_way(variants: Sequence[Listed], there: dict[UUID, Variant]) -> None:
    """Two variants may trade their names: who has one that another is to have gives it up first."""
    names = {one.name: one.id for one in variants}
    codes = {one.code: one.id for one in variants if one.code}
    for pk, row in there.items():
        if names.get(row.name, pk) != pk or codes.get(row.code, pk) != pk:
            row.name, row.code = str(pk), ""
            row.save(update_fields=["name", "code"])


def _as_it_is(row: Variant) -> tuple[str, str, str, int, object]:
    return row.name, row.name_en, row.code, row.position, row.archived_at


def _current(rows: Iterable[Variant]) -> str:
    listed = [row for row in rows if row.archived_at is None]
    return ", ".join(row.name for row in sorted(listed, key=lambda row: row.position))
