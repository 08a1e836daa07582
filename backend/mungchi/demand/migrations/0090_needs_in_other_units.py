"""A need as the firm said it, where that was in another unit than the item's."""

from django.db import migrations, models

from mungchi.common.keeping import About, keep_also


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0060_approval_limit"),
        ("catalog", "0090_units_of_items"),
        ("demand", "0085_second_wall_by_row"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="said_quantity",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="need",
            name="said_unit",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_quantity__isnull", True), ("said_unit", "")),
                    models.Q(
                        ("said_quantity__gt", 0),
                        (
                            "said_unit__in",
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
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_need_is_said_in_the_items_unit_or_another",
            ),
        ),
        keep_also(
            "demand_need",
            ["state", "quantity", "needed_by", "price_limit", "note", "item_id"],
            ["said_unit", "said_quantity"],
            About("demand.need", cooperative="r.cooperative_id", firm="r.firm_id"),
        ),
    ]
