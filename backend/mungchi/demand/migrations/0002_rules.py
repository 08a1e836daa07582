"""The moves of imports, needs and pools; trigram search."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("demand", "0001_initial"), ("common", "0002_rules")]
    operations = [
        TrigramExtension(),
        triggers.declare_machine(
            "import",
            "demand_purchaseimport",
            start=["uploaded"],
            moves={"uploaded": ["queued"], "queued": ["running"], "running": ["done", "failed"]},
        ),
        triggers.declare_machine(
            "need",
            "demand_need",
            start=["open"],
            moves={
                "open": ["in_campaign", "withdrawn", "expired"],
                "in_campaign": ["open", "met", "withdrawn"],
                "withdrawn": ["open"],
                "expired": ["open"],
            },
        ),
        triggers.declare_machine(
            "pool", "demand_pool", start=["open"], moves={"open": ["in_campaign"]}
        ),
    ]
