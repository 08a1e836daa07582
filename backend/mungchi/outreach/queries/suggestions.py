"""What could be done for firms that are left out: five queries for all firms of a page.

Suggestions are explained by what they share with the firm (the item, else the category); nothing
is scored.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from mungchi.accounts.access import Actor
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.demand.models import Pool
from mungchi.demand.queries import pools_visible_to
from mungchi.outreach.domain.leftout import MEMORY
from mungchi.outreach.models import Listing
from mungchi.outreach.queries.directory import listings_visible_to

EACH: Final = 3
LOOKED_AT: Final = 400

_WANTED: Final = """
WITH bought AS (
  SELECT DISTINCT firm_id, item_id FROM demand_need
  WHERE cooperative_id = %(cooperative)s AND state IN ('open', 'in_campaign', 'expired')
    AND created_at > %(memory)s
  UNION
  SELECT DISTINCT firm_id, item_id FROM demand_purchase
  WHERE cooperative_id = %(cooperative)s AND purchased_date > %(memory)s::timestamptz::date
  UNION
  SELECT l.firm_id, k.item_id FROM campaigns_clearingline l
  JOIN campaigns_clearingrun r ON r.id = l.run_id JOIN campaigns_campaign k ON k.id = r.campaign_id
  WHERE l.firm_id = ANY(%(firms)s) AND l.cooperative_id = %(cooperative)s AND l.awarded = 0
    AND r.at > %(memory)s
), ours AS (SELECT * FROM bought WHERE firm_id = ANY(%(firms)s))
SELECT o.firm_id, o.item_id, i.name, i.category_id,
       array(SELECT b.firm_id FROM bought b WHERE b.item_id = o.item_id AND b.firm_id <> o.firm_id)
FROM ours o JOIN catalog_item i ON i.id = o.item_id
ORDER BY o.firm_id, o.item_id
"""


@dataclass(slots=True)
class Wanted:
    """Items and categories that a firm wants, and the other members that want the same items.

    names: what the items are called: the cooperative's own list may have one that everybody's has.
    """

    items: set[UUID] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    categories: set[UUID] = field(default_factory=set)
    others: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Near:
    """A campaign, pool or listing, and what it shares with the firm: "item" or "category"."""

    row: Any
    match: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What could be done for one firm. same_need: how many other members want the same items."""

    campaigns: Sequence[Near]
    pools: Sequence[Near]
    listings: Sequence[Near]
    same_need: int


def suggestions_for(
    actor: Actor, firm_ids: Sequence[UUID], at: datetime
) -> dict[UUID, Suggestions]:
    """What the office could do for each of these members."""
    wanted = _wanted(actor.cooperative_id, firm_ids, at)
    items = set().union(*(one.items for one in wanted.values()))
    categories = set().union(*(one.categories for one in wanted.values()))
    names = set().union(*(one.names for one in wanted.values()))
    alike = Q(item__in=items) | Q(item__name__in=names) | Q(item__category__in=categories)
    open_ones = _open_campaigns(actor, alike, at)
    pools = _pools(actor, alike)
    inside = _pooled(pools, firm_ids)
    listings = _listings(actor, categories)
    return {
        firm: Suggestions(
            campaigns=_nearest(
                [row for row in open_ones if row.awarded_offer.supplier_id != firm], wanted[firm]
            ),
            pools=_nearest(pools, wanted[firm], own=inside[firm]),
            listings=[
                Near(row, "category")
                for row in listings
                if row.category_id in wanted[firm].categories and row.firm_id != firm
            ][:EACH],
            same_need=len(wanted[firm].others),
        )
        for firm in firm_ids
    }


def _wanted(
    cooperative_id: UUID | None, firm_ids: Sequence[UUID], at: datetime
) -> dict[UUID, Wanted]:
    with connection.cursor() as cursor:
        cursor.execute(
            _WANTED,
            {"cooperative": cooperative_id, "firms": list(firm_ids), "memory": at - MEMORY},
        )
        found = cursor.fetchall()
    wanted: dict[UUID, Wanted] = defaultdict(Wanted)
    for firm, item, name, category, others in found:
        wanted[firm].items.add(item)
        wanted[firm].names.add(name)
        wanted[firm].others.update(others)
        if category is not None:
            wanted[firm].categories.add(category)
    return wanted


def _open_campaigns(actor: Actor, alike: Q, at: datetime) -> list[Campaign]:
    rows = campaigns.visible_to(actor).filter(state="open", closes_at__gt=at)
    return list(
        rows.filter(alike)
        .select_related("host", "item__category", "awarded_offer")
        .order_by("closes_at", "id")[:LOOKED_AT]
    )


def _pools(actor: Actor, alike: Q) -> list[Pool]:
    rows = pools_visible_to(actor).filter(state="open")
    found = rows.filter(alike)
    return list(found.order_by("-firms", "id")[:LOOKED_AT])


def _pooled(pools: Sequence[Pool], firm_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """In which of these pools each of the firms has a need already."""
    inside: dict[UUID, set[UUID]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT firm_id, pool_id FROM demand_need "
            "WHERE pool_id = ANY(%s) AND firm_id = ANY(%s) AND state = 'open'",
            [[row.pk for row in pools], list(firm_ids)],
        )
        for firm, pool in cursor.fetchall():
            inside[firm].add(pool)
    return inside


def _listings(actor: Actor, categories: set[UUID]) -> list[Listing]:
    rows = listings_visible_to(actor).filter(category__in=categories)
    return list(rows.order_by("-id")[:LOOKED_AT])


def _nearest(rows: Sequence[Any], wanted: Wanted, own: set[UUID] | None = None) -> list[Near]:
    """Those of the same item first, then those of the same category, each in their order."""
    mine = own or set()

    def is_same(row: Any) -> bool:
        return row.item_id in wanted.items or row.item.name in wanted.names

    same = [Near(row, "item", row.pk in mine) for row in rows if is_same(row)]
    alike = [
        Near(row, "category", row.pk in mine)
        for row in rows
        if not is_same(row) and row.item.category_id in wanted.categories
    ]
    return [*same, *alike][:EACH]
