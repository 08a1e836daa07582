"""The counter behind references; what a payment shows while there is no account to pay to."""

from django.db import migrations, models

REFERENCES = "CREATE SEQUENCE payments_reference AS bigint MINVALUE 0 START 0"


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_rules")]
    operations = [
        migrations.RunSQL(REFERENCES, "DROP SEQUENCE payments_reference"),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                fields=["cooperative"],
                name="payments_without_account",
                condition=models.Q(
                    ("instructions__has_key", "notice"), ("state", "awaiting_transfer")
                ),
            ),
        ),
    ]
