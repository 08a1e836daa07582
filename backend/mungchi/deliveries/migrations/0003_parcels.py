"""A parcel is recorded once; a firm cannot have received more than was sent."""

from django.db import migrations, models

RECEIPT = """
CREATE FUNCTION deliveries_receipt_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.quantity > (SELECT quantity FROM deliveries_shipment WHERE id = NEW.shipment_id) THEN
    RAISE EXCEPTION 'more received than shipment % held', NEW.shipment_id
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_received_than_was_sent';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER no_more_is_received_than_was_sent BEFORE INSERT ON deliveries_receipt
  FOR EACH ROW EXECUTE FUNCTION deliveries_receipt_within();
"""
RECEIPT_BACK = """
DROP TRIGGER no_more_is_received_than_was_sent ON deliveries_receipt;
DROP FUNCTION deliveries_receipt_within();
"""

# Seen at the end of the statement, under the lock on the order that deliveries.operations takes.
SHIPMENT = """
CREATE FUNCTION deliveries_shipments_within() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(quantity) FROM deliveries_shipment WHERE order_id = NEW.order_id)
     > (SELECT quantity FROM orders_order WHERE id = NEW.order_id) THEN
    RAISE EXCEPTION 'more sent than order % is for', NEW.order_id
      USING ERRCODE = '23514', CONSTRAINT = 'no_more_is_sent_than_was_ordered';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER no_more_is_sent_than_was_ordered AFTER INSERT ON deliveries_shipment
  FOR EACH ROW EXECUTE FUNCTION deliveries_shipments_within();
"""
SHIPMENT_BACK = """
DROP TRIGGER no_more_is_sent_than_was_ordered ON deliveries_shipment;
DROP FUNCTION deliveries_shipments_within();
"""


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0002_rules")]
    operations = [
        migrations.AddConstraint(
            model_name="shipment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tracking_number", ""), _negated=True),
                fields=("order", "carrier", "tracking_number"),
                name="a_parcel_is_recorded_once",
            ),
        ),
        migrations.RunSQL(RECEIPT, RECEIPT_BACK),
        migrations.RunSQL(SHIPMENT, SHIPMENT_BACK),
    ]
