"""Whose orders a seat sees behind the second wall."""

from django.db import migrations

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_delivery_share"), ("common", "0003_second_wall")]
    operations = [
        policies.fence(
            "orders_order",
            "firm_id = seat_firm() OR supplier_id = seat_firm()"
            " OR cooperative_id = seat_cooperative() OR host_id = seat_cooperative()",
        ),
        policies.fence(
            "orders_purchaseorder",
            "supplier_id = seat_firm() OR cooperative_id = seat_cooperative()",
        ),
    ]
