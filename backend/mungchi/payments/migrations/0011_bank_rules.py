"""What the database asks of bank lines and their allotments, whose a seat sees, and what is kept."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep, keep_also

# What the bank said stays as it said it; erasing a person replaces texts.
LINES_STAY = """
CREATE FUNCTION payments_bank_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF common_erasing() THEN RETURN NEW; END IF;
    IF to_jsonb(NEW) - '{state,open,why}'::text[] = to_jsonb(OLD) - '{state,open,why}'::text[] THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'what the bank says of a line stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_bank_line_stays';
END $$;
CREATE TRIGGER a_bank_line_stays BEFORE UPDATE OR DELETE ON payments_bankline
  FOR EACH ROW EXECUTE FUNCTION payments_bank_line_stays();
CREATE FUNCTION payments_allotment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.undone_at IS NULL
     AND to_jsonb(NEW) - 'undone_at' = to_jsonb(OLD) - 'undone_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an allotment is undone, not changed' USING ERRCODE = '23514',
    CONSTRAINT = 'an_allotment_stays';
END $$;
CREATE TRIGGER an_allotment_stays BEFORE UPDATE OR DELETE ON payments_bankallotment
  FOR EACH ROW EXECUTE FUNCTION payments_allotment_stays();
"""
LINES_GO = """
DROP TRIGGER an_allotment_stays ON payments_bankallotment;
DROP FUNCTION payments_allotment_stays();
DROP TRIGGER a_bank_line_stays ON payments_bankline;
DROP FUNCTION payments_bank_line_stays();
"""
# Over the lines of all, whoever writes: behind the second wall a seat may not see every row.
NO_MORE = """
CREATE FUNCTION payments_no_more_than_arrived() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE l payments_bankline;
BEGIN
  SELECT * INTO l FROM payments_bankline WHERE id = NEW.line_id;
  IF l.cooperative_id <> NEW.cooperative_id OR NOT EXISTS (
       SELECT 1 FROM payments_payment p WHERE p.id = NEW.payment_id
       AND p.cooperative_id = l.cooperative_id AND p.currency = l.currency) THEN
    RAISE EXCEPTION 'a line is allotted to its own cooperative''s payments, in its currency'
      USING ERRCODE = '23514', CONSTRAINT = 'a_line_is_for_its_own_payments';
  END IF;
  IF (SELECT sum(a.amount) FROM payments_bankallotment a
      WHERE a.line_id = NEW.line_id AND a.undone_at IS NULL) > l.amount THEN
    RAISE EXCEPTION 'more is allotted of a line than arrived'
      USING ERRCODE = '23514', CONSTRAINT = 'a_line_is_used_once';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER a_line_is_used_once AFTER INSERT ON payments_bankallotment
  FOR EACH ROW EXECUTE FUNCTION payments_no_more_than_arrived();
"""
NO_MORE_BACK = """
DROP TRIGGER a_line_is_used_once ON payments_bankallotment;
DROP FUNCTION payments_no_more_than_arrived();
"""
CAMPAIGN = "(SELECT o.campaign_id FROM orders_order o WHERE o.id = r.order_id)"
MEMBERS_OFFICE = "(SELECT nullif(o.cooperative_id, r.cooperative_id) FROM orders_order o WHERE o.id = r.order_id)"


class Migration(migrations.Migration):
    dependencies = [("payments", "0010_bank_lines"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "bank_statement", "payments_bankstatement", start=["uploaded"],
            moves={"uploaded": ["done"]},
        ),
        triggers.declare_machine(
            "bank_line", "payments_bankline", start=["suspense"],
            moves={
                "suspense": ["matched", "set_aside", "to_return"],
                "to_return": ["suspense", "returned", "matched"],
                "matched": ["suspense"],
                "set_aside": ["suspense"],
                "returned": ["suspense"],
            },
        ),
        migrations.RunSQL(LINES_STAY, LINES_GO),
        migrations.RunSQL(NO_MORE, NO_MORE_BACK),
        policies.fence("payments_bankstatement", "cooperative_id = seat_cooperative()"),
        policies.fence("payments_bankline", "cooperative_id = seat_cooperative()"),
        # A firm sees what of its payments has arrived in the payment itself.
        policies.fence("payments_bankallotment", "cooperative_id = seat_cooperative()"),
        policies.fence(
            "payments_statementline",
            "EXISTS (SELECT 1 FROM payments_bankstatement s"
            " WHERE s.id = statement_id AND s.cooperative_id = seat_cooperative())",
        ),
        keep(
            "payments_bankline",
            ["day", "time", "amount", "currency", "depositor", "text", "balance", "state", "open",
             "why"],
            About("payments.bankline", cooperative="r.cooperative_id"),
        ),
        keep_also(
            "payments_payment",
            ["state", "amount", "reference", "due_at", "instructions", "paid_at", "depositor",
             "received_date"],
            ["allotted"],
            About(
                "payments.payment",
                thread=CAMPAIGN,
                cooperative="r.cooperative_id",
                partner=MEMBERS_OFFICE,
                firm="r.firm_id",
            ),
        ),
    ]  # fmt: skip
