"""Price lists that a supplier brings in, and what is there already of what they name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from mungchi.accounts.access import Actor
from mungchi.accounts.queries import cooperatives_open_to_application
from mungchi.catalog.models import Item
from mungchi.catalog.queries import items_visible_to
from mungchi.catalog.queries.items import aliases_known_to
from mungchi.common.errors import NotFound
from mungchi.demand.domain.values import clean_item_code
from mungchi.pricelists.domain.columns import Said
from mungchi.pricelists.domain.lines import Known, Present, Thing
from mungchi.pricelists.domain.terms import Terms
from mungchi.pricelists.models import PriceSheet, PriceSheetLine, StandingOffer
from mungchi.pricelists.queries.visibility import today_of, visible_to


def sheets_visible_to(actor: Actor) -> QuerySet[PriceSheet]:
    """The firm's own."""
    rows = PriceSheet.objects.select_related("created_by")
    return rows.filter(supplier_id=actor.firm_id) if actor.is_firm else rows.none()


def sheet_seen_by(actor: Actor, pk: UUID) -> PriceSheet:
    """One that the seat sees; raise NotFound."""
    row = sheets_visible_to(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def locked_sheet(actor: Actor, pk: UUID) -> PriceSheet:
    """Lock one that the seat sees; raise NotFound."""
    rows = sheets_visible_to(actor).select_for_update(no_key=True, of=("self",))
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def lines_of(sheet: PriceSheet) -> QuerySet[PriceSheetLine]:
    """Its lines."""
    return PriceSheetLine.objects.filter(sheet=sheet)


def missing_in(actor: Actor, pk: UUID) -> QuerySet[StandingOffer]:
    """The standing offers that a file left out when it was judged last. Raises NotFound."""
    sheet = sheet_seen_by(actor, pk)
    return visible_to(actor).filter(pk__in=sheet.missing).select_related("item__category")


def last_started(supplier_id: UUID | None) -> PriceSheet | None:
    """The last file that the supplier has applied: how it maps columns is remembered from it."""
    rows = PriceSheet.objects.filter(supplier_id=supplier_id, state__in=["queued", "done"])
    return rows.order_by("-id").first()


def unfinished() -> QuerySet[PriceSheet]:
    """Files that were started and are not done."""
    return PriceSheet.objects.filter(state="queued")


def standing_of(actor: Actor) -> dict[str, StandingOffer]:
    """All standing offers of the actor's firm that have not ended, by key: three queries."""
    rows = visible_to(actor).filter(state="active").select_related("item")
    return {str(row.pk): row for row in rows.prefetch_related("tiers", "audience").order_by("id")}


def known_to(
    actor: Actor,
    said: Iterable[Said],
    standing: dict[str, StandingOffer],
    at: datetime,
    chosen: Mapping[str, str],
) -> Known:
    """What is there of the items, codes and cooperatives that some lines name, and of the items
    that were chosen for them: seven queries."""
    lines = list(said)
    # Codes are compared in upper case; files write them in either.
    codes = {v for line in lines for v in (line.item_code, line.item_code.upper()) if v}
    names = {line.item_name for line in lines if line.item_name}
    seen = items_visible_to(actor)
    by_code: dict[str, dict[str, Thing]] = defaultdict(dict)
    by_name: dict[str, dict[str, Thing]] = defaultdict(dict)
    for item in seen.filter(code__in=codes):
        by_code[clean_item_code(item.code)][str(item.pk)] = thing_of(item)
    for item in seen.filter(name__in=names):
        by_name[item.name][str(item.pk)] = thing_of(item)
    for item in seen.filter(name_en__in=names):
        by_name[item.name_en][str(item.pk)] = thing_of(item)
    aliases = aliases_known_to(actor).prefetch_related(Prefetch("item", seen))
    for alias in aliases.filter(name__in=names | codes):
        if alias.item is None:
            continue
        place = by_name[alias.name] if alias.kind == "name" else by_code[alias.name.upper()]
        place.setdefault(str(alias.item.pk), thing_of(alias.item))
    cooperatives: dict[str, str] = {}
    for pk, name, english in cooperatives_open_to_application().values_list(
        "pk", "name", "name_en"
    ):
        cooperatives |= {name: str(pk), **({english: str(pk)} if english else {})}
    return Known(
        by_code={code: list(found.values()) for code, found in by_code.items()},
        by_name={name: list(found.values()) for name, found in by_name.items()},
        present=[Present(pk, thing_of(row.item), terms_of(row)) for pk, row in standing.items()],
        cooperatives=cooperatives,
        today=today_of(actor, at),
        chosen=_chosen(seen, chosen),
    )


def _chosen(seen: QuerySet[Item], chosen: Mapping[str, str]) -> dict[str, Thing]:
    items = seen.in_bulk([UUID(key) for key in chosen.values()]) if chosen else {}
    found = {name: items.get(UUID(key)) for name, key in chosen.items()}
    return {name: thing_of(item) for name, item in found.items() if item is not None}


def thing_of(item: Item) -> Thing:
    """An item as lines are judged by it."""
    of = None if item.cooperative_id is None else str(item.cooperative_id)
    return Thing(str(item.pk), item.name, item.code, item.pack_size, of)


def terms_of(row: StandingOffer) -> Terms:
    """The terms that stand, from a row with its tiers and audience loaded."""
    return Terms(
        tiers=tuple((t.min_quantity, t.unit_price.normalize()) for t in row.tiers.all()),
        cooperatives=tuple(sorted(str(one.cooperative_id) for one in row.audience.all())),
        pack_size=row.pack_size,
        minimum=row.minimum,
        capacity=row.capacity,
        capacity_per=row.capacity_per,
        lead_time_days=row.lead_time_days,
        delivery_cost=row.delivery_cost,
        currency=row.currency,
        vat_included=row.vat_included,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        for_all=row.for_all,
        code=row.code,
        note=row.note,
    )
