"""Lists of needs that a firm brings in, and what is there already of what they say."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, QuerySet

from mungchi.accounts.access import Actor
from mungchi.catalog.models import Item
from mungchi.catalog.queries import items_called, items_like, items_of, units_of
from mungchi.common.errors import NotFound
from mungchi.demand.domain.need_list import Line, Meant
from mungchi.demand.models import NeedList, NeedListLine

SUGGESTED = 3


def lists_visible_to(actor: Actor) -> QuerySet[NeedList]:
    """A firm's own lists."""
    rows = NeedList.objects.select_related("created_by", "cooperative")
    return rows.filter(firm_id=actor.firm_id) if actor.is_firm else rows.none()


def list_seen_by(actor: Actor, pk: UUID) -> NeedList:
    """One list that the actor may see; raise NotFound."""
    row = lists_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_list(actor: Actor, pk: UUID) -> NeedList:
    """Lock one list that the actor may see; raise NotFound."""
    rows = lists_visible_to(actor).filter(pk=pk)
    row = rows.select_for_update(no_key=True, of=("self",)).first()
    if row is None:
        raise NotFound
    return row


def lines_of(row: NeedList) -> QuerySet[NeedListLine]:
    """The lines of a list, in its order."""
    return NeedListLine.objects.filter(need_list=row)


def unfinished() -> QuerySet[NeedList]:
    """Lists that were started and are not done."""
    return NeedList.objects.filter(state__in=["queued", "running"])


def meant_by(row: NeedList, lines: Iterable[Line]) -> dict[str, Meant]:
    """What lines call their items -> the item: its code, else its name, or what the firm chose.

    A line without a code may have it where the name is asked for: many know their items by it.
    """
    wanted = {line.called: line for line in lines}
    codes = {called: line.item_code or line.item_name.upper() for called, line in wanted.items()}
    by_code, by_name = items_called(
        row.cooperative_id,
        list(codes.values()),
        [line.item_name for line in wanted.values()],
    )
    chosen = items_of(row.cooperative_id).in_bulk(list(row.chosen.values()))
    found: dict[str, Item] = {}
    for called, line in wanted.items():
        item = chosen.get(UUID(row.chosen[called])) if called in row.chosen else None
        named, coded = by_name.get(line.item_name), by_code.get(codes[called])
        item = item or ((coded or named) if line.item_code else (named or coded))
        if item is not None:
            found[called] = item
    units = units_of(found.values())
    return {called: Meant(item.pk, item.unit, units[item.pk]) for called, item in found.items()}


def stated_before(row: NeedList, fingerprints: Iterable[str]) -> dict[str, str]:
    """Fingerprints of lines that have stated a need to this cooperative -> that need's state."""
    lines = NeedListLine.objects.filter(
        fingerprint__in=list(fingerprints), need__isnull=False,
        need_list__firm_id=row.firm_id, need_list__cooperative_id=row.cooperative_id,
    ).exclude(need_list=row)  # fmt: skip
    return dict(lines.values_list("fingerprint", "need__state"))


def verdicts_of(row: NeedList) -> dict[str, int]:
    """Verdict -> how many lines of a list."""
    counted = lines_of(row).order_by().values_list("verdict").annotate(Count("pk"))
    return dict(counted)


def with_items(
    row: NeedList, lines: Sequence[NeedListLine], *, suggest: bool
) -> list[NeedListLine]:
    """Put on lines the `item` they were understood as, and those `suggested` when there is none."""
    items = Item.objects.select_related("category").in_bulk(
        {UUID(line.said["item"]) for line in lines if "item" in line.said}
    )
    unknown = {
        line.pk: line.said["item_name"] or line.said["item_code"]
        for line in lines if suggest and line.reason == "item_unknown"
    }  # fmt: skip
    like = items_like(row.cooperative_id, list(unknown.values()), SUGGESTED) if unknown else {}
    for line in lines:
        line.item = items.get(UUID(line.said["item"])) if "item" in line.said else None
        line.suggested = like.get(unknown.get(line.pk, ""), [])
    return list(lines)
