"""What the database asks of a provider's balance, and whose a seat sees."""

from django.db import migrations

from mungchi.common import policies, triggers

OF_OFFICE = "cooperative_id = seat_cooperative()"
# What was sent stays as the provider told it; only how far it is, and what it is at the bank.
PAYOUT_STAYS = """
CREATE FUNCTION payments_bank_payout_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND
     to_jsonb(NEW) - '{state,failure,parts_read,bank_line_id,arrived_on,arrived_by_id}'::text[]
     = to_jsonb(OLD) - '{state,failure,parts_read,bank_line_id,arrived_on,arrived_by_id}'::text[]
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a provider sent stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_bank_payout_stays';
END $$;
CREATE TRIGGER a_bank_payout_stays BEFORE UPDATE OR DELETE ON payments_bankpayout
  FOR EACH ROW EXECUTE FUNCTION payments_bank_payout_stays();
"""
PAYOUT_GOES = """
DROP TRIGGER a_bank_payout_stays ON payments_bankpayout;
DROP FUNCTION payments_bank_payout_stays();
"""
# A movement and the entries that are it: of one cooperative, and on what the provider has.
TIES = """
CREATE FUNCTION payments_tie_fits() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM fresh t JOIN payments_balanceline b ON b.id = t.line_id
    JOIN payments_ledgerentry e ON e.id = t.entry_id
    WHERE b.cooperative_id <> t.cooperative_id OR e.cooperative_id <> t.cooperative_id
       OR NOT EXISTS (SELECT 1 FROM payments_ledgerline l
                      WHERE l.entry_id = e.id AND l.account = 'provider_clearing')) THEN
    RAISE EXCEPTION 'a movement is tied to its own cooperative''s entries on it'
      USING ERRCODE = '23514', CONSTRAINT = 'a_tie_fits';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER a_tie_fits AFTER INSERT ON payments_balancetie
  REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION payments_tie_fits();
"""
TIES_GO = "DROP TRIGGER a_tie_fits ON payments_balancetie; DROP FUNCTION payments_tie_fits();"


class Migration(migrations.Migration):
    dependencies = [("payments", "0070_balance"), ("common", "0005_erasing")]
    operations = [
        triggers.append_only("payments_balanceline"),
        triggers.append_only("payments_balancetie"),
        triggers.append_only("payments_bankpayoutpart"),
        triggers.add_moves("open_item", [("settled", "open")]),
        triggers.declare_machine(
            "bank_payout", "payments_bankpayout",
            start=["under_way", "paid", "failed", "cancelled"],
            moves={
                "under_way": ["paid", "arrived", "failed", "cancelled"],
                "paid": ["arrived", "failed", "cancelled"],
                "arrived": ["paid"],
            },
        ),
        migrations.RunSQL(PAYOUT_STAYS, PAYOUT_GOES),
        migrations.RunSQL(TIES, TIES_GO),
        policies.fence("payments_balancereading", OF_OFFICE),
        policies.fence("payments_balanceline", OF_OFFICE),
        policies.fence("payments_balancetie", OF_OFFICE),
        policies.fence("payments_bankpayout", OF_OFFICE),
        policies.fence("payments_bankpayoutpart", OF_OFFICE),
    ]  # fmt: skip
