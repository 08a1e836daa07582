"""Whose shipments and receipts a seat sees behind the second wall: those of orders it sees."""

from django.db import migrations

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [
        ("deliveries", "0003_parcels"),
        ("orders", "0005_second_wall"),
        ("common", "0003_second_wall"),
    ]
    operations = [
        policies.fence(
            "deliveries_shipment",
            "supplier_id = seat_firm()"
            " OR EXISTS (SELECT 1 FROM orders_order o WHERE o.id = order_id)",
        ),
        policies.fence(
            "deliveries_receipt",
            "EXISTS (SELECT 1 FROM deliveries_shipment s WHERE s.id = shipment_id)",
        ),
    ]
