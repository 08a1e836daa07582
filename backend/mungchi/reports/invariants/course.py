"""What happens in which order: deadlines, states, and everything once."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

TIME: Final = (
    Rule("accepted_in_time",
         "commitments are made and changed from the opening to before the deadline, or the end of "
         "filling; withdrawn before the deadline", """
WITH moments AS (
  SELECT campaign_id, id AS commitment, accepted_at AS at, '' AS kind FROM campaigns_commitment
  UNION SELECT thread, subject_id, at, kind FROM common_history
  WHERE subject_type = 'campaigns.commitment'
), left_open AS (
  SELECT subject_id AS campaign_id, max(at) AS at FROM common_history
  WHERE subject_type = 'campaigns.campaign' AND from_state IN ('open', 'filling')
    AND to_state <> 'filling' GROUP BY 1
)
SELECT k.id AS campaign, m.commitment,
       format('at %%s; open %%s to %%s, closed %%s', m.at, k.opened_at,
              coalesce(k.fills_until, k.closes_at), x.at)
         AS problem
FROM moments m JOIN campaigns_campaign k ON k.id = m.campaign_id
LEFT JOIN left_open x ON x.campaign_id = k.id
WHERE k.opened_at IS NULL OR m.at < k.opened_at OR m.at > x.at
   OR m.at >= coalesce(k.fills_until, k.closes_at)
   OR (m.kind = 'commitment_withdrawn' AND m.at >= k.closes_at)"""),
    Rule("filling_only_adds",
         "after the deadline no quantity, tolerance or limit falls, and no minimum rises", """
SELECT k.id AS campaign, h.subject_id AS commitment, h.id AS event,
       format('%%s -> %%s', h.data -> 'before', h.data -> 'after') AS problem
FROM common_history h JOIN campaigns_campaign k ON k.id = h.thread,
LATERAL (SELECT h.data -> 'before' AS b, h.data -> 'after' AS a) d
WHERE h.kind = 'commitment_changed' AND h.at >= k.closes_at AND h.from_state <> 'withdrawn'
  AND ((a ->> 'quantity')::bigint < (b ->> 'quantity')::bigint
    OR (a ->> 'quantity')::bigint + (a ->> 'tolerance')::bigint
       < (b ->> 'quantity')::bigint + (b ->> 'tolerance')::bigint
    OR (a ->> 'minimum')::bigint > (b ->> 'minimum')::bigint
    OR (a ->> 'price_limit' IS NOT NULL
        AND ((a ->> 'price_limit')::numeric < (b ->> 'price_limit')::numeric
             OR b ->> 'price_limit' IS NULL)))"""),
    Rule("accepted_is_recorded", "the time that decided is the time in the history", """
SELECT c.campaign_id AS campaign, c.id AS commitment,
       format('accepted %%s, recorded %%s', c.accepted_at, h.at) AS problem
FROM campaigns_commitment c LEFT JOIN LATERAL (
  SELECT at FROM common_history h WHERE h.subject_id = c.id
    AND h.kind IN ('commitment_made', 'commitment_changed', 'commitment_kept')
  ORDER BY h.id DESC LIMIT 1) h ON true
WHERE c.accepted_at IS DISTINCT FROM h.at"""),
    Rule("cleared_is_what_was_accepted",
         "the first clearing holds every active commitment as it stands, and nothing else", """
WITH first AS (SELECT id, campaign_id FROM campaigns_clearingrun WHERE number = 1)
SELECT c.campaign_id AS campaign, c.id AS commitment, 'active, and not cleared' AS problem
FROM campaigns_commitment c JOIN first r ON r.campaign_id = c.campaign_id
WHERE c.state = 'active' AND NOT EXISTS (
  SELECT 1 FROM campaigns_clearingline l WHERE l.run_id = r.id AND l.commitment_id = c.id)
UNION ALL
SELECT r.campaign_id, c.id, format('%%s, and cleared otherwise than it stands', c.state)
FROM first r JOIN campaigns_clearingline l ON l.run_id = r.id
JOIN campaigns_commitment c ON c.id = l.commitment_id
WHERE c.state <> 'active' OR c.campaign_id <> r.campaign_id
   OR (l.arrival, l.quantity, l.tolerance, l.minimum, l.price_limit, l.parts, l.tolerance_to)
      IS DISTINCT FROM (c.arrival, c.quantity, c.tolerance, c.minimum, c.price_limit, c.parts,
                        c.tolerance_to)"""),
)  # fmt: skip

# Rows all of whose moves are in the history, and the state in which they are born.
_TOLD = """(
  SELECT 'campaigns.campaign' AS kind, id, state FROM campaigns_campaign
  UNION ALL SELECT 'campaigns.offer', id, state FROM campaigns_offer
  UNION ALL SELECT 'campaigns.commitment', id, state FROM campaigns_commitment
  UNION ALL SELECT 'orders.purchaseorder', id, state FROM orders_purchaseorder
  UNION ALL SELECT 'deliveries.shipment', id, state FROM deliveries_shipment
  UNION ALL SELECT 'outreach.introduction', id, state FROM outreach_introduction
  UNION ALL SELECT 'outreach.listing', id, state FROM outreach_listing
  UNION ALL SELECT 'pricelists.standingoffer', id, state FROM pricelists_standingoffer
  UNION ALL SELECT 'payments.payout', id, state FROM payments_payout
  UNION ALL SELECT 'payments.supplierdebt', id, state FROM payments_supplierdebt
  UNION ALL SELECT 'deliveries.claim', id, state FROM deliveries_claim
)"""

STATE: Final = (
    Rule("moves_are_declared", "every move in the history is in the table of transitions", """
SELECT h.subject_type AS kind, h.subject_id AS id, h.id AS event,
       format('%%s -> %%s', h.from_state, h.to_state) AS problem
FROM common_history h JOIN (VALUES
  ('campaigns.campaign', 'campaign'), ('campaigns.offer', 'offer'),
  ('campaigns.commitment', 'commitment'), ('orders.order', 'order'),
  ('orders.purchaseorder', 'purchase_order'), ('payments.payment', 'payment'),
  ('payments.refund', 'refund'), ('payments.payout', 'payout'),
  ('payments.supplierdebt', 'supplier_debt'), ('deliveries.claim', 'claim'),
  ('deliveries.shipment', 'shipment'), ('outreach.introduction', 'introduction'),
  ('outreach.listing', 'listing'), ('pricelists.standingoffer', 'standing_offer'),
  ('demand.need', 'need'), ('demand.pool', 'pool'),
  ('demand.purchaseimport', 'import'), ('accounts.membership', 'membership')
) m (subject_type, machine) ON m.subject_type = h.subject_type
WHERE h.to_state <> '' AND NOT EXISTS (
  SELECT 1 FROM common_transition t WHERE t.machine = m.machine
    AND t.from_state = h.from_state AND t.to_state = h.to_state)"""),
    Rule("a_state_is_the_last_move", "a row is in the state to which its last recorded move led",
         f"""
WITH led AS (
  SELECT DISTINCT ON (subject_id) subject_id, to_state FROM common_history
  WHERE to_state <> '' ORDER BY subject_id, id DESC
)
SELECT r.kind, r.id, format('is %%s, last moved to %%s', r.state, led.to_state) AS problem
FROM {_TOLD} r LEFT JOIN led ON led.subject_id = r.id
WHERE r.state IS DISTINCT FROM led.to_state
UNION ALL
-- Orders and payments are made, and ended with a failed campaign, all at once: one event for all.
SELECT 'orders.order', o.id, format('is %%s, last moved to %%s', o.state, led.to_state)
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
LEFT JOIN led ON led.subject_id = o.id
WHERE o.state <> coalesce(led.to_state, 'awaiting_payment')
  AND NOT (k.state = 'failed' AND o.state = 'cancelled')
UNION ALL
SELECT 'payments.payment', p.id, format('is %%s, last moved to %%s', p.state, led.to_state)
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
JOIN campaigns_campaign k ON k.id = o.campaign_id LEFT JOIN led ON led.subject_id = p.id
WHERE p.state <> coalesce(led.to_state, 'awaiting_transfer')
  AND NOT (k.state = 'failed' AND p.state IN ('cancelled', 'refund_due'))
UNION ALL
-- Refunds of a failed campaign are made all at once, as the payments fall due.
SELECT 'payments.refund', r.id, format('is %%s, last moved to %%s', r.state, led.to_state)
FROM payments_refund r LEFT JOIN led ON led.subject_id = r.id
WHERE r.state <> coalesce(led.to_state, 'requested')"""),
    Rule("moves_form_a_chain", "every recorded move starts where the one before it ended", f"""
SELECT m.kind, m.id, m.event,
       format('from %%s after a move to %%s', m.from_state, m.before) AS problem
FROM (
  SELECT r.kind, r.id, h.id AS event, h.from_state,
         coalesce(lag(h.to_state) OVER (PARTITION BY h.subject_id ORDER BY h.id), '') AS before
  FROM {_TOLD} r JOIN common_history h ON h.subject_id = r.id AND h.to_state <> '') m
WHERE m.from_state <> m.before"""),
    Rule("nothing_is_stuck", "nothing stays in a passing state, and no work is left lying", """
SELECT w.campaign_id AS campaign, format('%%s since %%s', w.what, w.since) AS problem
FROM (
  SELECT id AS campaign_id, 'open past its deadline' AS what, closes_at AS since
  FROM campaigns_campaign WHERE state = 'open'
  UNION ALL SELECT id, 'filled past its end', fills_until
  FROM campaigns_campaign WHERE state = 'filling'
  UNION ALL SELECT id, 'closing', closed_at FROM campaigns_campaign WHERE state = 'closing'
  UNION ALL SELECT k.id, 'without orders', r.at
  FROM campaigns_campaign k JOIN campaigns_clearingrun r ON r.campaign_id = k.id
  WHERE k.state = 'settling'
    AND NOT EXISTS (SELECT 1 FROM orders_order o WHERE o.campaign_id = k.id)
  UNION ALL SELECT k.id, 'orders nobody was asked to pay', min(o.created_at)
  FROM campaigns_campaign k JOIN orders_order o ON o.campaign_id = k.id
  LEFT JOIN payments_payment p ON p.order_id = o.id
  WHERE k.state = 'settling' AND o.state = 'awaiting_payment' AND p.id IS NULL GROUP BY k.id
  UNION ALL SELECT k.id, 'paid in full and not ordered', max(h.at)
  FROM campaigns_campaign k JOIN common_history h ON h.thread = k.id AND h.kind = 'order_paid'
  WHERE k.state = 'settling' AND NOT EXISTS (
    SELECT 1 FROM orders_order o WHERE o.campaign_id = k.id AND o.state = 'awaiting_payment')
  GROUP BY k.id
) w WHERE clock_timestamp() - w.since > %(grace)s"""),
    Rule("a_campaign_and_its_purchase_order_agree",
         "ordered: issued; delivering: confirmed; completed: fulfilled; before: none", """
SELECT k.id AS campaign, p.id AS purchase_order,
       format('campaign %%s, purchase order %%s', k.state, coalesce(p.state, 'absent')) AS problem
FROM campaigns_campaign k LEFT JOIN orders_purchaseorder p ON p.campaign_id = k.id
WHERE CASE k.state
  WHEN 'ordered' THEN p.state IS DISTINCT FROM 'issued'
  WHEN 'delivering' THEN p.state IS DISTINCT FROM 'confirmed'
  WHEN 'completed' THEN p.state IS DISTINCT FROM 'fulfilled'
  WHEN 'failed' THEN p.state IN ('confirmed', 'fulfilled')
  ELSE p.id IS NOT NULL END"""),
)  # fmt: skip

ONCE: Final = (
    Rule("rows_are_there_once", "what may exist once exists once, whatever constraints say", """
SELECT what, key, times || ' times' AS problem FROM (
  SELECT 'commitment of a firm' AS what, campaign_id || '/' || firm_id AS key, count(*) AS times
  FROM campaigns_commitment GROUP BY campaign_id, firm_id
  UNION ALL SELECT 'arrival', arrival::text, count(*) FROM campaigns_commitment GROUP BY arrival
  UNION ALL SELECT 'clearing', campaign_id || '/' || number, count(*)
  FROM campaigns_clearingrun GROUP BY campaign_id, number
  UNION ALL SELECT 'line of a commitment', run_id || '/' || commitment_id, count(*)
  FROM campaigns_clearingline GROUP BY run_id, commitment_id
  UNION ALL SELECT 'order of a firm', campaign_id || '/' || firm_id, count(*)
  FROM orders_order GROUP BY campaign_id, firm_id
  UNION ALL SELECT 'order of a line', clearing_line_id::text, count(*)
  FROM orders_order GROUP BY clearing_line_id
  UNION ALL SELECT 'order number', number, count(*) FROM orders_order GROUP BY number
  UNION ALL SELECT 'payment of an order', order_id::text, count(*)
  FROM payments_payment GROUP BY order_id
  UNION ALL SELECT 'payment reference', reference, count(*)
  FROM payments_payment GROUP BY reference
  UNION ALL SELECT 'purchase order of a campaign', campaign_id::text, count(*)
  FROM orders_purchaseorder GROUP BY campaign_id
  UNION ALL SELECT 'receipt of a shipment', shipment_id::text, count(*)
  FROM deliveries_receipt GROUP BY shipment_id
  UNION ALL SELECT 'purchase', cooperative_id || '/' || fingerprint, count(*)
  FROM demand_purchase GROUP BY cooperative_id, fingerprint
) rows WHERE times > 1"""),
    Rule("events_happen_once",
         "a campaign opens, closes and ends once; it is cleared and placed once a run", """
SELECT thread AS campaign, kind, format('%%s times', times) AS problem FROM (
  SELECT thread, kind, count(*) AS times FROM common_history
  WHERE kind IN ('campaign_drafted', 'sourcing_started', 'campaign_opened', 'filling_began',
                 'campaign_filled', 'campaign_closed',
                 'campaign_cancelled', 'campaign_failed', 'campaign_ordered',
                 'campaign_delivering', 'campaign_completed', 'purchase_order_issued')
  GROUP BY thread, kind HAVING count(*) > 1
  UNION ALL SELECT thread, kind, count(*) FROM common_history
  WHERE kind IN ('campaign_cleared', 'orders_placed')
  GROUP BY thread, kind, data ->> 'run' HAVING count(*) > 1
) e"""),
)  # fmt: skip
