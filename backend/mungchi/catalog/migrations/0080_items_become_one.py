"""Items that were merged, what else items are called, and pairs that may be one."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep, keep_also

KEPT = ["name", "name_en", "code", "unit", "pack_size", "vat_class", "category_id"]
ABOUT = About("catalog.item", cooperative="r.cooperative_id")
# Of everybody's catalogue the operators look after it.
OF_WHO_LOOKS_AFTER_IT = (
    "cooperative_id = seat_cooperative()"
    " OR cooperative_id IS NULL AND current_setting('mungchi.seat_role', true) = 'operator'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0042_trails_of_partners"),
        ("catalog", "0004_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ItemAlias",
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
                ("kind", models.CharField(default="name", max_length=4)),
                ("name", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="ItemMerge",
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
                ("state", models.CharField(default="done", max_length=8)),
                ("merged_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("figures", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="LookAlike",
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
                ("score", models.PositiveSmallIntegerField()),
                ("state", models.CharField(default="open", max_length=12)),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="MergedRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=60)),
                ("column", models.CharField(max_length=40)),
                ("row", models.CharField(max_length=40)),
                ("was", models.UUIDField()),
            ],
        ),
        migrations.AddField(
            model_name="item",
            name="compared_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="item",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="catalog.item",
            ),
        ),
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                condition=models.Q(("compared_at__isnull", True)),
                fields=["id"],
                name="items_to_be_compared",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="an_item_is_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="itemalias",
            name="cooperative",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="itemalias",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aliases",
                to="catalog.item",
            ),
        ),
        migrations.AddField(
            model_name="itemmerge",
            name="away",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_away",
                to="catalog.item",
            ),
        ),
        migrations.AddField(
            model_name="itemmerge",
            name="cooperative",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="itemmerge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_kept",
                to="catalog.item",
            ),
        ),
        migrations.AddField(
            model_name="itemmerge",
            name="merged_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="itemalias",
            name="merge",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="aliases",
                to="catalog.itemmerge",
            ),
        ),
        migrations.AddField(
            model_name="lookalike",
            name="cooperative",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="lookalike",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.item"
            ),
        ),
        migrations.AddField(
            model_name="lookalike",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalog.item"
            ),
        ),
        migrations.AddField(
            model_name="mergedrow",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="catalog.itemmerge",
            ),
        ),
        migrations.AddIndex(
            model_name="itemmerge",
            index=models.Index(fields=["cooperative", "-id"], name="merges_by_cooperative"),
        ),
        migrations.AddConstraint(
            model_name="itemmerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "done")),
                fields=("away",),
                name="an_item_is_merged_away_once",
            ),
        ),
        migrations.AddIndex(
            model_name="itemalias",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("name"), name="gin_trgm_ops"
                ),
                name="aliases_by_part_of_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="itemalias",
            constraint=models.UniqueConstraint(
                fields=("cooperative", "kind", "name"),
                name="an_alias_is_of_one_item",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="itemalias",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["name", "code"])),
                name="an_alias_is_a_name_or_a_code",
            ),
        ),
        migrations.AddIndex(
            model_name="lookalike",
            index=models.Index(
                fields=["cooperative", "state", "-score", "id"], name="pairs_by_score"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalike",
            constraint=models.UniqueConstraint(
                fields=("first", "second"), name="a_pair_is_found_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookalike",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="a_pair_has_one_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergedrow",
            constraint=models.UniqueConstraint(
                fields=("merge", "label", "column", "row"), name="a_merge_changes_a_column_once"
            ),
        ),
        triggers.declare_machine(
            "look_alike",
            "catalog_lookalike",
            start=["open"],
            moves={"open": ["apart"], "apart": ["open"]},
        ),
        triggers.declare_machine(
            "item_merge", "catalog_itemmerge", start=["done"], moves={"done": ["undone"]}
        ),
        policies.fence("catalog_itemmerge", OF_WHO_LOOKS_AFTER_IT),
        policies.fence(
            "catalog_mergedrow",
            "EXISTS (SELECT 1 FROM catalog_itemmerge m WHERE m.id = merge_id)",
        ),
        keep_also("catalog_item", KEPT, ["merged_into_id"], ABOUT),
        keep(
            "catalog_itemalias",
            ["item_id", "kind", "name"],
            About("catalog.itemalias", thread="r.item_id", cooperative="r.cooperative_id"),
        ),
    ]
