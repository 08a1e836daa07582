"""The database keeps what the cooperative itself pays of a purchase order."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [("orders", "0200_subsidies")]
    operations = [
        keep_also(
            "orders_purchaseorder",
            ["number", "state", "quantity", "unit_price", "supply_value", "delivery_cost", "vat",
             "total", "confirmed_at", "due_date", "parts"],
            ["price_difference", "subsidy"],
            About(
                "orders.purchaseorder",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]  # fmt: skip
