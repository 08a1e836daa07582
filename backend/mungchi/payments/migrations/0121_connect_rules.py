"""What the database asks of connected accounts and of payouts that a provider sends."""

from importlib import import_module

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep_also

BEFORE = import_module("mungchi.payments.migrations.0032_payout_rules")


def _function(sql: str) -> str:
    """The function of a piece of rules, without the trigger that calls it."""
    return sql[: sql.index("CREATE TRIGGER")].replace(
        "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
    )


STAYED = _function(BEFORE.STAYS)
# When a provider was asked last moves too; what was taken back only grows.
STAYS = STAYED.replace("external_id,sent_at,", "external_id,sent_at,asked_at,returned,").replace(
    "     AND (NEW.early = OLD.early", "     AND NEW.returned >= OLD.returned\n"
    "     AND (NEW.early = OLD.early",
)  # fmt: skip
NO_MORE_THEN = _function(BEFORE.NO_MORE)
# What a provider took back of a payout is owed again.
NO_MORE = NO_MORE_THEN.replace("sum(p.amount)", "sum(p.amount - p.returned)")
# Whose it is and where it stands with whom stays; a connected account is never another's.
PAYEE = """
CREATE FUNCTION payments_payee_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.account_id, NEW.cooperative_id, NEW.firm_id, NEW.platform_id,
      NEW.created_by_id, NEW.created_at)
     = (OLD.account_id, OLD.cooperative_id, OLD.firm_id, OLD.platform_id,
      OLD.created_by_id, OLD.created_at)
     AND (OLD.external_id = '' OR NEW.external_id = OLD.external_id)
     AND (OLD.told_at IS NULL OR NEW.told_at >= OLD.told_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'whose a connected account is stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_payee_stays';
END $$;
CREATE TRIGGER a_payee_stays BEFORE UPDATE OR DELETE ON payments_payee
  FOR EACH ROW EXECUTE FUNCTION payments_payee_stays();
CREATE FUNCTION payments_payout_is_the_suppliers() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.payee_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM payments_payee y
       WHERE y.id = NEW.payee_id AND y.firm_id = NEW.supplier_id
         AND y.cooperative_id = NEW.cooperative_id AND y.currency = NEW.currency) THEN
    RAISE EXCEPTION 'a payout goes to an account of its supplier, in its currency'
      USING ERRCODE = '23514', CONSTRAINT = 'a_payout_goes_to_its_supplier';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_payout_goes_to_its_supplier BEFORE INSERT ON payments_payout
  FOR EACH ROW EXECUTE FUNCTION payments_payout_is_the_suppliers();
"""
PAYEE_GOES = """
DROP TRIGGER a_payout_goes_to_its_supplier ON payments_payout;
DROP FUNCTION payments_payout_is_the_suppliers();
DROP TRIGGER a_payee_stays ON payments_payee;
DROP FUNCTION payments_payee_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0120_connect")]
    operations = [
        triggers.add_moves("payout", [("failed", "succeeded")]),
        migrations.RunSQL(STAYS, STAYED),
        migrations.RunSQL(NO_MORE, NO_MORE_THEN),
        migrations.RunSQL(PAYEE, PAYEE_GOES),
        policies.fence(
            "payments_payee", "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
        ),
        keep_also(
            "payments_payout",
            ["number", "state", "amount", "deducted", "earlier", "bank_name", "bank_account",
             "bank_holder", "early", "note", "alone", "sent_date", "outstanding"],
            ["way", "returned"],
            About(
                "payments.payout",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]  # fmt: skip
