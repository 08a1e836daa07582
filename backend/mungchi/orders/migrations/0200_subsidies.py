"""What the cooperative itself pays of a purchase order."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0200_lapses"),
        ("catalog", "0180_run_on_names"),
        ("orders", "0150_delivery_places"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="purchaseorder",
            name="a_purchase_orders_parts_make_its_total",
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="price_difference",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="purchaseorder",
            name="subsidy",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    models.F("supply_value"), "+", models.F("price_difference")
                                ),
                                "+",
                                models.F("delivery_cost"),
                            ),
                            "+",
                            models.F("vat"),
                        ),
                    )
                ),
                name="a_purchase_orders_parts_make_its_total",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaseorder",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_difference__gte", 0), ("subsidy__gte", models.F("price_difference"))
                ),
                name="a_subsidy_holds_the_difference",
            ),
        ),
    ]
