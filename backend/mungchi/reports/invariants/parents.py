"""What belongs to whom, and what was sent and arrived."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

TENANCY: Final = (
    Rule("a_commitment_is_within_reach",
         "its cooperative is reached and the firm's own, or it is the host's guest", """
SELECT k.id AS campaign, c.id AS commitment,
       format('reach %%s, through cooperative %%s', k.reach, c.cooperative_id) AS problem
FROM campaigns_commitment c JOIN campaigns_campaign k ON k.id = c.campaign_id
WHERE NOT (c.cooperative_id = k.host_id OR k.reach = 'all' OR (k.reach = 'partners' AND EXISTS (
        SELECT 1 FROM campaigns_campaign_partners p
        WHERE p.campaign_id = k.id AND p.cooperative_id = c.cooperative_id)))
   OR (NOT EXISTS (SELECT 1 FROM accounts_membership m
                   WHERE m.firm_id = c.firm_id AND m.cooperative_id = c.cooperative_id)
       AND NOT (c.cooperative_id = k.host_id AND EXISTS (
         SELECT 1 FROM campaigns_guest g
         WHERE g.campaign_id = k.id AND g.firm_id = c.firm_id)))"""),
    Rule("a_campaigns_parts_are_its_own",
         "award, clearing and pool belong to the campaign, its division to the host", """
SELECT k.id AS campaign, 'award' AS what, o.id, 'an offer on ' || o.campaign_id AS problem
FROM campaigns_campaign k JOIN campaigns_offer o ON o.id = k.awarded_offer_id
WHERE o.campaign_id <> k.id OR o.state <> 'awarded'
UNION ALL
SELECT k.id, 'clearing', r.id, 'of offer ' || r.offer_id
FROM campaigns_clearingrun r JOIN campaigns_campaign k ON k.id = r.campaign_id
WHERE r.offer_id IS DISTINCT FROM k.awarded_offer_id
UNION ALL
SELECT k.id, 'pool', p.id, 'of cooperative ' || p.cooperative_id
FROM campaigns_campaign k JOIN demand_pool p ON p.id = k.pool_id
WHERE p.cooperative_id <> k.host_id OR p.item_id <> k.item_id
UNION ALL
SELECT k.id, 'division', d.id, 'of cooperative ' || d.cooperative_id
FROM campaigns_campaign k JOIN accounts_division d ON d.id = k.division_id
WHERE d.cooperative_id <> k.host_id"""),
    Rule("a_line_is_its_commitments", "a line has its commitment's firm and cooperative", """
SELECT l.run_id AS run, l.id AS line,
       format('firm %%s, cooperative %%s', l.firm_id, l.cooperative_id) AS problem
FROM campaigns_clearingline l JOIN campaigns_commitment c ON c.id = l.commitment_id
WHERE (l.firm_id, l.cooperative_id) <> (c.firm_id, c.cooperative_id)"""),
    Rule("an_order_is_its_campaigns",
         "host, item and supplier of an order are the campaign's; firm and office its line's", """
SELECT k.id AS campaign, o.id AS "order",
       format('host %%s, item %%s, supplier %%s, firm %%s, cooperative %%s', o.host_id, o.item_id,
              o.supplier_id, o.firm_id, o.cooperative_id) AS problem
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
JOIN campaigns_clearingline l ON l.id = o.clearing_line_id
JOIN campaigns_clearingrun r ON r.id = l.run_id JOIN campaigns_offer f ON f.id = r.offer_id
WHERE (o.host_id, o.item_id, o.supplier_id) <> (k.host_id, k.item_id, f.supplier_id)
   OR (o.campaign_id, o.firm_id, o.cooperative_id)
      <> (r.campaign_id, l.firm_id, l.cooperative_id)"""),
    Rule("an_order_goes_where_its_firm_said", "a place that a commitment names is its order's", """
SELECT o.campaign_id AS campaign, o.id AS "order", 'it goes elsewhere' AS problem
FROM orders_order o JOIN campaigns_clearingline l ON l.id = o.clearing_line_id
JOIN campaigns_commitment c ON c.id = l.commitment_id
WHERE c.deliver_to <> '' AND o.deliver_to <> c.deliver_to"""),
    Rule("a_payment_is_its_orders", "the host collects, the order's firm pays", """
SELECT o.id AS "order", p.id AS payment,
       format('firm %%s pays cooperative %%s', p.firm_id, p.cooperative_id) AS problem
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
WHERE (p.cooperative_id, p.firm_id) <> (o.host_id, o.firm_id)"""),
    Rule("a_purchase_order_is_its_campaigns",
         "the host orders the campaign's item from the offer's supplier", """
SELECT k.id AS campaign, p.id AS purchase_order,
       format('cooperative %%s, item %%s, supplier %%s', p.cooperative_id, p.item_id,
              p.supplier_id) AS problem
FROM orders_purchaseorder p JOIN campaigns_campaign k ON k.id = p.campaign_id
JOIN campaigns_clearingrun r ON r.id = p.clearing_run_id JOIN campaigns_offer f ON f.id = r.offer_id
WHERE (p.cooperative_id, p.item_id, p.supplier_id, r.campaign_id)
      <> (k.host_id, k.item_id, f.supplier_id, k.id)"""),
    Rule("a_need_is_its_pools", "a need has its pool's cooperative and item", """
SELECT p.id AS pool, n.id AS need,
       format('cooperative %%s, item %%s', n.cooperative_id, n.item_id) AS problem
FROM demand_need n JOIN demand_pool p ON p.id = n.pool_id
WHERE (n.cooperative_id, n.item_id) <> (p.cooperative_id, p.item_id)"""),
    Rule("a_trail_is_its_campaigns", "what a campaign's trail shows belongs to its host", """
SELECT k.id AS campaign, h.id AS event,
       format('%%s, for cooperative %%s', h.kind, h.cooperative_id) AS problem
FROM common_history h JOIN campaigns_campaign k ON k.id = h.thread
WHERE h.cooperative_id IS DISTINCT FROM k.host_id"""),
)  # fmt: skip

DELIVERIES: Final = (
    Rule("no_more_is_sent_than_ordered",
         "the shipments of an order, replacements apart, and what is not waited for any more are at"
         " most its quantity", """
SELECT o.id AS "order", format('%%s sent of %%s, %%s not waited for', s.sent, o.quantity, c.gone)
         AS problem
FROM orders_order o
CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS sent FROM deliveries_shipment
                    WHERE order_id = o.id AND claim_id IS NULL) s
CROSS JOIN LATERAL (SELECT coalesce(sum(settled_quantity), 0) AS gone FROM deliveries_claim
                    WHERE order_id = o.id AND kind = 'late' AND state IN ('accepted', 'settled')) c
WHERE s.sent + c.gone > o.quantity"""),
    Rule("no_more_is_received_than_sent", "a receipt is at most its shipment", """
SELECT s.id AS shipment, r.id AS receipt,
       format('%%s received of %%s', r.quantity, s.quantity) AS problem
FROM deliveries_receipt r JOIN deliveries_shipment s ON s.id = r.shipment_id
WHERE r.quantity > s.quantity"""),
    Rule("a_shipment_is_its_orders", "the order's supplier sends; received means a receipt", """
SELECT s.order_id AS "order", s.id AS shipment,
       format('%%s by %%s, %%s receipt', s.state, s.supplier_id,
              CASE WHEN r.id IS NULL THEN 'no' ELSE 'a' END) AS problem
FROM deliveries_shipment s JOIN orders_order o ON o.id = s.order_id
LEFT JOIN deliveries_receipt r ON r.shipment_id = s.id
WHERE s.supplier_id <> o.supplier_id OR (s.state = 'received') <> (r.id IS NOT NULL)"""),
    Rule("an_order_is_where_its_goods_are",
         "shipped: something was sent; received: all that comes was sent and answered for; else "
         "nothing", """
SELECT o.campaign_id AS campaign, o.id AS "order",
       format('%%s; %%s of %%s sent, %%s shipments unanswered', o.state, s.sent, o.quantity,
              s.unanswered) AS problem
FROM orders_order o CROSS JOIN LATERAL (
  SELECT coalesce(sum(quantity), 0) AS sent,
         count(*) FILTER (WHERE state <> 'received') AS unanswered
  FROM deliveries_shipment d WHERE d.order_id = o.id AND d.claim_id IS NULL) s
CROSS JOIN LATERAL (
  SELECT coalesce(sum(settled_quantity), 0) AS gone FROM deliveries_claim
  WHERE order_id = o.id AND kind = 'late' AND state = 'settled') c
WHERE CASE o.state
  WHEN 'received' THEN s.sent + c.gone < o.quantity OR s.unanswered > 0
  WHEN 'shipped' THEN s.sent = 0
  ELSE s.sent > 0 END"""),
    Rule("a_completed_campaign_has_arrived",
         "every order of a completed campaign that stands was received", """
SELECT k.id AS campaign, o.id AS "order", 'still ' || o.state AS problem
FROM campaigns_campaign k JOIN orders_order o ON o.campaign_id = k.id
WHERE k.state = 'completed' AND o.state NOT IN ('received', 'cancelled')"""),
)  # fmt: skip
