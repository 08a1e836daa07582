"""What the cooperatives ask of an order; of those that were made before, nothing."""

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0040_fees"),
        ("campaigns", "0040_fees"),
        ("catalog", "0003_more_units"),
        ("orders", "0006_kept"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="order",
            name="an_orders_parts_make_its_total",
        ),
        migrations.AddField(
            model_name="order",
            name="fee_vat",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="fee_vat_rate_bp",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="host_fee",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="host_fee_bp",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="partner_fee",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="partner_fee_bp",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="order",
            name="partner_fee_vat",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "total",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("supply_value"),
                                            "+",
                                            models.F("delivery_share"),
                                        ),
                                        "+",
                                        models.F("vat"),
                                    ),
                                    "+",
                                    models.F("host_fee"),
                                ),
                                "+",
                                models.F("partner_fee"),
                            ),
                            "+",
                            models.F("fee_vat"),
                        ),
                    )
                ),
                name="an_orders_parts_make_its_total",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fee_vat__gte", models.F("partner_fee_vat")),
                    ("host_fee__gte", 0),
                    ("partner_fee__gte", 0),
                    ("partner_fee_vat__gte", 0),
                ),
                name="a_fee_is_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("host_fee_bp__gt", 0), ("host_fee", 0), _connector="OR"),
                name="no_rate_no_fee_of_the_host",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(("partner_fee_bp__gt", 0), ("partner_fee", 0), _connector="OR"),
                name="no_rate_no_fee_of_the_partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cooperative", models.F("host")), _negated=True),
                    ("partner_fee_bp", 0),
                    _connector="OR",
                ),
                name="the_host_asks_no_second_fee",
            ),
        ),
    ]
