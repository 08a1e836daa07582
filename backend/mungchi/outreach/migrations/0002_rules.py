"""The moves of listings and introductions."""

from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_initial"), ("common", "0002_rules")]
    operations = [
        triggers.declare_machine(
            "listing",
            "outreach_listing",
            start=["active"],
            moves={"active": ["withdrawn"], "withdrawn": ["active"]},
        ),
        triggers.declare_machine(
            "introduction",
            "outreach_introduction",
            start=["proposed", "accepted"],
            moves={
                "proposed": ["accepted", "declined", "withdrawn", "expired"],
                "accepted": ["introduced", "declined", "withdrawn", "expired"],
                "introduced": ["worked_out", "came_to_nothing"],
                "worked_out": ["came_to_nothing"],
                "came_to_nothing": ["worked_out"],
            },
        ),
    ]
