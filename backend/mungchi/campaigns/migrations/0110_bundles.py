"""What offices are proposed to buy together with partners, and what a campaign made of it is for."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0085_typed_close"),
        ("campaigns", "0085_second_wall_by_row"),
        ("catalog", "0090_units_of_items"),
        ("demand", "0091_lists_of_needs"),
    ]

    operations = [
        migrations.CreateModel(
            name="BundleChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "cooperative",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        to="accounts.cooperative",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BundleReading",
            fields=[
                (
                    "cooperative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="accounts.cooperative",
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="bundle_readings_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Bundle",
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
                ("state", models.CharField(default="open", max_length=12)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("parts", models.JSONField(default=list)),
                (
                    "partner_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), size=None
                    ),
                ),
                ("firms", models.PositiveIntegerField()),
                ("quantity", models.PositiveBigIntegerField(null=True)),
                ("known", models.PositiveBigIntegerField()),
                ("saving", models.BigIntegerField(null=True)),
                ("saving_from", models.JSONField(null=True)),
                ("place", models.PositiveIntegerField()),
                ("recommended", models.BooleanField()),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bundle",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="catalog.item"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["cooperative", "state", "place", "id"], name="bundles_by_place"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["partner_ids"], name="bundles_by_partner"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign__isnull", False), ("state", "opened")),
                            models.Q(
                                models.Q(("state", "opened"), _negated=True),
                                ("campaign__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_opened_bundle_has_its_campaign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="a_bundles_days_are_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignPart",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.cooperative",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.item",
                    ),
                ),
                (
                    "pool",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="part",
                        to="demand.pool",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["cooperative", "item"], name="campaign_parts_by_item"),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["campaign"],
                        name="parts_to_settle",
                    ),
                ],
            },
        ),
    ]
