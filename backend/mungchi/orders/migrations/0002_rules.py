"""The moves of orders and purchase orders."""

from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("common", "0002_rules")]
    operations = [
        triggers.declare_machine(
            "order",
            "orders_order",
            start=["awaiting_payment"],
            moves={
                "awaiting_payment": ["paid", "cancelled"],
                "paid": ["awaiting_payment", "shipped", "cancelled"],
                "shipped": ["received"],
            },
        ),
        triggers.declare_machine(
            "purchase_order",
            "orders_purchaseorder",
            start=["issued"],
            moves={"issued": ["confirmed", "refused"], "confirmed": ["fulfilled"]},
        ),
    ]
