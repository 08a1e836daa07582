"""What the database keeps of shipments, receipts and collecting."""

from django.db import migrations

from mungchi.common.keeping import About, keep

PARTNER = "nullif(o.cooperative_id, o.host_id)"


def sent(what):
    """Of the order that a shipment is for."""
    return f"(SELECT {what} FROM orders_order o WHERE o.id = r.order_id)"


def received(what):
    """Of the order whose shipment a receipt is for."""
    return (
        f"(SELECT {what} FROM orders_order o JOIN deliveries_shipment s ON s.order_id = o.id"
        " WHERE s.id = r.shipment_id)"
    )


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0020_pickup_points"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "deliveries_shipment",
            ["state", "carrier", "tracking_number", "quantity", "shipped_date"],
            About(
                "deliveries.shipment",
                thread=sent("campaign_id"),
                cooperative=sent("host_id"),
                partner=sent(PARTNER),
                firm=sent("firm_id"),
            ),
        ),
        keep(
            "deliveries_receipt",
            ["quantity", "note"],
            About(
                "deliveries.receipt",
                thread=received("campaign_id"),
                cooperative=received("host_id"),
                partner=received(PARTNER),
                firm=received("firm_id"),
            ),
        ),
        keep(
            "deliveries_pickuppoint",
            ["name", "address", "hours", "closed_at"],
            About("deliveries.pickuppoint", cooperative="r.cooperative_id"),
        ),
        keep(
            "deliveries_collection",
            ["point_id", "first_date", "last_date", "note"],
            About("deliveries.collection", thread="r.campaign_id", cooperative="r.cooperative_id"),
        ),
    ]
