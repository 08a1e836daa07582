"""What the database keeps of orders and purchase orders."""

from django.db import migrations

from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_second_wall"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "orders_purchaseorder",
            [
                "number",
                "state",
                "quantity",
                "unit_price",
                "supply_value",
                "delivery_cost",
                "vat",
                "total",
                "confirmed_at",
                "due_date",
            ],
            About(
                "orders.purchaseorder",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
        keep(
            "orders_order",
            [
                "number",
                "state",
                "quantity",
                "unit_price",
                "supply_value",
                "delivery_share",
                "vat",
                "total",
            ],
            About(
                "orders.order",
                thread="r.campaign_id",
                cooperative="r.host_id",
                partner="nullif(r.cooperative_id, r.host_id)",
                firm="r.firm_id",
            ),
        ),
    ]
