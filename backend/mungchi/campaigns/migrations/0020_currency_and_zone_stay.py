"""A cooperative keeps its currency and zone while anything runs that is read in them."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION campaigns_keep_currency_and_zone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_campaign
             WHERE host_id = NEW.id AND state NOT IN ('completed', 'failed', 'cancelled'))
     OR EXISTS (SELECT 1 FROM demand_need
                WHERE cooperative_id = NEW.id AND state IN ('open', 'in_campaign')) THEN
    RAISE EXCEPTION 'running_campaigns_keep_currency_and_zone'
      USING ERRCODE = '23514', CONSTRAINT = 'running_campaigns_keep_currency_and_zone';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER running_campaigns_keep_currency_and_zone
  BEFORE UPDATE OF currency, zone ON accounts_cooperative FOR EACH ROW
  WHEN (NEW.currency <> OLD.currency OR NEW.zone <> OLD.zone)
  EXECUTE FUNCTION campaigns_keep_currency_and_zone();
"""
BACK = """
DROP TRIGGER running_campaigns_keep_currency_and_zone ON accounts_cooperative;
DROP FUNCTION campaigns_keep_currency_and_zone();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_second_wall"),
        ("accounts", "0020_cooperatives_set_up_themselves"),
        ("demand", "0003_import_reading"),
    ]
    operations = [migrations.RunSQL(FUNCTION, BACK)]
