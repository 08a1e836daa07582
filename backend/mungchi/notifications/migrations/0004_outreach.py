"""People are told of introductions, and of what their office suggests."""

from django.db import migrations

# As in domain.kinds.KINDS at this time.
BEFORE = [
    "membership_applied", "member_admitted", "import_done", "import_failed", "sourcing_started",
    "suppliers_invited", "offer_posted", "offer_awarded", "offer_declined", "campaign_opened",
    "campaign_extended", "campaign_cancelled", "campaign_cleared", "campaign_failed", "campaign_completed",
    "payments_asked", "payment_confirmed", "payment_unconfirmed", "payment_refunded",
    "refunds_due", "purchase_order_issued", "purchase_order_confirmed", "purchase_order_refused",
    "purchase_order_cancelled", "shipment_sent", "shipment_received_short",
]  # fmt: skip
NEW = [
    "introduction_asked", "introduction_proposed", "introduction_made", "introduction_declined",
    "introduction_withdrawn", "introduction_expired", "campaign_suggested", "pool_suggested",
    "needs_asked", "proposal_answered",
]  # fmt: skip


def trigger(kinds: list[str]) -> str:
    """The trigger that puts these kinds of events aside, in place of the one there is."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"""
DROP TRIGGER people_are_told_of_it ON common_history;
CREATE TRIGGER people_are_told_of_it AFTER INSERT ON common_history
  FOR EACH ROW WHEN (NEW.kind IN ({listed})) EXECUTE FUNCTION notifications_put_aside();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0003_second_wall"), ("outreach", "0003_seeking")]
    operations = [migrations.RunSQL(trigger([*BEFORE, *NEW]), trigger(BEFORE))]
