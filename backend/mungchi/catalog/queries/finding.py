"""Finding items by what people type: what contains it first, then what is like it."""

from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.catalog.domain.likeness import normal
from mungchi.catalog.domain.searching import atoms, closest, look_alike
from mungchi.catalog.models import Item, LookAlike
from mungchi.catalog.queries.items import aliases_known_to, items_matching, items_visible_to

# So many that contain the text are enough: nothing is looked for that is merely like it.
ENOUGH: Final = 20
# So many are looked at closely, and so many shown.
LOOKED_AT, SHOWN = 40, 10


def items_found(rows: QuerySet[Item], text: str, actor: Actor) -> QuerySet[Item]:
    """Items by what was typed, to be sorted by `found`: those that contain it, by name; then, where
    these are few, those that say the same otherwise or are like it.

    Five queries at most, which indexes answer.
    """
    containing = items_matching(rows, text, actor)
    few = list(containing.order_by().values_list("pk", flat=True)[:ENOUGH])
    if len(few) == ENOUGH:
        return containing.annotate(found=F("name"))
    near = closest(text, _candidates(rows, text, actor), SHOWN + len(few))
    more = [pk for pk in near if pk not in few][:SHOWN]
    places = [When(pk=pk, then=Value(f"1{place:02}")) for place, pk in enumerate(more)]
    called = Concat(Value("0"), "name", output_field=TextField())
    order = Case(*places, default=called, output_field=TextField()) if places else called
    return rows.filter(pk__in=[*few, *more]).annotate(found=order)


def items_alike(item: Item, score: int) -> list[UUID]:
    """Items that look so like one that they may be bought as one, from a likeness on: same unit,
    same VAT, and nobody has said that they are not the same. One query."""
    pairs = LookAlike.objects.filter(
        Q(first=item.pk) | Q(second=item.pk), state="open", score__gte=score,
        first__merged_into=None, second__merged_into=None,
        first__unit=F("second__unit"), first__vat_class=F("second__vat_class"),
    ).values_list("first_id", "second_id")  # fmt: skip
    return [second if first == item.pk else first for first, second in pairs]


def items_like_name(actor: Actor, name: str) -> list[Item]:
    """Items of the seat's catalogues that may be what a new one would be called; the likest first.

    By the rule by which look-alikes are found, so that nothing is warned of in vain.
    """
    rows = items_visible_to(actor)
    called = _candidates(rows, name, actor)
    ids = [pk for pk in closest(name, called, SHOWN) if look_alike(name, called[pk])]
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids]


def _candidates(rows: QuerySet[Item], text: str, actor: Actor) -> dict[UUID, list[str]]:
    """Of `rows` those worth comparing with a text, each with all that it is called there."""
    parts = atoms(text)
    if not parts:
        return {}
    every, called = Q(), Q()
    for part in parts:
        every &= Q(name__holds=part) | Q(name_en__holds=part) | Q(code__holds=part)
        called &= Q(name__holds=part)
    ids = set(rows.filter(every).order_by().values_list("pk", flat=True)[:LOOKED_AT])
    also = aliases_known_to(actor).filter(called).values_list("item_id", flat=True)
    ids |= set(also[:LOOKED_AT])
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {
            "text": normal(text), "own": cooperative_ids_of(actor), "most": LOOKED_AT,
            "all": actor.role == "operator",
        })  # fmt: skip
        ids |= {pk for (pk,) in cursor.fetchall()}
    names = {
        pk: [name for name in said if name]
        for pk, *said in rows.filter(pk__in=ids).values_list("pk", "name", "name_en", "code")
    }
    for pk, name in aliases_known_to(actor).filter(item__in=names).values_list("item_id", "name"):
        names[pk].append(name)
    return names


# Answered from the index over names.
_NEAR = """
SELECT c.id FROM catalog_item c
WHERE upper(c.name) %% upper(%(text)s) AND c.merged_into_id IS NULL
  AND (c.cooperative_id IS NULL OR %(all)s OR c.cooperative_id = ANY(%(own)s::uuid[]))
ORDER BY similarity(upper(c.name), upper(%(text)s)) DESC, c.id LIMIT %(most)s
"""
