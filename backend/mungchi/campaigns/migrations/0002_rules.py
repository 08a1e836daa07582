"""What the database itself refuses around a campaign."""

from django.db import migrations

from mungchi.common import triggers

# The last line of defence behind the share lock: no commitment is made or changed unless the
# campaign is open and the recorded time lies before the deadline.
IN_TIME = """
CREATE SEQUENCE campaigns_arrival AS bigint;

CREATE FUNCTION campaigns_commitment_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE c record;
BEGIN
  SELECT state, closes_at INTO c FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF c.state <> 'open' OR NEW.accepted_at >= c.closes_at THEN
    RAISE EXCEPTION 'campaign % takes no commitments (%)', NEW.campaign_id, c.state
      USING ERRCODE = '23514', CONSTRAINT = 'commitments_change_only_while_open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER commitments_change_only_while_open BEFORE INSERT OR UPDATE ON campaigns_commitment
  FOR EACH ROW EXECUTE FUNCTION campaigns_commitment_in_time();
"""
IN_TIME_BACK = """
DROP TRIGGER commitments_change_only_while_open ON campaigns_commitment;
DROP FUNCTION campaigns_commitment_in_time();
DROP SEQUENCE campaigns_arrival;
"""

# People plan by a deadline: it may move later while the campaign is open, and not at all after.
DEADLINE = """
CREATE FUNCTION campaigns_deadline_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.opened_at IS NOT NULL AND NEW.closes_at IS DISTINCT FROM OLD.closes_at
     AND (OLD.state <> 'open' OR NEW.state <> 'open' OR NEW.closes_at < OLD.closes_at) THEN
    RAISE EXCEPTION 'the deadline of campaign % may only be extended while it is open', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'a_deadline_is_only_extended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER a_deadline_is_only_extended BEFORE UPDATE OF closes_at ON campaigns_campaign
  FOR EACH ROW EXECUTE FUNCTION campaigns_deadline_holds();
"""
DEADLINE_BACK = """
DROP TRIGGER a_deadline_is_only_extended ON campaigns_campaign;
DROP FUNCTION campaigns_deadline_holds();
"""

# More costs less a unit, at every step of a ladder, seen at the end of the transaction. And a
# ladder that was chosen stays as it was chosen.
LADDER = """
CREATE FUNCTION campaigns_ladder_falls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_offertier a JOIN campaigns_offertier b
               ON a.offer_id = b.offer_id AND a.min_quantity < b.min_quantity
                  AND a.unit_price <= b.unit_price
             WHERE a.offer_id = NEW.offer_id) THEN
    RAISE EXCEPTION 'the prices of offer % do not fall with quantity', NEW.offer_id
      USING ERRCODE = '23514', CONSTRAINT = 'prices_fall_with_quantity';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER prices_fall_with_quantity AFTER INSERT OR UPDATE ON campaigns_offertier
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION campaigns_ladder_falls();

CREATE FUNCTION campaigns_ladder_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE its uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.offer_id ELSE NEW.offer_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_offer WHERE id = its AND state <> 'submitted') THEN
    RAISE EXCEPTION 'the ladder of offer % can no longer change', its
      USING ERRCODE = '23514', CONSTRAINT = 'a_chosen_ladder_stands';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER a_chosen_ladder_stands BEFORE INSERT OR UPDATE OR DELETE ON campaigns_offertier
  FOR EACH ROW EXECUTE FUNCTION campaigns_ladder_stands();
"""
LADDER_BACK = """
DROP TRIGGER a_chosen_ladder_stands ON campaigns_offertier;
DROP FUNCTION campaigns_ladder_stands();
DROP TRIGGER prices_fall_with_quantity ON campaigns_offertier;
DROP FUNCTION campaigns_ladder_falls();
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_initial"), ("common", "0002_rules")]
    operations = [
        triggers.declare_machine(
            "campaign",
            "campaigns_campaign",
            start=["draft"],
            moves={
                "draft": ["sourcing", "cancelled"],
                "sourcing": ["open", "cancelled"],
                "open": ["closing", "cancelled"],
                "closing": ["settling", "failed"],
                "settling": ["ordered", "failed"],
                "ordered": ["delivering", "failed"],
                "delivering": ["completed"],
            },
        ),
        triggers.declare_machine(
            "offer",
            "campaigns_offer",
            start=["submitted"],
            moves={
                "submitted": ["withdrawn", "awarded", "declined"],
                "withdrawn": ["submitted"],
                "awarded": ["declined"],
                "declined": ["awarded"],
            },
        ),
        triggers.declare_machine(
            "commitment",
            "campaigns_commitment",
            start=["active"],
            moves={"active": ["withdrawn"], "withdrawn": ["active"]},
        ),
        triggers.append_only("campaigns_clearingrun"),
        triggers.append_only("campaigns_clearingline"),
        migrations.RunSQL(IN_TIME, IN_TIME_BACK),
        migrations.RunSQL(DEADLINE, DEADLINE_BACK),
        migrations.RunSQL(LADDER, LADDER_BACK),
    ]
