"""From which amount on an office types what it closes; the database keeps it."""

from django.db import migrations, models

from mungchi.common.keeping import About, keep_also

KEPT = [
    "name", "name_en", "business_number", "region", "representative", "address", "phone", "zone",
    "currency", "vat_rate_bp", "payment_days", "default_rationing", "default_open_days",
    "bank_name", "bank_account", "bank_holder", "state", "state_reason", "paused_at", "host_fee_bp",
    "member_fee_bp",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0060_approval_limit")]
    operations = [
        migrations.AddField(
            "cooperative", "typed_close_from", models.PositiveBigIntegerField(null=True)
        ),
        keep_also(
            "accounts_cooperative",
            KEPT,
            ["typed_close_from"],
            About("accounts.cooperative", cooperative="r.id"),
        ),
    ]
