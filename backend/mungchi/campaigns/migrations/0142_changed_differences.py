"""Differences of variants are changed with the other terms of an open campaign's offer."""

from django.db import migrations

DIFFERENCES = """
CREATE OR REPLACE FUNCTION campaigns_differences_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE many integer;
BEGIN
  SELECT jsonb_array_length(variants) INTO many FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF cardinality(NEW.differences) <> many OR array_position(NEW.differences, NULL) IS NOT NULL THEN
    RAISE EXCEPTION 'campaign % has % variants', NEW.campaign_id, many
      USING ERRCODE = '23514', CONSTRAINT = 'an_offer_prices_every_variant';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state <> 'submitted'
     AND NEW.differences IS DISTINCT FROM OLD.differences{unless} THEN
    RAISE EXCEPTION 'the prices of offer % can no longer change', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'a_chosen_ladder_stands';
  END IF;
  RETURN NEW;
END $$;
"""
# As the ladder: in the moment in which an accepted change is carried out.
UNLESS_CHANGED = """
     AND NOT EXISTS (
       SELECT 1 FROM campaigns_offerchange x JOIN campaigns_campaign k ON k.id = x.campaign_id
       WHERE x.offer_id = NEW.id AND x.state = 'accepted' AND k.state = 'open'
         AND k.awarded_offer_id = NEW.id AND x.version = k.terms_version + 1)"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0141_variant_rules")]
    operations = [
        migrations.RunSQL(DIFFERENCES.format(unless=UNLESS_CHANGED), DIFFERENCES.format(unless="")),
    ]
