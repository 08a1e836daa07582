"""Items and their other names are found by one letter or two from an index."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models.functions import Upper

from mungchi.common.searching import Letters


class Migration(migrations.Migration):
    dependencies = [("catalog", "0140_variants"), ("common", "0160_letters")]
    operations = [
        migrations.AddIndex(
            model_name="item",
            index=GinIndex(
                Letters(Upper("name")),
                Letters(Upper("name_en")),
                Letters(Upper("code")),
                name="items_by_letters",
            ),
        ),
        migrations.AddIndex(
            model_name="itemalias",
            index=GinIndex(Letters(Upper("name")), name="aliases_by_letters"),
        ),
    ]
