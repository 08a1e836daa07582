"""Disputes, notes and files about them; accounts of the books for what is in dispute and lost."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mungchi.common.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0201_lapse_rules"),
        ("orders", "0201_subsidies_kept"),
        ("payments", "0072_ledger_of_balance"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
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
                ("external_id", models.CharField(max_length=100)),
                ("state", models.CharField(max_length=16)),
                ("inquiry", models.BooleanField(default=False)),
                ("reason", models.CharField(max_length=60)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("due_by", models.DateTimeField(null=True)),
                ("taken", models.BigIntegerField(default=0)),
                ("fee", models.BigIntegerField(default=0)),
                ("borne", models.BigIntegerField(default=0)),
                ("opened_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("told_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("submitted_on", models.DateField(null=True)),
                ("submitted_note", models.CharField(blank=True, max_length=1000)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("accepted_why", models.CharField(blank=True, max_length=1000)),
                ("claim", models.CharField(default="none", max_length=8)),
                ("claimed", models.BigIntegerField(default=0)),
                ("claim_due", models.DateField(null=True)),
                ("claim_paid_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DisputeFile",
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
                ("filename", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=40)),
                ("size", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("uploaded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="DisputeNote",
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
                ("text", models.CharField(max_length=2000)),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="an_account_of_the_books",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="what_a_firm_owes_names_it",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="what_was_paid_has_a_time",
        ),
        migrations.AddConstraint(
            model_name="ledgerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "account__in",
                        [
                            "bank",
                            "bank_suspense",
                            "bank_transit",
                            "dispute",
                            "dispute_loss",
                            "exchange",
                            "fee",
                            "fee_vat",
                            "member_funds",
                            "not_ours",
                            "partner_fee_payable",
                            "price_subsidy",
                            "provider_clearing",
                            "provider_fee",
                            "receivable",
                            "refund_payable",
                            "supplier_payable",
                        ],
                    )
                ),
                name="an_account_of_the_books",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "account__in",
                            (
                                "bank",
                                "fee",
                                "fee_vat",
                                "partner_fee_payable",
                                "bank_suspense",
                                "not_ours",
                                "provider_clearing",
                                "provider_fee",
                                "price_subsidy",
                                "dispute",
                                "dispute_loss",
                                "exchange",
                                "bank_transit",
                            ),
                        ),
                        ("firm__isnull", True),
                    ),
                    ("firm__isnull", False),
                    _connector="OR",
                ),
                name="what_a_firm_owes_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            (
                                "paid",
                                "partially_refunded",
                                "refund_due",
                                "refunded",
                                "disputed",
                                "charged_back",
                            ),
                        ),
                        _negated=True,
                    ),
                    ("paid_at__isnull", False),
                    _connector="OR",
                ),
                name="what_was_paid_has_a_time",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="accepted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="payments.provideraccount",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="attempt",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="payments.attempt"
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="campaigns.campaign"
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="firm",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.firm"
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="payment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="disputes",
                to="payments.payment",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="submitted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disputefile",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="disputefile",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="payments.dispute",
            ),
        ),
        migrations.AddField(
            model_name="disputefile",
            name="uploaded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disputenote",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="disputenote",
            name="dispute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="payments.dispute",
            ),
        ),
        migrations.AddField(
            model_name="disputenote",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["cooperative", "state", "-id"], name="disputes_by_office"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                condition=models.Q(("state__in", ("needs_response", "under_review"))),
                fields=["campaign"],
                name="disputes_by_campaign",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("account", "external_id"), name="a_dispute_is_there_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="a_dispute_is_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("borne__gte", 0),
                    ("borne__lte", models.F("taken")),
                    ("fee__gte", 0),
                    ("taken__gte", 0),
                    ("taken__lte", models.F("amount")),
                ),
                name="no_more_is_taken_than_disputed",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True),
                        ("state__in", ("needs_response", "under_review")),
                    ),
                    models.Q(
                        models.Q(("state__in", ("needs_response", "under_review")), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_dispute_that_ended_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim", "none"), ("claimed", 0)),
                    models.Q(
                        models.Q(("claim", "none"), _negated=True),
                        ("claim_due__isnull", False),
                        ("claimed__gt", 0),
                    ),
                    _connector="OR",
                ),
                name="what_is_asked_for_again_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("claim", "paid"), ("claim_paid_on__isnull", False)),
                    models.Q(
                        models.Q(("claim", "paid"), _negated=True), ("claim_paid_on__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="what_was_paid_again_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="disputefile",
            constraint=models.UniqueConstraint(
                fields=("dispute", "digest"), name="a_dispute_has_a_file_once"
            ),
        ),
    ]
