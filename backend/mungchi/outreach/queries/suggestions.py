"""What could be done for firms that are left out: seven queries for all firms of a page.

Suggestions are explained by what they share with the firm (the item, else the category); nothing
is scored.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from mungchi.accounts.access import Actor
from mungchi.accounts.models import Membership
from mungchi.campaigns import queries as campaigns
from mungchi.campaigns.models import Campaign
from mungchi.demand.models import Pool
from mungchi.demand.queries import pools_visible_to
from mungchi.outreach.domain.leftout import MEMORY
from mungchi.outreach.models import Listing
from mungchi.outreach.queries.directory import listings_visible_to

EACH: Final = 3
LOOKED_AT: Final = 400

# What the firms need, bought, or lost at a clearing; `theirs` is false for the last alone.
_WANTED: Final = """
SELECT w.firm_id, w.item_id, i.name, i.category_id, bool_or(w.theirs)
FROM (
  SELECT firm_id, item_id, true AS theirs FROM demand_need
  WHERE firm_id = ANY(%(firms)s) AND cooperative_id = %(cooperative)s
    AND state IN ('open', 'in_campaign', 'expired') AND created_at > %(memory)s
  UNION ALL
  SELECT firm_id, item_id, true FROM demand_purchase
  WHERE firm_id = ANY(%(firms)s) AND cooperative_id = %(cooperative)s
    AND purchased_date > %(memory)s::timestamptz::date
  UNION ALL
  SELECT l.firm_id, k.item_id, false FROM campaigns_clearingline l
  JOIN campaigns_clearingrun r ON r.id = l.run_id JOIN campaigns_campaign k ON k.id = r.campaign_id
  WHERE l.firm_id = ANY(%(firms)s) AND l.cooperative_id = %(cooperative)s AND l.awarded = 0
    AND r.at > %(memory)s
) w JOIN catalog_item i ON i.id = w.item_id
GROUP BY w.firm_id, w.item_id, i.name, i.category_id
ORDER BY w.firm_id, w.item_id
"""

# Which members need or bought each of some items, the members by number: a cooperative of 4,000
# that buys everything answers with 60,000 small numbers; pairs of firms would be a million keys.
_WHO_WANTS: Final = """
WITH member AS (
  SELECT firm_id, row_number() OVER () AS n FROM accounts_membership
  WHERE cooperative_id = %(cooperative)s AND state = 'active'
), wanting AS (
  SELECT item_id, firm_id FROM demand_need
  WHERE cooperative_id = %(cooperative)s AND item_id = ANY(%(items)s)
    AND state IN ('open', 'in_campaign', 'expired') AND created_at > %(memory)s
  UNION
  SELECT item_id, firm_id FROM demand_purchase
  WHERE cooperative_id = %(cooperative)s AND item_id = ANY(%(items)s)
    AND purchased_date > %(memory)s::timestamptz::date
)
SELECT w.item_id, array_agg(m.n) FROM wanting w JOIN member m USING (firm_id) GROUP BY w.item_id
"""


@dataclass(slots=True)
class Wanted:
    """Items and categories that a firm wants.

    names: what the items are called: the cooperative's own list may have one that everybody's has.
    theirs: the items that it needs or bought, and did not only lose at a clearing.
    """

    items: set[UUID] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    categories: set[UUID] = field(default_factory=set)
    theirs: set[UUID] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Near:
    """A campaign, pool or listing, and what it shares with the firm: "item" or "category".

    own: the firm is in the pool already; a member of the office's cooperative made the listing.
    """

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
    who = _who_wants(actor.cooperative_id, items, at)
    listings = _listings(actor, categories)
    divisions = _divisions(actor, firm_ids)
    return {
        firm: Suggestions(
            campaigns=_nearest(
                [
                    row
                    for row in open_ones
                    if row.awarded_offer.supplier_id != firm
                    and (row.reach != "division" or row.division_id == divisions.get(firm))
                ],
                wanted[firm],
            ),
            pools=_nearest(pools, wanted[firm], own=inside[firm]),
            listings=[
                Near(row, "category", row.ours)
                for row in listings
                if row.category_id in wanted[firm].categories and row.firm_id != firm
            ][:EACH],
            same_need=_others(wanted[firm], who),
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
    for firm, item, name, category, theirs in found:
        wanted[firm].items.add(item)
        wanted[firm].names.add(name)
        if theirs:
            wanted[firm].theirs.add(item)
        if category is not None:
            wanted[firm].categories.add(category)
    return wanted


def _who_wants(cooperative_id: UUID | None, items: set[UUID], at: datetime) -> dict[UUID, int]:
    """By item: the members that need or bought it, as the bits of a number."""
    with connection.cursor() as cursor:
        cursor.execute(
            _WHO_WANTS, {"cooperative": cooperative_id, "items": list(items), "memory": at - MEMORY}
        )
        found = cursor.fetchall()
    bits = {}
    for item, members in found:
        row = bytearray(max(members) // 8 + 1)
        for n in members:
            row[n >> 3] |= 1 << (n & 7)
        bits[item] = int.from_bytes(row, "little")
    return bits


def _others(wanted: Wanted, who: Mapping[UUID, int]) -> int:
    """How many members beside the firm want one of its items."""
    everybody = reduce(or_, (who.get(item, 0) for item in wanted.items), 0)
    return everybody.bit_count() - bool(wanted.theirs)


def _open_campaigns(actor: Actor, alike: Q, at: datetime) -> list[Campaign]:
    rows = campaigns.visible_to(actor).filter(state="open", closes_at__gt=at)
    return list(
        rows.filter(alike)
        .select_related("host", "item__category", "awarded_offer")
        .order_by("closes_at", "id")[:LOOKED_AT]
    )


def _divisions(actor: Actor, firm_ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """The division of each of these members, for campaigns that are for one."""
    rows = Membership.objects.filter(cooperative_id=actor.cooperative_id, firm_id__in=firm_ids)
    return dict(rows.values_list("firm_id", "division_id"))


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
    """Own members' first, then what partners' members have opened to partners."""
    rows = listings_visible_to(actor).filter(category__in=categories)
    ours = Membership.objects.filter(
        firm_id=OuterRef("firm_id"), cooperative_id=actor.cooperative_id, state="active"
    )
    return list(rows.annotate(ours=Exists(ours)).order_by("-ours", "-id")[:LOOKED_AT])


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
