"""The moves of a shipment; a receipt is the firm's word and is not rewritten."""

from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0001_initial"), ("common", "0002_rules")]
    operations = [
        triggers.declare_machine(
            "shipment", "deliveries_shipment", start=["shipped"], moves={"shipped": ["received"]}
        ),
        triggers.append_only("deliveries_receipt"),
    ]
