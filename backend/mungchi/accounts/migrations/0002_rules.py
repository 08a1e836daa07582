"""The moves of a membership."""

from django.db import migrations

from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("common", "0002_rules")]
    operations = [
        triggers.declare_machine(
            "membership",
            "accounts_membership",
            start=["applied", "active"],
            moves={
                "applied": ["active", "left"],
                "active": ["suspended", "left"],
                "suspended": ["active", "left"],
                "left": ["applied", "active"],
            },
        ),
    ]
