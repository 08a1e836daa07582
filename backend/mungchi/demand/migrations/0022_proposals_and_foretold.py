"""Needs that purchases propose, and what is foretold of them."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies, triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_papers"),
        ("catalog", "0003_more_units"),
        ("demand", "0021_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoryReading",
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
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["due_at"], name="readings_by_time")],
            },
        ),
        migrations.CreateModel(
            name="ForetoldItem",
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
                ("month", models.DateField()),
                ("known_until", models.DateField()),
                ("chance", models.PositiveSmallIntegerField()),
                ("firms", models.PositiveIntegerField()),
                ("quantity", models.PositiveIntegerField()),
                ("low", models.PositiveIntegerField()),
                ("high", models.PositiveIntegerField()),
                ("evidence", models.JSONField(default=list)),
                ("computed_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
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
                        fields=["cooperative", "month", "-chance", "id"], name="foretold_by_chance"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cooperative", "month", "item"),
                        name="an_item_is_foretold_once_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chance__gte", 0), ("chance__lte", 100)),
                        name="a_chance_is_a_share_of_100",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposedNeed",
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
                ("rhythm", models.CharField(max_length=8)),
                ("state", models.CharField(default="open", max_length=12)),
                ("quantity", models.PositiveIntegerField()),
                ("needed_by", models.DateField()),
                ("every_days", models.PositiveSmallIntegerField(null=True)),
                ("last_price", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("currency", models.CharField(max_length=3)),
                ("evidence", models.JSONField(default=list)),
                ("evidence_until", models.DateField()),
                ("created_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
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
                (
                    "need",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposal",
                        to="demand.need",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["firm", "state", "needed_by"], name="proposals_by_firm"),
                    models.Index(fields=["cooperative", "state"], name="proposals_by_cooperative"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("cooperative", "firm", "item"),
                        name="one_open_proposal_per_firm_item_and_cooperative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0)),
                        name="a_proposed_need_has_a_quantity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rhythm__in", ["regular", "yearly", "asked"])),
                        name="the_rhythm_of_a_proposal_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("need__isnull", False), ("state", "accepted")),
                            models.Q(
                                models.Q(("state", "accepted"), _negated=True),
                                ("need__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="an_accepted_proposal_has_its_need",
                    ),
                ],
            },
        ),
        triggers.declare_machine(
            "proposal",
            "demand_proposedneed",
            start=["open"],
            moves={"open": ["accepted", "dismissed"], "dismissed": ["open"]},
        ),
        policies.fence(
            "demand_proposedneed", "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
        ),
        policies.fence("demand_foretolditem", "cooperative_id = seat_cooperative()"),
        # Histories that are there already are read by the first run.
        migrations.RunSQL(
            "INSERT INTO demand_historyreading (cooperative_id, due_at)"
            " SELECT DISTINCT cooperative_id, now() FROM demand_purchase",
            migrations.RunSQL.noop,
        ),
    ]
