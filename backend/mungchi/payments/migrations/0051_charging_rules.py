"""Whose a seat sees of open items, refused webhooks and cursors; how an item is settled."""

from django.db import migrations

from mungchi.common import policies, triggers

OF_OFFICE = "cooperative_id = seat_cooperative()"


class Migration(migrations.Migration):
    dependencies = [("payments", "0050_charging"), ("common", "0005_erasing")]
    operations = [
        triggers.declare_machine(
            "open_item", "payments_openitem", start=["open"], moves={"open": ["settled"]}
        ),
        policies.fence("payments_openitem", OF_OFFICE),
        policies.fence("payments_refusedevents", OF_OFFICE),
        policies.fence("payments_providercursor", OF_OFFICE),
    ]
