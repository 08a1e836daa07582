"""Standing offers as a source of what bundles may be had for."""

from collections import defaultdict
from decimal import Decimal

from django.db import connection

from mungchi.campaigns.domain.expecting import Standing
from mungchi.campaigns.queries.bundle_prices import Asked, Priced, Told
from mungchi.catalog.domain.units import vat_rate
from mungchi.pricelists.domain.terms import netted

# A row for each whom it is for (a cooperative, or none for all) and each day that it is among
# those who ask; where VAT has to be taken out, for each of their rates too.
_STANDING = """
WITH asking AS (
  SELECT id, vat_rate_bp, (%(at)s::timestamptz AT TIME ZONE zone)::date AS today
  FROM accounts_cooperative WHERE id = ANY(%(offices)s::uuid[])
), rate AS (
  SELECT DISTINCT vat_rate_bp FROM asking
), day AS (
  SELECT DISTINCT today FROM asking
)
SELECT o.item_id::text, a.cooperative_id::text, day.today, r.vat_rate_bp, i.vat_class,
       o.currency, o.minimum, o.capacity,
       (SELECT array_agg(ARRAY[t.min_quantity::numeric, t.unit_price] ORDER BY t.min_quantity)
        FROM pricelists_standingtier t WHERE t.standing_offer_id = o.id)
FROM pricelists_standingoffer o
JOIN day ON o.valid_from <= day.today AND o.valid_until >= day.today
JOIN catalog_item i ON i.id = o.item_id
LEFT JOIN pricelists_audience a ON a.standing_offer_id = o.id AND NOT o.for_all
LEFT JOIN rate r ON o.vat_included
WHERE o.state = 'active'
  AND o.item_id = ANY(%(items)s::uuid[])
  AND (o.for_all OR a.cooperative_id IN (SELECT id FROM asking))
"""


def standing_prices(asked: Asked) -> Priced:
    """What suppliers ask today for what is needed, VAT excluded, from their smallest order on; the
    delivery is not in it. One query."""
    given = {"offices": list(asked.cooperatives), "items": list(asked.items), "at": asked.at}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, given)
        rows = cursor.fetchall()
    found: dict[Told, list[Standing]] = defaultdict(list)
    for item, office, today, rate, vat_class, currency, minimum, most, tiers in rows:
        net = netted(
            tuple((int(least), Decimal(price)) for least, price in tiers),
            minimum=minimum,
            delivery_cost=0,
            vat_included=rate is not None,
            vat_rate_bp=vat_rate(vat_class, rate or 0),
        )
        found[Told(item, None, office)].append(
            Standing(net.tiers, most, today, currency, vat_rate_bp=rate)
        )
    return found
