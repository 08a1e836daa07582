"""Needs that come back every so many weeks or months."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

KEPT = [
    "state", "quantity", "price_limit", "note", "every", "rhythm", "next_date", "ahead_days",
    "item_id",
]  # fmt: skip
ABOUT = About("demand.needplan", thread="r.id", cooperative="r.cooperative_id", firm="r.firm_id")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0042_trails_of_partners"),
        ("catalog", "0081_nothing_new_of_merged_items"),
        ("demand", "0080_items_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="plan_number",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="NeedPlan",
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
                ("quantity", models.PositiveIntegerField()),
                ("price_limit", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("every", models.PositiveSmallIntegerField(default=1)),
                ("rhythm", models.CharField(default="month", max_length=5)),
                ("first_date", models.DateField()),
                ("times", models.PositiveIntegerField(default=0)),
                ("next_date", models.DateField()),
                ("ahead_days", models.PositiveSmallIntegerField(default=14)),
                ("state", models.CharField(default="active", max_length=8)),
                ("ended_by", models.CharField(blank=True, max_length=16)),
                ("created_at", models.DateTimeField()),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.firm"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="catalog.item"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="need",
            name="plan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="needs",
                to="demand.needplan",
            ),
        ),
        migrations.AddConstraint(
            model_name="need",
            constraint=models.UniqueConstraint(
                fields=("plan", "plan_number"), name="a_plan_states_each_need_once"
            ),
        ),
        migrations.AddIndex(
            model_name="needplan",
            index=models.Index(fields=["firm", "state", "next_date"], name="plans_by_firm"),
        ),
        migrations.AddIndex(
            model_name="needplan",
            index=models.Index(fields=["cooperative", "state"], name="plans_by_cooperative"),
        ),
        migrations.AddIndex(
            model_name="needplan",
            index=models.Index(
                condition=models.Q(("state", "active")),
                fields=["next_date"],
                name="plans_by_next_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="needplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gt", 0)), name="a_plan_has_a_quantity"
            ),
        ),
        migrations.AddConstraint(
            model_name="needplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("price_limit__isnull", True), ("price_limit__gt", 0), _connector="OR"
                ),
                name="a_plan_has_a_price_limit_above_zero_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="needplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("every__lte", 52)),
                name="a_plan_comes_back_within_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="needplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["week", "month"])),
                name="a_plan_counts_weeks_or_months",
            ),
        ),
        triggers.declare_machine(
            "need_plan",
            "demand_needplan",
            start=["active"],
            moves={"active": ["stopped"], "stopped": ["active"]},
        ),
        triggers.only_of_living_items("demand_needplan"),
        policies.fence(
            "demand_needplan", "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
        ),
        keep("demand_needplan", KEPT, ABOUT),
    ]
