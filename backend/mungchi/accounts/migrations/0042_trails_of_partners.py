"""What happened to a partnership stands in the trails of both cooperatives."""

from django.db import migrations

from mungchi.common.keeping import OF_BOTH_PARTNERS, TRAIL


class Migration(migrations.Migration):
    dependencies = [("accounts", "0041_fees_kept")]
    operations = [
        migrations.RunSQL(
            f"CREATE OR REPLACE VIEW common_trail WITH (security_invoker = true) AS"
            f"{TRAIL}{OF_BOTH_PARTNERS};",
            f"CREATE OR REPLACE VIEW common_trail WITH (security_invoker = true) AS{TRAIL};",
        )
    ]
