"""What a firm says it buys."""

import django.db.models.deletion
from django.db import migrations, models

from mungchi.common import policies


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_papers"),
        ("catalog", "0002_search"),
        ("demand", "0004_second_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Interest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.category",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interests",
                        to="accounts.firm",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("firm", "category"), name="a_firm_names_a_category_once"
                    )
                ],
            },
        ),
        policies.fence(
            "demand_interest",
            "firm_id = seat_firm() OR EXISTS (SELECT 1 FROM accounts_membership m"
            " WHERE m.firm_id = demand_interest.firm_id AND m.cooperative_id = seat_cooperative()"
            " AND m.state <> 'left')",
        ),
    ]
