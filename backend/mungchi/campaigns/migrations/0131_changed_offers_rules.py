"""What the database refuses, keeps and shows of changed offers."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep, keep_also

# A chosen ladder stands, but for the moment in which an accepted change of it is carried out: then
# the change has its number, and the campaign not yet.
LADDER = """
CREATE OR REPLACE FUNCTION campaigns_ladder_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE its uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.offer_id ELSE NEW.offer_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_offer WHERE id = its AND state <> 'submitted'){unless} THEN
    RAISE EXCEPTION 'the ladder of offer % can no longer change', its
      USING ERRCODE = '23514', CONSTRAINT = 'a_chosen_ladder_stands';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""
UNLESS_CHANGED = """
     AND NOT EXISTS (
       SELECT 1 FROM campaigns_offerchange x JOIN campaigns_campaign k ON k.id = x.campaign_id
       WHERE x.offer_id = its AND x.state = 'accepted' AND k.state = 'open'
         AND k.awarded_offer_id = its AND x.version = k.terms_version + 1)"""

# Terms change one by one, while firms can answer.
VERSIONS = """
CREATE FUNCTION campaigns_terms_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' OR NEW.terms_version <> OLD.terms_version + 1 OR NOT EXISTS (
    SELECT 1 FROM campaigns_offerchange x WHERE x.campaign_id = NEW.id AND x.state = 'accepted'
      AND x.version = NEW.terms_version) THEN
    RAISE EXCEPTION 'the terms of campaign % do not change so', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'terms_change_in_turn';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER terms_change_in_turn BEFORE UPDATE OF terms_version ON campaigns_campaign
  FOR EACH ROW WHEN (NEW.terms_version IS DISTINCT FROM OLD.terms_version)
  EXECUTE FUNCTION campaigns_terms_in_turn();

CREATE FUNCTION campaigns_change_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF campaigns_involved(NEW.decided_by_id, NEW.campaign_id) THEN
    RAISE EXCEPTION 'somebody whose firm is concerned decides about change %', NEW.id
      USING ERRCODE = '23514', CONSTRAINT = 'nobody_decides_about_its_own_firm';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_decides_about_its_own_firm BEFORE UPDATE OF state ON campaigns_offerchange
  FOR EACH ROW WHEN (NEW.state IN ('accepted', 'refused') AND OLD.state = 'waiting'
                     AND NEW.worse <> '[]'::jsonb)
  EXECUTE FUNCTION campaigns_change_decided();
"""
VERSIONS_BACK = """
DROP TRIGGER nobody_decides_about_its_own_firm ON campaigns_offerchange;
DROP FUNCTION campaigns_change_decided();
DROP TRIGGER terms_change_in_turn ON campaigns_campaign;
DROP FUNCTION campaigns_terms_in_turn();
"""

# What counts is what has not to answer.
STANDING = (
    "CREATE OR REPLACE VIEW campaigns_standing AS"
    " SELECT campaign_id, quantity, tolerance, price_limit"
    " FROM campaigns_commitment WHERE state = 'active'"
)

HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"
SUPPLIER = "(SELECT o.supplier_id FROM campaigns_offer o WHERE o.id = r.offer_id)"
# What is in force is known to everybody who sees the campaign, as the awarded offer is; what is
# asked for, to the supplier and the host.
OF_BOTH = """state = 'accepted'
OR EXISTS (SELECT 1 FROM campaigns_offer o WHERE o.id = offer_id AND o.supplier_id = seat_firm())
OR EXISTS (SELECT 1 FROM campaigns_campaign k
           WHERE k.id = campaign_id AND k.host_id = seat_cooperative())"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0130_changed_offers")]
    operations = [
        triggers.declare_machine(
            "offer_change",
            "campaigns_offerchange",
            start=["waiting"],
            moves={"waiting": ["accepted", "refused", "withdrawn", "lapsed"]},
        ),
        policies.fence("campaigns_offerchange", OF_BOTH),
        keep(
            "campaigns_offerchange",
            ["state", "version", "why", "refusal", "asked_by_id", "decided_by_id"],
            About("campaigns.offerchange", thread="r.campaign_id", cooperative=HOST, firm=SUPPLIER),
        ),
        keep_also(
            "campaigns_commitment",
            [
                "state",
                "quantity",
                "tolerance",
                "minimum",
                "price_limit",
                "cooperative_id",
                "partner_fee_bp",
            ],
            ["agreed_version", "must_answer"],
            About(
                "campaigns.commitment",
                thread="r.campaign_id",
                cooperative=HOST,
                partner=f"nullif(r.cooperative_id, {HOST})",
                firm="r.firm_id",
            ),
        ),
        migrations.RunSQL(LADDER.format(unless=UNLESS_CHANGED), LADDER.format(unless="")),
        migrations.RunSQL(VERSIONS, VERSIONS_BACK),
        migrations.RunSQL(f"{STANDING} AND NOT must_answer", STANDING),
        # Who has to answer, without whose it is.
        policies.window(
            "campaigns_asked",
            "SELECT campaign_id, id AS commitment_id FROM campaigns_commitment WHERE must_answer",
        ),
    ]
