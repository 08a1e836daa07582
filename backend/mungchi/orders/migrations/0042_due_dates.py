"""Members read when a campaign's goods are due, and nothing else of its purchase order."""

from django.db import migrations, models

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [("orders", "0041_fees_kept")]
    operations = [
        policies.window(
            "orders_due",
            "SELECT campaign_id, due_date FROM orders_purchaseorder WHERE state = 'confirmed'",
        ),
        migrations.CreateModel(
            name="Due",
            fields=[
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="goods_due",
                        serialize=False,
                        to="campaigns.campaign",
                    ),
                ),
                ("due_date", models.DateField()),
            ],
            options={"db_table": "orders_due", "managed": False},
        ),
    ]
