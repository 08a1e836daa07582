"""A merge of items changes what a need is of: kept from here on."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [("demand", "0023_who_buys")]
    operations = [
        keep_also(
            "demand_need",
            ["state", "quantity", "needed_by", "price_limit", "note"],
            ["item_id"],
            About("demand.need", cooperative="r.cooperative_id", firm="r.firm_id"),
        ),
    ]
