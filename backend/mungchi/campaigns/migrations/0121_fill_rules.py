"""What the database refuses of the fill phase, and what a firm's change in it is judged by."""

from django.db import migrations

from mungchi.common import policies

# Behind the exclusive lock the last line of defence: in filling nothing is taken back, and nothing
# is taken at or after its end. Whether a change fills is the clearing's to say, not the database's.
IN_TIME = """
CREATE OR REPLACE FUNCTION campaigns_commitment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  SELECT state, closes_at, fills_until INTO c FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF c.state = 'filling' AND NEW.accepted_at < c.fills_until THEN
    IF NEW.state = 'active' AND (TG_OP = 'INSERT' OR OLD.state <> 'active' OR (
         NEW.quantity >= OLD.quantity
         AND NEW.quantity + NEW.tolerance >= OLD.quantity + OLD.tolerance
         AND NEW.minimum <= OLD.minimum
         AND (NEW.price_limit IS NULL OR NEW.price_limit >= OLD.price_limit))) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'nothing of campaign % is taken back while it is filled', NEW.campaign_id
      USING ERRCODE = '23514', CONSTRAINT = 'nothing_is_taken_back_in_filling';
  END IF;
  IF c.state <> 'open' OR NEW.accepted_at >= c.closes_at THEN
    RAISE EXCEPTION 'campaign % takes no commitments (%)', NEW.campaign_id, c.state
      USING ERRCODE = '23514', CONSTRAINT = 'commitments_change_only_while_open';
  END IF;
  RETURN NEW;
END $$;
"""
IN_TIME_BACK = """
CREATE OR REPLACE FUNCTION campaigns_commitment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  SELECT state, closes_at INTO c FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF c.state <> 'open' OR NEW.accepted_at >= c.closes_at THEN
    RAISE EXCEPTION 'campaign % takes no commitments (%)', NEW.campaign_id, c.state
      USING ERRCODE = '23514', CONSTRAINT = 'commitments_change_only_while_open';
  END IF;
  RETURN NEW;
END $$;
"""

# People commit knowing for how long it is filled; and once that has begun, when it ends.
FIXED = """
CREATE FUNCTION campaigns_filling_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'for how long campaign % is filled is fixed since it opened', NEW.id
    USING ERRCODE = '23514', CONSTRAINT = 'filling_is_fixed_at_the_opening';
END $$;
CREATE TRIGGER filling_is_fixed_at_the_opening
  BEFORE UPDATE OF fill_hours, fills_until ON campaigns_campaign FOR EACH ROW
  WHEN ((OLD.opened_at IS NOT NULL AND NEW.fill_hours <> OLD.fill_hours)
        OR (OLD.fills_until IS NOT NULL AND NEW.fills_until IS DISTINCT FROM OLD.fills_until))
  EXECUTE FUNCTION campaigns_filling_is_fixed();
"""
FIXED_BACK = """
DROP TRIGGER filling_is_fixed_at_the_opening ON campaigns_campaign;
DROP FUNCTION campaigns_filling_is_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0120_fill_phase")]
    operations = [
        migrations.RunSQL(IN_TIME, IN_TIME_BACK),
        migrations.RunSQL(FIXED, FIXED_BACK),
        # The clearing is run on it for whoever asks for more. Whose lines they are is not in it, and
        # a campaign is in it for the hours of its filling alone.
        policies.window(
            "campaigns_filled",
            "SELECT c.campaign_id, c.arrival, c.quantity, c.tolerance, c.minimum, c.price_limit"
            " FROM campaigns_commitment c JOIN campaigns_campaign k ON k.id = c.campaign_id"
            " WHERE c.state = 'active' AND k.state = 'filling'",
        ),
    ]
