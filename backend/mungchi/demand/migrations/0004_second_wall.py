"""Whose needs, purchases and imports a seat sees behind the second wall."""

import django.db.models.deletion
from django.db import migrations, models

from mungchi.common import policies

OF_FIRM_OR_OFFICE = "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
OF_IMPORT = "EXISTS (SELECT 1 FROM demand_purchaseimport i WHERE i.id = purchase_import_id)"


class Migration(migrations.Migration):
    dependencies = [("demand", "0003_import_reading"), ("common", "0003_second_wall")]
    operations = [
        policies.fence("demand_need", OF_FIRM_OR_OFFICE),
        policies.fence("demand_purchase", OF_FIRM_OR_OFFICE),
        policies.fence("demand_purchaseimport", "cooperative_id = seat_cooperative()"),
        policies.fence("demand_importpart", OF_IMPORT),
        policies.fence("demand_importrejection", OF_IMPORT),
        # What members see of a pool is a total and a number of firms: who they are is not in it.
        policies.window(
            "demand_countedneed",
            "SELECT id, pool_id, quantity, needed_by, state,"
            " md5(firm_id::text || pool_id::text)::uuid AS somebody"
            " FROM demand_need WHERE state IN ('open', 'in_campaign')",
        ),
        migrations.CreateModel(
            name="CountedNeed",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("quantity", models.PositiveIntegerField()),
                ("needed_by", models.DateField()),
                ("state", models.CharField(max_length=12)),
                ("somebody", models.UUIDField()),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="counted",
                        to="demand.pool",
                    ),
                ),
            ],
            options={"db_table": "demand_countedneed", "managed": False},
        ),
    ]
