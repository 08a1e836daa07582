"""What the cooperative pays of an order by itself is owed to its supplier like the rest of it."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("mungchi.payments.migrations.0032_payout_rules").OWED
OWED = BEFORE.replace("e.kind = 'ordered'", "e.kind IN ('ordered', 'subsidised')").replace(
    "NOT IN ('ordered', 'paid_out', 'paid_out_undone')",
    "NOT IN ('ordered', 'subsidised', 'paid_out', 'paid_out_undone')",
)


class Migration(migrations.Migration):
    dependencies = [("payments", "0090_standing")]
    operations = [
        migrations.RunSQL(
            f"CREATE OR REPLACE VIEW payments_owed AS {OWED};",
            f"CREATE OR REPLACE VIEW payments_owed AS {BEFORE};",
        )
    ]
