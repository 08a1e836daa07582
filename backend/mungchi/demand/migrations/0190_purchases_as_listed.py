"""The order of an office's purchases, with what they are searched by, so that the index is enough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("demand", "0180_missed_proposals")]
    operations = [
        migrations.AddIndex(
            model_name="purchase",
            index=models.Index(
                fields=["cooperative", "-purchased_date", "-id"],
                include=["item", "firm", "document"],
                name="purchases_as_listed",
            ),
        ),
        migrations.RemoveIndex(model_name="purchase", name="purchases_recent"),
    ]
