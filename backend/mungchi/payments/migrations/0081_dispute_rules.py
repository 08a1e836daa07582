"""What the database asks of disputes, and whose a seat sees."""

from django.db import migrations

from mungchi.common import policies, triggers

# What a dispute is about stays; what the provider says of it, and what the office does, does not.
STAYS = """
CREATE FUNCTION payments_dispute_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NEW.account_id, NEW.external_id, NEW.payment_id, NEW.attempt_id,
      NEW.firm_id, NEW.campaign_id, NEW.cooperative_id, NEW.currency, NEW.found_at)
     = (OLD.account_id, OLD.external_id, OLD.payment_id, OLD.attempt_id,
      OLD.firm_id, OLD.campaign_id, OLD.cooperative_id, OLD.currency, OLD.found_at)
     AND NEW.told_at >= OLD.told_at THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a dispute is about stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_dispute_stays';
END $$;
CREATE TRIGGER a_dispute_stays BEFORE UPDATE OR DELETE ON payments_dispute
  FOR EACH ROW EXECUTE FUNCTION payments_dispute_stays();
CREATE FUNCTION payments_dispute_is_the_charges() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM payments_attempt a
       JOIN payments_payment p ON p.id = a.payment_id JOIN orders_order o ON o.id = p.order_id
       WHERE a.id = NEW.attempt_id AND p.id = NEW.payment_id AND a.account_id = NEW.account_id
         AND a.state = 'succeeded' AND p.firm_id = NEW.firm_id AND p.currency = NEW.currency
         AND p.cooperative_id = NEW.cooperative_id AND o.campaign_id = NEW.campaign_id) THEN
    RAISE EXCEPTION 'a dispute is of a charge that paid an order'
      USING ERRCODE = '23514', CONSTRAINT = 'a_dispute_is_the_charges';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_dispute_is_the_charges BEFORE INSERT ON payments_dispute
  FOR EACH ROW EXECUTE FUNCTION payments_dispute_is_the_charges();
"""
GOES = """
DROP TRIGGER a_dispute_is_the_charges ON payments_dispute;
DROP FUNCTION payments_dispute_is_the_charges();
DROP TRIGGER a_dispute_stays ON payments_dispute;
DROP FUNCTION payments_dispute_stays();
"""
ALL = ["needs_response", "under_review", "won", "lost", "closed"]


class Migration(migrations.Migration):
    dependencies = [("payments", "0080_disputes"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "dispute", "payments_dispute", start=ALL,
            moves={
                "needs_response": ["under_review", "won", "lost", "closed"],
                "under_review": ["needs_response", "won", "lost", "closed"],
                "closed": ["needs_response", "under_review", "won", "lost"],
                "won": ["needs_response", "under_review", "lost"],
                "lost": ["needs_response", "under_review", "won"],
            },
        ),
        triggers.add_moves(
            "payment",
            [
                ("partially_refunded", "disputed"),
                ("refund_due", "disputed"),
                ("refunded", "disputed"),
                ("disputed", "partially_refunded"),
                ("disputed", "refund_due"),
                ("disputed", "charged_back"),
                ("charged_back", "paid"),
                ("charged_back", "partially_refunded"),
                ("charged_back", "refund_due"),
                ("charged_back", "refunded"),
                ("charged_back", "disputed"),
            ],
        ),
        migrations.RunSQL(STAYS, GOES),
        # What is asked for again, its firm sees; what is kept against it, the office alone.
        policies.fence(
            "payments_dispute", "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"
        ),
        policies.fence("payments_disputenote", "cooperative_id = seat_cooperative()"),
        policies.fence("payments_disputefile", "cooperative_id = seat_cooperative()"),
    ]  # fmt: skip
