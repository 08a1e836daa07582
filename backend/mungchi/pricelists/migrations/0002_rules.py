"""What the database refuses, keeps and shows of standing offers and price lists."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

# More costs less a unit, at every step. Asked once a statement: a file writes ladders by thousands.
LADDER = """
CREATE FUNCTION pricelists_ladder_falls() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM fresh a JOIN pricelists_standingtier b
               ON a.standing_offer_id = b.standing_offer_id
                  AND ((a.min_quantity < b.min_quantity AND a.unit_price <= b.unit_price)
                       OR (a.min_quantity > b.min_quantity AND a.unit_price >= b.unit_price))) THEN
    RAISE EXCEPTION 'the prices of a standing offer do not fall with quantity'
      USING ERRCODE = '23514', CONSTRAINT = 'standing_prices_fall_with_quantity';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER standing_prices_fall_when_made AFTER INSERT ON pricelists_standingtier
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION pricelists_ladder_falls();
CREATE TRIGGER standing_prices_fall_when_changed AFTER UPDATE ON pricelists_standingtier
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION pricelists_ladder_falls();
"""
LADDER_BACK = """
DROP TRIGGER standing_prices_fall_when_changed ON pricelists_standingtier;
DROP TRIGGER standing_prices_fall_when_made ON pricelists_standingtier;
DROP FUNCTION pricelists_ladder_falls();
"""

# What has ended is what it was: an offer may have been made of it.
ENDED = """
CREATE FUNCTION pricelists_ended_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'ended' AND to_jsonb(NEW) - 'item_id' - 'note'
                         IS DISTINCT FROM to_jsonb(OLD) - 'item_id' - 'note' THEN
    RAISE EXCEPTION 'standing offer % has ended', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'an_ended_standing_offer_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_ended_standing_offer_stays BEFORE UPDATE ON pricelists_standingoffer
  FOR EACH ROW WHEN (OLD.state = 'ended') EXECUTE FUNCTION pricelists_ended_stays();
"""
ENDED_BACK = """
DROP TRIGGER an_ended_standing_offer_stays ON pricelists_standingoffer;
DROP FUNCTION pricelists_ended_stays();
"""

# A supplier's own; an office's those that stand and are for its cooperative. Nobody else's.
STANDING = """
supplier_id = seat_firm()
OR (state = 'active' AND seat_cooperative() IS NOT NULL AND (
  for_all OR id IN (SELECT a.standing_offer_id FROM pricelists_audience a
                    WHERE a.cooperative_id = seat_cooperative())))
"""
OF_A_SEEN_ONE = """EXISTS (
  SELECT 1 FROM pricelists_standingoffer s WHERE s.id = standing_offer_id)"""
# What the terms were before is the supplier's alone.
OF_AN_OWN_ONE = """EXISTS (
  SELECT 1 FROM pricelists_standingoffer s
  WHERE s.id = standing_offer_id AND s.supplier_id = seat_firm())"""
HOSTED = (
    "campaign_id IN (SELECT k.id FROM campaigns_campaign k WHERE k.host_id = seat_cooperative())"
)
# As the versions of an offer are: its own fence seals it, an awarded one is there for all.
OF_A_SEEN_OFFER = """EXISTS (
  SELECT 1 FROM campaigns_offer o JOIN campaigns_campaign k ON k.id = o.campaign_id
  WHERE o.id = offer_id AND (o.supplier_id = seat_firm() OR k.host_id = seat_cooperative()))"""
OF_AN_OWN_SHEET = """EXISTS (
  SELECT 1 FROM pricelists_pricesheet p WHERE p.id = sheet_id)"""


class Migration(migrations.Migration):
    dependencies = [
        ("pricelists", "0001_initial"),
        ("catalog", "0081_nothing_new_of_merged_items"),
        ("campaigns", "0072_first_versions"),
        ("common", "0005_erasing"),
    ]
    operations = [
        triggers.declare_machine(
            "standing_offer", "pricelists_standingoffer", start=["active"],
            moves={"active": ["ended"]},
        ),
        triggers.declare_machine(
            "price_sheet", "pricelists_pricesheet", start=["uploaded"],
            moves={"uploaded": ["queued"], "queued": ["done", "failed"]},
        ),
        migrations.RunSQL(LADDER, LADDER_BACK),
        migrations.RunSQL(ENDED, ENDED_BACK),
        triggers.only_of_living_items("pricelists_standingoffer"),
        triggers.append_only("pricelists_standingversion"),
        keep(
            "pricelists_standingoffer",
            ["item_id", "code", "state", "number", "pack_size", "minimum", "capacity",
             "capacity_per", "lead_time_days", "delivery_cost", "currency", "vat_included",
             "valid_from", "valid_until", "for_all", "note"],
            About("pricelists.standingoffer", firm="r.supplier_id"),
        ),
        policies.fence("pricelists_standingoffer", STANDING),
        policies.fence("pricelists_standingtier", OF_A_SEEN_ONE),
        policies.fence(
            "pricelists_audience",
            "supplier_id = seat_firm() OR cooperative_id = seat_cooperative()",
        ),
        policies.fence("pricelists_standingversion", OF_AN_OWN_ONE),
        policies.fence("pricelists_taking", f"{HOSTED} OR {OF_AN_OWN_ONE}"),
        policies.fence("pricelists_posting", OF_A_SEEN_OFFER),
        policies.fence("pricelists_pricesheet", "supplier_id = seat_firm()"),
        policies.fence("pricelists_pricesheetline", OF_AN_OWN_SHEET),
    ]  # fmt: skip
