"""Payments that lapse, and what the cooperative itself pays."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0200_lapses"),
        ("orders", "0200_subsidies"),
        ("payments", "0013_provider_rules"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="an_entry_is_of_a_payment_or_a_bank_line",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="an_account_of_the_books",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="what_a_firm_owes_names_it",
        ),
        migrations.AddField(
            model_name="payment",
            name="lapses_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="payment",
            name="reminded",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(
                    (
                        "state__in",
                        (
                            "awaiting_transfer",
                            "scheduled",
                            "processing",
                            "requires_action",
                            "retrying",
                        ),
                    )
                ),
                fields=["lapses_at"],
                name="payments_that_may_lapse",
            ),
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                condition=models.Q(("state", "lapsed")),
                fields=["firm"],
                name="payments_that_lapsed",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("campaign__isnull", False),
                        ("firm__isnull", False),
                        ("payment__isnull", False),
                    ),
                    models.Q(
                        ("bank_line__isnull", True),
                        ("campaign__isnull", False),
                        ("firm__isnull", True),
                        ("payment__isnull", True),
                    ),
                    models.Q(
                        ("bank_line__isnull", False),
                        ("campaign__isnull", True),
                        ("firm__isnull", True),
                        ("payment__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="an_entry_is_of_a_payment_or_a_bank_line",
            ),
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
                            "fee",
                            "fee_vat",
                            "member_funds",
                            "not_ours",
                            "partner_fee_payable",
                            "price_subsidy",
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
                                "price_subsidy",
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
                    ("lapses_at__isnull", True),
                    ("lapses_at__gte", models.F("due_at")),
                    _connector="OR",
                ),
                name="a_payment_lapses_after_it_is_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "lapsed"), _negated=True), ("allotted", 0), _connector="OR"
                ),
                name="nothing_is_allotted_to_what_lapsed",
            ),
        ),
    ]
