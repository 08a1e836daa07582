"""Buying on terms: limits held when they were used, and statements that are the books."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

TERMS: Final = (
    Rule("nothing_was_taken_above_the_limit",
         "what was open on account never came above the firm's limit when more was taken", """
SELECT a.payment_id AS payment,
       format('%%s + %%s of a limit of %%s; by the books %%s were open', a.before, a.amount,
              a.limit, b.open) AS problem
FROM payments_onaccount a
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount), 0) AS open
  FROM payments_onaccount o JOIN payments_ledgerentry e ON e.payment_id = o.payment_id
  JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE o.credit_id = a.credit_id AND o.currency = a.currency AND o.made_at < a.made_at
    AND e.at < a.made_at AND l.account = 'receivable') b
WHERE a.before + a.amount > a.limit OR b.open + a.amount > a.limit OR b.open > a.before"""),
    Rule("what_is_on_account_was_taken",
         "a payment is on account only as it was taken under a limit", """
SELECT p.id AS payment, format('%%s %%s, taken: %%s', p.state, p.amount, a.amount) AS problem
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
LEFT JOIN payments_onaccount a ON a.payment_id = p.id
WHERE (p.state = 'on_account' OR a.id IS NOT NULL) AND (
  (a.firm_id, a.cooperative_id, a.currency)
    IS DISTINCT FROM (p.firm_id, p.cooperative_id, p.currency)
  -- It was taken as it was ordered, also where the supplier confirmed less since.
  OR a.amount NOT IN (p.amount, coalesce((o.ordered ->> 'total')::bigint, p.amount))
  OR p.provider <> 'invoice')"""),
    Rule("what_was_taken_off_is_booked",
         "what was taken off a payment on account is the sum of its credits, each booked once", """
SELECT p.id AS payment, format('%%s taken off; credits %%s, booked %%s', p.credited, c.sum, b.sum)
         AS problem
FROM payments_payment p
CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS sum FROM payments_credit
                    WHERE payment_id = p.id) c
CROSS JOIN LATERAL (
  SELECT -coalesce(sum(l.amount), 0) AS sum FROM payments_ledgerentry e
  JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.payment_id = p.id AND e.kind = 'credited' AND l.account = 'receivable') b
WHERE p.credited <> c.sum OR c.sum <> b.sum"""),
    Rule("a_statement_is_the_books",
         "a monthly statement begins where the one before ended, and its lines are the books'", """
SELECT s.id AS statement, format('%%s: %%s + %%s - %%s - %%s = %%s; before %%s, lines %%s, %%s of '
         'them not as booked', s.month, s.opening, s.charged, s.credited, s.received, s.closing,
         coalesce(w.closing, 0), l.sum, l.wrong) AS problem
FROM payments_monthlystatement s
LEFT JOIN LATERAL (
  SELECT closing FROM payments_monthlystatement b
  WHERE (b.cooperative_id, b.firm_id, b.currency) = (s.cooperative_id, s.firm_id, s.currency)
    AND b.month < s.month ORDER BY b.month DESC LIMIT 1) w ON true
CROSS JOIN LATERAL (
  SELECT coalesce(sum(m.amount), 0) AS sum, coalesce(sum(m.supply_value), 0) AS supply,
         coalesce(sum(m.vat), 0) AS vat,
         count(*) FILTER (WHERE (m.amount, m.kind, m.day, m.payment_id, s.firm_id,
                                 s.cooperative_id, s.currency, 'receivable')
           IS DISTINCT FROM (b.amount, e.kind, e.day, e.payment_id, b.firm_id,
                             b.cooperative_id, b.currency, b.account)) AS wrong
  FROM payments_monthlyline m JOIN payments_ledgerline b ON b.id = m.ledger_line_id
  JOIN payments_ledgerentry e ON e.id = b.entry_id WHERE m.statement_id = s.id) l
WHERE s.opening <> coalesce(w.closing, 0) OR l.wrong > 0 OR s.closing <> s.opening + l.sum
   OR s.closing <> s.opening + s.charged - s.credited - s.received
   OR (s.supply_value, s.vat) <> (l.supply, l.vat)
   OR s.supply_value + s.vat <> s.charged - s.credited"""),
    Rule("statements_leave_nothing_out",
         "what a firm owes on account is what it was stated last and what was booked since", """
SELECT a.firm_id AS firm, format('owes %%s; stated %%s, not stated %%s', o.open, w.closing, u.sum)
         AS problem
FROM (SELECT DISTINCT cooperative_id, firm_id, currency FROM payments_onaccount) a
CROSS JOIN LATERAL (
  SELECT coalesce(sum(p.amount - p.credited - p.allotted), 0) AS open
  FROM payments_payment p JOIN payments_onaccount x ON x.payment_id = p.id
  WHERE (x.cooperative_id, x.firm_id, x.currency) = (a.cooperative_id, a.firm_id, a.currency)
    AND p.state = 'on_account') o
CROSS JOIN LATERAL (
  SELECT coalesce((SELECT closing FROM payments_monthlystatement b
    WHERE (b.cooperative_id, b.firm_id, b.currency) = (a.cooperative_id, a.firm_id, a.currency)
    ORDER BY b.month DESC LIMIT 1), 0) AS closing) w
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount), 0) AS sum
  FROM payments_onaccount x JOIN payments_ledgerentry e ON e.payment_id = x.payment_id
  JOIN payments_ledgerline l ON l.entry_id = e.id AND l.account = 'receivable'
  LEFT JOIN payments_monthlyline m ON m.ledger_line_id = l.id
  WHERE (x.cooperative_id, x.firm_id, x.currency) = (a.cooperative_id, a.firm_id, a.currency)
    AND m.id IS NULL) u
WHERE o.open <> w.closing + u.sum"""),
    Rule("a_payment_is_charged_on_one_statement",
         "what a firm bought on terms stands on one monthly statement at most", """
SELECT m.payment_id AS payment, format('on %%s statements', count(*)) AS problem
FROM payments_monthlyline m WHERE m.kind = 'asked'
GROUP BY m.payment_id HAVING count(*) > 1"""),
)  # fmt: skip
