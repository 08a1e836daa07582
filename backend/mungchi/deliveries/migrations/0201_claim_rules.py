"""What the database asks of claims and replacements, whose a seat sees, and what is kept."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

# By all rows, whoever writes. The order is locked: two claims of one order are added up one after
# the other. What was decided about units of a shipment stays decided.
WITHIN = """
CREATE FUNCTION deliveries_claims_within() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE o record; s record; many bigint;
BEGIN
  SELECT * INTO o FROM orders_order WHERE id = NEW.order_id FOR NO KEY UPDATE;
  IF (o.firm_id, o.supplier_id, o.host_id) <> (NEW.firm_id, NEW.supplier_id, NEW.host_id) THEN
    RAISE EXCEPTION 'a claim is of its order''s firm, supplier and host'
      USING ERRCODE = '23514', CONSTRAINT = 'a_claim_is_its_orders';
  END IF;
  SELECT sum(CASE WHEN state IN ('accepted', 'settled') THEN settled_quantity ELSE quantity END)
    INTO many FROM deliveries_claim WHERE order_id = NEW.order_id
    AND state IN ('open', 'offered', 'deciding', 'accepted', 'settled')
    AND NOT (state = 'settled' AND remedy = 'replacement');
  IF many > o.quantity THEN
    RAISE EXCEPTION 'more is claimed than order % is for', NEW.order_id
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_claimed_than_was_ordered';
  END IF;
  IF NEW.shipment_id IS NOT NULL THEN
    SELECT d.order_id, d.claim_id, d.quantity AS sent, r.quantity AS arrived INTO s
      FROM deliveries_shipment d JOIN deliveries_receipt r ON r.shipment_id = d.id
      WHERE d.id = NEW.shipment_id;
    SELECT sum(quantity) INTO many FROM deliveries_claim
      WHERE shipment_id = NEW.shipment_id AND state <> 'withdrawn'
      AND (kind = 'short') = (NEW.kind = 'short');
    IF s.order_id IS DISTINCT FROM NEW.order_id
       OR many > (CASE WHEN NEW.kind = 'short' THEN s.sent - s.arrived ELSE s.arrived END) THEN
      RAISE EXCEPTION 'more is claimed than shipment % allows', NEW.shipment_id
        USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_claimed_than_was_delivered';
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_is_claimed_than_was_delivered AFTER INSERT ON deliveries_claim
  FOR EACH ROW EXECUTE FUNCTION deliveries_claims_within();
"""
WITHIN_NOT = """
DROP TRIGGER no_more_is_claimed_than_was_delivered ON deliveries_claim;
DROP FUNCTION deliveries_claims_within();
"""
# What a claim is over stays, and once it is at its end what came of it.
STAYS = """
CREATE FUNCTION deliveries_claim_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{state,waits_since,answer_by,reminded_at,remedy,settled_quantity,'
  'settled_parts,settled_amount,answer,decided_by,decided_at,alone,refund_id,credit_id}';
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - moves = to_jsonb(OLD) - moves
     AND (OLD.state NOT IN ('settled', 'refused', 'withdrawn') OR common_erasing())
     AND (OLD.refund_id IS NULL OR NEW.refund_id = OLD.refund_id)
     AND (OLD.credit_id IS NULL OR NEW.credit_id = OLD.credit_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a claim is over and what came of it stay' USING ERRCODE = '23514',
    CONSTRAINT = 'a_claim_stays';
END $$;
CREATE TRIGGER a_claim_stays BEFORE UPDATE OR DELETE ON deliveries_claim
  FOR EACH ROW EXECUTE FUNCTION deliveries_claim_stays();
"""
STAYS_NOT = """
DROP TRIGGER a_claim_stays ON deliveries_claim;
DROP FUNCTION deliveries_claim_stays();
"""
# A photograph is added and stays; only who added it is forgotten with the person.
PHOTO = """
CREATE FUNCTION deliveries_photo_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.added_by_id IS NULL
     AND (NEW.claim_id, NEW.digest, NEW.content, NEW.small, NEW.added_at)
       = (OLD.claim_id, OLD.digest, OLD.content, OLD.small, OLD.added_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a photograph of a claim stays' USING ERRCODE = '23514',
    CONSTRAINT = 'a_photo_stays';
END $$;
CREATE TRIGGER a_photo_stays BEFORE UPDATE OR DELETE ON deliveries_claimphoto
  FOR EACH ROW EXECUTE FUNCTION deliveries_photo_stays();
"""
PHOTO_NOT = """
DROP TRIGGER a_photo_stays ON deliveries_claimphoto;
DROP FUNCTION deliveries_photo_stays();
"""
# Beyond what was ordered only what a claim has replaced; less where one ended the waiting.
SHIPMENT = """
CREATE OR REPLACE FUNCTION deliveries_shipments_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.claim_id IS NULL THEN
    IF (SELECT sum(quantity) FROM deliveries_shipment
        WHERE order_id = NEW.order_id AND claim_id IS NULL)
       + (SELECT coalesce(sum(settled_quantity), 0) FROM deliveries_claim
          WHERE order_id = NEW.order_id AND kind = 'late' AND state IN ('accepted', 'settled'))
       > (SELECT quantity FROM orders_order WHERE id = NEW.order_id) THEN
      RAISE EXCEPTION 'more sent than order % is for', NEW.order_id
        USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_sent_than_was_ordered';
    END IF;
  ELSIF NOT EXISTS (
    SELECT 1 FROM deliveries_claim c WHERE c.id = NEW.claim_id AND c.order_id = NEW.order_id
      AND c.state = 'accepted' AND c.remedy = 'replacement'
      AND c.settled_quantity >= (
        SELECT sum(coalesce(r.quantity, d.quantity)) FROM deliveries_shipment d
        LEFT JOIN deliveries_receipt r ON r.shipment_id = d.id WHERE d.claim_id = NEW.claim_id)) THEN
    RAISE EXCEPTION 'more sent than claim % has replaced', NEW.claim_id
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_replaced_than_was_agreed';
  END IF;
  RETURN NULL;
END $$;
"""
SHIPMENT_BACK = """
CREATE OR REPLACE FUNCTION deliveries_shipments_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(quantity) FROM deliveries_shipment WHERE order_id = NEW.order_id)
     > (SELECT quantity FROM orders_order WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'more sent than order % is for', NEW.order_id
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_sent_than_was_ordered';
  END IF;
  RETURN NULL;
END $$;
"""
OF_A_SEEN_CLAIM = "EXISTS (SELECT 1 FROM deliveries_claim c WHERE c.id = claim_id)"
ORDER = "(SELECT {} FROM orders_order o WHERE o.id = r.order_id)"


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0200_claims"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "claim", "deliveries_claim", start=["open"],
            moves={
                "open": ["offered", "deciding", "accepted", "withdrawn"],
                "offered": ["accepted", "refused", "deciding", "withdrawn"],
                "deciding": ["accepted", "refused", "withdrawn"],
                "accepted": ["settled"],
            },
        ),
        triggers.append_only("deliveries_claimstep"),
        triggers.append_only("deliveries_claimrules"),
        migrations.RunSQL(WITHIN, WITHIN_NOT),
        migrations.RunSQL(STAYS, STAYS_NOT),
        migrations.RunSQL(PHOTO, PHOTO_NOT),
        migrations.RunSQL(SHIPMENT, SHIPMENT_BACK),
        # As with shipments: who claims, who delivered, the host, and the firm's own cooperative.
        policies.fence(
            "deliveries_claim",
            "firm_id = seat_firm() OR supplier_id = seat_firm() OR host_id = seat_cooperative()"
            " OR EXISTS (SELECT 1 FROM orders_order o WHERE o.id = order_id"
            " AND o.cooperative_id = seat_cooperative())",
        ),
        policies.fence("deliveries_claimstep", OF_A_SEEN_CLAIM),
        policies.fence("deliveries_claimphoto", OF_A_SEEN_CLAIM),
        keep(
            "deliveries_claim",
            ["kind", "wish", "quantity", "state", "remedy", "settled_quantity", "settled_amount",
             "answer", "decided_by", "alone"],
            About(
                "deliveries.claim",
                thread=ORDER.format("o.campaign_id"),
                cooperative="r.host_id",
                partner=ORDER.format("nullif(o.cooperative_id, o.host_id)"),
                firm="r.firm_id",
            ),
        ),
    ]  # fmt: skip
