"""Sizes, colours, grades of an item."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import triggers
from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [("catalog", "0136_item_files")]

    operations = [
        migrations.CreateModel(
            name="Variant",
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
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(blank=True, max_length=80)),
                ("code", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="variants",
                        to="catalog.item",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "name"), name="variants_of_an_item_differ_in_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("item", "code"),
                        name="variants_of_an_item_differ_in_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="a_variant_has_a_name",
                    ),
                ],
            },
        ),
        triggers.only_of_living_items("catalog_variant"),
        keep(
            "catalog_variant",
            ["item_id", "name", "name_en", "code", "position", "archived_at"],
            About(
                "catalog.variant",
                cooperative="(SELECT i.cooperative_id FROM catalog_item i WHERE i.id = r.item_id)",
            ),
        ),
    ]
