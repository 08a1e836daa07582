"""What suppliers owe back: money that they were paid already, of refunds that claims ended in."""

import django.db.models.deletion
from django.db import migrations, models

import mungchi.common.ids
from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

# What a debt is over stays; how it was settled is told while it is.
STAYS = """
CREATE FUNCTION payments_debt_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{state,way,against_id,settled_date,note,times}';
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moves = to_jsonb(OLD) - moves THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a debt is over stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_debt_stays';
END $$;
CREATE TRIGGER a_debt_stays BEFORE UPDATE OR DELETE ON payments_supplierdebt
  FOR EACH ROW EXECUTE FUNCTION payments_debt_stays();
"""
STAYS_NOT = """
DROP TRIGGER a_debt_stays ON payments_supplierdebt;
DROP FUNCTION payments_debt_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0200_grace"),
        ("campaigns", "0201_lapse_rules"),
        ("payments", "0110_owed_with_what_the_office_pays"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupplierDebt",
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
                ("state", models.CharField(default="open", max_length=12)),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
                ("way", models.CharField(blank=True, max_length=12)),
                ("settled_date", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("times", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="ledgerline",
            name="an_account_of_the_books",
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
                            "supplier_receivable",
                        ],
                    )
                ),
                name="an_account_of_the_books",
            ),
        ),
        migrations.AddField(
            model_name="supplierdebt",
            name="against",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="supplierdebt",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplier_debts",
                to="campaigns.campaign",
            ),
        ),
        migrations.AddField(
            model_name="supplierdebt",
            name="cooperative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="accounts.cooperative"
            ),
        ),
        migrations.AddField(
            model_name="supplierdebt",
            name="refund",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplier_debt",
                to="payments.refund",
            ),
        ),
        migrations.AddField(
            model_name="supplierdebt",
            name="credit",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplier_debt",
                to="payments.credit",
            ),
        ),
        migrations.AddField(
            model_name="supplierdebt",
            name="supplier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.firm"
            ),
        ),
        migrations.AddIndex(
            model_name="supplierdebt",
            index=models.Index(fields=["cooperative", "state", "-id"], name="debts_by_cooperative"),
        ),
        migrations.AddIndex(
            model_name="supplierdebt",
            index=models.Index(fields=["supplier", "-id"], name="debts_by_supplier"),
        ),
        migrations.AddConstraint(
            model_name="supplierdebt",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="a_debt_is_above_zero"
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierdebt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit__isnull", True),
                    ("refund__isnull", False),
                )
                | models.Q(
                    ("credit__isnull", False),
                    ("refund__isnull", True),
                ),
                name="a_debt_is_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="supplierdebt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("against__isnull", True),
                        ("settled_date__isnull", True),
                        ("state", "open"),
                        ("way", ""),
                    ),
                    models.Q(
                        ("against__isnull", True),
                        ("settled_date__isnull", False),
                        ("state", "settled"),
                        ("way", "transfer"),
                    ),
                    models.Q(
                        ("against__isnull", False),
                        ("settled_date__isnull", False),
                        ("state", "settled"),
                        ("way", "offset"),
                    ),
                    _connector="OR",
                ),
                name="a_settled_debt_says_how",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="ledgerentry",
            name="an_entry_is_of_a_payment_a_payout_or_a_bank_line",
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
        triggers.declare_machine(
            "supplier_debt",
            "payments_supplierdebt",
            start=["open"],
            moves={"open": ["settled"], "settled": ["open"]},
        ),
        migrations.RunSQL(STAYS, STAYS_NOT),
        policies.fence(
            "payments_supplierdebt",
            "supplier_id = seat_firm() OR cooperative_id = seat_cooperative()",
        ),
        keep(
            "payments_supplierdebt",
            ["state", "amount", "way", "against_id", "settled_date", "note"],
            About(
                "payments.supplierdebt",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]
