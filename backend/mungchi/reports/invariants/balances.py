"""What providers say of their balance: taken once, tied to what it is, and nothing twice."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

BALANCES: Final = (
    Rule("a_movement_is_the_entries_it_is_tied_to",
         "a movement of a provider's balance comes to what its entries moved, in its currency, and "
         "to nothing in any other", """
SELECT b.id AS movement, b.external_id AS external_id,
       format('%%s %%s; its entries %%s, in other currencies %%s', b.net, b.currency, k.same,
              k.other) AS problem
FROM payments_balanceline b
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount) FILTER (WHERE l.currency = b.currency), 0) AS same,
         coalesce(sum(l.amount) FILTER (WHERE l.currency <> b.currency), 0) AS other
  FROM payments_balancetie t JOIN payments_ledgerline l ON l.entry_id = t.entry_id
  WHERE t.line_id = b.id AND l.account = 'provider_clearing') k
WHERE EXISTS (SELECT 1 FROM payments_balancetie t WHERE t.line_id = b.id)
  AND (k.same <> b.net OR k.other <> 0)"""),
    Rule("a_movement_is_taken_once",
         "a movement adds up, is there once, and was paid out in one payout at most", """
SELECT min(b.id::text) AS movement, b.external_id AS external_id,
       format('%%s times', count(*)) AS problem
FROM payments_balanceline b
GROUP BY b.account_id, b.external_id HAVING count(*) > 1 OR bool_or(b.amount - b.fee <> b.net)
UNION ALL
SELECT p.line_id::text, NULL, 'in several payouts'
FROM payments_bankpayoutpart p GROUP BY p.line_id HAVING count(*) > 1"""),
    Rule("an_entry_is_one_movement",
         "an entry is tied to one movement, of its own cooperative", """
SELECT t.entry_id AS entry, NULL::uuid AS movement, format('%%s ties', count(*)) AS problem
FROM payments_balancetie t GROUP BY t.entry_id HAVING count(*) > 1
UNION ALL
SELECT t.entry_id, t.line_id, 'of another cooperative'
FROM payments_balancetie t JOIN payments_balanceline b ON b.id = t.line_id
JOIN payments_ledgerentry e ON e.id = t.entry_id
WHERE (t.cooperative_id, t.cooperative_id) <> (b.cooperative_id, e.cooperative_id)"""),
    Rule("a_payout_is_at_the_bank_once",
         "what a provider sent to the bank is there once: booked, and by one line over it", """
SELECT o.id AS payout, o.external_id AS external_id,
       format('%%s over %%s; booked as arrived %%s', o.state, o.amount, k.arrived) AS problem
FROM payments_bankpayout o LEFT JOIN payments_bankline n ON n.id = o.bank_line_id
CROSS JOIN LATERAL (
  SELECT -coalesce(sum(l.amount), 0) AS arrived
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE l.account = 'bank_transit' AND e.kind IN ('at_bank', 'at_bank_undone')
    AND e.key LIKE '%%:' || o.id || ':%%') k
WHERE k.arrived <> CASE o.state WHEN 'arrived' THEN o.amount ELSE 0 END
   OR (n.id IS NOT NULL AND (n.amount, n.currency) <> (o.amount, o.currency))"""),
    Rule("a_balance_is_read_to_its_end",
         "a reading that was begun came to its end, or says why not", """
SELECT r.id AS reading, r.account_id AS account, format('at %%s since %%s', r.reached, r.next_at)
         AS problem
FROM payments_balancereading r
WHERE r.ended_at IS NULL AND r.next_at < clock_timestamp() - 4 * %(grace)s::interval"""),
)  # fmt: skip
