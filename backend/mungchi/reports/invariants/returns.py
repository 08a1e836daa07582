"""What goes back to firms and out to suppliers: never more than was paid, or is owed."""

from typing import Final

from mungchi.reports.invariants.rule import Rule

RETURNS: Final = (
    Rule("no_more_goes_back_than_was_paid",
         "the refunds of a payment come to what was paid at most, and each to its parts", """
SELECT p.id AS payment, p.reference AS reference,
       format('%%s of refunds of %%s paid (%%s)', sum(r.amount), p.amount, p.state) AS problem
FROM payments_refund r JOIN payments_payment p ON p.id = r.payment_id
WHERE r.state <> 'cancelled'
GROUP BY p.id HAVING sum(r.amount) > p.amount - p.credited OR p.paid_at IS NULL
   OR bool_or((r.firm_id, r.cooperative_id, r.currency)
              <> (p.firm_id, p.cooperative_id, p.currency))
   OR bool_or(r.amount <> r.supply_value + r.delivery + r.vat + r.host_fee + r.partner_fee
              + r.host_fee_vat + r.partner_fee_vat)"""),
    Rule("refunds_give_back_the_orders_parts",
         "of no part of an order more goes back than was paid; of a whole payment exactly it", """
SELECT p.id AS payment, p.reference AS reference,
       format('VAT %%s of %%s, fees %%s of %%s', s.vat, o.vat, s.fees,
              o.host_fee + o.partner_fee + o.fee_vat) AS problem
FROM payments_payment p
JOIN LATERAL (
  -- As it was paid for: what the supplier confirmed less is a refund of it, unless it was asked
  -- for less before.
  SELECT coalesce((b.was ->> 'supply_value')::bigint, w.supply_value) AS supply_value,
         coalesce((b.was ->> 'delivery_share')::bigint, w.delivery_share) AS delivery_share,
         coalesce((b.was ->> 'vat')::bigint, w.vat) AS vat,
         coalesce((b.was ->> 'host_fee')::bigint, w.host_fee) AS host_fee,
         coalesce((b.was ->> 'partner_fee')::bigint, w.partner_fee) AS partner_fee,
         coalesce((b.was ->> 'fee_vat')::bigint, w.fee_vat) AS fee_vat,
         coalesce((b.was ->> 'partner_fee_vat')::bigint, w.partner_fee_vat)
           AS partner_fee_vat
  FROM orders_order w
  CROSS JOIN LATERAL (SELECT CASE WHEN p.amount <> w.total THEN w.ordered END AS was) b
  WHERE w.id = p.order_id) o ON true
JOIN LATERAL (
  SELECT sum(r.amount) AS amount, sum(r.supply_value) AS value, sum(r.delivery) AS delivery,
         sum(r.vat) AS vat, sum(r.host_fee) AS host, sum(r.partner_fee) AS partner,
         sum(r.host_fee_vat + r.partner_fee_vat) AS fee_vat, sum(r.partner_fee_vat) AS partner_vat,
         sum(r.host_fee + r.partner_fee + r.host_fee_vat + r.partner_fee_vat) AS fees
  FROM payments_refund r WHERE r.payment_id = p.id AND r.state <> 'cancelled') s ON true
WHERE s.value > o.supply_value OR s.delivery > o.delivery_share OR s.vat > o.vat
   OR s.host > o.host_fee OR s.partner > o.partner_fee OR s.fee_vat > o.fee_vat
   OR s.partner_vat > o.partner_fee_vat
   OR (s.amount = p.amount AND (s.value, s.delivery, s.vat, s.host, s.partner, s.fee_vat)
       <> (o.supply_value, o.delivery_share, o.vat, o.host_fee, o.partner_fee, o.fee_vat))"""),
    Rule("a_payments_state_follows_its_refunds",
         "a payment is refunded, in part or to be, as its refunds say", """
SELECT p.id AS payment, p.reference AS reference,
       format('%%s; owed back %%s, went back %%s of %%s', p.state, s.open, s.sent, p.amount)
         AS problem
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
JOIN campaigns_campaign k ON k.id = o.campaign_id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(r.amount) FILTER (WHERE r.state NOT IN ('succeeded', 'cancelled')), 0)
           AS open,
         coalesce(sum(r.amount) FILTER (WHERE r.state = 'succeeded'), 0) AS sent
  FROM payments_refund r WHERE r.payment_id = p.id) s
WHERE p.state NOT IN ('disputed', 'charged_back')
  AND NOT (k.state = 'failed' AND p.state = 'paid') AND CASE
  WHEN s.open + s.sent = 0 THEN p.state IN ('partially_refunded', 'refund_due', 'refunded')
  WHEN s.open + s.sent < p.amount - p.credited THEN p.state <> 'partially_refunded'
  ELSE p.state <> CASE WHEN s.open > 0 THEN 'refund_due' ELSE 'refunded' END END"""),
    Rule("a_refund_is_booked_once",
         "a refund that was sent has one standing entry over its amount, any other none", """
SELECT r.id AS refund, r.number AS number,
       format('%%s over %%s; %%s standing entries over %%s', r.state, r.amount, b.entries, b.sum)
         AS problem
FROM payments_refund r
CROSS JOIN LATERAL (
  SELECT count(DISTINCT e.id) AS entries, coalesce(sum(l.amount), 0) AS sum
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.payment_id = r.payment_id AND e.kind = 'refunded' AND l.account = 'refund_payable'
    AND (e.key = 'refunded:' || r.payment_id || ':' || r.number
         OR e.key LIKE 'refunded:' || r.id || ':%%')
    AND NOT EXISTS (SELECT 1 FROM payments_ledgerentry u WHERE u.reverses_id = e.id)) b
WHERE b.entries <> CASE r.state WHEN 'succeeded' THEN 1 ELSE 0 END
   OR b.sum <> CASE r.state WHEN 'succeeded' THEN r.amount ELSE 0 END"""),
    Rule("no_more_is_paid_out_than_is_owed",
         "what a supplier was paid and is about to be is what it is owed at most", """
SELECT p.campaign_id AS campaign, format('%%s of %%s owed', p.sum, o.owed) AS problem
FROM (SELECT campaign_id, supplier_id, sum(amount - returned) AS sum FROM payments_payout
      WHERE state IN ('requested', 'approved', 'sent', 'unknown', 'succeeded')
      GROUP BY campaign_id, supplier_id) p
CROSS JOIN LATERAL (
  SELECT -coalesce(sum(l.amount), 0) AS owed
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.campaign_id = p.campaign_id AND l.account = 'supplier_payable'
    AND l.firm_id = p.supplier_id AND e.kind NOT IN ('paid_out', 'paid_out_undone')) o
WHERE p.sum > o.owed"""),
    Rule("a_payout_is_booked_once",
         "a payout that was sent is in the books once, and one that came back is turned", """
SELECT p.id AS payout, format('%%s over %%s less %%s; booked %%s', p.state, p.amount, p.returned,
                              b.sum) AS problem
FROM payments_payout p
CROSS JOIN LATERAL (
  SELECT coalesce(sum(l.amount), 0) AS sum,
         count(DISTINCT e.id) FILTER (WHERE e.kind = 'paid_out') AS sent,
         count(DISTINCT e.id) FILTER (WHERE e.kind = 'paid_out_undone') AS back
  FROM payments_ledgerentry e JOIN payments_ledgerline l ON l.entry_id = e.id
  WHERE e.payout_id = p.id AND l.account = 'supplier_payable' AND l.firm_id = p.supplier_id) b
WHERE b.sum <> CASE p.state WHEN 'succeeded' THEN p.amount - p.returned ELSE 0 END
   OR b.sent <> CASE WHEN p.state IN ('succeeded', 'reversed') THEN 1 ELSE 0 END
   OR (b.back > 0) <> (p.returned > 0 OR p.state = 'reversed')"""),
    Rule("a_payout_leaves_by_the_way_it_went",
         "what a provider sent left the provider, what the office sent its bank", """
SELECT p.id AS payout, format('%%s by %%s out of %%s', p.state, p.way, l.account) AS problem
FROM payments_payout p JOIN payments_ledgerentry e ON e.payout_id = p.id
JOIN payments_ledgerline l ON l.entry_id = e.id
WHERE l.account NOT IN ('supplier_payable',
        CASE WHEN p.payee_id IS NULL THEN 'bank' ELSE 'provider_clearing' END)"""),
    Rule("a_payout_goes_to_its_suppliers_account",
         "a provider sent to an account of the payout's own supplier, and each transfer is one "
         "payout", """
SELECT p.id AS payout, format('to %%s of %%s', y.external_id, y.firm_id) AS problem
FROM payments_payout p JOIN payments_payee y ON y.id = p.payee_id
WHERE y.firm_id <> p.supplier_id OR y.cooperative_id <> p.cooperative_id
   OR (p.state IN ('succeeded', 'reversed') AND p.external_id = '')
UNION ALL
SELECT min(p.id::text)::uuid, format('%%s payouts are %%s', count(*), p.external_id)
FROM payments_payout p WHERE p.external_id <> ''
GROUP BY p.cooperative_id, p.external_id HAVING count(*) > 1"""),
    Rule("no_payout_hangs",
         "a provider is asked for what it is to send, again and again, until it says how it ended",
         """
SELECT p.id AS payout, format('%%s, asked last %%s', p.state, p.asked_at) AS problem
FROM payments_payout p
WHERE p.state IN ('sent', 'unknown')
  AND coalesce(p.asked_at, p.sent_at) < clock_timestamp() - %(grace)s::interval"""),
    Rule("nobody_approves_their_own_payout",
         "a payout was approved by another than prepared it, or by who is alone", """
SELECT p.id AS payout, format('%%s, alone: %%s', p.state, p.alone) AS problem
FROM payments_payout p
WHERE (p.approved_by_id = p.requested_by_id) <> p.alone
   OR (p.approved_at IS NULL AND p.state NOT IN ('requested', 'cancelled'))"""),
)  # fmt: skip
