"""The database keeps what a cooperative asks."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [("accounts", "0040_fees")]
    operations = [
        keep_also(
            "accounts_cooperative",
            [
                "name",
                "name_en",
                "business_number",
                "region",
                "representative",
                "address",
                "phone",
                "zone",
                "currency",
                "vat_rate_bp",
                "payment_days",
                "default_rationing",
                "default_open_days",
                "bank_name",
                "bank_account",
                "bank_holder",
                "state",
                "state_reason",
                "paused_at",
            ],
            ["host_fee_bp", "member_fee_bp"],
            About("accounts.cooperative", cooperative="r.id"),
        ),
    ]
