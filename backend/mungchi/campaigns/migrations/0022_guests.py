"""The host may admit firms to one campaign that are members of no cooperative there."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0023_second_wall"),
        ("campaigns", "0021_trails_of_members"),
    ]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="takes_guests",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="Guest",
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
                ("admitted_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guests",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.firm",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["firm", "campaign"], name="guests_by_firm")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "firm"), name="a_guest_is_admitted_once"
                    )
                ],
            },
        ),
        policies.fence(
            "campaigns_guest",
            "firm_id = seat_firm() OR campaign_id IN (SELECT k.id FROM campaigns_campaign k"
            " WHERE k.host_id = seat_cooperative())",
        ),
    ]
