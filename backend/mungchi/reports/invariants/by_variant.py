"""What is asked for, given and paid by variant makes what is counted together."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

BY_VARIANT: Final = (
    Rule("parts_make_totals",
         "quantities by variant are of the campaign's variants, and make the quantity", """
SELECT q.campaign_id AS campaign, q.what, q.id,
       format('%%s are not %%s of %%s variants', parts, total, jsonb_array_length(variants))
         AS problem
FROM (
  SELECT c.campaign_id, 'commitment' AS what, c.id::text, c.parts, c.quantity::bigint AS total
  FROM campaigns_commitment c
  UNION ALL SELECT a.campaign_id, 'approval request', a.id::text, a.parts, a.quantity
  FROM campaigns_approvalrequest a
  UNION ALL SELECT r.campaign_id, 'clearing line', l.id::text, l.parts, l.quantity
  FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
  UNION ALL SELECT r.campaign_id, 'award', l.id::text, l.awarded_parts, l.awarded
  FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
) q JOIN campaigns_campaign k ON k.id = q.campaign_id
WHERE cardinality(parts) <> jsonb_array_length(variants)
   OR (cardinality(parts) > 0 AND total IS DISTINCT FROM (SELECT sum(n) FROM unnest(parts) n))"""),
    Rule("an_award_by_variant_was_asked_for",
         "a firm gets no more of a variant than it asked for, and tolerance of one alone", """
SELECT r.campaign_id AS campaign, l.id AS line,
       format('%%s awarded of %%s, tolerance of the %%s.', l.awarded_parts, l.parts,
              l.tolerance_to + 1) AS problem
FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
WHERE EXISTS (
  SELECT 1 FROM unnest(l.parts, l.awarded_parts) WITH ORDINALITY p (asked, given, place)
  WHERE p.given > p.asked + CASE WHEN p.place = l.tolerance_to + 1 THEN l.tolerance ELSE 0 END)"""),
    Rule("an_order_by_variant_is_the_award",
         "an order has the variants that were awarded, each at the price and its difference", """
SELECT o.campaign_id AS campaign, o.id AS "order",
       format('%%s; awarded %%s at %%s and %%s', o.parts, l.awarded_parts, r.unit_price,
              f.differences) AS problem
FROM orders_order o JOIN campaigns_clearingline l ON l.id = o.clearing_line_id
JOIN campaigns_clearingrun r ON r.id = l.run_id JOIN campaigns_offer f ON f.id = r.offer_id
JOIN campaigns_campaign k ON k.id = o.campaign_id
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(jsonb_build_array(v.id, w.given, r.unit_price + w.difference)
                            ORDER BY v.place), '[]') AS wanted
  FROM unnest(l.awarded_parts, f.differences) WITH ORDINALITY w (given, difference, place)
  JOIN LATERAL (SELECT one.v ->> 'id' AS id, one.place
                FROM jsonb_array_elements(k.variants) WITH ORDINALITY one (v, place)) v
    ON v.place = w.place
  WHERE w.given > 0) a
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_agg(jsonb_build_array(p.v ->> 'id', (p.v ->> 'quantity')::numeric,
                            (p.v ->> 'unit_price')::numeric) ORDER BY p.place), '[]') AS there
  FROM jsonb_array_elements(coalesce(o.ordered -> 'parts', o.parts))
    WITH ORDINALITY p (v, place)) b
WHERE a.wanted <> b.there"""),
    Rule("a_purchase_order_by_variant_is_its_orders",
         "of each variant the supplier is to send, and gets, what the orders say", """
SELECT p.campaign_id AS campaign, p.id AS purchase_order,
       format('%%s; orders: %%s', b.there, a.wanted) AS problem
FROM orders_purchaseorder p
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_object_agg(s.id, jsonb_build_array(s.quantity, s.value)), '{}') AS wanted
  FROM (SELECT v ->> 'id' AS id, sum((v ->> 'quantity')::numeric) AS quantity,
               sum((v ->> 'supply_value')::numeric) AS value
        FROM orders_order o CROSS JOIN LATERAL jsonb_array_elements(o.parts) v
        LEFT JOIN payments_payment y ON y.order_id = o.id
        WHERE o.campaign_id = p.campaign_id AND y.state IS DISTINCT FROM 'lapsed'
          AND NOT (o.ordered IS NOT NULL AND o.state = 'cancelled')
        GROUP BY 1) s) a
CROSS JOIN LATERAL (
  SELECT coalesce(jsonb_object_agg(v ->> 'id', jsonb_build_array(
           (v ->> 'quantity')::numeric, (v ->> 'supply_value')::numeric)), '{}') AS there
  FROM jsonb_array_elements(p.parts) v) b
WHERE a.wanted <> b.there"""),
)  # fmt: skip
