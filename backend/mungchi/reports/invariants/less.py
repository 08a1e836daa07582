"""What suppliers confirm less: shared out exactly, at the price that was agreed, and given back."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

LESS: Final = (
    Rule("what_is_confirmed_is_shared_out",
         "a clearing on what was confirmed gives nobody more than before, all of it what the "
         "purchase order says, at most what the supplier said", """
SELECT c.campaign_id AS campaign, c.id AS less,
       format('%%s of %%s said; %%s shared out, %%s on the purchase order, %%s over', r.quantity,
              c.quantity, s.sum, p.quantity, s.over) AS problem
FROM orders_confirmedless c JOIN campaigns_clearingrun r ON r.id = c.run_id
JOIN orders_purchaseorder p ON p.id = c.purchase_order_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.awarded), 0) AS sum,
         count(*) FILTER (WHERE b.id IS NULL OR l.awarded > b.awarded
           OR EXISTS (SELECT 1 FROM unnest(l.awarded_parts, b.awarded_parts) q (now, was)
                      WHERE q.now > q.was)) AS over
  FROM campaigns_clearingline l
  LEFT JOIN campaigns_clearingline b
    ON b.run_id = r.previous_id AND b.commitment_id = l.commitment_id
  WHERE l.run_id = r.id) s
WHERE r.reason <> 'less' OR s.sum <> r.quantity OR s.sum <> p.quantity OR s.over > 0
   OR s.sum > c.quantity OR p.ordered IS NULL
   OR r.unit_price <> (SELECT x.unit_price FROM campaigns_clearingrun x WHERE x.id = r.previous_id)
"""),
    Rule("an_order_is_what_was_confirmed",
         "an order has what the clearing on the confirmed quantity gave it, no figure of it rose, "
         "and one that got nothing is cancelled", """
SELECT o.campaign_id AS campaign, o.id AS "order",
       format('%%s of %%s, %%s, awarded %%s', o.quantity, o.ordered ->> 'quantity', o.state,
              l.awarded) AS problem
FROM orders_order o
JOIN campaigns_clearingline f ON f.id = o.clearing_line_id
LEFT JOIN campaigns_clearingrun r ON r.campaign_id = o.campaign_id AND r.reason = 'less'
LEFT JOIN campaigns_clearingline l ON l.run_id = r.id AND l.commitment_id = f.commitment_id
LEFT JOIN payments_payment p ON p.order_id = o.id
WHERE (r.id IS NOT NULL OR o.ordered IS NOT NULL) AND p.state IS DISTINCT FROM 'lapsed'
  AND (CASE WHEN l.awarded > 0 THEN o.state = 'cancelled' OR o.quantity <> l.awarded
       ELSE o.state <> 'cancelled' END
    OR o.total > (o.ordered ->> 'total')::bigint
    OR o.supply_value > (o.ordered ->> 'supply_value')::bigint
    OR o.vat > (o.ordered ->> 'vat')::bigint)"""),
    Rule("what_is_less_goes_back",
         "of what was paid for an order, what its supplier confirmed less goes back, exactly", """
SELECT o.campaign_id AS campaign, p.id AS payment,
       format('%%s back of %%s ordered, %%s confirmed (%%s)', b.amount, o.ordered ->> 'total',
              o.total, o.state) AS problem
FROM orders_order o JOIN payments_payment p ON p.order_id = o.id
JOIN orders_confirmedless c ON c.campaign_id = o.campaign_id AND c.state = 'done'
CROSS JOIN LATERAL (
  SELECT coalesce(sum(f.amount), 0) AS amount, coalesce(sum(f.vat), 0) AS vat
  FROM payments_refund f WHERE f.payment_id = p.id AND f.cause = 'confirmed_less') b
CROSS JOIN LATERAL (
  SELECT CASE WHEN o.ordered IS NULL THEN 0 WHEN o.state = 'cancelled' THEN o.total
         ELSE (o.ordered ->> 'total')::bigint - o.total END AS amount,
         CASE WHEN o.ordered IS NULL THEN 0 WHEN o.state = 'cancelled' THEN o.vat
         ELSE (o.ordered ->> 'vat')::bigint - o.vat END AS vat) w
WHERE p.paid_at IS NOT NULL AND (p.amount <> o.total OR o.state = 'cancelled')
  AND (b.amount, b.vat) <> (w.amount, w.vat)
  AND EXISTS (SELECT 1 FROM orders_purchaseorder q WHERE q.id = c.purchase_order_id
              AND q.confirmed_at < clock_timestamp() - %(grace)s)"""),
)  # fmt: skip
