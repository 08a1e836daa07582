"""Lists of needs from spreadsheets."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies, triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0060_approval_limit"),
        ("demand", "0090_needs_in_other_units"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NeedList",
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
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("filename", models.CharField(max_length=200)),
                ("state", models.CharField(default="uploaded", max_length=12)),
                ("columns", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("chosen", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.firm"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NeedListLine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.PositiveIntegerField()),
                ("cells", models.JSONField(default=list)),
                ("said", models.JSONField(default=dict)),
                ("verdict", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, max_length=24)),
                ("fingerprint", models.CharField(blank=True, max_length=32)),
                ("done", models.BooleanField(default=False)),
                (
                    "need",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="list_line",
                        to="demand.need",
                    ),
                ),
                (
                    "need_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="demand.needlist",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="needlist",
            index=models.Index(fields=["firm", "-id"], name="need_lists_by_firm"),
        ),
        migrations.AddIndex(
            model_name="needlistline",
            index=models.Index(
                condition=models.Q(("done", False)),
                fields=["need_list", "line"],
                name="need_list_lines_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="needlistline",
            index=models.Index(
                condition=models.Q(("need__isnull", False)),
                fields=["fingerprint"],
                name="need_list_lines_stated",
            ),
        ),
        migrations.AddConstraint(
            model_name="needlistline",
            constraint=models.UniqueConstraint(
                fields=("need_list", "line"), name="lines_of_a_need_list_are_numbered"
            ),
        ),
        triggers.declare_machine(
            "need_list",
            "demand_needlist",
            start=["uploaded"],
            moves={"uploaded": ["queued"], "queued": ["running"], "running": ["done"]},
        ),
        policies.fence("demand_needlist", "firm_id = seat_firm()"),
        policies.fence("demand_needlistline", "need_list_id IN (SELECT id FROM demand_needlist)"),
    ]
