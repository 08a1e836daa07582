"""What the database keeps of needs and pools."""

from django.db import migrations

from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [("demand", "0020_interests"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "demand_need",
            ["state", "quantity", "needed_by", "price_limit", "note"],
            About("demand.need", cooperative="r.cooperative_id", firm="r.firm_id"),
        ),
        keep(
            "demand_pool",
            ["state", "item_id"],
            About("demand.pool", cooperative="r.cooperative_id"),
        ),
    ]
