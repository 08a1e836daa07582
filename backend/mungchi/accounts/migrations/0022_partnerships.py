"""Cooperatives are partners by mutual agreement."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0021_rules_and_account"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partnership",
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
                ("state", models.CharField(default="proposed", max_length=12)),
                ("message", models.CharField(blank=True, max_length=1000)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("proposed_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.cooperative",
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.cooperative",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asking", "state"], name="partnerships_by_asking"),
                    models.Index(fields=["asked", "state"], name="partnerships_by_asked"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asking", models.F("asked")), _negated=True),
                        name="a_cooperative_is_not_its_own_partner",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Least("asking", "asked"),
                        django.db.models.functions.comparison.Greatest("asking", "asked"),
                        condition=models.Q(("state__in", ["proposed", "active"])),
                        name="a_pair_of_cooperatives_has_one_partnership",
                    ),
                ],
            },
        ),
        triggers.declare_machine(
            "partnership",
            "accounts_partnership",
            start=["proposed"],
            moves={"proposed": ["active", "declined", "withdrawn"], "active": ["ended"]},
        ),
    ]
