"""Claims, their ends, and what suppliers owe back: never more than was delivered or paid."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

CLAIMS: Final = (
    Rule("no_more_is_claimed_than_was_delivered",
         "claims are over units of their order and their shipment that were sent, once", """
SELECT o.id AS "order", NULL::uuid AS shipment,
       format('%%s claimed of %%s ordered', c.many, o.quantity) AS problem
FROM orders_order o CROSS JOIN LATERAL (
  SELECT sum(CASE WHEN state IN ('accepted', 'settled') THEN settled_quantity ELSE quantity END)
           AS many
  FROM deliveries_claim WHERE order_id = o.id
    AND state IN ('open', 'offered', 'deciding', 'accepted', 'settled')
    AND NOT (state = 'settled' AND remedy = 'replacement')) c
WHERE c.many > o.quantity
UNION ALL
SELECT d.order_id, d.id, format('short %%s, other %%s; sent %%s, arrived %%s', c.short, c.other,
                                d.quantity, r.quantity)
FROM deliveries_shipment d LEFT JOIN deliveries_receipt r ON r.shipment_id = d.id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(quantity) FILTER (WHERE kind = 'short'), 0) AS short,
         coalesce(sum(quantity) FILTER (WHERE kind <> 'short'), 0) AS other,
         count(*) AS claims, bool_or(order_id <> d.order_id) AS elsewhere
  FROM deliveries_claim WHERE shipment_id = d.id AND state <> 'withdrawn') c
WHERE c.claims > 0 AND (r.id IS NULL OR c.elsewhere OR c.short > d.quantity - r.quantity
                        OR c.other > r.quantity)"""),
    Rule("a_claim_is_its_orders", "a claim has its order's firm, supplier and host", """
SELECT c.id AS claim, o.id AS "order", 'of others' AS problem
FROM deliveries_claim c JOIN orders_order o ON o.id = c.order_id
WHERE (c.firm_id, c.supplier_id, c.host_id) <> (o.firm_id, o.supplier_id, o.host_id)"""),
    Rule("an_accepted_claim_is_refunded_once",
         "a claim that ended in a refund has one, of its order's payment, or so much less is owed "
         "on account, and no refund is without", """
SELECT c.id AS claim, c.refund_id AS refund,
       format('%%s, %%s; %%s back, %%s off of %%s', c.state, c.remedy, coalesce(r.cause, 'no'),
              coalesce(k.amount, 0), c.settled_amount) AS problem
FROM deliveries_claim c JOIN orders_order o ON o.id = c.order_id
JOIN payments_payment p ON p.order_id = o.id
LEFT JOIN payments_refund r ON r.id = c.refund_id
LEFT JOIN payments_refund x ON x.rest_of_id = r.id
LEFT JOIN payments_credit k ON k.id = c.credit_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(b.amount), 0) AS amount FROM payments_refund b
  WHERE b.payment_id = p.id AND b.state <> 'cancelled') back
CROSS JOIN LATERAL (
  SELECT CASE WHEN o.parts = '[]' THEN o.supply_value * c.settled_quantity::numeric / o.quantity
    ELSE (SELECT coalesce(sum((x ->> 'supply_value')::numeric * (s ->> 'quantity')::numeric
                              / (x ->> 'quantity')::numeric), 0)
          FROM jsonb_array_elements(o.parts) x
          JOIN jsonb_array_elements(c.settled_parts) s ON s ->> 'id' = x ->> 'id') END AS goods) w
WHERE ((c.refund_id IS NOT NULL OR c.credit_id IS NOT NULL)
       AND (c.state <> 'settled' OR c.remedy <> 'refund'
            OR (r.payment_id <> p.id) IS TRUE OR (r.cause <> 'claim') IS TRUE
            OR (k.payment_id <> p.id) IS TRUE
            OR ((x.payment_id, x.cause) <> (p.id, 'claim')) IS TRUE
            OR coalesce(r.supply_value + r.delivery + r.vat, 0)
               + coalesce(x.supply_value + x.delivery + x.vat, 0)
               + coalesce(k.supply_value + k.delivery + k.vat, 0) > c.settled_amount))
   OR (c.state = 'settled' AND c.remedy = 'refund' AND c.refund_id IS NULL AND c.credit_id IS NULL
       AND w.goods >= 1 AND p.state <> 'cancelled' AND back.amount < p.amount - p.credited)
   OR (c.state = 'accepted' AND c.remedy = 'refund'
       AND c.decided_at < clock_timestamp() - %(grace)s)
UNION ALL
SELECT NULL, r.id, 'a refund of no claim'
FROM payments_refund r WHERE r.cause = 'claim'
  AND NOT EXISTS (SELECT 1 FROM deliveries_claim c
                  WHERE c.refund_id IN (r.id, r.rest_of_id))"""),
    Rule("a_replacement_is_what_was_agreed",
         "what is sent in place of a claim is what was agreed on, and at the end all of it arrived",
         """
SELECT c.id AS claim, format('%%s, %%s of %%s; sent %%s, arrived %%s', c.state, c.remedy,
                             c.settled_quantity, s.sent, s.arrived) AS problem
FROM deliveries_claim c CROSS JOIN LATERAL (
  SELECT coalesce(sum(coalesce(r.quantity, d.quantity)), 0) AS sent,
         coalesce(sum(r.quantity), 0) AS arrived, bool_or(d.order_id <> c.order_id) AS elsewhere
  FROM deliveries_shipment d LEFT JOIN deliveries_receipt r ON r.shipment_id = d.id
  WHERE d.claim_id = c.id) s
WHERE coalesce(s.elsewhere, false)
   OR (c.remedy = 'replacement' AND s.sent > c.settled_quantity)
   OR (c.state = 'settled' AND c.remedy = 'replacement' AND s.arrived <> c.settled_quantity)
   OR (s.sent > 0 AND c.state NOT IN ('accepted', 'settled'))"""),
    Rule("a_suppliers_debt_is_booked_once",
         "what a supplier owes back is in the books, and its settlement once", """
SELECT d.id AS debt, format('%%s over %%s; booked as owed %%s, settled %%s', d.state, d.amount,
                            b.owed, s.sum) AS problem
FROM payments_supplierdebt d LEFT JOIN payments_refund r ON r.id = d.refund_id
LEFT JOIN payments_credit k ON k.id = d.credit_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount), 0) AS owed
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.key = CASE WHEN r.id IS NULL THEN 'credited:' || k.payment_id || ':' || k.number
                ELSE 'refund_due:' || r.payment_id || ':' || r.number END
    AND l.account = 'supplier_receivable' AND l.firm_id = d.supplier_id) b
CROSS JOIN LATERAL (
  SELECT -coalesce(sum(l.amount), 0) AS sum
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE split_part(e.key, ':', 2) = d.id::text
    AND e.kind IN ('repaid', 'repaid_undone', 'set_off', 'set_off_undone')
    AND l.account = 'supplier_receivable' AND l.firm_id = d.supplier_id) s
WHERE b.owed <> d.amount OR s.sum <> CASE d.state WHEN 'settled' THEN d.amount ELSE 0 END
UNION ALL
SELECT NULL, format('%%s owes %%s in the books and %%s in rows', b.firm_id, b.sum, d.sum)
FROM (SELECT cooperative_id, firm_id, currency, sum(amount) AS sum FROM payments_ledgerline
      WHERE account = 'supplier_receivable' GROUP BY 1, 2, 3) b
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount), 0) AS sum FROM payments_supplierdebt
  WHERE state = 'open' AND (cooperative_id, supplier_id, currency)
                           = (b.cooperative_id, b.firm_id, b.currency)) d
WHERE b.sum <> d.sum"""),
)  # fmt: skip
