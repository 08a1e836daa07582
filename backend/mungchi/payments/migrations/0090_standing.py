"""What an order comes to without what went back of it: the one place that figures are counted from.

An order already says what is confirmed, and a campaign that failed has none that count; so what is
taken off here is what an office agreed to give back or to take off an account, and whatever else
goes back after the sale.
"""

import django.db.models.deletion
from django.db import migrations, models

from mungchi.common import policies

# A window filters by itself: rows of firms are in it. An order's refunds are few and found by its
# payment; over all orders they would be added up for nothing.
STANDING = """
SELECT o.id AS order_id,
  o.supply_value - r.supply_value AS supply_value,
  o.delivery_share - r.delivery AS delivery_share,
  o.vat - r.vat AS vat,
  o.host_fee - r.host_fee AS host_fee,
  o.partner_fee - r.partner_fee AS partner_fee,
  o.fee_vat - r.fee_vat AS fee_vat,
  o.partner_fee_vat - r.partner_fee_vat AS partner_fee_vat,
  o.total - r.amount AS total,
  r.supply_value AS returned
FROM orders_order o
LEFT JOIN payments_payment p ON p.order_id = o.id
CROSS JOIN LATERAL (
  SELECT coalesce(sum(amount), 0)::bigint AS amount,
    coalesce(sum(f.supply_value), 0)::bigint AS supply_value,
    coalesce(sum(f.delivery), 0)::bigint AS delivery, coalesce(sum(f.vat), 0)::bigint AS vat,
    coalesce(sum(f.host_fee), 0)::bigint AS host_fee,
    coalesce(sum(f.partner_fee), 0)::bigint AS partner_fee,
    coalesce(sum(f.host_fee_vat + f.partner_fee_vat), 0)::bigint AS fee_vat,
    coalesce(sum(f.partner_fee_vat), 0)::bigint AS partner_fee_vat
  FROM (
    SELECT amount, supply_value, delivery, vat, host_fee, partner_fee, host_fee_vat,
      partner_fee_vat
    FROM payments_refund
    WHERE payment_id = p.id AND state <> 'cancelled'
      AND cause NOT IN ('campaign_failed', 'confirmed_less')
    UNION ALL
    SELECT amount, supply_value, delivery, vat, host_fee, partner_fee, host_fee_vat,
      partner_fee_vat
    FROM payments_credit
    WHERE payment_id = p.id) f) r
WHERE o.firm_id = seat_firm() OR o.cooperative_id = seat_cooperative()
   OR o.host_id = seat_cooperative()
   OR (seat_firm() IS NULL AND seat_cooperative() IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0081_dispute_rules"),
        ("orders", "0211_less_rules"),
    ]
    operations = [
        policies.window("payments_standing", STANDING),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="orders.order",
                    ),
                ),
                ("supply_value", models.BigIntegerField()),
                ("delivery_share", models.BigIntegerField()),
                ("vat", models.BigIntegerField()),
                ("host_fee", models.BigIntegerField()),
                ("partner_fee", models.BigIntegerField()),
                ("fee_vat", models.BigIntegerField()),
                ("partner_fee_vat", models.BigIntegerField()),
                ("total", models.BigIntegerField()),
                ("returned", models.BigIntegerField()),
            ],
            options={"db_table": "payments_standing", "managed": False},
        ),
    ]
