"""The books: balanced, and the same story as payments and purchase orders tell."""

from typing import Final

from mungchi.payments.domain.states import MAY_STILL_PAY
from mungchi.reports.invariants.rule import Rule

# What is still owed, in SQL.
OWED: Final = ", ".join(f"'{state}'" for state in MAY_STILL_PAY)

BOOKS: Final = (
    Rule("an_entry_sums_to_zero", "the lines of an entry, two at least, sum to zero", """
SELECT e.id AS entry, e.key AS key,
       format('%%s lines sum to %%s', count(l.id), coalesce(sum(l.amount), 0)) AS problem
FROM payments_ledgerentry e LEFT JOIN payments_ledgerline l ON l.entry_id = e.id
GROUP BY e.id HAVING count(l.id) < 2 OR sum(l.amount) <> 0"""),
    Rule("an_entry_is_its_payments", "entry, lines and payment are of one cooperative, campaign, "
         "firm and currency", """
SELECT e.id AS entry, e.key AS key, 'books, campaign, firm or currency of another' AS problem
FROM payments_ledgerentry e
JOIN payments_payment p ON p.id = e.payment_id JOIN orders_order o ON o.id = p.order_id
WHERE (e.cooperative_id, e.campaign_id, e.firm_id, e.currency)
      IS DISTINCT FROM (p.cooperative_id, o.campaign_id, p.firm_id, p.currency)
   OR EXISTS (SELECT 1 FROM payments_ledgerline l WHERE l.entry_id = e.id
              AND (l.cooperative_id, l.currency) <> (e.cooperative_id, e.currency))"""),
    Rule("the_books_follow_the_payment",
         "what the books say of a payment is what its state says", f"""
SELECT p.id AS payment, p.reference AS reference,
       format('%%s of %%s (%%s allotted); booked: asked %%s, receivable %%s, there %%s, '
              'out of suspense %%s, to return %%s, held %%s',
              p.state, p.amount, p.allotted, b.asked, b.receivable, b.there, b.allotted, b.refund,
              b.held) AS problem
FROM payments_payment p
CROSS JOIN LATERAL (
  SELECT coalesce(sum(r.amount) FILTER (
           WHERE r.state IN ('requested', 'sent', 'unknown', 'failed', 'reversed')), 0) AS open,
         coalesce(sum(r.amount) FILTER (WHERE r.state = 'succeeded'), 0) AS sent
  FROM payments_refund r WHERE r.payment_id = p.id) back
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount) FILTER (
           WHERE e.kind = 'asked' AND l.account = 'receivable'), 0) AS asked,
         coalesce(sum(l.amount) FILTER (WHERE l.account = 'receivable'), 0) AS receivable,
         coalesce(sum(l.amount) FILTER (WHERE l.account IN ('bank', 'bank_suspense',
           'provider_clearing', 'provider_fee')), 0) AS there,
         coalesce(sum(l.amount) FILTER (WHERE l.account = 'bank_suspense'
           AND e.kind IN ('allotted', 'allotted_undone')), 0) AS allotted,
         -coalesce(sum(l.amount) FILTER (WHERE l.account = 'refund_payable'), 0) AS refund,
         -coalesce(sum(l.amount) FILTER (WHERE l.account = 'member_funds'), 0) AS held,
         coalesce(bool_or(e.kind = 'ordered'), false) AS sold
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.payment_id = p.id
    AND e.kind NOT IN ('charged_late', 'late_returned', 'late_kept')) b
WHERE b.asked <> p.amount
   OR b.receivable <> CASE WHEN p.state IN ({OWED}) THEN p.amount - p.allotted ELSE 0 END
   OR b.there <> CASE WHEN p.paid_at IS NOT NULL THEN p.amount - back.sent
                      WHEN p.state IN ({OWED}) THEN p.allotted ELSE 0 END
   OR b.allotted <> p.allotted
   OR b.refund <> back.open
   OR b.held <> CASE WHEN p.state NOT IN ('cancelled', 'lapsed') AND NOT b.sold
                     THEN p.amount - back.open - back.sent ELSE 0 END"""),
    Rule("suppliers_are_owed_what_was_ordered",
         "when a supplier takes an order, the books owe it the order's total, and not before", """
SELECT w.campaign_id AS campaign, w.number AS purchase_order,
       format('%%s over %%s; booked as owed: %%s', w.state, w.total, b.owed) AS problem
FROM orders_purchaseorder w
CROSS JOIN LATERAL (
  SELECT -coalesce(sum(l.amount) FILTER (
           WHERE e.kind IN ('ordered', 'subsidised')), 0) AS owed
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.campaign_id = w.campaign_id AND l.account = 'supplier_payable'
    AND l.firm_id = w.supplier_id) b
WHERE (w.state IN ('confirmed', 'fulfilled') AND b.owed <> w.total
       AND w.confirmed_at < clock_timestamp() - %(grace)s)
   OR (w.state NOT IN ('confirmed', 'fulfilled') AND b.owed <> 0)"""),
)  # fmt: skip
