"""Accounts of the books for what a provider has, and keeps as its fee."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0051_charging_rules")]
    operations = [
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
    ]
