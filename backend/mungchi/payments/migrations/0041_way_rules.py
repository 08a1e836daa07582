"""What the database asks of keys that wait for a second coordinator, and that a consent ends with
the commitment that it is for."""

from django.db import migrations

from mungchi.common import policies, triggers

# Whoever withdraws, and by whatever way: what was agreed to for the commitment is agreed to no more.
ENDS_WITH_IT = """
CREATE FUNCTION payments_consent_ends() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE payments_consent SET ended_at = seat_now()
  WHERE campaign_id = NEW.campaign_id AND firm_id = NEW.firm_id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER a_consent_ends_with_the_commitment AFTER UPDATE OF state ON campaigns_commitment
  FOR EACH ROW WHEN (OLD.state = 'active' AND NEW.state <> 'active')
  EXECUTE FUNCTION payments_consent_ends();
"""
NO_MORE = """
DROP TRIGGER a_consent_ends_with_the_commitment ON campaigns_commitment;
DROP FUNCTION payments_consent_ends();
"""
# A person who is erased is erased from what was read as well (see common.keeping).
STAYS = """
CREATE OR REPLACE FUNCTION payments_consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND common_erasing() THEN RETURN NEW; END IF;
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
     AND to_jsonb(NEW) - 'ended_at' = to_jsonb(OLD) - 'ended_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a consent ends, it does not change' USING ERRCODE = '23514',
    CONSTRAINT = 'a_consent_stays';
END $$;
"""
STAYED = """
CREATE OR REPLACE FUNCTION payments_consent_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
     AND to_jsonb(NEW) - 'ended_at' = to_jsonb(OLD) - 'ended_at' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a consent ends, it does not change' USING ERRCODE = '23514',
    CONSTRAINT = 'a_consent_stays';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0040_ways"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "key_change", "payments_keychange", start=["proposed"],
            moves={"proposed": ["confirmed", "declined"]},
        ),
        policies.fence("payments_keychange", "cooperative_id = seat_cooperative()"),
        migrations.RunSQL(ENDS_WITH_IT, NO_MORE),
        migrations.RunSQL(STAYS, STAYED),
    ]  # fmt: skip
