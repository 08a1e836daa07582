"""Charging by saved methods: each obligation once, as agreed, booked, and nothing left hanging."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

CHARGING: Final = (
    Rule("a_charge_is_the_obligation",
         "at most one try at a payment succeeds, and every try is over its amount, in its "
         "currency, of its firm", """
SELECT p.id AS payment, p.reference AS reference,
       format('%%s succeeded; %%s of another amount, currency or firm', c.won, c.other) AS problem
FROM payments_payment p
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE a.state = 'succeeded') AS won,
         count(*) FILTER (WHERE (a.amount, a.currency, a.firm_id, a.cooperative_id)
           <> (p.amount, p.currency, p.firm_id, p.cooperative_id)) AS other
  FROM payments_attempt a WHERE a.payment_id = p.id) c
WHERE c.won > 1 OR c.other > 0"""),
    Rule("a_charge_was_agreed_to",
         "what is charged in a firm's absence is no more than it had agreed to, then, for that "
         "campaign and method", """
SELECT a.id AS attempt, a.key AS key, format('%%s at %%s', a.amount, a.created_at) AS problem
FROM payments_attempt a JOIN payments_payment p ON p.id = a.payment_id
JOIN orders_order o ON o.id = p.order_id
WHERE NOT a.on_line AND NOT EXISTS (
  SELECT 1 FROM payments_consent c
  WHERE c.firm_id = a.firm_id AND c.campaign_id = o.campaign_id AND c.mandate_id = a.mandate_id
    AND c.currency = a.currency AND c.most >= a.amount AND c.given_at <= a.created_at
    AND (c.ended_at IS NULL OR c.ended_at >= a.created_at))"""),
    Rule("a_charge_is_booked_once",
         "a charge that succeeded is booked once, as paid or as owed back, and nothing else is", """
SELECT a.id AS attempt, a.key AS key, format('%%s, booked %%s times', a.state, b.times) AS problem
FROM payments_attempt a
CROSS JOIN LATERAL (
  SELECT count(*) AS times FROM payments_ledgerentry e
  WHERE e.kind IN ('charged', 'charged_late') AND e.key IN (
    format('charged:%%s:1', a.id), format('charged_late:%%s:1', a.id))) b
WHERE (a.state = 'succeeded' AND b.times <> 1) OR b.times > 1
UNION ALL
SELECT NULL, e.key, 'no charge succeeded for it'
FROM payments_ledgerentry e
WHERE e.kind = 'charged' AND NOT EXISTS (
  SELECT 1 FROM payments_attempt a
  WHERE e.key = format('charged:%%s:1', a.id) AND a.state = 'succeeded'
    AND a.payment_id = e.payment_id)"""),
    Rule("no_charge_hangs",
         "what passes by itself passes: tries are answered, payments do not stay between states",
         """
SELECT a.payment_id AS payment, a.key AS key, format('%%s since %%s', a.state, a.sent_at) AS problem
FROM payments_attempt a
WHERE a.state IN ('created', 'sent', 'unknown')
  AND coalesce(a.sent_at, a.created_at) < clock_timestamp() - %(grace)s
UNION ALL
SELECT p.id, p.reference, format('%%s without a try under way', p.state)
FROM payments_payment p
WHERE p.state = 'processing' AND NOT EXISTS (
  SELECT 1 FROM payments_attempt a WHERE a.payment_id = p.id
    AND a.state IN ('created', 'sent', 'unknown', 'processing'))
UNION ALL
SELECT p.id, p.reference, format('%%s, and never charged', p.state)
FROM payments_payment p WHERE p.state IN ('scheduled', 'retrying') AND p.charge_at IS NULL"""),
    Rule("an_event_of_a_provider_is_applied_once",
         "events of a provider are there once each, and looked at", """
SELECT min(v.id::text) AS event, v.external_id AS external_id,
       format('%%s times', count(*)) AS problem
FROM payments_providerevent v GROUP BY v.account_id, v.external_id HAVING count(*) > 1
UNION ALL
SELECT v.id::text, v.external_id, format('%%s since %%s', v.state, v.received_at)
FROM payments_providerevent v
WHERE v.state = 'received' AND v.received_at < clock_timestamp() - %(grace)s"""),
)  # fmt: skip
