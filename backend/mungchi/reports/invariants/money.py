"""What is owed and paid: amounts in minor units, VAT, payments."""

from typing import Final

from mungchi.common.money import EXPONENTS
from mungchi.reports.invariants.books import OWED
from mungchi.reports.invariants.rule import Rule

_SCALES = ", ".join(f"('{code}', {10**digits}::numeric)" for code, digits in EXPONENTS.items())

MONEY: Final = (
    Rule("an_order_adds_up",
         "supply value (half up), VAT (down) and total follow from quantity, price, rates, fees",
         f"""
SELECT o.campaign_id AS campaign, o.id AS "order",
       format('%%s + %%s + %%s of fees = %%s; %%s x %%s %%s at %%s bp', o.supply_value, o.vat,
              o.host_fee + o.partner_fee + o.fee_vat, o.total, o.quantity, o.unit_price,
              o.currency, o.vat_rate_bp) AS problem
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
LEFT JOIN (VALUES {_SCALES}) e (currency, scale) ON e.currency = o.currency
CROSS JOIN LATERAL (
  SELECT CASE WHEN o.parts = '[]' THEN round(o.quantity * o.unit_price * e.scale)
    ELSE (SELECT sum(round((p ->> 'quantity')::numeric * (p ->> 'unit_price')::numeric * e.scale))
          FROM jsonb_array_elements(o.parts) p) END AS value) s
WHERE o.supply_value IS DISTINCT FROM s.value
   OR o.vat <> trunc(o.supply_value::numeric * o.vat_rate_bp / 10000)
             + trunc(o.delivery_share::numeric * o.vat_rate_bp / 10000)
   OR o.total <> o.supply_value + o.delivery_share + o.vat
               + o.host_fee + o.partner_fee + o.fee_vat OR o.vat_rate_bp <> k.vat_rate_bp"""),
    Rule("a_fee_is_its_rate",
         "fees follow from supply value (down) and the rates that were agreed, VAT (down) too", """
SELECT o.campaign_id AS campaign, o.id AS "order",
       format('%%s at %%s bp, %%s at %%s bp, VAT %%s at %%s bp, on %%s; agreed %%s, %%s, VAT %%s',
              o.host_fee, o.host_fee_bp, o.partner_fee, o.partner_fee_bp, o.fee_vat,
              o.fee_vat_rate_bp, o.supply_value, k.host_fee_bp, c.partner_fee_bp,
              k.fee_vat_rate_bp) AS problem
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
JOIN campaigns_clearingline l ON l.id = o.clearing_line_id
JOIN campaigns_commitment c ON c.id = l.commitment_id
WHERE (o.host_fee_bp, o.partner_fee_bp) <> (k.host_fee_bp, c.partner_fee_bp)
   OR (o.host_fee + o.partner_fee > 0 AND o.fee_vat_rate_bp <> k.fee_vat_rate_bp)
   OR o.host_fee <> trunc(o.supply_value::numeric * o.host_fee_bp / 10000)
   OR o.partner_fee <> trunc(o.supply_value::numeric * o.partner_fee_bp / 10000)
   OR o.fee_vat <> trunc(o.host_fee::numeric * o.fee_vat_rate_bp / 10000)
                 + o.partner_fee_vat
   OR o.partner_fee_vat <> trunc(o.partner_fee::numeric * o.fee_vat_rate_bp / 10000)"""),
    Rule("a_partners_fee_is_of_the_opening",
         "a member of a partner agreed to what that one asked when the campaign opened", """
SELECT k.id AS campaign, c.id AS commitment,
       format('%%s bp, asked at the opening: %%s', c.partner_fee_bp, coalesce(f.rate_bp, 0))
         AS problem
FROM campaigns_commitment c JOIN campaigns_campaign k ON k.id = c.campaign_id
LEFT JOIN LATERAL (
  SELECT rate_bp FROM accounts_memberfee f
  WHERE f.cooperative_id = c.cooperative_id AND c.cooperative_id <> k.host_id
    AND f.since <= k.opened_at ORDER BY f.since DESC LIMIT 1) f ON true
WHERE c.partner_fee_bp <> coalesce(f.rate_bp, 0)"""),
    Rule("a_members_fee_is_its_last_change",
         "what a cooperative asks of its members is what it last said", """
SELECT p.id AS cooperative,
       format('%%s bp, last said %%s', p.member_fee_bp, coalesce(f.rate_bp, 0)) AS problem
FROM accounts_cooperative p LEFT JOIN LATERAL (
  SELECT rate_bp FROM accounts_memberfee f WHERE f.cooperative_id = p.id
  ORDER BY f.since DESC LIMIT 1) f ON true
WHERE p.member_fee_bp <> coalesce(f.rate_bp, 0)"""),
    Rule("a_payment_is_exact",
         "a payment is over its order's total, in its currency; where the supplier confirmed less, "
         "over what had been ordered if it was paid by then", """
SELECT o.id AS "order", p.id AS payment,
       format('%%s %%s of %%s %%s', p.amount, p.currency, o.total, o.currency) AS problem
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
WHERE p.amount NOT IN (o.total, coalesce((o.ordered ->> 'total')::bigint, o.total))
   OR p.currency <> o.currency"""),
    Rule("paid_means_paid",
         "an order is paid when its payment is, cancelled when that lapsed, and only then", f"""
SELECT o.id AS "order", p.id AS payment,
       format('order over %%s %%s, payment %%s', o.total, o.state, p.state) AS problem
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
LEFT JOIN payments_payment p ON p.order_id = o.id
WHERE k.state <> 'failed' AND CASE
  WHEN o.state = 'awaiting_payment' THEN p.state NOT IN ({OWED}) OR p.state = 'on_account'
  WHEN o.state = 'cancelled' OR p.state = 'lapsed'
    THEN CASE WHEN o.ordered IS NOT NULL
      THEN coalesce(p.state, '') NOT IN ('paid', 'refund_due', 'refunded', 'cancelled')
           AND o.total > 0
      ELSE (o.state = 'cancelled') <> (p.state IS NOT DISTINCT FROM 'lapsed') END
  ELSE o.total > 0 AND coalesce(p.state, '') NOT IN
    ('paid', 'on_account', 'partially_refunded', 'refund_due', 'refunded', 'disputed',
     'charged_back')
    AND NOT (p.state = 'cancelled' AND p.credited = p.amount) END"""),
    Rule("delivery_is_shared_out", "the orders' parts of the delivery cost sum to the offer's", """
SELECT r.campaign_id AS campaign, r.id AS run,
       format('%%s shared of %%s', s.share, f.delivery_cost) AS problem
FROM campaigns_clearingrun r JOIN campaigns_offer f ON f.id = r.offer_id
CROSS JOIN LATERAL (
  SELECT sum(coalesce((o.ordered ->> 'delivery_share')::bigint, o.delivery_share)) AS share
  FROM orders_order o
  JOIN campaigns_clearingline l ON l.id = o.clearing_line_id WHERE l.run_id = r.id) s
WHERE s.share <> f.delivery_cost"""),
    Rule("a_purchase_order_adds_up",
         "what the supplier is to get is what firms and the cooperative are to pay, without fees",
         """
SELECT p.campaign_id AS campaign, p.id AS purchase_order,
       format('%%s + %%s + %%s + %%s = %%s, %%s by the cooperative; orders %%s + %%s + %%s,'
              ' held %%s + %%s, left %%s + %%s', p.supply_value, p.price_difference,
              p.delivery_cost, p.vat, p.total, p.subsidy, s.supply_value, s.share, s.vat,
              h.difference, h.vat, g.share, g.vat) AS problem
FROM orders_purchaseorder p
CROSS JOIN LATERAL (
  SELECT sum(supply_value) AS supply_value, sum(delivery_share) AS share, sum(vat) AS vat
  FROM orders_order o LEFT JOIN payments_payment y ON y.order_id = o.id
  WHERE o.campaign_id = p.campaign_id AND y.state IS DISTINCT FROM 'lapsed'
    AND NOT (o.ordered IS NOT NULL AND o.state = 'cancelled')) s
CROSS JOIN LATERAL (
  SELECT coalesce(sum(delivery_share), 0) AS share,
         coalesce(sum(trunc(delivery_share::numeric * vat_rate_bp / 10000)), 0) AS vat
  FROM orders_order o JOIN payments_payment y ON y.order_id = o.id AND y.state = 'lapsed'
  WHERE o.campaign_id = p.campaign_id) g
CROSS JOIN LATERAL (
  SELECT coalesce(sum(difference), 0) AS difference, coalesce(sum(difference_vat), 0) AS vat
  FROM campaigns_hold d
  WHERE d.run_id = p.clearing_run_id AND d.kind = 'pay'
    AND (d.state = 'held' OR (d.state = 'lapsed' AND p.state IN ('refused', 'cancelled')))) held
-- Where the supplier confirmed less, the part of it that is for what comes: never more.
CROSS JOIN LATERAL (
  SELECT CASE WHEN p.ordered IS NULL THEN held.difference ELSE p.price_difference END
           AS difference,
         CASE WHEN p.ordered IS NULL THEN held.vat
              ELSE p.subsidy - p.price_difference - g.share - g.vat END AS vat) h
WHERE (p.supply_value, p.price_difference, p.delivery_cost, p.vat, p.subsidy) IS DISTINCT FROM
      (s.supply_value, h.difference, s.share + g.share, s.vat + g.vat + h.vat,
       h.difference + h.vat + g.share + g.vat)
   OR h.difference > held.difference OR h.vat NOT BETWEEN 0 AND held.vat
   OR p.total <> p.supply_value + p.price_difference + p.delivery_cost + p.vat"""),
    Rule("what_is_short_is_held",
         "nothing is ordered that does not carry its price, unless the host has held it", """
SELECT p.campaign_id AS campaign, p.id AS purchase_order, 'short, and not held' AS problem
FROM orders_purchaseorder p JOIN campaigns_clearingrun r ON r.id = p.clearing_run_id
WHERE p.state IN ('issued', 'confirmed', 'fulfilled') AND r.outcome = 'short'
  AND NOT EXISTS (SELECT 1 FROM campaigns_hold h WHERE h.run_id = r.id AND h.state = 'held')"""),
)  # fmt: skip
