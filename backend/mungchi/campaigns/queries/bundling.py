"""What bundles are made of: all that a number of offices need, a few queries however many."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from mungchi.accounts.models import Cooperative
from mungchi.accounts.queries import partner_ids_of
from mungchi.campaigns.domain.bundles import (
    ALIKE_ENOUGH,
    NOTICE,
    Alike,
    Key,
    Pair,
    Wanted,
    bundles_around,
)
from mungchi.campaigns.domain.bundles import Bundle as Found
from mungchi.campaigns.models import Bundle, BundleReading
from mungchi.campaigns.queries.bundle_prices import Asked, Prices

# Prices from longer ago tell nothing of today's.
PRICES_SINCE: Final = timedelta(days=366)

# What a firm last paid stands under the item it needs, or under one alike of its cooperative's
# catalogue (a history brought in by file has names of its own) or of everybody's.
_NEEDS = """
WITH need AS (
  SELECT n.id, n.cooperative_id, n.item_id, n.firm_id, n.quantity, n.needed_by, c.currency
  FROM demand_need n JOIN accounts_cooperative c ON c.id = n.cooperative_id
  WHERE n.state = 'open' AND n.cooperative_id = ANY(%(offices)s::uuid[])
), alike AS (
  SELECT first_id AS item_id, second_id AS other_id FROM catalog_lookalike
  WHERE first_id IN (SELECT item_id FROM need) AND state = 'open' AND score >= %(score)s
  UNION ALL SELECT second_id, first_id FROM catalog_lookalike
  WHERE second_id IN (SELECT item_id FROM need) AND state = 'open' AND score >= %(score)s
), pair AS MATERIALIZED (
  SELECT one.id AS item_id, other.id AS other_id, other.cooperative_id AS owner_id
  FROM alike l JOIN catalog_item one ON one.id = l.item_id
  JOIN catalog_item other ON other.id = l.other_id
  WHERE one.unit = other.unit AND one.vat_class = other.vat_class
), under AS (
  SELECT id, firm_id, cooperative_id, currency, item_id FROM need
  UNION ALL SELECT n.id, n.firm_id, n.cooperative_id, n.currency, p.other_id
            FROM need n JOIN pair p ON p.item_id = n.item_id AND p.owner_id = n.cooperative_id
  UNION ALL SELECT n.id, n.firm_id, n.cooperative_id, n.currency, p.other_id
            FROM need n JOIN pair p ON p.item_id = n.item_id AND p.owner_id IS NULL
), paid AS (
  SELECT DISTINCT ON (u.id) u.id, p.unit_price
  FROM under u JOIN demand_purchase p ON p.firm_id = u.firm_id AND p.item_id = u.item_id
   AND p.cooperative_id = u.cooperative_id AND p.currency = u.currency
  WHERE p.purchased_date >= %(since)s
  ORDER BY u.id, p.purchased_date DESC, p.id DESC
)
SELECT n.cooperative_id::text, n.item_id::text, n.firm_id::text, n.quantity, n.needed_by,
       paid.unit_price
FROM need n LEFT JOIN paid USING (id)
"""
_PAIRS = """
WITH wanted AS (
  SELECT DISTINCT item_id FROM demand_need
  WHERE state = 'open' AND cooperative_id = ANY(%(offices)s::uuid[])
)
SELECT l.first_id::text, l.second_id::text, l.score, a.cooperative_id::text,
       b.cooperative_id::text
FROM catalog_lookalike l
JOIN catalog_item a ON a.id = l.first_id JOIN catalog_item b ON b.id = l.second_id
WHERE l.state = 'open' AND l.score >= %(score)s
  AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
  AND a.unit = b.unit AND a.vat_class = b.vat_class
  AND (l.first_id IN (TABLE wanted) OR l.second_id IN (TABLE wanted))
"""


@dataclass(frozen=True, slots=True)
class Office:
    """An office that bundles are made for: its currency, its rate of VAT in basis points, and the
    day that it has."""

    pk: Key
    currency: str
    vat_rate_bp: int
    today: date
    circle: tuple[Key, ...]


class Land:
    """Offices with what they and their partners need: everything is read when it is made."""

    def __init__(self, offices: Collection[UUID], at: datetime) -> None:
        partners = {
            str(pk): {str(partner) for partner in others}
            for pk, others in partner_ids_of(offices, at).items()
        }
        everybody = set(partners).union(*partners.values())
        about = {
            str(pk): (currency, zone, state, rate)
            for pk, currency, zone, state, rate in Cooperative.objects.filter(
                pk__in=everybody
            ).values_list("pk", "currency", "zone", "state", "vat_rate_bp")
        }
        self.offices = []
        for pk, others in partners.items():
            currency, zone, state, rate = about[pk]
            if state != "active":
                continue
            # What is bought together is paid in one currency.
            like = sorted(each for each in others if about[each][0] == currency)
            today = at.astimezone(ZoneInfo(zone)).date()
            self.offices.append(Office(pk, currency, rate, today, (pk, *like)))
        since = (at - PRICES_SINCE).date()
        self._shelves = _needs(everybody, since)
        self._alike = _pairs(everybody)
        items = {item for shelf in self._shelves.values() for item in shelf}
        self._prices = Prices(Asked(everybody, items, since, at))

    def bundles(self, office: Office) -> Iterator[Found]:
        """What an office is proposed; of those around look-alikes of its own, the one around the
        item of which its members need more."""
        found: dict[tuple[frozenset[tuple[Key, Key]], date], tuple[int, Found]] = {}
        shelves = [self._shelves.get(cooperative, {}) for cooperative in office.circle]
        for item, own in self._shelves.get(office.pk, {}).items():
            others = self._alike.near(item, office.circle)
            closest = (item, *sorted(others, key=lambda each: (-others[each], each)))
            wanted = [
                each for shelf in shelves for one in closest if one in shelf for each in shelf[one]
            ]
            more = sum(each.quantity for each in own)
            expected = self._prices.known(
                office.pk, office.circle, closest,
                currency=office.currency, vat_rate_bp=office.vat_rate_bp,
                today=office.today,
            )  # fmt: skip
            for bundle in bundles_around(
                office.pk, item, wanted, office.today + NOTICE,
                currency=office.currency, expected=expected,
            ):  # fmt: skip
                cells = frozenset((part.cooperative, part.item) for part in bundle.parts)
                key = (cells, bundle.first_day)
                before = found.get(key)
                if before is None or (before[0], before[1].item) < (more, item):
                    found[key] = (more, bundle)
        for _, bundle in found.values():
            yield bundle


def _needs(offices: Collection[Key], since: date) -> dict[Key, dict[Key, list[Wanted]]]:
    shelves: dict[Key, dict[Key, list[Wanted]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NEEDS, {"offices": list(offices), "since": since, "score": ALIKE_ENOUGH})
        for row in cursor.fetchall():
            each = Wanted(*row)
            shelves.setdefault(each.cooperative, {}).setdefault(each.item, []).append(each)
    return shelves


def _pairs(offices: Collection[Key]) -> Alike:
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"offices": list(offices), "score": ALIKE_ENOUGH})
        rows = cursor.fetchall()
    owners: dict[Key, Key | None] = {}
    for first, second, _, of_first, of_second in rows:
        owners[first], owners[second] = of_first, of_second
    return Alike((Pair(first, second, score) for first, second, score, *_ in rows), owners)


def locked_bundles(offices: Collection[UUID], columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Offices' bundles that are open or set aside, locked, in the order of their keys: the columns
    named, with the keys of others as text."""
    rows = Bundle.objects.filter(cooperative__in=offices, state__in=["open", "dismissed"])
    for row in rows.order_by("id").select_for_update(no_key=True).values(*columns):
        row["cooperative_id"] = str(row["cooperative_id"])
        row["item_id"] = str(row["item_id"])
        row["partner_ids"] = [str(partner) for partner in row["partner_ids"]]
        yield row


def offices_due(at: datetime, limit: int) -> list[BundleReading]:
    """Offices whose bundles are to be made anew, locked, the longest due first; not those that
    another worker has."""
    return list(
        BundleReading.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        .select_related("cooperative")
        .filter(due_at__lte=at)
        .order_by("due_at", "cooperative_id")[:limit]
    )
