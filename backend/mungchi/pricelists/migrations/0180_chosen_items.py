"""A supplier chooses the item of lines that no catalogue knows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pricelists", "0002_rules")]
    operations = [
        migrations.AddField("pricesheet", "chosen", models.JSONField(default=dict, db_default={})),
    ]
