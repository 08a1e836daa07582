"""The moves of a payment."""

from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial"), ("common", "0002_rules")]
    operations = [
        triggers.declare_machine(
            "payment",
            "payments_payment",
            start=["awaiting_transfer"],
            moves={
                "awaiting_transfer": ["paid", "cancelled"],
                "paid": ["awaiting_transfer", "refund_due"],
                "refund_due": ["refunded"],
            },
        ),
    ]
