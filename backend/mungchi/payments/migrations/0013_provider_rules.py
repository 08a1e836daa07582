"""What the database asks of provider accounts, saved methods and tries, and whose a seat sees."""

from django.db import migrations

from mungchi.common import policies, triggers

# What a firm agreed to stays as it was read; it only ends.
CONSENT_STAYS = """
CREATE FUNCTION payments_consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
     AND to_jsonb(NEW) - 'ended_at' = to_jsonb(OLD) - 'ended_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a consent ends, it does not change' USING ERRCODE = '23514',
    CONSTRAINT = 'a_consent_stays';
END $$;
CREATE TRIGGER a_consent_stays BEFORE UPDATE OR DELETE ON payments_consent
  FOR EACH ROW EXECUTE FUNCTION payments_consent_stays();
"""
CONSENT_GOES = """
DROP TRIGGER a_consent_stays ON payments_consent;
DROP FUNCTION payments_consent_stays();
"""
# What was sent may be sent again, and then has to be the same; what succeeded stays.
ATTEMPT_STAYS = """
CREATE FUNCTION payments_attempt_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.payment_id = OLD.payment_id AND NEW.number = OLD.number
     AND NEW.key = OLD.key AND NEW.parameters = OLD.parameters AND NEW.amount = OLD.amount
     AND NEW.currency = OLD.currency AND NEW.account_id = OLD.account_id
     AND (OLD.external_id = '' OR NEW.external_id = OLD.external_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what was asked of a provider stays' USING ERRCODE = '23514',
    CONSTRAINT = 'an_attempt_stays';
END $$;
CREATE TRIGGER an_attempt_stays BEFORE UPDATE OR DELETE ON payments_attempt
  FOR EACH ROW EXECUTE FUNCTION payments_attempt_stays();
CREATE FUNCTION payments_attempt_is_the_payments() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM payments_payment p WHERE p.id = NEW.payment_id
       AND p.amount = NEW.amount AND p.currency = NEW.currency AND p.firm_id = NEW.firm_id
       AND p.cooperative_id = NEW.cooperative_id) THEN
    RAISE EXCEPTION 'a try is for the whole of its payment, in its currency'
      USING ERRCODE = '23514', CONSTRAINT = 'an_attempt_is_the_payments';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_attempt_is_the_payments BEFORE INSERT ON payments_attempt
  FOR EACH ROW EXECUTE FUNCTION payments_attempt_is_the_payments();
"""
ATTEMPT_GOES = """
DROP TRIGGER an_attempt_is_the_payments ON payments_attempt;
DROP FUNCTION payments_attempt_is_the_payments();
DROP TRIGGER an_attempt_stays ON payments_attempt;
DROP FUNCTION payments_attempt_stays();
"""
OF_BOTH = "firm_id = seat_firm() OR cooperative_id = seat_cooperative()"


class Migration(migrations.Migration):
    dependencies = [("payments", "0012_providers"), ("common", "0005_erasing")]
    operations = [
        triggers.add_moves(
            "payment",
            [
                ("", "scheduled"),
                ("awaiting_transfer", "scheduled"),
                ("scheduled", "processing"),
                ("scheduled", "awaiting_transfer"),
                ("scheduled", "cancelled"),
                ("processing", "paid"),
                ("processing", "requires_action"),
                ("processing", "retrying"),
                ("processing", "awaiting_transfer"),
                ("processing", "cancelled"),
                ("requires_action", "processing"),
                ("requires_action", "paid"),
                ("requires_action", "retrying"),
                ("requires_action", "awaiting_transfer"),
                ("requires_action", "cancelled"),
                ("retrying", "processing"),
                ("retrying", "paid"),
                ("retrying", "requires_action"),
                ("retrying", "awaiting_transfer"),
                ("retrying", "cancelled"),
                ("paid", "disputed"),
                ("disputed", "paid"),
                ("disputed", "refunded"),
            ],
        ),
        triggers.declare_machine(
            "provider_account", "payments_provideraccount", start=["unchecked"],
            moves={
                "unchecked": ["ready", "failed", "off"],
                "ready": ["failed", "off", "unchecked"],
                "failed": ["ready", "off", "unchecked"],
                "off": ["unchecked", "ready"],
            },
        ),
        triggers.declare_machine(
            "mandate", "payments_mandate", start=["pending"],
            moves={"pending": ["active", "failed"], "active": ["revoked"]},
        ),
        triggers.declare_machine(
            "attempt", "payments_attempt", start=["created"],
            moves={
                "created": ["sent", "cancelled"],
                "sent": ["unknown", "processing", "requires_action", "succeeded", "failed",
                         "cancelled"],
                "unknown": ["processing", "requires_action", "succeeded", "failed", "cancelled"],
                "processing": ["requires_action", "succeeded", "failed", "cancelled"],
                "requires_action": ["processing", "succeeded", "failed", "cancelled"],
                "failed": ["succeeded"],
            },
        ),
        triggers.declare_machine(
            "provider_event", "payments_providerevent", start=["received"],
            moves={
                "received": ["applied", "ignored", "parked"],
                "parked": ["applied", "ignored"],
            },
        ),
        migrations.RunSQL(CONSENT_STAYS, CONSENT_GOES),
        migrations.RunSQL(ATTEMPT_STAYS, ATTEMPT_GOES),
        # That a cooperative is paid so is told to whoever takes part; what opens it is the office's.
        policies.fence("payments_providersecret", "cooperative_id = seat_cooperative()"),
        policies.fence("payments_mandate", OF_BOTH),
        policies.fence("payments_consent", OF_BOTH),
        policies.fence("payments_attempt", OF_BOTH),
        policies.fence("payments_providerevent", "cooperative_id = seat_cooperative()"),
    ]  # fmt: skip
