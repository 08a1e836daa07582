"""What a unit may be had for together, by item: for the expected saving of bundles."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from django.db import connection

from mungchi.campaigns.domain.bundles import Key
from mungchi.campaigns.domain.expecting import Expected, Known, Standing


class Told(NamedTuple):
    """An item, the cooperative whose price it is (none: anybody's), and the office that may know
    (none: all may)."""

    item: Key
    host: Key | None
    office: Key | None


class Asked(NamedTuple):
    """For whom prices are looked up: cooperatives, what their members need, the day since which a
    price is of use, and now (what day that is differs between cooperatives)."""

    cooperatives: Collection[Key]
    items: Collection[Key]
    since: date
    at: datetime


Priced = Mapping[Told, Sequence[Expected | Standing]]


class PriceSource(Protocol):
    """Where prices that may be had are from."""

    def __call__(self, asked: Asked) -> Priced:
        """What is known of each item, a query or two whatever their number."""
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
  AND r.reason = 'closing'
CROSS JOIN LATERAL (
  SELECT c.host_id AS reader
  UNION ALL SELECT p.cooperative_id FROM campaigns_campaign_partners p
            WHERE p.campaign_id = c.id AND c.reach = 'partners'
  UNION ALL SELECT NULL WHERE c.reach = 'all'
) v
WHERE c.host_id = ANY(%(offices)s::uuid[]) AND c.closed_at >= %(since)s AND c.state <> 'failed'
ORDER BY c.item_id, c.host_id, v.reader, r.at DESC, r.id DESC
"""


def past_clearings(asked: Asked) -> Priced:
    """What the last campaign for an item cleared at."""
    with connection.cursor() as cursor:
        cursor.execute(_CLEARINGS, {"offices": list(asked.cooperatives), "since": asked.since})
        rows = cursor.fetchall()
    found = {}
    for item, host, reader, price, at, first in rows:
        alone = None if first is None or Decimal(first) <= price else Decimal(first)
        found[Told(item, host, reader)] = [Expected("clearing", price, at.date(), alone)]
    return found


# The first that knows a price of an item is taken. Apps above this one put theirs in front.
SOURCES: list[PriceSource] = [past_clearings]


class Prices:
    """What all sources know; asked by office, its circle, and items, the closest first."""

    def __init__(self, asked: Asked) -> None:
        self._known: list[dict[Key, dict[tuple[Key | None, Key | None], Any]]] = []
        for source in SOURCES:
            by_item: dict[Key, dict[tuple[Key | None, Key | None], Any]] = {}
            for (item, host, reader), prices in source(asked).items():
                by_item.setdefault(item, {})[host, reader] = prices
            self._known.append(by_item)

    def known(
        self,
        office: Key,
        circle: Collection[Key],
        items: Collection[Key],
        *,
        currency: str,
        vat_rate_bp: int,
        today: date,
    ) -> Known | None:
        """What an office may know of the items' prices, among its circle and from anybody."""
        groups = []
        for by_item in self._known:
            for item in items:
                if item not in by_item:
                    continue
                told = [
                    one
                    for (host, reader), prices in by_item[item].items()
                    if (host is None or host in circle) and reader in (office, None)
                    for one in prices
                    if not isinstance(one, Standing) or one.is_for(currency, vat_rate_bp, today)
                ]
                if told:
                    groups.append(tuple(told))
        return Known(tuple(groups)) if groups else None
