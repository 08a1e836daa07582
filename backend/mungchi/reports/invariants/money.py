"""What is owed and paid: amounts in minor units, VAT, payments."""

from typing import Final

from mungchi.common.money import EXPONENTS
from mungchi.reports.invariants.rule import Rule

_SCALES = ", ".join(f"('{code}', {10**digits}::numeric)" for code, digits in EXPONENTS.items())

MONEY: Final = (
    Rule("an_order_adds_up",
         "supply value (half up), VAT (down) and total follow from quantity, price, rate", f"""
SELECT o.campaign_id AS campaign, o.id AS "order",
       format('%%s + %%s = %%s; %%s x %%s %%s at %%s bp', o.supply_value, o.vat, o.total,
              o.quantity, o.unit_price, o.currency, o.vat_rate_bp) AS problem
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
LEFT JOIN (VALUES {_SCALES}) e (currency, scale) ON e.currency = o.currency
WHERE o.supply_value IS DISTINCT FROM round(o.quantity * o.unit_price * e.scale)
   OR o.vat <> trunc(o.supply_value::numeric * o.vat_rate_bp / 10000)
             + trunc(o.delivery_share::numeric * o.vat_rate_bp / 10000)
   OR o.total <> o.supply_value + o.delivery_share + o.vat OR o.vat_rate_bp <> k.vat_rate_bp"""),
    Rule("a_payment_is_exact", "a payment is over its order's total, in its currency", """
SELECT o.id AS "order", p.id AS payment,
       format('%%s %%s of %%s %%s', p.amount, p.currency, o.total, o.currency) AS problem
FROM payments_payment p JOIN orders_order o ON o.id = p.order_id
WHERE p.amount <> o.total OR p.currency <> o.currency"""),
    Rule("paid_means_paid", "an order is paid when its payment is, and only then", """
SELECT o.id AS "order", p.id AS payment,
       format('order over %%s %%s, payment %%s', o.total, o.state, p.state) AS problem
FROM orders_order o JOIN campaigns_campaign k ON k.id = o.campaign_id
LEFT JOIN payments_payment p ON p.order_id = o.id
WHERE k.state <> 'failed' AND CASE
  WHEN o.state = 'awaiting_payment' THEN p.state <> 'awaiting_transfer'
  WHEN o.state = 'cancelled' THEN true
  ELSE o.total > 0 AND p.state IS DISTINCT FROM 'paid' END"""),
    Rule("delivery_is_shared_out", "the orders' parts of the delivery cost sum to the offer's", """
SELECT r.campaign_id AS campaign, r.id AS run,
       format('%%s shared of %%s', s.share, f.delivery_cost) AS problem
FROM campaigns_clearingrun r JOIN campaigns_offer f ON f.id = r.offer_id
CROSS JOIN LATERAL (SELECT sum(o.delivery_share) AS share FROM orders_order o
  JOIN campaigns_clearingline l ON l.id = o.clearing_line_id WHERE l.run_id = r.id) s
WHERE s.share <> f.delivery_cost"""),
    Rule("a_purchase_order_adds_up",
         "what the supplier is to get is what the firms are to pay, part by part", """
SELECT p.campaign_id AS campaign, p.id AS purchase_order,
       format('%%s + %%s + %%s = %%s; orders %%s + %%s + %%s', p.supply_value, p.delivery_cost,
              p.vat, p.total, s.supply_value, s.share, s.vat) AS problem
FROM orders_purchaseorder p
CROSS JOIN LATERAL (SELECT sum(supply_value) AS supply_value, sum(delivery_share) AS share,
                           sum(vat) AS vat
                    FROM orders_order o WHERE o.campaign_id = p.campaign_id) s
WHERE (p.supply_value, p.delivery_cost, p.vat) IS DISTINCT FROM (s.supply_value, s.share, s.vat)
   OR p.total <> p.supply_value + p.delivery_cost + p.vat"""),
)  # fmt: skip
