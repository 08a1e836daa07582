"""Above which amount a buyer's commitment waits for an owner of its firm."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies
from mungchi.common.keeping import About, keep


class Migration(migrations.Migration):
    dependencies = [("accounts", "0042_trails_of_partners")]

    operations = [
        migrations.CreateModel(
            name="ApprovalLimit",
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
                ("amount", models.BigIntegerField(null=True)),
                ("currency", models.CharField(max_length=3)),
                (
                    "firm",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval_limit",
                        to="accounts.firm",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True), ("amount__gte", 0), _connector="OR"
                        ),
                        name="an_approval_limit_is_not_negative",
                    )
                ],
            },
        ),
        policies.fence("accounts_approvallimit", "firm_id = seat_firm()"),
        keep(
            "accounts_approvallimit",
            ["amount", "currency"],
            About("accounts.approvallimit", firm="r.firm_id"),
        ),
    ]
