"""The counter behind order numbers; a purchase order nobody answered can be called off."""

from django.db import migrations

BATCHES = "CREATE SEQUENCE orders_batch AS bigint MINVALUE 0 START 0"
CALLED_OFF = """
INSERT INTO common_transition (machine, from_state, to_state)
VALUES ('purchase_order', 'issued', 'cancelled')
"""


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_rules")]
    operations = [
        migrations.RunSQL(BATCHES, "DROP SEQUENCE orders_batch"),
        migrations.RunSQL(
            CALLED_OFF,
            "DELETE FROM common_transition WHERE machine = 'purchase_order' "
            "AND from_state = 'issued' AND to_state = 'cancelled'",
        ),
    ]
