"""Suppliers’ connected accounts, and payouts that a provider sends to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0220_less"),
        ("payments", "0111_supplier_debts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="balanceline",
            name="payout_mark",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.AddField(
            model_name="payout",
            name="asked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="payout",
            name="returned",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Payee",
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
                ("platform_id", models.CharField(max_length=100)),
                ("external_id", models.CharField(blank=True, max_length=100)),
                ("payable", models.BooleanField(default=False)),
                ("submitted", models.BooleanField(default=False)),
                ("currency", models.CharField(blank=True, max_length=3)),
                ("country", models.CharField(blank=True, max_length=2)),
                ("due", models.JSONField(default=list)),
                ("why", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField()),
                ("asked_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payees",
                        to="payments.provideraccount",
                    ),
                ),
                (
                    "cooperative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payees",
                        to="accounts.firm",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="payout",
            name="payee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payouts",
                to="payments.payee",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("external_id", ""), ("payee__isnull", True), ("way", "bank_transfer")
                    ),
                    models.Q(
                        models.Q(("way", "bank_transfer"), _negated=True), ("payee__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_payout_goes_to_a_bank_or_a_connected_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("way", "bank_transfer"),
                    models.Q(("state__in", ["succeeded", "reversed"]), _negated=True),
                    models.Q(("external_id", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_a_provider_sent_has_its_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="payout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned", 0),
                    models.Q(
                        ("returned__gt", 0),
                        ("returned__lt", models.F("amount")),
                        ("state", "succeeded"),
                    ),
                    models.Q(("returned", models.F("amount")), ("state", "reversed")),
                    _connector="OR",
                ),
                name="what_was_taken_back_is_a_part_or_all",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.UniqueConstraint(
                fields=("account", "platform_id", "firm"), name="a_supplier_is_connected_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("account", "external_id"),
                name="a_connected_account_is_one_suppliers",
            ),
        ),
        migrations.AddConstraint(
            model_name="payee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("payable", False),
                    models.Q(
                        models.Q(("external_id", ""), _negated=True),
                        models.Q(("currency", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_can_be_paid_is_known",
            ),
        ),
    ]
