"""What the database keeps of payments and refunds."""

from django.db import migrations

from mungchi.common.keeping import About, keep

CAMPAIGN = "(SELECT o.campaign_id FROM orders_order o WHERE o.id = r.order_id)"
MEMBERS_OFFICE = "(SELECT nullif(o.cooperative_id, r.cooperative_id) FROM orders_order o WHERE o.id = r.order_id)"


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_second_wall"), ("common", "0004_kept_by_the_database")]
    operations = [
        keep(
            "payments_payment",
            [
                "state",
                "amount",
                "reference",
                "due_at",
                "instructions",
                "paid_at",
                "depositor",
                "received_date",
            ],
            About(
                "payments.payment",
                thread=CAMPAIGN,
                cooperative="r.cooperative_id",
                partner=MEMBERS_OFFICE,
                firm="r.firm_id",
            ),
        ),
    ]
