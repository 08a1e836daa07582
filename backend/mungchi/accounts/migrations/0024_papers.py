"""What a firm shows of itself: trade, documents, and what the tax service says."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies

# The firm itself, and the offices of cooperatives in which it is, or wants to be, a member.
ROWS = """
firm_id = seat_firm() OR EXISTS (
  SELECT 1 FROM accounts_membership m
  WHERE m.firm_id = {table}.firm_id AND m.cooperative_id = seat_cooperative() AND m.state <> 'left')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0023_second_wall"),
    ]

    operations = [
        migrations.AddField(
            model_name="firm",
            name="trade",
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.CreateModel(
            name="FirmDocument",
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
                ("kind", models.CharField(max_length=12)),
                ("filename", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="accounts.firm",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("firm", "digest"), name="a_firm_has_a_document_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__in", ["application/pdf", "image/png", "image/jpeg"])
                        ),
                        name="a_document_is_of_a_known_type",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxStatus",
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
                ("status", models.CharField(blank=True, max_length=12)),
                ("taxation", models.CharField(blank=True, max_length=100)),
                ("ended_date", models.DateField(null=True)),
                ("looked_up_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=12)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                (
                    "firm",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tax_status",
                        to="accounts.firm",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "tax statuses",
                "indexes": [models.Index(fields=["next_at"], name="tax_statuses_to_look_up")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["", "registered", "suspended", "closed", "unknown"])
                        ),
                        name="the_tax_status_is_known",
                    )
                ],
            },
        ),
        *(
            policies.fence(table, ROWS.format(table=table))
            for table in ("accounts_firmdocument", "accounts_taxstatus")
        ),
    ]
