"""A firm that did not answer a changed offer by the deadline is out: in filling it is as one that is
not in it, and may ask for anything that fills."""

from django.db import migrations

IN_TIME = """
CREATE OR REPLACE FUNCTION campaigns_commitment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  SELECT state, closes_at, fills_until INTO c FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF c.state = 'filling' AND NEW.accepted_at < c.fills_until THEN
    IF NEW.state = 'active' AND (TG_OP = 'INSERT' OR OLD.state <> 'active' {unless}OR (
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
FILLED = (
    "CREATE OR REPLACE VIEW campaigns_filled AS"
    " SELECT c.campaign_id, c.arrival, c.quantity, c.tolerance, c.minimum, c.price_limit"
    " FROM campaigns_commitment c JOIN campaigns_campaign k ON k.id = c.campaign_id"
    " WHERE c.state = 'active' AND k.state = 'filling'"
)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0136_shares")]
    operations = [
        migrations.RunSQL(IN_TIME.format(unless="OR OLD.must_answer "), IN_TIME.format(unless="")),
        migrations.RunSQL(f"{FILLED} AND NOT c.must_answer", FILLED),
    ]
