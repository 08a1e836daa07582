"""Firms are found by a part of their name from an index."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations
from django.db.models.functions import Upper

from mungchi.common.searching import Letters


class Migration(migrations.Migration):
    dependencies = [("accounts", "0085_typed_close"), ("common", "0160_letters")]
    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="firm",
            index=GinIndex(
                OpClass(Upper("name"), name="gin_trgm_ops"), name="firms_by_part_of_name"
            ),
        ),
        migrations.AddIndex(
            model_name="firm", index=GinIndex(Letters(Upper("name")), name="firms_by_letters")
        ),
    ]
