"""Reading items and their categories."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperative_ids_of
from mungchi.catalog.models import Category, Item, ItemAlias
from mungchi.common.errors import NotFound


def items_visible_to(actor: Actor) -> QuerySet[Item]:
    """Everybody's items and those of the actor's cooperatives; an operator sees all."""
    rows = Item.objects.select_related("category").filter(merged_into__isnull=True)
    if actor.role == "operator":
        return rows
    own = cooperative_ids_of(actor)
    return rows.filter(Q(cooperative__isnull=True) | Q(cooperative_id__in=own))


def own_items(actor: Actor) -> QuerySet[Item]:
    """The items of an office's own catalogue; none for anybody else."""
    rows = Item.objects.select_related("category").filter(merged_into__isnull=True)
    if not actor.is_office:
        return rows.none()
    return rows.filter(cooperative_id=actor.cooperative_id)


def with_variants(rows: QuerySet[Item]) -> QuerySet[Item]:
    """With the variants of each: one query more, whatever the number."""
    return rows.prefetch_related("variants")


def locked_own_items(actor: Actor, ids: Sequence[UUID]) -> dict[UUID, Item]:
    """Lock items of the office's own catalogue, by id; raise NotFound when one is none of them."""
    rows = own_items(actor).filter(pk__in=ids).order_by("pk")
    found = {row.pk: row for row in rows.select_for_update(no_key=True, of=("self",))}
    if set(ids) - set(found):
        raise NotFound
    return found


def items_of(cooperative_id: UUID) -> QuerySet[Item]:
    """What members of one cooperative may ask for: everybody's items and the cooperative's own."""
    return Item.objects.filter(
        Q(cooperative__isnull=True) | Q(cooperative_id=cooperative_id), merged_into__isnull=True
    )


def items_matching(rows: QuerySet[Item], text: str, actor: Actor) -> QuerySet[Item]:
    """Items whose name, English name or code contains `text`, or another name they have.

    Other names are those of everybody's catalogue and of the actor's cooperatives.
    """
    called = Item.objects.filter(Q(name__holds=text) | Q(name_en__holds=text) | Q(code__holds=text))
    also = aliases_known_to(actor).filter(name__holds=text)
    return rows.filter(pk__in=called.values("pk").union(also.values("item_id"), all=True))


def ids_matching(text: str, actor: Actor) -> QuerySet[Item, dict[str, UUID]]:
    """Keys of the items that `items_matching` finds among all; for rows that refer to items.

    Not the two lists themselves: the planner looks one of them through for every row then.
    """
    return items_matching(Item.objects.all(), text, actor).values("pk")


def ids_called(word: str) -> QuerySet[Item, dict[str, UUID]]:
    """Keys of items whose name or English name contains a word, or whose code begins with it."""
    # The first is what finds it: a beginning of one letter or two has no index.
    coded = Q(code__holds=word, code__istartswith=word)
    return Item.objects.filter(Q(name__holds=word) | Q(name_en__holds=word) | coded).values("pk")


def aliases_known_to(actor: Actor) -> QuerySet[ItemAlias]:
    """Other names in everybody's catalogue and in those of the actor's cooperatives."""
    own = cooperative_ids_of(actor)
    return ItemAlias.objects.filter(Q(cooperative__isnull=True) | Q(cooperative_id__in=own))


def categories() -> QuerySet[Category]:
    """All kinds of goods and services."""
    return Category.objects.all()


def items_called(
    cooperative_id: UUID, codes: Sequence[str], names: Sequence[str]
) -> tuple[dict[str, Item], dict[str, Item]]:
    """What members may ask for, by code and by name as people write them: three queries.

    The cooperative's own go before everybody's, and what an item is called before its other names.
    """
    wanted = {"code": [code for code in codes if code], "name": [name for name in names if name]}
    found: dict[str, dict[str, Item]] = {"code": {}, "name": {}}
    also = ItemAlias.objects.filter(
        Q(cooperative=None) | Q(cooperative_id=cooperative_id),
        Q(kind="code", name__in=wanted["code"]) | Q(kind="name", name__in=wanted["name"]),
        item__in=items_of(cooperative_id),
    ).select_related("item")
    for alias in also.order_by(F("cooperative_id").desc(nulls_first=True)):
        found[alias.kind][alias.name] = alias.item
    rows = items_of(cooperative_id).filter(
        Q(code__in=wanted["code"]) | Q(name__in=wanted["name"]) | Q(name_en__in=wanted["name"])
    )
    for item in rows.order_by(F("cooperative_id").desc(nulls_first=True), "-id"):
        found["name"] |= {item.name_en: item} if item.name_en else {}
        found["name"][item.name] = item
        found["code"] |= {item.code: item} if item.code else {}
    return found["code"], found["name"]


def items_like(cooperative_id: UUID, texts: Sequence[str], most: int) -> dict[str, list[Item]]:
    """Text -> the items that members may ask for whose names are most like it: two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [list(dict.fromkeys(texts)), cooperative_id, most])
        pairs = cursor.fetchall()
    items = Item.objects.select_related("category").in_bulk({pk for _, pk in pairs})
    found: dict[str, list[Item]] = {text: [] for text in texts}
    for text, pk in pairs:
        found[text].append(items[pk])
    return found


# Both ways of asking are answered from the index over names.
_LIKE = """
SELECT t.text, i.id FROM unnest(%s::text[]) WITH ORDINALITY t (text, place)
CROSS JOIN LATERAL (
  SELECT c.id, greatest(similarity(upper(c.name), upper(t.text)),
                        word_similarity(upper(t.text), upper(c.name))) AS likeness
  FROM catalog_item c
  WHERE (c.cooperative_id IS NULL OR c.cooperative_id = %s) AND c.merged_into_id IS NULL
    AND (upper(c.name) %% upper(t.text) OR upper(c.name) %%> upper(t.text))
  ORDER BY likeness DESC, c.id LIMIT %s
) i
ORDER BY t.place, i.likeness DESC, i.id
"""
