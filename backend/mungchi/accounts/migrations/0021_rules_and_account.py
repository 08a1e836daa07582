"""What a new campaign begins with, and a bank account that two people decide on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import triggers


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0020_cooperatives_set_up_themselves"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountChange",
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
                ("bank_name", models.CharField(max_length=40)),
                ("bank_account", models.CharField(max_length=40)),
                ("bank_holder", models.CharField(max_length=60)),
                ("state", models.CharField(default="proposed", max_length=12)),
                ("alone", models.BooleanField(default=False)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="cooperative",
            name="default_open_days",
            field=models.PositiveSmallIntegerField(default=14),
        ),
        migrations.AddField(
            model_name="cooperative",
            name="default_rationing",
            field=models.CharField(default="uniform", max_length=12),
        ),
        migrations.AddConstraint(
            model_name="cooperative",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("default_rationing__in", ["uniform", "proportional", "first_come"])
                ),
                name="the_default_rationing_rule_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="cooperative",
            constraint=models.CheckConstraint(
                condition=models.Q(("default_open_days__gte", 2), ("default_open_days__lte", 180)),
                name="campaigns_are_open_for_2_to_180_days",
            ),
        ),
        migrations.AddField(
            model_name="accountchange",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="account_changes",
                to="accounts.cooperative",
            ),
        ),
        migrations.AddField(
            model_name="accountchange",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accountchange",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "proposed")),
                fields=("cooperative",),
                name="one_change_of_account_waits_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    ("alone", True),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_second_person_confirms_an_account",
            ),
        ),
        triggers.declare_machine(
            "account_change",
            "accounts_accountchange",
            start=["proposed", "confirmed"],
            moves={"proposed": ["confirmed", "declined"]},
        ),
    ]
