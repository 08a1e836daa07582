"""Lines of bank statements: each won is used once, and the books say where it is."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

BANK_LINES: Final = (
    Rule("a_bank_line_is_used_once",
         "no more is allotted of a line than arrived, to payments of its cooperative in its "
         "currency, and a payment has what was allotted to it", """
SELECT b.id AS line, NULL::uuid AS payment,
       format('%%s arrived; allotted %%s', b.amount, a.allotted) AS problem
FROM payments_bankline b
CROSS JOIN LATERAL (
  SELECT coalesce(sum(x.amount), 0) AS allotted,
         coalesce(bool_or((x.cooperative_id, p.cooperative_id, p.currency)
                          <> (b.cooperative_id, b.cooperative_id, b.currency)), false) AS foreign
  FROM payments_bankallotment x JOIN payments_payment p ON p.id = x.payment_id
  WHERE x.line_id = b.id AND x.undone_at IS NULL) a
WHERE a.allotted > b.amount - b.open OR a.foreign
   OR (b.state = 'matched' AND a.allotted = 0 AND NOT EXISTS (
         SELECT 1 FROM payments_bankpayout o WHERE o.bank_line_id = b.id)
     AND NOT EXISTS (
         SELECT 1 FROM payments_ledgerentry e
         WHERE e.bank_line_id = b.id AND e.kind IN ('dispute_paid', 'repaid')))
UNION ALL
SELECT NULL, p.id, format('%%s of %%s allotted; by its lines %%s', p.allotted, p.amount, a.allotted)
FROM payments_payment p
CROSS JOIN LATERAL (
  SELECT coalesce(sum(x.amount) FILTER (WHERE NOT x.tied), 0) AS allotted,
         coalesce(sum(x.amount) FILTER (WHERE x.tied), 0) AS tied
  FROM payments_bankallotment x WHERE x.payment_id = p.id AND x.undone_at IS NULL) a
WHERE p.allotted <> a.allotted OR a.allotted + a.tied > p.amount"""),
    Rule("suspense_is_what_no_line_is_for",
         "of every line the books have in suspense what is open of it, on the account what was not "
         "sent back, and nothing of what came otherwise", """
SELECT b.id AS line, b.state AS state,
       format('%%s open of %%s; in suspense %%s, arrived %%s', b.open, b.amount, k.suspense,
              k.arrived) AS problem
FROM payments_bankline b
CROSS JOIN LATERAL (
  SELECT -coalesce(sum(l.amount) FILTER (WHERE l.account = 'bank_suspense'), 0) AS suspense,
         coalesce(sum(l.amount) FILTER (WHERE l.account = 'bank' AND e.kind = 'arrived'), 0)
           AS arrived
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.bank_line_id = b.id) k
WHERE k.suspense <> b.open OR k.arrived <> b.amount
UNION ALL
SELECT e.bank_line_id, e.kind, 'in suspense for no line'
FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
WHERE e.bank_line_id IS NULL
  AND (l.account = 'bank_suspense' OR (l.account = 'not_ours' AND e.balance_line_id IS NULL))"""),
)  # fmt: skip
