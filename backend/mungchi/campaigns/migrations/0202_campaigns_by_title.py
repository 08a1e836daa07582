"""Campaigns are found by a part of their title from an index, also by one letter or two."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations
from django.db.models.functions import Upper

from mungchi.common.searching import Letters


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0201_lapse_rules"), ("common", "0160_letters")]
    operations = [
        migrations.AddIndex(
            model_name="campaign",
            index=GinIndex(
                OpClass(Upper("title"), name="gin_trgm_ops"), name="campaigns_by_part_of_title"
            ),
        ),
        migrations.AddIndex(
            model_name="campaign",
            index=GinIndex(Letters(Upper("title")), name="campaigns_by_letters"),
        ),
    ]
