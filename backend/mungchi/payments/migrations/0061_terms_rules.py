"""What the database asks of buying on terms, whose a seat sees, and what is kept."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep, keep_also

# What a firm chose stays as it read it; it only ends, with the commitment too.
CHOICE_STAYS = """
CREATE FUNCTION payments_terms_choice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
     AND to_jsonb(NEW) - 'ended_at' = to_jsonb(OLD) - 'ended_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a choice of terms ends, it does not change' USING ERRCODE = '23514',
    CONSTRAINT = 'a_choice_of_terms_stays';
END $$;
CREATE TRIGGER a_choice_of_terms_stays BEFORE UPDATE OR DELETE ON payments_termschoice
  FOR EACH ROW EXECUTE FUNCTION payments_terms_choice_stays();
CREATE FUNCTION payments_terms_choice_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE payments_termschoice SET ended_at = seat_now()
  WHERE campaign_id = NEW.campaign_id AND firm_id = NEW.firm_id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER a_choice_of_terms_ends_with_the_commitment
  AFTER UPDATE OF state ON campaigns_commitment
  FOR EACH ROW WHEN (OLD.state = 'active' AND NEW.state <> 'active')
  EXECUTE FUNCTION payments_terms_choice_ends();
"""
CHOICE_GOES = """
DROP TRIGGER a_choice_of_terms_ends_with_the_commitment ON campaigns_commitment;
DROP FUNCTION payments_terms_choice_ends();
DROP TRIGGER a_choice_of_terms_stays ON payments_termschoice;
DROP FUNCTION payments_terms_choice_stays();
"""
# What was taken off is owed no more, and so does not go back either.
NO_MORE = """
CREATE OR REPLACE FUNCTION payments_no_more_than_paid() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE bad uuid;
BEGIN
  PERFORM 1 FROM payments_payment p WHERE p.id IN (SELECT payment_id FROM fresh)
  ORDER BY p.id FOR NO KEY UPDATE;
  SELECT p.id INTO bad FROM payments_payment p
  JOIN fresh f ON f.payment_id = p.id
  WHERE p.paid_at IS NULL OR p.currency <> f.currency OR p.firm_id <> f.firm_id
     OR p.cooperative_id <> f.cooperative_id
     OR (SELECT sum(r.amount) FROM payments_refund r
         WHERE r.payment_id = p.id AND r.state <> 'cancelled') > p.amount{credited}
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'no more of payment % goes back than was paid', bad
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_refunded_than_was_paid';
  END IF;
  RETURN NULL;
END $$;
"""
# A state is one of terms only where the payment was taken under a limit, and the other way round.
TAKEN = """
CREATE FUNCTION payments_taken_under_a_limit() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'on_account' AND NOT EXISTS (
       SELECT 1 FROM payments_onaccount a WHERE a.payment_id = NEW.id AND a.amount = NEW.amount
       AND a.firm_id = NEW.firm_id AND a.cooperative_id = NEW.cooperative_id
       AND a.currency = NEW.currency) THEN
    RAISE EXCEPTION 'payment % is on account without a limit', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'what_is_on_account_has_a_limit';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER what_is_on_account_has_a_limit
  AFTER INSERT OR UPDATE OF state ON payments_payment DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state = 'on_account') EXECUTE FUNCTION payments_taken_under_a_limit();
"""
TAKEN_NOT = """
DROP TRIGGER what_is_on_account_has_a_limit ON payments_payment;
DROP FUNCTION payments_taken_under_a_limit();
"""
OF_BOTH = "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
CAMPAIGN = "(SELECT o.campaign_id FROM orders_order o WHERE o.id = r.order_id)"
MEMBERS_OFFICE = "(SELECT nullif(o.cooperative_id, r.cooperative_id) FROM orders_order o WHERE o.id = r.order_id)"


class Migration(migrations.Migration):
    dependencies = [("payments", "0060_terms"), ("common", "0005_erasing")]
    operations = [
        triggers.add_moves(
            "payment",
            [
                ("", "on_account"),
                ("on_account", "paid"),
                ("on_account", "cancelled"),
                ("paid", "on_account"),
            ],
        ),
        triggers.append_only("payments_onaccount"),
        triggers.append_only("payments_credit"),
        triggers.append_only("payments_monthlystatement"),
        triggers.append_only("payments_monthlyline"),
        migrations.RunSQL(CHOICE_STAYS, CHOICE_GOES),
        migrations.RunSQL(
            NO_MORE.format(credited=" - p.credited"), NO_MORE.format(credited="")
        ),
        migrations.RunSQL(TAKEN, TAKEN_NOT),
        # What a cooperative offers is told to whoever takes part; see tests/permissions/test_wall.py.
        policies.fence("payments_creditline", OF_BOTH),
        policies.fence("payments_termschoice", OF_BOTH),
        policies.fence("payments_onaccount", OF_BOTH),
        policies.fence("payments_credit", OF_BOTH),
        policies.fence("payments_monthlystatement", OF_BOTH),
        policies.fence(
            "payments_monthlyline",
            "EXISTS (SELECT 1 FROM payments_monthlystatement s WHERE s.id = statement_id"
            " AND (s.firm_id = seat_firm() OR s.cooperative_id = seat_cooperative()))",
        ),
        keep(
            "payments_terms",
            ["offered", "basis", "days", "default_limit", "currency", "grace_days",
             "holds_payout"],
            About("payments.terms", thread="r.cooperative_id", cooperative="r.cooperative_id"),
        ),
        keep(
            "payments_creditline",
            ["amount", "currency", "why"],
            About("payments.creditline", thread="r.firm_id", cooperative="r.cooperative_id",
                  firm="r.firm_id"),
        ),
        keep_also(
            "payments_payment",
            ["state", "amount", "reference", "due_at", "instructions", "paid_at", "depositor",
             "received_date", "allotted", "lapses_at"],
            ["credited"],
            About(
                "payments.payment",
                thread=CAMPAIGN,
                cooperative="r.cooperative_id",
                partner=MEMBERS_OFFICE,
                firm="r.firm_id",
            ),
        ),
        keep_also(
            "payments_payout",
            ["number", "state", "amount", "deducted", "earlier", "bank_name", "bank_account",
             "bank_holder", "early", "note", "alone", "sent_date"],
            ["outstanding"],
            About(
                "payments.payout",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]  # fmt: skip
