"""What a unit may be had for together, by item: for the expected saving of bundles."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple, Protocol

from django.db import connection

from mungchi.campaigns.domain.bundles import Key
from mungchi.campaigns.domain.expecting import Expected


class Told(NamedTuple):
    """An item, the cooperative whose price it is, and the office that may know; none: all may."""

    item: Key
    host: Key
    office: Key | None


class PriceSource(Protocol):
    """Where prices that may be had are from: those of cooperatives, since a day."""

    def __call__(self, cooperatives: Collection[Key], since: date) -> Mapping[Told, Expected]:
        """The latest price of each item, a query whatever their number."""
        ...


# The last clearing of each item, host and reader. A campaign is known to its host, to those it was
# open to, and to everybody where it was open to all.
_CLEARINGS = """
SELECT DISTINCT ON (c.item_id, c.host_id, v.reader)
       c.item_id::text, c.host_id::text, v.reader::text, r.unit_price, r.at,
       r.tiers -> 0 ->> 'unit_price'
FROM campaigns_campaign c
JOIN accounts_cooperative h ON h.id = c.host_id AND h.currency = c.currency
JOIN campaigns_clearingrun r ON r.campaign_id = c.id AND r.outcome = 'succeeded'
CROSS JOIN LATERAL (
  SELECT c.host_id AS reader
  UNION ALL SELECT p.cooperative_id FROM campaigns_campaign_partners p
            WHERE p.campaign_id = c.id AND c.reach = 'partners'
  UNION ALL SELECT NULL WHERE c.reach = 'all'
) v
WHERE c.host_id = ANY(%(offices)s::uuid[]) AND c.closed_at >= %(since)s AND c.state <> 'failed'
  AND NOT EXISTS (SELECT 1 FROM campaigns_clearingrun n WHERE n.previous_id = r.id)
ORDER BY c.item_id, c.host_id, v.reader, r.at DESC, r.id DESC
"""


def past_clearings(cooperatives: Collection[Key], since: date) -> dict[Told, Expected]:
    """What the last campaign for an item cleared at."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEARINGS, {"offices": list(cooperatives), "since": since})
        rows = cursor.fetchall()
    found = {}
    for item, host, reader, price, at, first in rows:
        alone = None if first is None or Decimal(first) <= price else Decimal(first)
        found[Told(item, host, reader)] = Expected("clearing", price, at.date(), alone)
    return found


# The first that knows a price of an item is taken.
SOURCES: Final[tuple[PriceSource, ...]] = (past_clearings,)


class Prices:
    """What all sources know; asked by office, its circle, and items, the closest first."""

    def __init__(self, cooperatives: Collection[Key], since: date) -> None:
        self._known: list[dict[Key, dict[tuple[Key, Key | None], Expected]]] = []
        for source in SOURCES:
            by_item: dict[Key, dict[tuple[Key, Key | None], Expected]] = {}
            for (item, host, reader), expected in source(cooperatives, since).items():
                by_item.setdefault(item, {})[host, reader] = expected
            self._known.append(by_item)

    def expected(
        self, office: Key, circle: Collection[Key], items: Collection[Key]
    ) -> Expected | None:
        """The latest price among an office and its partners, of the first item that has one."""
        for by_item in self._known:
            for item in items:
                told = [
                    expected
                    for (host, reader), expected in by_item.get(item, {}).items()
                    if host in circle and reader in (office, None)
                ]
                if told:
                    return max(told, key=lambda one: (one.day, -one.unit_price))
        return None
