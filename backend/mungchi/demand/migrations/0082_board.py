"""The first day of each pool, from an index of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0042_trails_of_partners"),
        ("catalog", "0081_nothing_new_of_merged_items"),
        ("demand", "0081_needs_that_come_back"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="need",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "in_campaign"])),
                fields=["pool", "needed_by"],
                name="needs_by_first_day",
            ),
        ),
    ]
