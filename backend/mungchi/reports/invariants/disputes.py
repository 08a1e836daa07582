"""Disputes: what payers' banks took is in the books once, and nobody is paid meanwhile."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

DISPUTES: Final = (
    Rule("a_dispute_is_booked",
         "of every payment the books have in dispute what its banks took and nobody has lost, and "
         "as a loss, or settled with refunds, what they took for good", """
SELECT p.id AS payment, p.reference AS reference,
       format('%%s taken, %%s lost; in the books in dispute %%s', d.taken, d.lost, b.disputed)
         AS problem
FROM payments_payment p
JOIN LATERAL (
  SELECT sum(x.taken) AS taken, sum(x.borne) AS lost, count(*) AS disputes,
         bool_or(x.borne <> CASE WHEN x.state = 'lost' THEN x.taken ELSE 0 END) AS halfway
  FROM payments_dispute x WHERE x.payment_id = p.id) d ON d.disputes > 0
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount), 0) AS disputed
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.payment_id = p.id AND l.account = 'dispute') b
WHERE b.disputed <> d.taken - d.lost OR d.halfway
UNION ALL
SELECT e.payment_id, e.key, 'in dispute, and there is none'
FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
WHERE l.account = 'dispute'
  AND NOT EXISTS (SELECT 1 FROM payments_dispute x WHERE x.payment_id = e.payment_id)"""),
    Rule("a_disputed_payment_says_so",
         "a payment is disputed while a bank has taken of it and not decided, and at no other time",
         """
SELECT p.id AS payment, p.reference AS reference, format('%%s, %%s disputes open', p.state, d.open)
         AS problem
FROM payments_payment p
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE x.state IN ('needs_response', 'under_review')
           AND NOT x.inquiry) AS open,
         count(*) FILTER (WHERE x.state = 'lost') AS lost
  FROM payments_dispute x WHERE x.payment_id = p.id) d
WHERE (p.state = 'disputed') <> (d.open > 0) OR (p.state = 'charged_back' AND d.lost = 0)"""),
    Rule("what_is_asked_for_again_is_owed",
         "what a firm was asked for again after a dispute is receivable until it is paid, and the "
         "cooperative bears the rest", """
SELECT d.payment_id AS payment, d.external_id AS dispute,
       format('%%s over %%s; receivable %%s, loss %%s', d.again, d.again_amount, b.receivable,
              b.loss)
         AS problem
FROM payments_dispute d
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount) FILTER (WHERE l.account = 'receivable'), 0) AS receivable,
         coalesce(sum(l.amount) FILTER (WHERE l.account = 'dispute_loss'), 0) AS loss
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.key LIKE 'dispute%%:' || d.id || ':%%') b
WHERE b.receivable <> CASE d.again WHEN 'asked' THEN d.again_amount ELSE 0 END OR b.loss < 0"""),
    Rule("nobody_is_paid_while_it_is_disputed",
         "no payout of a campaign was approved while a payment of it was disputed", """
SELECT y.id AS payout, d.external_id AS dispute, format('approved %%s', y.approved_at) AS problem
FROM payments_payout y JOIN payments_dispute d ON d.campaign_id = y.campaign_id
WHERE y.state <> 'cancelled' AND d.found_at < y.approved_at
  AND (d.ended_at IS NULL OR d.ended_at > y.approved_at)"""),
)  # fmt: skip
