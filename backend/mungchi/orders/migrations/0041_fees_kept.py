"""The database keeps the fees of orders."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [("orders", "0040_fees")]
    operations = [
        keep_also(
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
            ["host_fee", "partner_fee", "fee_vat"],
            About(
                "orders.order",
                thread="r.campaign_id",
                cooperative="r.host_id",
                partner="nullif(r.cooperative_id, r.host_id)",
                firm="r.firm_id",
            ),
        ),
    ]
