"""Accounts of the books for exchange and for what is on its way to the bank; entries that are of a
movement of a provider's balance alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0071_balance_rules")]
    operations = [
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="an_entry_is_of_a_payment_a_payout_or_a_bank_line",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="an_account_of_the_books",
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="what_a_firm_owes_names_it",
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
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("campaign__isnull", False),
                        ("firm__isnull", False),
                        ("payment__isnull", False),
                        ("payout__isnull", True),
                    ),
                    models.Q(
                        ("bank_line__isnull", True),
                        ("campaign__isnull", False),
                        ("firm__isnull", True),
                        ("payment__isnull", True),
                        ("payout__isnull", True),
                    ),
                    models.Q(
                        ("bank_line__isnull", False),
                        ("campaign__isnull", True),
                        ("firm__isnull", True),
                        ("payment__isnull", True),
                        ("payout__isnull", True),
                    ),
                    models.Q(
                        ("balance_line__isnull", False),
                        ("campaign__isnull", True),
                        ("firm__isnull", True),
                        ("payment__isnull", True),
                        ("payout__isnull", True),
                    ),
                    models.Q(
                        ("bank_line__isnull", True),
                        ("campaign__isnull", False),
                        ("firm__isnull", False),
                        ("payment__isnull", True),
                        ("payout__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_entry_is_of_a_payment_a_payout_or_a_bank_line",
            ),
        ),
    ]
