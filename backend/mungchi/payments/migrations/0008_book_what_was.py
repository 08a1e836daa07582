"""Books for what was asked for, paid, sold and returned before there were books."""

from django.db import migrations

ENTRIES = """
INSERT INTO payments_ledgerentry
  (id, key, kind, cooperative_id, campaign_id, payment_id, firm_id, currency, day, at)
SELECT gen_random_uuid(), x.kind || ':' || p.id || ':1', x.kind, p.cooperative_id, o.campaign_id,
       p.id, p.firm_id, p.currency, coalesce(x.day, (x.at AT TIME ZONE c.zone)::date), x.at
FROM payments_payment p
JOIN orders_order o ON o.id = p.order_id
JOIN accounts_cooperative c ON c.id = p.cooperative_id
LEFT JOIN orders_purchaseorder w
  ON w.campaign_id = o.campaign_id AND w.state IN ('confirmed', 'fulfilled')
LEFT JOIN LATERAL (
  SELECT max(h.at) AS at FROM common_history h
  WHERE h.thread = o.campaign_id AND h.kind = 'refunds_due') called_off ON true
LEFT JOIN LATERAL (
  SELECT max(h.at) AS at FROM common_history h
  WHERE h.subject_id = p.id AND h.kind = 'payment_refunded') returned ON true
CROSS JOIN LATERAL (VALUES
  ('asked', p.created_at, NULL::date, true),
  ('received', p.paid_at, p.received_date, p.state IN ('paid', 'refund_due', 'refunded')),
  ('ordered', coalesce(w.confirmed_at, w.issued_at), NULL, p.state = 'paid' AND w.id IS NOT NULL),
  ('cancelled', coalesce(called_off.at, now()), NULL, p.state = 'cancelled'),
  ('refund_due', coalesce(called_off.at, now()), NULL, p.state IN ('refund_due', 'refunded')),
  ('refunded', coalesce(returned.at, now()), NULL, p.state = 'refunded')
) x (kind, at, day, was)
WHERE x.was;
"""
LINES = """
INSERT INTO payments_ledgerline
  (entry_id, cooperative_id, currency, account, firm_id, partner_id, amount)
SELECT e.id, e.cooperative_id, e.currency, x.account, x.firm, x.partner, x.amount
FROM payments_ledgerentry e
JOIN payments_payment p ON p.id = e.payment_id
JOIN orders_order o ON o.id = p.order_id
CROSS JOIN LATERAL (VALUES
  ('asked', 'receivable', p.firm_id, NULL::uuid, p.amount),
  ('asked', 'member_funds', p.firm_id, NULL, -p.amount),
  ('received', 'bank', NULL, NULL, p.amount),
  ('received', 'receivable', p.firm_id, NULL, -p.amount),
  ('ordered', 'member_funds', p.firm_id, NULL, p.amount),
  ('ordered', 'supplier_payable', o.supplier_id, NULL,
   -(o.supply_value + o.delivery_share + o.vat)),
  ('ordered', 'fee', NULL, NULL, -o.host_fee),
  ('ordered', 'fee_vat', NULL, NULL, -(o.fee_vat - o.partner_fee_vat)),
  ('ordered', 'partner_fee_payable', NULL, o.cooperative_id, -(o.partner_fee + o.partner_fee_vat)),
  ('cancelled', 'receivable', p.firm_id, NULL, -p.amount),
  ('cancelled', 'member_funds', p.firm_id, NULL, p.amount),
  ('refund_due', 'member_funds', p.firm_id, NULL, p.amount),
  ('refund_due', 'refund_payable', p.firm_id, NULL, -p.amount),
  ('refunded', 'refund_payable', p.firm_id, NULL, p.amount),
  ('refunded', 'bank', NULL, NULL, -p.amount)
) x (kind, account, firm, partner, amount)
WHERE x.kind = e.kind AND x.amount <> 0;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0007_ledger_rules"),
        ("orders", "0140_parts"),
        ("accounts", "0085_typed_close"),
        ("common", "0005_erasing"),
    ]
    operations = [migrations.RunSQL(ENTRIES + LINES, migrations.RunSQL.noop)]
