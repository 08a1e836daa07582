"""Standing offers as a source of what bundles may be had for."""

from collections import defaultdict

from django.db import connection

from mungchi.campaigns.domain.expecting import Standing
from mungchi.campaigns.queries.bundle_prices import Asked, Priced, Told
from mungchi.catalog.domain.units import vat_rate
from mungchi.pricelists.domain.terms import netted

# The days that those who ask have, and their rates of VAT.
_ASKING = """
SELECT DISTINCT (%(at)s::timestamptz AT TIME ZONE zone)::date, vat_rate_bp
FROM accounts_cooperative WHERE id = ANY(%(offices)s::uuid[])
"""
# Read as sets: for all offices it is all offers with their tiers, for a few some of each. Whom an
# offer is for is compared outside, as each of a thousand offices would be looked up for each offer.
_STANDING = """
WITH offer AS MATERIALIZED (
  SELECT o.id, o.item_id, i.vat_class, o.vat_included, o.currency, o.minimum, o.capacity,
         o.valid_from, o.valid_until, o.for_all
  FROM pricelists_standingoffer o JOIN catalog_item i ON i.id = o.item_id
  WHERE o.state = 'active' AND o.item_id = ANY(%(items)s::uuid[])
    AND o.valid_from <= %(last)s AND o.valid_until >= %(first)s
), ladder AS (
  SELECT t.standing_offer_id AS id, array_agg(t.min_quantity ORDER BY t.min_quantity) AS starts,
         array_agg(t.unit_price ORDER BY t.min_quantity) AS prices
  FROM pricelists_standingtier t JOIN offer o ON o.id = t.standing_offer_id GROUP BY 1
), chosen AS (
  SELECT a.standing_offer_id AS id, array_agg(a.cooperative_id::text) AS offices
  FROM pricelists_audience a JOIN offer o ON o.id = a.standing_offer_id
  WHERE NOT o.for_all GROUP BY 1
)
SELECT o.item_id::text, o.vat_class, o.vat_included, o.currency, o.minimum, o.capacity,
       o.valid_from, o.valid_until, ladder.starts, ladder.prices,
       CASE WHEN NOT o.for_all THEN coalesce(chosen.offices, '{}') END
FROM offer o JOIN ladder USING (id) LEFT JOIN chosen USING (id)
"""


def standing_prices(asked: Asked) -> Priced:
    """What suppliers ask today for what is needed, VAT excluded, from their smallest order on; the
    delivery is not in it. Two queries.

    An offer is there for each day that it is among those who ask; where VAT has to be taken out,
    for each of their rates too.
    """
    given = {"offices": list(asked.cooperatives), "items": list(asked.items), "at": asked.at}
    with connection.cursor() as cursor:
        cursor.execute(_ASKING, given)
        asking = cursor.fetchall()
        if not asking:
            return {}
        days, rates = (sorted(set(each)) for each in zip(*asking, strict=True))
        cursor.execute(_STANDING, {**given, "first": days[0], "last": days[-1]})
        rows = cursor.fetchall()
    ours = set(asked.cooperatives)
    found: dict[Told, list[Standing]] = defaultdict(list)
    for item, vat_class, included, currency, minimum, most, begins, ends, *ladder, chosen in rows:
        offices = [None] if chosen is None else [each for each in chosen if each in ours]
        for rate in rates if included else [None]:
            net = netted(
                tuple(zip(*ladder, strict=True)),
                minimum=minimum,
                delivery_cost=0,
                vat_included=included,
                vat_rate_bp=vat_rate(vat_class, rate or 0),
            )
            for day in days:
                if begins <= day <= ends:
                    one = Standing(net.tiers, most, day, currency, vat_rate_bp=rate)
                    for office in offices:
                        found[Told(item, None, office)].append(one)
    return found
