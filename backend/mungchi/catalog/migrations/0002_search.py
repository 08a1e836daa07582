"""Trigram indexes for finding items by a part of their name or code."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="item",
            index=GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"),
                OpClass(Upper("name_en"), name="gin_trgm_ops"),
                OpClass(Upper("code"), name="gin_trgm_ops"),
                name="items_by_part_of_name",
            ),
        ),
    ]
