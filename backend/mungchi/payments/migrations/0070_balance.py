"""Readings of a provider's balance, its movements, which entries they are, payouts to the bank."""

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0201_lapse_rules"),
        ("payments", "0061_terms_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BalanceLine",
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
                ("external_id", models.CharField(max_length=255)),
                ("kind", models.CharField(max_length=20)),
                ("source_id", models.CharField(blank=True, max_length=255)),
                ("charge_id", models.CharField(blank=True, max_length=255)),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.BigIntegerField()),
                ("fee", models.BigIntegerField()),
                ("net", models.BigIntegerField()),
                ("source_amount", models.BigIntegerField(null=True)),
                ("source_currency", models.CharField(blank=True, max_length=3)),
                ("rate", models.CharField(blank=True, max_length=40)),
                ("payment_mark", models.CharField(blank=True, max_length=50)),
                ("refund_mark", models.CharField(blank=True, max_length=40)),
                ("available_on", models.DateField(null=True)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="BalanceReading",
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
                ("since", models.DateTimeField()),
                ("reached", models.DateTimeField()),
                ("next_at", models.DateTimeField()),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("ended_at", models.DateTimeField(null=True)),
                ("lines", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("closed", models.PositiveIntegerField(default=0)),
                ("sums", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="BalanceTie",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="tie",
                        serialize=False,
                        to="payments.ledgerentry",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BankPayout",
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
                ("external_id", models.CharField(max_length=255)),
                ("state", models.CharField(default="under_way", max_length=12)),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.BigIntegerField()),
                ("automatic", models.BooleanField(default=False)),
                ("parts_read", models.BooleanField(default=False)),
                ("sent_at", models.DateTimeField()),
                ("arrives_on", models.DateField()),
                ("failure", models.CharField(blank=True, max_length=100)),
                ("arrived_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="BankPayoutPart",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="paid_out_in",
                        serialize=False,
                        to="payments.balanceline",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="balanceline",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="balance_lines",
                to="payments.provideraccount",
            ),
        ),
        migrations.AddField(
            model_name="balanceline",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="balance_line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="payments.balanceline",
            ),
        ),
        migrations.AddField(
            model_name="openitem",
            name="balance_line",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="payments.balanceline",
            ),
        ),
        migrations.AddField(
            model_name="balancereading",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readings",
                to="payments.provideraccount",
            ),
        ),
        migrations.AddField(
            model_name="balancereading",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="balancereading",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="balancetie",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="balancetie",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ties",
                to="payments.balanceline",
            ),
        ),
        migrations.AddField(
            model_name="bankpayout",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bank_payouts",
                to="payments.provideraccount",
            ),
        ),
        migrations.AddField(
            model_name="bankpayout",
            name="arrived_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bankpayout",
            name="bank_line",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bank_payout",
                to="payments.bankline",
            ),
        ),
        migrations.AddField(
            model_name="bankpayout",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="bankpayoutpart",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="bankpayoutpart",
            name="payout",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="payments.bankpayout",
            ),
        ),
        migrations.AddIndex(
            model_name="balanceline",
            index=models.Index(fields=["cooperative", "-at", "-id"], name="balance_lines_by_time"),
        ),
        migrations.AddIndex(
            model_name="balanceline",
            index=models.Index(fields=["account", "source_id"], name="balance_lines_by_source"),
        ),
        migrations.AddConstraint(
            model_name="balanceline",
            constraint=models.UniqueConstraint(
                fields=("account", "external_id"), name="a_movement_is_taken_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="balanceline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "net",
                        django.db.models.expressions.CombinedExpression(
                            models.F("amount"), "-", models.F("fee")
                        ),
                    )
                ),
                name="a_movement_adds_up",
            ),
        ),
        migrations.AddIndex(
            model_name="balancereading",
            index=models.Index(fields=["cooperative", "-id"], name="readings_by_cooperative"),
        ),
        migrations.AddConstraint(
            model_name="balancereading",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("account",),
                name="one_reading_of_a_balance_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="bankpayout",
            index=models.Index(
                fields=["cooperative", "-sent_at", "-id"], name="bank_payouts_by_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankpayout",
            constraint=models.UniqueConstraint(
                fields=("account", "external_id"), name="a_bank_payout_is_known_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="bankpayout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "arrived"), _negated=True),
                    ("arrived_on__isnull", False),
                    _connector="OR",
                ),
                name="what_arrived_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankpayout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "arrived"), ("bank_line__isnull", True), _connector="OR"
                ),
                name="a_bank_line_is_of_what_arrived",
            ),
        ),
        migrations.AddConstraint(
            model_name="bankpayout",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="a_bank_payout_sends_money"
            ),
        ),
    ]
