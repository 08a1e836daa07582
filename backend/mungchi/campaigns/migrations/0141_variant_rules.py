"""What the database refuses and keeps of quantities and differences by variant."""

from django.db import migrations

from mungchi.common.keeping import About, keep_also

# Parts stand in the row that they are of, so that one row is checked by itself, at once.
PARTS = """
CREATE FUNCTION campaigns_makes(parts integer[], total bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(bool_and(part >= 0) AND count(part) = count(*) AND sum(part) = total, false)
  FROM unnest(parts) part
$$;
ALTER TABLE campaigns_commitment ADD CONSTRAINT parts_make_the_quantity
  CHECK (parts = '{}' OR campaigns_makes(parts, quantity));
ALTER TABLE campaigns_approvalrequest ADD CONSTRAINT parts_that_wait_make_the_quantity
  CHECK (parts = '{}' OR campaigns_makes(parts, quantity));
ALTER TABLE campaigns_clearingline ADD CONSTRAINT parts_of_a_line_make_its_quantities
  CHECK (cardinality(parts) = cardinality(awarded_parts) AND (parts = '{}' OR (
    campaigns_makes(parts, quantity) AND campaigns_makes(awarded_parts, awarded))));
ALTER TABLE campaigns_commitment ADD CONSTRAINT a_tolerance_goes_to_one_variant
  CHECK ((tolerance_to IS NOT NULL) = (parts <> '{}' AND tolerance > 0)
         AND (tolerance_to IS NULL OR tolerance_to < cardinality(parts)));
ALTER TABLE campaigns_approvalrequest ADD CONSTRAINT a_tolerance_that_waits_goes_to_one_variant
  CHECK ((tolerance_to IS NOT NULL) = (parts <> '{}' AND tolerance > 0)
         AND (tolerance_to IS NULL OR tolerance_to < cardinality(parts)));
ALTER TABLE campaigns_campaign ADD CONSTRAINT variants_are_a_list
  CHECK (jsonb_typeof(variants) = 'array');

CREATE FUNCTION campaigns_parts_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE many integer;
BEGIN
  SELECT jsonb_array_length(variants) INTO many FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF cardinality(NEW.parts) <> many THEN
    RAISE EXCEPTION 'campaign % has % variants, not %', NEW.campaign_id, many,
      cardinality(NEW.parts)
      USING ERRCODE = '23514', CONSTRAINT = 'parts_are_of_the_campaigns_variants';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER parts_are_of_the_campaigns_variants
  BEFORE INSERT OR UPDATE OF parts, campaign_id ON campaigns_commitment
  FOR EACH ROW EXECUTE FUNCTION campaigns_parts_fit();
CREATE TRIGGER parts_are_of_the_campaigns_variants
  BEFORE INSERT OR UPDATE OF parts, campaign_id ON campaigns_approvalrequest
  FOR EACH ROW EXECUTE FUNCTION campaigns_parts_fit();

CREATE FUNCTION campaigns_variants_stand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF common_erasing() THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'campaign % is published: its variants stay', OLD.id
    USING ERRCODE = '23514', CONSTRAINT = 'variants_stay_once_published';
END $$;
CREATE TRIGGER variants_stay_once_published BEFORE UPDATE OF variants ON campaigns_campaign
  FOR EACH ROW WHEN (NEW.variants IS DISTINCT FROM OLD.variants AND OLD.state <> 'draft')
  EXECUTE FUNCTION campaigns_variants_stand();
"""
PARTS_BACK = """
DROP TRIGGER variants_stay_once_published ON campaigns_campaign;
DROP FUNCTION campaigns_variants_stand();
DROP TRIGGER parts_are_of_the_campaigns_variants ON campaigns_approvalrequest;
DROP TRIGGER parts_are_of_the_campaigns_variants ON campaigns_commitment;
DROP FUNCTION campaigns_parts_fit();
ALTER TABLE campaigns_campaign DROP CONSTRAINT variants_are_a_list;
ALTER TABLE campaigns_approvalrequest DROP CONSTRAINT a_tolerance_that_waits_goes_to_one_variant;
ALTER TABLE campaigns_commitment DROP CONSTRAINT a_tolerance_goes_to_one_variant;
ALTER TABLE campaigns_clearingline DROP CONSTRAINT parts_of_a_line_make_its_quantities;
ALTER TABLE campaigns_approvalrequest DROP CONSTRAINT parts_that_wait_make_the_quantity;
ALTER TABLE campaigns_commitment DROP CONSTRAINT parts_make_the_quantity;
DROP FUNCTION campaigns_makes(integer[], bigint);
"""

# A difference is part of the price: there is one for each variant, it stays as it was chosen, and no
# variant is free at any tier, seen at the end of the transaction as the ladder is.
DIFFERENCES = """
CREATE FUNCTION campaigns_differences_fit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE many integer;
BEGIN
  SELECT jsonb_array_length(variants) INTO many FROM campaigns_campaign WHERE id = NEW.campaign_id;
  IF cardinality(NEW.differences) <> many OR array_position(NEW.differences, NULL) IS NOT NULL THEN
    RAISE EXCEPTION 'campaign % has % variants', NEW.campaign_id, many
      USING ERRCODE = '23514', CONSTRAINT = 'an_offer_prices_every_variant';
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.state <> 'submitted'
     AND NEW.differences IS DISTINCT FROM OLD.differences THEN
    RAISE EXCEPTION 'the prices of offer % can no longer change', OLD.id
      USING ERRCODE = '23514', CONSTRAINT = 'a_chosen_ladder_stands';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER an_offer_prices_every_variant
  BEFORE INSERT OR UPDATE OF differences, campaign_id ON campaigns_offer
  FOR EACH ROW EXECUTE FUNCTION campaigns_differences_fit();

CREATE FUNCTION campaigns_nothing_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE its uuid := CASE TG_TABLE_NAME WHEN 'campaigns_offer'
                    THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'offer_id' END;
BEGIN
  IF EXISTS (SELECT 1 FROM campaigns_offer o
             JOIN campaigns_offertier t ON t.offer_id = o.id
             CROSS JOIN LATERAL unnest(o.differences) difference
             WHERE o.id = its AND t.unit_price + difference <= 0) THEN
    RAISE EXCEPTION 'a variant of offer % costs nothing', its
      USING ERRCODE = '23514', CONSTRAINT = 'every_variant_has_a_price';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER every_variant_has_a_price AFTER INSERT OR UPDATE ON campaigns_offertier
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION campaigns_nothing_is_free();
CREATE CONSTRAINT TRIGGER every_variant_has_a_price AFTER UPDATE OF differences ON campaigns_offer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION campaigns_nothing_is_free();
"""
DIFFERENCES_BACK = """
DROP TRIGGER every_variant_has_a_price ON campaigns_offer;
DROP TRIGGER every_variant_has_a_price ON campaigns_offertier;
DROP FUNCTION campaigns_nothing_is_free();
DROP TRIGGER an_offer_prices_every_variant ON campaigns_offer;
DROP FUNCTION campaigns_differences_fit();
"""

HOST = "(SELECT k.host_id FROM campaigns_campaign k WHERE k.id = r.campaign_id)"
CAMPAIGN = [
    "item_id", "title", "description", "state", "reach", "takes_guests", "currency", "vat_rate_bp",
    "threshold_quantity", "threshold_firms", "rationing", "sealed", "for_all_suppliers",
    "published_at", "offers_due_at", "closes_at", "opened_at", "closed_at", "payment_days",
    "payment_due_at", "delivery_place", "awarded_offer_id", "award_reason", "host_fee_bp",
    "fee_vat_rate_bp", "division_id", "fill_hours", "fills_until",
]  # fmt: skip
WANTED = ["state", "quantity", "tolerance", "minimum", "price_limit", "cooperative_id"]


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0140_variants"), ("common", "0005_erasing")]
    operations = [
        migrations.RunSQL(PARTS, PARTS_BACK),
        migrations.RunSQL(DIFFERENCES, DIFFERENCES_BACK),
        keep_also(
            "campaigns_campaign",
            CAMPAIGN,
            ["variants"],
            About("campaigns.campaign", thread="r.id", cooperative="r.host_id"),
        ),
        keep_also(
            "campaigns_offer",
            ["state", "pack_size", "capacity", "lead_time_days", "delivery_cost", "valid_until",
             "note"],
            ["differences"],
            About(
                "campaigns.offer", thread="r.campaign_id", cooperative=HOST, firm="r.supplier_id"
            ),
        ),
        keep_also(
            "campaigns_commitment",
            [*WANTED, "partner_fee_bp", "agreed_version", "must_answer"],
            ["parts", "tolerance_to"],
            About(
                "campaigns.commitment",
                thread="r.campaign_id",
                cooperative=HOST,
                partner=f"nullif(r.cooperative_id, {HOST})",
                firm="r.firm_id",
            ),
        ),
        keep_also(
            "campaigns_approvalrequest",
            [*WANTED, "value", "limit", "asked_by_id", "decided_by_id", "why", "plan_b",
             "alternative_id"],
            ["parts", "tolerance_to"],
            About("campaigns.approvalrequest", firm="r.firm_id"),
        ),
    ]  # fmt: skip
