"""A payment that is not made may lapse; the database keeps when it would."""

from django.db import migrations

from mungchi.common import triggers
from mungchi.common.keeping import About, keep_also

CAMPAIGN = "(SELECT o.campaign_id FROM orders_order o WHERE o.id = r.order_id)"
MEMBERS_OFFICE = "(SELECT nullif(o.cooperative_id, r.cooperative_id) FROM orders_order o WHERE o.id = r.order_id)"


class Migration(migrations.Migration):
    dependencies = [("payments", "0020_lapses")]
    operations = [
        triggers.add_moves(
            "payment",
            [
                ("awaiting_transfer", "lapsed"),
                ("scheduled", "lapsed"),
                ("requires_action", "lapsed"),
                ("retrying", "lapsed"),
            ],
        ),
        keep_also(
            "payments_payment",
            ["state", "amount", "reference", "due_at", "instructions", "paid_at", "depositor",
             "received_date", "allotted"],
            ["lapses_at"],
            About(
                "payments.payment",
                thread=CAMPAIGN,
                cooperative="r.cooperative_id",
                partner=MEMBERS_OFFICE,
                firm="r.firm_id",
            ),
        ),
    ]  # fmt: skip
