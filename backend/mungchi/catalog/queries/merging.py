"""Reading look-alikes, merges, other names, and what hangs on an item."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db.models import Count, ForeignKey, Q, QuerySet
from django.db.transaction import atomic

from mungchi.accounts.access import Actor
from mungchi.catalog.domain.merging import STAYING
from mungchi.catalog.models import Item, ItemAlias, ItemMerge, LookAlike
from mungchi.catalog.queries.items import aliases_known_to
from mungchi.common import wall
from mungchi.common.errors import NotFound


def references() -> list[Any]:
    """Every foreign key to an item there is, in whatever app, by table and column."""
    found = [
        relation.field
        for relation in Item._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
        and isinstance(getattr(relation, "field", None), ForeignKey)
        and relation.field.model._meta.managed
    ]  # fmt: skip
    return sorted(found, key=lambda field: (field.model._meta.label_lower, field.name))


def _of_scope(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """What is to be decided by an office of its own catalogue, by operators of everybody's."""
    if actor.role == "operator":
        return rows.filter(cooperative__isnull=True)
    if actor.is_office:
        return rows.filter(cooperative_id=actor.cooperative_id)
    return rows.none()


def pairs_visible_to(actor: Actor) -> QuerySet[LookAlike]:
    """Look-alikes of the catalogue that this seat looks after; none that became one."""
    rows = LookAlike.objects.filter(
        first__merged_into__isnull=True, second__merged_into__isnull=True
    ).select_related(
        "first__category", "first__cooperative", "second__category", "second__cooperative"
    )
    return _of_scope(rows, actor)


def locked_pair(actor: Actor, pk: UUID) -> LookAlike:
    """Lock one pair that the actor may see; raise NotFound."""
    row = pairs_visible_to(actor).select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def merges_visible_to(actor: Actor) -> QuerySet[ItemMerge]:
    """Merges in the catalogue that this seat looks after."""
    rows = ItemMerge.objects.select_related(
        "kept__category", "kept__cooperative", "away__category", "away__cooperative", "merged_by"
    )
    return _of_scope(rows, actor)


def aliases_visible_to(actor: Actor) -> QuerySet[ItemAlias]:
    """Other names that this seat may know; firms and offices do not see those of others."""
    return aliases_known_to(actor).select_related("merge")


def uses_of(actor: Actor, ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many rows of each kind refer to each item: kind -> number; those that stay left out.

    Operators are told of all firms' rows, as numbers alone; an office of those of its cooperative
    and of campaigns that it hosts, which are all there are of its own items. A query for each kind,
    however many items.
    """
    wanted = list(ids)
    uses: dict[UUID, dict[str, int]] = {pk: {} for pk in wanted}
    front = wall.in_front() if actor.role == "operator" else nullcontext()
    with atomic(), front:
        for field in references():
            label = field.model._meta.label_lower
            if label in STAYING:
                continue
            counted = (
                field.model._base_manager.filter(_ours(actor, field.model))
                .filter(**{f"{field.name}__in": wanted})
                .order_by()
                .values_list(field.attname)
                .annotate(Count("pk"))
            )
            for pk, count in counted:
                uses[pk][label] = uses[pk].get(label, 0) + count
    return uses


def is_something_uncompared() -> bool:
    """Whether there is an item whose name the job has not seen."""
    return Item.objects.filter(compared_at__isnull=True, merged_into__isnull=True).exists()


def _ours(actor: Actor, model: Any) -> Q:
    """Of a table, the rows of which an office may be told how many there are."""
    if actor.role == "operator":
        return Q()
    places = {field.attname for field in model._meta.concrete_fields}
    own = Q()
    for place in ("cooperative_id", "host_id"):
        own |= Q(**{place: actor.cooperative_id}) if place in places else Q()
    return own or Q(pk__in=[])


def with_uses(actor: Actor, pairs: Sequence[Any]) -> list[Any]:
    """Put on each pair what hangs on its two items, as `uses` of each."""
    ids = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    uses = uses_of(actor, ids) if ids else {}
    for pair in pairs:
        pair.first.uses, pair.second.uses = uses[pair.first_id], uses[pair.second_id]
    return list(pairs)
