"""A replacement and the rest of the order it is for may lie in one carton, under one number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0201_claim_rules")]
    operations = [
        migrations.RemoveConstraint(model_name="shipment", name="a_parcel_is_recorded_once"),
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tracking_number", ""), _negated=True),
                fields=("order", "carrier", "tracking_number", "claim"),
                name="a_parcel_is_recorded_once",
                nulls_distinct=False,
            ),
        ),
    ]
