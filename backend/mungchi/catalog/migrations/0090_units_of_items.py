"""What other units are of an item, and small measures."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import triggers
from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0060_approval_limit"),
        ("catalog", "0081_nothing_new_of_merged_items"),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemConversion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mungchi.common.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("unit", models.CharField(max_length=12)),
                ("said", models.PositiveIntegerField()),
                ("base", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ["unit"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="item",
            name="the_unit_is_known",
        ),
        migrations.AddConstraint(
            model_name="item",
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
                name="the_unit_is_known",
            ),
        ),
        migrations.AddField(
            model_name="itemconversion",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="conversions",
                to="catalog.item",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemconversion",
            constraint=models.UniqueConstraint(
                fields=("item", "unit"), name="a_unit_of_an_item_is_said_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="itemconversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("base__gte", 1),
                    ("base__lte", 1000000),
                    ("said__gte", 1),
                    ("said__lte", 1000000),
                ),
                name="a_conversion_is_of_whole_numbers",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemconversion",
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
                name="the_unit_of_a_conversion_is_known",
            ),
        ),
        triggers.only_of_living_items("catalog_itemconversion"),
        keep(
            "catalog_itemconversion",
            ["item_id", "unit", "said", "base"],
            About(
                "catalog.itemconversion",
                cooperative="(SELECT i.cooperative_id FROM catalog_item i WHERE i.id = r.item_id)",
            ),
        ),
    ]
