"""How many days after it is due a payment lapses; the database keeps it."""

from django.db import migrations, models

from mungchi.common.keeping import About, keep_also

KEPT = [
    "name", "name_en", "business_number", "region", "representative", "address", "phone", "zone",
    "currency", "vat_rate_bp", "payment_days", "default_rationing", "default_open_days",
    "bank_name", "bank_account", "bank_holder", "state", "state_reason", "paused_at", "host_fee_bp",
    "member_fee_bp", "typed_close_from",
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0160_firms_by_part_of_name")]
    operations = [
        migrations.AddField(
            "cooperative",
            "grace_days",
            models.PositiveSmallIntegerField(db_default=2, default=2),
        ),
        keep_also(
            "accounts_cooperative",
            KEPT,
            ["grace_days"],
            About("accounts.cooperative", cooperative="r.id"),
        ),
    ]
