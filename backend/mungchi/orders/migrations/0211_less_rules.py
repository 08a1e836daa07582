"""What the database refuses, keeps and shows of what suppliers confirm less."""

from django.db import migrations

from mungchi.common import policies, triggers
from mungchi.common.keeping import About, keep

RULES = """
CREATE FUNCTION orders_less_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'accepted' AND OLD.state <> 'accepted'
     AND campaigns_involved(NEW.decided_by_id, NEW.campaign_id) THEN
    RAISE EXCEPTION 'somebody whose firm is concerned decides about campaign %', NEW.campaign_id
      USING ERRCODE = '23514', CONSTRAINT = 'nobody_decides_about_its_own_firm';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER nobody_decides_about_its_own_firm BEFORE UPDATE ON orders_confirmedless
  FOR EACH ROW EXECUTE FUNCTION orders_less_decided();

CREATE FUNCTION orders_less_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := '{state,reminded,reason,decided_by_id,decided_at,run_id}';
BEGIN
  IF TG_OP = 'UPDATE' AND (common_erasing() OR (to_jsonb(NEW) - moves = to_jsonb(OLD) - moves
     AND (OLD.run_id IS NULL OR NEW.run_id = OLD.run_id)
     AND (OLD.reason = '' OR NEW.reason = OLD.reason))) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what a supplier confirmed stays' USING ERRCODE = '23514',
    CONSTRAINT = 'what_was_confirmed_less_stays';
END $$;
CREATE TRIGGER what_was_confirmed_less_stays BEFORE UPDATE OR DELETE ON orders_confirmedless
  FOR EACH ROW EXECUTE FUNCTION orders_less_stays();

CREATE FUNCTION orders_ordered_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what had been ordered stays' USING ERRCODE = '23514',
    CONSTRAINT = 'what_had_been_ordered_stays';
END $$;
CREATE TRIGGER what_had_been_ordered_stays BEFORE UPDATE OF ordered ON orders_order
  FOR EACH ROW WHEN (OLD.ordered IS NOT NULL AND NEW.ordered IS DISTINCT FROM OLD.ordered)
  EXECUTE FUNCTION orders_ordered_stays();
CREATE TRIGGER what_had_been_ordered_stays BEFORE UPDATE OF ordered ON orders_purchaseorder
  FOR EACH ROW WHEN (OLD.ordered IS NOT NULL AND NEW.ordered IS DISTINCT FROM OLD.ordered)
  EXECUTE FUNCTION orders_ordered_stays();
-- Less, and at the price that was agreed: no figure rises.
ALTER TABLE orders_order ADD CONSTRAINT what_is_confirmed_is_not_more CHECK (
  ordered IS NULL OR (
    quantity <= (ordered ->> 'quantity')::bigint AND total <= (ordered ->> 'total')::bigint
    AND supply_value <= (ordered ->> 'supply_value')::bigint
    AND delivery_share <= (ordered ->> 'delivery_share')::bigint
    AND vat <= (ordered ->> 'vat')::bigint
    AND host_fee <= (ordered ->> 'host_fee')::bigint
    AND partner_fee <= (ordered ->> 'partner_fee')::bigint
    AND fee_vat <= (ordered ->> 'fee_vat')::bigint));
ALTER TABLE orders_purchaseorder ADD CONSTRAINT what_the_supplier_confirms_is_not_more CHECK (
  ordered IS NULL OR (quantity < (ordered ->> 'quantity')::bigint
                      AND total <= (ordered ->> 'total')::bigint));
"""
BACK = """
ALTER TABLE orders_purchaseorder DROP CONSTRAINT what_the_supplier_confirms_is_not_more;
ALTER TABLE orders_order DROP CONSTRAINT what_is_confirmed_is_not_more;
DROP TRIGGER what_had_been_ordered_stays ON orders_purchaseorder;
DROP TRIGGER what_had_been_ordered_stays ON orders_order;
DROP FUNCTION orders_ordered_stays();
DROP TRIGGER what_was_confirmed_less_stays ON orders_confirmedless;
DROP FUNCTION orders_less_stays();
DROP TRIGGER nobody_decides_about_its_own_firm ON orders_confirmedless;
DROP FUNCTION orders_less_decided();
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0210_less"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "confirmed_less",
            "orders_confirmedless",
            start=["asked"],
            moves={"asked": ["accepted", "ended", "withdrawn"], "accepted": ["done"]},
        ),
        migrations.RunSQL(RULES, BACK),
        policies.fence(
            "orders_confirmedless",
            "supplier_id = seat_firm() OR cooperative_id = seat_cooperative()",
        ),
        keep(
            "orders_confirmedless",
            ["state", "quantity", "parts", "why", "due_date", "reason", "decided_by_id"],
            About(
                "orders.confirmedless",
                thread="r.campaign_id",
                cooperative="r.cooperative_id",
                firm="r.supplier_id",
            ),
        ),
    ]
