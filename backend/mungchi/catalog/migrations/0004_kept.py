"""What the database keeps of items."""

from django.db import migrations

from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_more_units"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "catalog_item",
            ["name", "name_en", "code", "unit", "pack_size", "vat_class", "category_id"],
            About("catalog.item", cooperative="r.cooperative_id"),
        ),
    ]
