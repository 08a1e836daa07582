"""Where an order's goods go, as it stood when the order was made."""

from django.db import migrations

from mungchi.campaigns.models import fields
from mungchi.common.keeping import About, keep_also

PLACE = {"blank": True, "db_default": "", "default": "", "max_length": 200}


class Migration(migrations.Migration):
    dependencies = [("orders", "0140_parts"), ("campaigns", "0150_delivery_places")]
    operations = [
        # Orders that are there already have none: they go to the firm's address, as before.
        migrations.AddField("order", "deliver_to", fields.DeliverTo(**PLACE)),
        keep_also(
            "orders_order",
            ["number", "state", "quantity", "unit_price", "supply_value", "delivery_share", "vat",
             "total", "host_fee", "partner_fee", "fee_vat", "parts"],
            ["deliver_to"],
            About(
                "orders.order",
                thread="r.campaign_id",
                cooperative="r.host_id",
                partner="nullif(r.cooperative_id, r.host_id)",
                firm="r.firm_id",
            ),
        ),
    ]  # fmt: skip
