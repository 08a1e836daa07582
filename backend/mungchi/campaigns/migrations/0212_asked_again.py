"""Offices ask those whom a campaign left out again, and see how many have answered."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("campaigns", "0211_decisions_overtaken"),
        ("demand", "0180_missed_proposals"),
    ]
    operations = [
        migrations.CreateModel(
            name="AskedAgain",
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
                ("at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_again",
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
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="asked_again",
                        to="demand.proposedneed",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "cooperative"], name="asked_again_by_campaign")
                ],
            },
        ),
        policies.fence("campaigns_askedagain", "cooperative_id = seat_cooperative()"),
    ]
