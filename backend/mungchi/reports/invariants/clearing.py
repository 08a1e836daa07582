"""What is cleared, ordered and bought: quantities, prices, thresholds."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

_LATEST = """
WITH latest AS (
  SELECT DISTINCT ON (campaign_id) * FROM campaigns_clearingrun ORDER BY campaign_id, number DESC
)"""

QUANTITY: Final = (
    Rule("a_clearing_sums_its_lines",
         "quantity, firms and demand of a clearing are the sums over its lines", """
SELECT r.campaign_id AS campaign, r.id AS run,
       format('%%s units, %%s firms, %%s wanted; its lines: %%s, %%s, %%s',
              r.quantity, r.firms, r.demand, s.quantity, s.firms, s.demand) AS problem
FROM campaigns_clearingrun r CROSS JOIN LATERAL (
  SELECT coalesce(sum(awarded), 0) AS quantity, count(*) FILTER (WHERE awarded > 0) AS firms,
         coalesce(sum(quantity), 0) AS demand
  FROM campaigns_clearingline l WHERE l.run_id = r.id) s
WHERE (r.quantity, r.firms, r.demand) IS DISTINCT FROM (s.quantity, s.firms, s.demand)"""),
    Rule("an_award_is_acceptable",
         "an award is 0, or between the smallest quantity and quantity + tolerance", """
SELECT run_id AS run, id AS line,
       format('%%s awarded; wanted %%s + %%s, at least %%s; %%s', awarded, quantity, tolerance,
              minimum, verdict) AS problem
FROM campaigns_clearingline
WHERE (awarded > 0 AND (awarded < minimum OR awarded > quantity + tolerance))
   OR (awarded > 0) <> (verdict = 'awarded')"""),
    Rule("a_clearing_stays_within_capacity", "no more is cleared than the offer's capacity", """
SELECT r.campaign_id AS campaign, r.id AS run,
       format('%%s of a capacity of %%s', r.quantity, o.capacity) AS problem
FROM campaigns_clearingrun r JOIN campaigns_offer o ON o.id = r.offer_id
WHERE r.quantity > o.capacity"""),
    Rule("a_clearing_is_whole_packs", "what is cleared is a multiple of the offer's pack", """
SELECT r.campaign_id AS campaign, r.id AS run,
       format('%%s in packs of %%s', r.quantity, o.pack_size) AS problem
FROM campaigns_clearingrun r JOIN campaigns_offer o ON o.id = r.offer_id
WHERE r.quantity %% o.pack_size <> 0 AND r.outcome <> 'short'"""),
    Rule("orders_are_the_awards",
         "once made, a campaign's orders are exactly the awarded lines of its clearing", """
WITH cleared AS (
  SELECT DISTINCT ON (campaign_id) * FROM campaigns_clearingrun WHERE reason = 'closing'
  ORDER BY campaign_id, number DESC
)
SELECT coalesce(l.campaign_id, o.campaign_id) AS campaign, l.line, o.id AS "order",
       format('%%s awarded, %%s ordered', l.awarded,
              coalesce((o.ordered ->> 'quantity')::bigint, o.quantity)) AS problem
FROM (SELECT r.campaign_id, l.id AS line, l.awarded
      FROM cleared r JOIN campaigns_clearingline l ON l.run_id = r.id
      WHERE l.awarded > 0
        AND EXISTS (SELECT 1 FROM orders_order x WHERE x.campaign_id = r.campaign_id)) l
FULL JOIN orders_order o ON o.clearing_line_id = l.line
WHERE l.awarded IS DISTINCT FROM coalesce((o.ordered ->> 'quantity')::bigint, o.quantity)"""),
    Rule("a_rest_is_who_did_not_lapse",
         "a clearing again has what the one before gave, but for firms whose payments lapsed; the "
         "last one has every one of those out", """
SELECT r.campaign_id AS campaign, r.id AS run, l.commitment_id AS commitment,
       format('%%s of %%s before, %%s', l.awarded, b.awarded, l.verdict) AS problem
FROM campaigns_clearingrun r
JOIN campaigns_clearingline b ON b.run_id = r.previous_id
LEFT JOIN campaigns_clearingline l ON l.run_id = r.id AND l.commitment_id = b.commitment_id
WHERE r.reason = 'lapse' AND (
  l.id IS NULL OR (l.quantity, l.parts) IS DISTINCT FROM (b.quantity, b.parts)
  OR CASE WHEN l.verdict = 'lapsed' THEN l.awarded <> 0
          ELSE (l.awarded, l.awarded_parts, l.verdict)
               IS DISTINCT FROM (b.awarded, b.awarded_parts, b.verdict) END)
UNION ALL
SELECT r.campaign_id, r.id, l.commitment_id, format('%%s, payment %%s', l.verdict, p.state)
FROM campaigns_clearingrun r
JOIN campaigns_clearingline l ON l.run_id = r.id
JOIN campaigns_clearingrun n ON n.campaign_id = r.campaign_id AND n.reason = 'closing'
JOIN campaigns_clearingline f ON f.run_id = n.id AND f.commitment_id = l.commitment_id
JOIN orders_order o ON o.clearing_line_id = f.id
LEFT JOIN payments_payment p ON p.order_id = o.id
WHERE r.reason = 'lapse' AND NOT EXISTS (
    SELECT 1 FROM campaigns_clearingrun x WHERE x.previous_id = r.id)
  AND (l.verdict = 'lapsed') <> (p.state IS NOT DISTINCT FROM 'lapsed')
  AND NOT EXISTS (SELECT 1 FROM campaigns_campaign k
                  WHERE k.id = r.campaign_id AND k.state = 'failed')"""),
    Rule("a_purchase_order_is_the_clearing",
         "a purchase order's quantity is the clearing's and the sum of the orders that stand", """
SELECT p.campaign_id AS campaign, p.id AS purchase_order,
       format('%%s on it, %%s cleared, %%s ordered', p.quantity, r.quantity, s.quantity) AS problem
FROM orders_purchaseorder p
JOIN campaigns_clearingrun r ON r.id = CASE
  WHEN p.ordered IS NULL THEN p.clearing_run_id
  ELSE (SELECT x.id FROM campaigns_clearingrun x
        WHERE x.campaign_id = p.campaign_id AND x.reason = 'less') END
CROSS JOIN LATERAL (
  SELECT sum(o.quantity) AS quantity FROM orders_order o
  LEFT JOIN payments_payment y ON y.order_id = o.id
  WHERE o.campaign_id = p.campaign_id AND y.state IS DISTINCT FROM 'lapsed'
    AND NOT (o.ordered IS NOT NULL AND o.state = 'cancelled')) s
WHERE p.quantity IS DISTINCT FROM r.quantity OR p.quantity IS DISTINCT FROM s.quantity"""),
    Rule("a_failed_campaign_holds_nothing",
         "a failed or cancelled campaign has no live order, payment or purchase order", """
WITH ended AS (
  SELECT k.id FROM campaigns_campaign k JOIN LATERAL (
    SELECT max(at) AS at FROM common_history h
    WHERE h.subject_id = k.id AND h.to_state IN ('failed', 'cancelled')) h ON true
  WHERE k.state IN ('failed', 'cancelled') AND clock_timestamp() - h.at > %(grace)s
)
SELECT o.campaign_id AS campaign, 'order' AS what, o.id, 'still ' || o.state AS problem
FROM orders_order o JOIN ended e ON e.id = o.campaign_id WHERE o.state <> 'cancelled'
UNION ALL
SELECT o.campaign_id, 'payment', p.id, 'still ' || p.state
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
JOIN ended e ON e.id = o.campaign_id
WHERE p.state IN ('awaiting_transfer', 'on_account', 'paid', 'partially_refunded')
UNION ALL
SELECT p.campaign_id, 'purchase order', p.id, 'still ' || p.state
FROM orders_purchaseorder p JOIN ended e ON e.id = p.campaign_id
WHERE p.state NOT IN ('refused', 'cancelled')"""),
)  # fmt: skip

PRICE: Final = (
    Rule("the_price_is_its_tiers",
         "the clearing price is that of the tier which its own quantity reaches", """
SELECT r.campaign_id AS campaign, r.id AS run,
       format('%%s from %%s on; %%s units reach %%s from %%s on', r.unit_price,
              r.tier_min_quantity, r.quantity, t.unit_price, t.min_quantity) AS problem
FROM campaigns_clearingrun r LEFT JOIN LATERAL (
  SELECT * FROM campaigns_offertier t WHERE t.offer_id = r.offer_id
    AND t.min_quantity <= r.quantity ORDER BY t.min_quantity DESC LIMIT 1) t ON true
WHERE r.outcome = 'succeeded' AND (r.unit_price, r.tier_min_quantity)
      IS DISTINCT FROM (t.unit_price, t.min_quantity)"""),
    Rule("nobody_pays_above_its_limit", "the price is at most every awarded firm's limit", """
SELECT r.campaign_id AS campaign, l.id AS line,
       format('limit %%s, price %%s', l.price_limit, r.unit_price) AS problem
FROM campaigns_clearingline l JOIN campaigns_clearingrun r ON r.id = l.run_id
WHERE l.awarded > 0 AND l.price_limit < r.unit_price"""),
    Rule("one_campaign_one_price",
         "orders and purchase order are at the price and in the currency of the campaign",
         _LATEST + """
SELECT o.campaign_id AS campaign, o.what, o.id,
       format('%%s %%s, the clearing says %%s %%s', o.unit_price, o.currency, r.unit_price,
              k.currency) AS problem
FROM (SELECT campaign_id, 'order' AS what, id, unit_price, currency FROM orders_order
      UNION ALL SELECT campaign_id, 'purchase order', id, unit_price, currency
      FROM orders_purchaseorder) o
JOIN campaigns_campaign k ON k.id = o.campaign_id LEFT JOIN latest r ON r.campaign_id = k.id
WHERE o.unit_price IS DISTINCT FROM r.unit_price OR o.currency <> k.currency"""),
    Rule("a_ladder_falls", "the more, the cheaper: at every step of an offer", """
SELECT a.offer_id AS offer, a.id AS tier, b.id AS deeper_tier,
       format('%%s from %%s on, %%s from %%s on', a.unit_price, a.min_quantity, b.unit_price,
              b.min_quantity) AS problem
FROM campaigns_offertier a JOIN campaigns_offertier b
  ON b.offer_id = a.offer_id AND b.min_quantity > a.min_quantity
WHERE b.unit_price >= a.unit_price"""),
    Rule("a_success_met_its_threshold", "what succeeded has the least quantity and firms", """
SELECT k.id AS campaign, r.id AS run,
       format('%%s of %%s units, %%s of %%s firms', r.quantity, k.threshold_quantity, r.firms,
              k.threshold_firms) AS problem
FROM campaigns_clearingrun r JOIN campaigns_campaign k ON k.id = r.campaign_id
WHERE r.outcome = 'succeeded'
  AND (r.quantity < k.threshold_quantity OR r.firms < k.threshold_firms)"""),
)  # fmt: skip
