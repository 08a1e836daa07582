"""What was won by variant: beside quantity and supply value, which it makes."""

from django.db import migrations, models

from mungchi.common.keeping import About, keep_also

PARTS = """
CREATE FUNCTION orders_parts_make(parts jsonb, quantity numeric, supply_value numeric)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(sum((part ->> 'quantity')::numeric) = $2
                  AND sum((part ->> 'supply_value')::numeric) = $3, false)
  FROM jsonb_array_elements(parts) part
$$;
ALTER TABLE orders_order ADD CONSTRAINT parts_make_an_order
  CHECK (parts = '[]' OR orders_parts_make(parts, quantity, supply_value));
ALTER TABLE orders_purchaseorder ADD CONSTRAINT parts_make_a_purchase_order
  CHECK (parts = '[]' OR orders_parts_make(parts, quantity, supply_value));
"""
PARTS_BACK = """
ALTER TABLE orders_purchaseorder DROP CONSTRAINT parts_make_a_purchase_order;
ALTER TABLE orders_order DROP CONSTRAINT parts_make_an_order;
DROP FUNCTION orders_parts_make(jsonb, numeric, numeric);
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0042_due_dates"), ("campaigns", "0141_variant_rules")]
    operations = [
        *(
            migrations.AddField(name, "parts", models.JSONField(db_default=[], default=list))
            for name in ("order", "purchaseorder")
        ),
        migrations.RunSQL(PARTS, PARTS_BACK),
        keep_also(
            "orders_order",
            ["number", "state", "quantity", "unit_price", "supply_value", "delivery_share", "vat",
             "total", "host_fee", "partner_fee", "fee_vat"],
            ["parts"],
            About(
                "orders.order",
                thread="r.campaign_id",
                cooperative="r.host_id",
                partner="nullif(r.cooperative_id, r.host_id)",
                firm="r.firm_id",
            ),
        ),
        keep_also(
            "orders_purchaseorder",
            ["number", "state", "quantity", "unit_price", "supply_value", "delivery_cost", "vat",
             "total", "confirmed_at", "due_date"],
            ["parts"],
            About(
                "orders.purchaseorder",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]  # fmt: skip
