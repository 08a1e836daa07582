"""Small measures."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0060_approval_limit"),
        ("catalog", "0090_units_of_items"),
        ("outreach", "0006_partners"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="listing",
            name="a_listings_unit_is_known",
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "unit__in",
                        [
                            "each",
                            "box",
                            "pack",
                            "set",
                            "bag",
                            "bottle",
                            "can",
                            "roll",
                            "sheet",
                            "pair",
                            "gram",
                            "kg",
                            "tonne",
                            "millilitre",
                            "litre",
                            "centimetre",
                            "metre",
                            "hour",
                            "day",
                            "month",
                            "year",
                            "visit",
                            "case",
                        ],
                    )
                ),
                name="a_listings_unit_is_known",
            ),
        ),
    ]
